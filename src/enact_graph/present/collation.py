"""The order of names for readers: accents and case do not part what is alike, numbers count.

sorted(names, key=collation.key)   # 9 chairs, 18 chairs, École, Eucor, Université
"""

import re
import unicodedata
from typing import Final

#: Letters that have no decomposition into a plain one, as French, English and German file them.
_LETTERS: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_NUMBER: Final = re.compile(r"[0-9]+")
_SILENT: Final = re.compile(r"[^\w\s]|_")


def fold(text: str) -> str:
    """The text without accents, case and punctuation, its blanks made one."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)
    return " ".join(_SILENT.sub(" ", plain).split())


def key(text: str) -> tuple[str, str]:
    """The sorting key of a name: folded, with numbers by value; equal ones as they are written."""
    return _NUMBER.sub(lambda n: n.group().zfill(12), fold(text)), text
