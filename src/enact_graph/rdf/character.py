"""Characters that no text should hold: those that nobody sees, and those that a mistake left."""

import re
import unicodedata
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
