"""Characters in text: which may stand there, how they are escaped, how typography writes them."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from enact_graph.terms import PREFIXES
from enact_graph.vocabulary import XSD

#: What changes no word when it goes: zero-width space, soft hyphen, word joiner, byte order mark.
_SUPERFLUOUS: Final = re.compile("[\u200b\u00ad\u2060\ufeff]")
#: Controls, directional marks, the replacement character: only a person knows what was meant.
_UNFIT: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd-\uffff]"
)
#: UTF-8 that was taken for Windows-1252, as it looks in the languages at hand: “Ã©” for “é”,
#: “â€™” for “’”, “Å“” for “œ”. A capital before a sign, as in “CAFÉ™”, is none.
_GARBLED: Final = re.compile(
    "(?:[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122])+"
    "|\u00c5[\u2018\u2019\u201c\u201d]|\u00e2[\u20ac\u201a][\u0080-\u00bf\u0152-\u2122]"
)
_EXACT: Final = tuple(PREFIXES["sh"] + name for name in ("pattern", "select", "ask", "construct"))


def is_text(predicate: NamedNode, value: Literal) -> bool:
    """Is the value a text for people, and not a pattern or a query, which may name any sign?"""
    is_string = value.language is not None or value.datatype.value == XSD.string
    return is_string and predicate.value not in _EXACT


def mend(text: str) -> str:
    """Return the text composed (Unicode NFC, as RDF 1.1 Concepts 3.3 asks), without what is
    superfluous; its words stay the same."""
    return unicodedata.normalize("NFC", _SUPERFLUOUS.sub("", text))


def superfluous(text: str) -> tuple[str, ...]:
    """Return the characters that go when a text is mended, as code points, each once."""
    return _points(_SUPERFLUOUS, text)


def unfit(text: str) -> tuple[str, ...]:
    """Return the characters that a person has to replace, as code points, each once."""
    return _points(_UNFIT, text)


def ungarbled(text: str) -> str | None:
    """Return what a text said before its UTF-8 was read as Windows-1252; None if it was not."""
    if not _GARBLED.search(text):
        return None

    def restore(match: re.Match[str]) -> str:
        content = b"".join(_byte(char) for char in match[0])
        return content.decode("utf-8", "replace")

    meant = _GARBLED.sub(restore, text)
    return None if "\ufffd" in meant else meant


def _byte(char: str) -> bytes:
    """Return the byte that Windows-1252 shows as a character; it has none for five controls."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def _points(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"U+{ord(char):04X}" for char in pattern.findall(text)))


_NAMED: Final = {
    "t": "\t",
    "b": "\b",
    "n": "\n",
    "r": "\r",
    "f": "\f",
    '"': '"',
    "'": "'",
    "\\": "\\",
}
_ESCAPE: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[\s\S])")
_NAME_ESCAPE: Final = re.compile(r"\\(.)")
#: What would break a line, or cannot be seen: controls, line and paragraph separators, bidi marks.
_HIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
#: A quotation mark that, with its neighbour, could be taken for the end of a long string.
_CLOSING_QUOTE: Final = re.compile(r'"(?="|\Z)')
_SHORT: Final = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f"}


class BadEscape(ValueError):
    """An escape that means no character; `text` is the escape, `at` its offset."""

    def __init__(self, text: str, at: int) -> None:
        super().__init__(text)
        self.text = text
        self.at = at


def unescape(text: str) -> str:
    """Return the text with its escapes replaced by the characters they stand for (BadEscape)."""
    if "\\" not in text:
        return text

    def replace(match: re.Match[str]) -> str:
        body = match[0][1:]
        if body in _NAMED:
            return _NAMED[body]
        if body[0] in "uU" and len(body) > 1:
            code = int(body[1:], 16)
            if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
                return chr(code)
        raise BadEscape(match[0], match.start())

    return _ESCAPE.sub(replace, text)


def unescape_name(local: str) -> str:
    """Return the local part of a prefixed name without its backslashes."""
    return _NAME_ESCAPE.sub(r"\1", local)


def quote(text: str) -> str:
    """Return a text as a Turtle string on one line, with what cannot be seen escaped."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_HIDDEN.sub(_escape_hidden, plain)}"'


def quote_long(text: str) -> str:
    """Return a text as a Turtle string of several lines, as a query reads best."""
    plain = _CLOSING_QUOTE.sub(r'\\"', text.replace("\\", "\\\\"))
    lines = (_HIDDEN.sub(_escape_hidden, line) for line in plain.split("\n"))
    return '"""' + "\n".join(lines) + '"""'


def _escape_hidden(match: re.Match[str]) -> str:
    char = match[0]
    return _SHORT.get(char, f"\\u{ord(char):04X}")


NARROW: Final = "\u202f"
FIXED: Final = "\u00a0"

Rule = tuple[re.Pattern[str], str]

_SPACE: Final = f"[ {FIXED}{NARROW}]"
_APOSTROPHE: Final[Rule] = (re.compile(r"(?<=\w)(?:'|&#39;)(?=\w)"), "’")
_BY_LANGUAGE: Final[Mapping[str, tuple[Rule, ...]]] = {
    "fr": (
        (re.compile(rf"(?<=[\w»)”]){_SPACE}(?=[;!?](?:\s|$|<|&))"), NARROW),
        (re.compile(rf"(?<=[\w»)”]){_SPACE}(?=:(?:\s|$))"), FIXED),
        (re.compile(rf"«{_SPACE}"), f"«{FIXED}"),
        (re.compile(rf"{_SPACE}»"), f"{FIXED}»"),
    ),
    "en": (),
    "de": (),
}
#: The rules of each language that hold in every text, in their order.
RULES: Final[Mapping[str, tuple[Rule, ...]]] = {
    lang: (_APOSTROPHE, *rules) for lang, rules in _BY_LANGUAGE.items()
}
#: Straight marks in pairs, a word within: those that stand for inches or code have none.
_QUOTED: Final = re.compile(r'(?<![\w"])"(?=\S)([^"]*[^\s"])"(?![\w"])')
_QUOTES: Final[Mapping[str, str]] = {
    "fr": rf"«{FIXED}\1{FIXED}»",
    "en": r"“\1”",
    "de": r"„\1“",
}


def typographic(text: str, lang: str) -> str:
    """Return a text with the marks of its language; one in another language is left alone.

    Doing it again changes nothing.
    """
    if lang not in RULES:
        return text
    text = _QUOTED.sub(_QUOTES[lang], text)
    for pattern, into in RULES[lang]:
        text = pattern.sub(into, text)
    return text
