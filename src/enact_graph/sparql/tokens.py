"""The words of a SPARQL text: a scan that tells keywords from strings, IRIs, comments and names.

The terminals are those of SPARQL 1.1, section 19.8. There is no grammar here: the scan never
fails, and what it does not know it passes on one character at a time. Each repetition is
possessive, so the time grows with the length of the text and not with its square.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple, Self

from enact_graph.errors import QuerySyntax

#: The forms of a query.
FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


class Kind(StrEnum):
    """What a token is; comments and the four blanks of SPARQL are not handed on."""

    IRI = "iri"
    STRING = "string"
    UNCLOSED = "unclosed"
    VARIABLE = "variable"
    LANGUAGE = "language"
    BLANK = "blank"
    NAME = "name"
    WORD = "word"
    NUMBER = "number"
    OPEN = "open"
    CLOSE = "close"
    SIGN = "sign"


class Token(NamedTuple):
    """One token and the offset at which it starts."""

    kind: Kind
    text: str
    start: int

    def ends(self, *keywords: str) -> bool:
        """Say whether this is a word that ends in one of the upper-case keywords.

        The end decides, since the engine reads `trueFROM<x>` as two words.
        """
        return self.kind is Kind.WORD and self.text.upper().endswith(keywords)


#: The letters of names, as a class of characters without its brackets (PN_CHARS_BASE).
LETTERS: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
#: The characters of a name behind the first (PN_CHARS).
NAMED: Final = LETTERS + "_0-9\u00b7\u0300-\u036f\u203f-\u2040"
_LOCAL = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"

#: An apostrophe inside an IRI follows a letter or digit; elsewhere `<` is "less than" and the
#: apostrophe opens a string, which otherwise would hide what comes after it.
_TOKEN: Final = re.compile(
    rf"""
    (?P<iri><(?:[^\x00-\x20<>"'{{}}|^`\\]|(?<=\w)'|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+>)
  | (?P<skip>[\x20\t\n\r]++|\#[^\n\r]*+)
  | (?P<string>'''(?:[^'\\]|\\.|'(?!''))*+'''
      |\"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\"
      |'(?!'')(?:[^'\\\n\r]|\\[^\n\r])*+'
      |"(?!"")(?:[^"\\\n\r]|\\[^\n\r])*+")
  | (?P<unclosed>["'])
  | (?P<variable>[?$][{NAMED}]++)
  | (?P<language>@[A-Za-z]++(?:-++[A-Za-z0-9]++)*+)
  | (?P<blank>_:[{LETTERS}_0-9](?:\.*+[{NAMED}-])*+)
  | (?P<name>(?:[{LETTERS}](?:\.*+[{NAMED}-])*+)?+:
      (?:(?:[{LETTERS}_0-9:]|{_LOCAL})(?:\.*+(?:[{NAMED}:-]|{_LOCAL}))*+)?+)
  | (?P<word>[{LETTERS}_](?:\.*+[{NAMED}-])*+)
  | (?P<number>(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+)
  | (?P<open>[(\[{{])
  | (?P<close>[)\]}}])
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def scan(text: str) -> Iterator[Token]:
    """Yield the tokens of a SPARQL text in order; a word with full stops inside yields several.

    >>> [t.text for t in scan("ASK { ?load a <urn:SERVICE> } # DROP")]
    ['ASK', '{', '?load', 'a', '<urn:SERVICE>', '}']
    """
    for match in _TOKEN.finditer(text):
        group = match.lastgroup or "sign"
        if group == "skip":
            continue
        kind = Kind(group)
        if kind is not Kind.WORD:
            yield Token(kind, match.group(), match.start())
            continue
        # A full stop joins a name but parts two keywords.
        for part in re.finditer(r"[^.]+", match.group()):
            yield Token(kind, part.group(), match.start() + part.start())


#: What a byte order mark is once decoded: as the first character it is no part of a text (Unicode
#: 16.0, section 23.8), anywhere else it is one that nobody sees.
MARK: Final = "\ufeff"


def unmarked(text: str) -> str:
    """The same text without the byte order mark that some programs put before it."""
    return text.removeprefix(MARK)


def place(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, both counted from 1."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def first_form(tokens: Iterable[Token]) -> Token:
    """Return the first token that starts with a form; the engine wants no blank after it."""
    before: Token | None = None
    for token in tokens:
        is_declared = before is not None and before.ends("PREFIX")
        is_word = token.kind is Kind.WORD or (token.kind is Kind.NAME and not is_declared)
        if is_word and token.text.upper().startswith(FORMS):
            return token
        before = token
    raise QuerySyntax("The query has none of the forms SELECT, ASK, CONSTRUCT and DESCRIBE.")


#: Each opening bracket and the one that closes it.
PAIRS: Final = {"(": ")", "{": "}", "[": "]"}


@dataclass(frozen=True)
class Edit:
    """Characters from `start` to `end` give way to `text`."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all of some edits, none of which touches another."""
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def moved(offset: int, edits: Iterable[Edit]) -> int:
    """Where an offset of the text is after these edits."""
    before = (e for e in edits if e.start <= offset)
    return offset + sum(len(e.text) - (e.end - e.start) for e in before)


@dataclass(frozen=True)
class Text:
    """A query and its tokens, which are named by their index; what is outside is empty."""

    query: str
    tokens: Sequence[Token]

    @classmethod
    def of(cls, query: str) -> Self:
        """Take a query apart."""
        return cls(query, tuple(scan(query)))

    def text(self, at: int) -> str:
        """The text of a token; "" outside."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def word(self, at: int) -> str:
        """The text of a token in upper case if it is a word, else ""."""
        is_word = 0 <= at < len(self.tokens) and self.tokens[at].kind is Kind.WORD
        return self.tokens[at].text.upper() if is_word else ""

    def end(self, at: int) -> int:
        """The offset behind a token."""
        return self.tokens[at].start + len(self.tokens[at].text)

    def closing(self, at: int) -> int:
        """The index of the bracket that closes the one at an index, or one more than all."""
        depth = 0
        for index in range(at, len(self.tokens)):
            kind = self.tokens[index].kind
            depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
            if depth == 0:
                return index
        return len(self.tokens)

    def instead(self, at: int, text: str) -> Edit:
        """What puts a text in the place of a token."""
        return Edit(self.tokens[at].start, self.end(at), text)
