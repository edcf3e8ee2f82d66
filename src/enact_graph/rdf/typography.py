"""The apostrophes, quotation marks and no-break spaces of French, English and German.

typographic("L'IA : un \"essai\" ?", "fr")    # L’IA : un « essai » ?, with no-break spaces

Files hold texts so, and pages add what only they can: the same rules serve both. What is right
already stays as it is; no space is added where none was, for a name may want it so (“Hi! PARIS”).
"""

import re
from collections.abc import Mapping
from typing import Final

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
