"""Guesses on single characters, signs, words and addresses that are written otherwise in SPARQL.

Foreign characters come with a paste from a word processor or a web page, and most of them nobody
sees. The grammar's own signs and blanks are all ASCII (SPARQL 1.1 Query, section 19.8).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Final, NamedTuple

from enact_graph.sparql.tokens import MARK, Edit, Kind, Text, Token

#: Tokens that are a term by themselves.
TERMS: Final = (Kind.VARIABLE, Kind.STRING, Kind.NUMBER, Kind.NAME, Kind.IRI)

#: Characters of the query that a sentence repeats.
QUOTED: Final = 60


@dataclass(frozen=True)
class Guess:
    """A fault at an offset, a key of `diagnostics.SAID`, with the parts of its sentence.

    The edits would cure it; without any, the guess is certain.
    """

    fault: str
    offset: int
    edits: tuple[Edit, ...]
    parts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Suspect(Text):
    """A text whose token number `index` is at fault; at the end that is one too many."""

    index: int

    def near(self, before: int = 2, after: int = 0) -> list[int]:
        """The indexes of the tokens around the fault, the last first."""
        last = min(self.index + after, len(self.tokens) - 1)
        return list(range(last, max(-1, self.index - before - 1), -1))

    def opened(self) -> list[Token]:
        """The brackets that are open at the fault, the outermost first."""
        found = list[Token]()
        for token in self.tokens[: self.index]:
            if token.kind is Kind.OPEN:
                found.append(token)
            elif token.kind is Kind.CLOSE and found:
                found.pop()
        return found


#: The control characters that Unicode gives no name but by an alias.
_CONTROLS: Final = {
    "\0": "NULL",
    "\v": "LINE TABULATION",
    "\f": "FORM FEED",
    "\x1a": "SUBSTITUTE",
    "\x85": "NEXT LINE",
}
_BLANKS: Final = "\v\f\x85"
#: What is meant by signs that no compatible form leads to.
_MEANT: Final = {
    **dict.fromkeys("‘’‚‛′´`", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **{"≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "÷": "/", "⁄": "/", "∧": "&&", "∨": "||"},
    **{"¬": "!", "¿": "?", "…": "...", "·": ".", "•": "*", "⟨": "<", "⟩": ">", "‹": "<", "›": ">"},
}


class Foreign(NamedTuple):
    """A character that does not belong; `fault` is how it is told, `instead` what is meant."""

    fault: str
    offset: int
    code: str
    name: str
    instead: str = ""


def foreign(token: Token) -> Foreign | None:
    """The first character of a token that the grammar knows nowhere; None where there is none.

    Letters of other scripts stand in names of all kinds, but in no keyword.
    """
    if token.kind not in (Kind.SIGN, Kind.WORD):
        return None
    for index, character in enumerate(token.text):
        if not character.isascii() or not character.isprintable() or character == "`":
            return _told(character, token.start + index, token.kind)
    return None


def first_foreign(tokens: Sequence[Token], index: int) -> Foreign | None:
    """Such a character in the token at fault, before it, or in the one that touches it."""
    for token in tokens[: index + 1]:
        if found := foreign(token):
            return found
    after = tokens[index + 1 : index + 2]
    if after and after[0].start == tokens[index].start + len(tokens[index].text):
        return foreign(after[0])
    return None


def _told(character: str, offset: int, kind: Kind) -> Foreign:
    category = unicodedata.category(character)
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "") or _CONTROLS.get(character, "CONTROL CHARACTER")
    if character == MARK:
        name += " (byte order mark)"
    if category.startswith("Z") or character in _BLANKS:
        return Foreign("blank", offset, code, name)
    if category in ("Cc", "Cf"):
        return Foreign("unseen", offset, code, name)
    compatible = unicodedata.normalize("NFKC", character)
    instead = _MEANT.get(character) or (compatible if compatible.isascii() else "")
    if instead:
        return Foreign("lookalike", offset, code, name, instead)
    return Foreign("letter" if kind is Kind.WORD else "foreign", offset, code, name)


#: The keywords of SPARQL 1.1 Query and the names of its functions (section 19.8).
KEYWORDS: Final = tuple(
    """
    SELECT ASK CONSTRUCT DESCRIBE PREFIX BASE WHERE DISTINCT REDUCED AS FROM NAMED GROUP BY HAVING
    ORDER ASC DESC LIMIT OFFSET VALUES UNDEF OPTIONAL GRAPH UNION MINUS FILTER BIND SERVICE SILENT
    EXISTS NOT IN TRUE FALSE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG
    LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE
    ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES
    SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT
    SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE
    """.split()  # noqa: SIM905
)
#: Words of other languages for the same thing.
_FOREIGN_WORDS: Final = {
    "ALL": "*",
    "AND": "&&",
    "OR": "||",
    "CONCATENATE": "CONCAT",
    "GROUPCONCAT": "GROUP_CONCAT",
    "IFNULL": "COALESCE",
    "ISNULL": "!BOUND",
    "LENGTH": "STRLEN",
    "LOWER": "LCASE",
    "NOTEXISTS": "NOT EXISTS",
    "STARTSWITH": "STRSTARTS",
    "STRING_AGG": "GROUP_CONCAT",
    "SUBSTRING": "SUBSTR",
    "UPPER": "UCASE",
}
#: Operators of other languages, each with that of SPARQL.
SIGNS: Final = {"==": "=", "<>": "!=", "===": "=", "=>": ">=", "=<": "<=", "&": "&&", "|": "||"}


def meant(word: str) -> list[str]:
    """The keywords that a word may stand for, the likeliest first."""
    upper = word.upper()
    known = _FOREIGN_WORDS.get(upper)
    near = get_close_matches(upper, KEYWORDS, n=3, cutoff=0.7)
    return [w for w in dict.fromkeys([*([known] if known else []), *near]) if w != upper]


#: What an IRI may not hold (IRIREF, rule 139).
_FORBIDDEN: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_MEANT_AS_IRI: Final = re.compile(r"<([A-Za-z][\w+.-]*:[^<>\n]*|[^<>\s]*)>")
_OPEN_IRI: Final = re.compile(r"<[A-Za-z][\w+.-]*:[^<>\s]*(?=[\s;,)}]|$)")
#: How the addresses begin that people write without < and >.
SCHEMES: Final = ("http", "https", "urn", "mailto", "ftp")
_BARE: Final = re.compile(rf"(?:{'|'.join(SCHEMES)}):[^\s<>\"{{}}|^`\\)]+")
#: Tokens that an address in pieces may consist of.
_FAR: Final = 16
_UNDERSCORED: Final = re.compile(r"@[A-Za-z]+(?:_[A-Za-z0-9]+)+")


class Spellings(Suspect):
    """What may be wrong with the text, seen by single tokens."""

    def all(self) -> Iterator[Guess]:
        """Every guess, those that say most first."""
        yield from self._iris()
        yield from self._characters()
        yield from self._signs()
        yield from self._words()
        yield from self._prologue()

    def _characters(self) -> Iterator[Guess]:
        """A character that the grammar knows nowhere needs no confirmation."""
        if found := first_foreign(self.tokens, self.index):
            parts = {"code": found.code, "name": found.name}
            if found.instead:
                parts["instead"] = found.instead
            yield Guess(found.fault, found.offset, (), parts)

    def _iris(self) -> Iterator[Guess]:
        for at in self.near(_FAR, 1):
            token = self.tokens[at]
            if token.text == "<":
                if match := _MEANT_AS_IRI.match(self.query, token.start):
                    inside = match[1]
                    if wrong := _FORBIDDEN.search(inside):
                        parts = {"found": wrong[0], "instead": f"%{ord(wrong[0]):02X}"}
                        mended = Edit(match.start(1), match.end(1), _FORBIDDEN.sub("_", inside))
                        yield Guess("iri", match.start(1) + wrong.start(), (mended,), parts)
                elif match := _OPEN_IRI.match(self.query, token.start):
                    yield Guess("open-iri", token.start, (Edit(match.end(), match.end(), ">"),))
            if token.kind is Kind.NAME and (match := _BARE.match(self.query, token.start)):
                edit = Edit(match.start(), match.end(), "<urn:x>")
                yield Guess("bare-iri", token.start, (edit,), {"found": match[0][:QUOTED]})

    def _signs(self) -> Iterator[Guess]:
        for at in self.near(3):
            token = self.tokens[at]
            start = token.start
            if token.kind is Kind.SIGN or token.text == "<>":
                for length in (3, 2, 1):
                    sign = self.query[start : start + length]
                    if instead := SIGNS.get(sign):
                        yield _otherwise(start, sign, instead)
            if token.kind is Kind.SIGN and token.text in (",", ";", "."):
                yield Guess("needless", start, (self.instead(at, " "),), {"found": token.text})
            if match := _UNDERSCORED.match(self.query, start):
                yield _otherwise(start, match[0], match[0].replace("_", "-"))

    def _words(self) -> Iterator[Guess]:
        for at in self.near(2):
            token, word = self.tokens[at], self.word(at)
            for keyword in meant(word) if word else ():
                guess = _otherwise(token.start, token.text, keyword)
                yield replace(guess, fault="word") if keyword[0].isalpha() else guess
            before = self.tokens[at - 1] if at else token
            if word in ("ASC", "DESC") and before.kind is Kind.VARIABLE:
                edit = Edit(before.start, self.end(at), f"{word}({before.text})")
                parts = {"found": word, "instead": edit.text}
                yield Guess("behind", token.start, (edit,), parts)

    def _prologue(self) -> Iterator[Guess]:
        for at in self.near(5, 1):
            token = self.tokens[at]
            if token.text.lower() in ("@prefix", "@base"):
                plain = token.text[1:].upper()
                edits: tuple[Edit, ...] = (self.instead(at, plain),)
                stops = (i for i in range(at, at + 4) if self.text(i) == ".")
                edits += tuple(self.instead(i, "") for i in stops)
                yield Guess("turtle", token.start, edits, {"found": token.text, "instead": plain})
            if self.word(at - 1) == "PREFIX" and token.kind is Kind.WORD:
                edit = Edit(self.end(at), self.end(at), ":")
                yield Guess("colon", token.start, (edit,), {"found": token.text[:QUOTED]})


def _otherwise(start: int, found: str, instead: str) -> Guess:
    """That something is written otherwise in SPARQL."""
    edit = Edit(start, start + len(found), instead)
    return Guess("sign", start, (edit,), {"found": found[:QUOTED], "instead": instead})
