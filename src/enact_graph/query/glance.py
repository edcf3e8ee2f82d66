"""A glance at a query's text: what most texts have none of, and need not be searched for.

A scan by tokens costs more than many a query. Each question here is answered by one search in C,
which errs on one side only: where it says "none", the scan would find none either.
"""

import re
from typing import Final

#: An update's operation as a word of its own; SERVICE anywhere, since the engine needs no blank.
_REFUSED: Final = re.compile(
    "SERVICE|(?<![a-z_])(?:ADD|CLEAR|COPY|CREATE|DELETE|DROP|INSERT|LOAD|MOVE|WITH)(?![a-z_0-9])",
    re.IGNORECASE,
)
_CHANGING: Final = re.compile("NOW|RAND|UUID|BNODE", re.IGNORECASE)
#: Strings in plain double quotes, IRIs, comments, and between them nothing that opens a string.
_CLOSED: Final = re.compile(
    r"""(?:[^"'#<\\]++|<[^\x00-\x20<>"'{}|^`\\]*+>|<|\#[^\n\r]*+|"(?!"")[^"'\\\n\r]*+")*+"""
)


def is_harmless(query: str, depth: int) -> bool:
    """Whether a text asks for nothing refused, nests no deeper, and closes each string."""
    opened = query.count("(") + query.count("{") + query.count("[")
    return opened <= depth and not _REFUSED.search(query) and _CLOSED.fullmatch(query) is not None


def is_steady(query: str) -> bool:
    """Whether a text names no function that answers differently each time."""
    return not _CHANGING.search(query)
