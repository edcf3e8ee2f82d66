"""Conflicts of merges that git has left in a file, and nobody has resolved."""

import re
from collections.abc import Iterator
from typing import Final

from enact_graph.rdf.statement import Fault, Place

#: From the marker of one side to that of the other, or to the end (git-merge, “How conflicts are
#: presented”).
_CONFLICT: Final = re.compile(r"^<{7}(?: .*)?$[\s\S]*?(?:^>{7}(?: .*)?$|\Z)", re.MULTILINE)
_MARKER: Final = re.compile(r"(?:<{7}|\|{7}|>{7})(?: .*)?|={7}")


def conflicts(text: str, file: str) -> Iterator[Fault]:
    """Yield each conflict with its first and its last line."""
    line, at = 1, 0
    for found in _CONFLICT.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        last = line + found[0].rstrip("\n").count("\n")
        yield Fault(Place(file, line), "conflict", {"first": str(line), "last": str(last)})


def is_marker(line: str) -> bool:
    """Is this a line that git has put between the sides of a conflict?"""
    return _MARKER.fullmatch(line) is not None
