"""The order of names for readers: accents and case do not part what is alike, numbers count.

sorted(names, key=collation.key)   # 9 chairs, 18 chairs, École, Eucor, Université
"""

import re
from typing import Final

from enact_graph.lookup.normalise import fold

_NUMBER: Final = re.compile(r"[0-9]+")


def key(text: str) -> tuple[str, str]:
    """The sorting key of a name: folded, with numbers by value; equal ones as they are written."""
    return _NUMBER.sub(lambda n: n.group().zfill(12), fold(text)), text
