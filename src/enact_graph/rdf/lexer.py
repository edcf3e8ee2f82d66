"""The words of a Turtle or TriG text, each with its offset (W3C Turtle and TriG, 25 February 2014).

The scanner never stops: what it cannot read becomes a `Kind.BAD` token with a fault, so that the
rest of the file is still read.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What sort of word a token is."""

    IRI = "iri"
    NAME = "name"
    BLANK = "blank"
    STRING = "string"
    TAG = "tag"
    DIRECTIVE = "directive"
    DOUBLE = "double"
    DECIMAL = "decimal"
    INTEGER = "integer"
    WORD = "word"
    MARK = "mark"
    BAD = "bad"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text, as written; `start` is its offset in characters."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset of the character after the token."""
        return self.start + len(self.text)

    def is_mark(self, *marks: str) -> bool:
        """Is this one of the given punctuation marks?"""
        return self.kind is Kind.MARK and self.text in marks


#: Told of each fault: code, offset, and what was found.
Report = Callable[[str, int, str], None]

_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS: Final = _BASE + "_0-9\u00b7\u0300-\u036f\u203f-\u2040\\-"
_ESCAPED: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PREFIX: Final = rf"(?:[{_BASE}](?:\.*[{_CHARS}])*)?"
_LOCAL: Final = rf"(?:(?:[{_BASE}_0-9:]|{_ESCAPED})(?:\.*(?:[{_CHARS}:]|{_ESCAPED}))*)?"
_EXPONENT: Final = r"[eE][+-]?[0-9]+"

_PATTERNS: Final = (
    (Kind.IRI, r"<(?:[^\x00-\x20<>\"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>"),
    (
        Kind.STRING,
        r'"""(?:"{0,2}(?:[^"\\]|\\[\s\S]))*"""'
        r"|'''(?:'{0,2}(?:[^'\\]|\\[\s\S]))*'''"
        r'|"(?!"")(?:[^"\\\n\r]|\\[^\n\r])*"'
        r"|'(?!'')(?:[^'\\\n\r]|\\[^\n\r])*'",
    ),
    (Kind.BLANK, rf"_:[{_BASE}_0-9](?:\.*[{_CHARS}])*"),
    (Kind.NAME, rf"{_PREFIX}:{_LOCAL}"),
    (Kind.DIRECTIVE, r"@(?:prefix|base)(?![A-Za-z0-9-])"),
    (Kind.TAG, r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?"),
    (Kind.DOUBLE, rf"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+){_EXPONENT}"),
    (Kind.DECIMAL, r"[+-]?[0-9]*\.[0-9]+"),
    (Kind.INTEGER, r"[+-]?[0-9]+"),
    (Kind.WORD, rf"[{_BASE}_][{_CHARS}]*"),
    (Kind.MARK, r"<<|>>|\{\||\|\}|\^\^|[.;,\[\](){}]"),
)
_TOKEN: Final = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS))
_SPACE: Final = re.compile(r"[ \t\r\n]+")
_COMMENT: Final = re.compile(r"#[^\r\n]*")
#: A broken text or IRI ends with its line, but leaves the mark that ends the line to the grammar.
_REST_OF_LINE: Final = re.compile(r"[^\r\n]*?(?=[ \t]*[;.,]?[ \t]*(?:[\r\n]|\Z))")
#: No Turtle holds this outside a text: it would be three numbers in a row.
_BARE_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2}(?:T[0-9:.]+Z?)?)?(?![0-9])")
_BROKEN_IRI: Final = re.compile(r"<[^>\r\n]*>")
_CLOSES: Final = ('"""', "'''", '"', "'")
_PLAIN_NAME: Final = re.compile(rf"[{_BASE}_0-9](?:\.*[{_CHARS}])*")


def is_local_name(text: str) -> bool:
    """Can the text stand after a prefix as it is, without an escape?"""
    return _PLAIN_NAME.fullmatch(text) is not None


def scan(text: str, report: Report) -> tuple[list[Token], list[Token]]:
    """Return the tokens of a text, ended by one of `Kind.END`, and apart from them its comments."""
    tokens: list[Token] = []
    comments: list[Token] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
        elif comment := _COMMENT.match(text, at):
            comments.append(Token(Kind.BAD, comment[0], at))
            at = comment.end()
        elif date := _BARE_DATE.match(text, at):
            report("bare-date", at, date[0])
            tokens.append(Token(Kind.BAD, date[0], at))
            at = date.end()
        else:
            match = _TOKEN.match(text, at)
            if match and match.lastgroup:
                token = Token(Kind(match.lastgroup), match[0], at)
            else:
                token = _broken(text, at, report)
            tokens.append(token)
            at = token.end
    tokens.append(Token(Kind.END, "", len(text)))
    return tokens, comments


def _broken(text: str, at: int, report: Report) -> Token:
    """Report what stands at an offset where no token fits, and say how far it reaches."""
    for quote in _CLOSES:
        if text.startswith(quote, at):
            report("unclosed-string", at, quote)
            # Where a long text ends nobody can tell: all that follows may belong to it.
            end = len(text) if len(quote) == 3 else _rest_of_line(text, at)
            return Token(Kind.BAD, text[at:end], at)
    if text[at] == "<":
        whole = _BROKEN_IRI.match(text, at)
        end = whole.end() if whole else _rest_of_line(text, at)
        report("bad-iri", at, text[at:end])
        return Token(Kind.BAD, text[at:end], at)
    report("bad-character", at, text[at])
    return Token(Kind.BAD, text[at], at)


def _rest_of_line(text: str, at: int) -> int:
    match = _REST_OF_LINE.match(text, at)
    return max(match.end() if match else len(text), at + 1)
