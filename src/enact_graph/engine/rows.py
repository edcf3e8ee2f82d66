"""How many rows a table has, counted in its bytes as they pass: the engine writes them in bulk."""

import re
from typing import Final, Protocol

from enact_graph import formats
from enact_graph.formats import Format

#: The least that one row takes, so that short answers need no counting.
_SHORTEST: Final = {
    formats.RESULTS_JSON: len(b"{},"),
    formats.RESULTS_XML: len(b"<result></result>"),
    formats.RESULTS_CSV: len(b"\r\n"),
    formats.RESULTS_TSV: len(b"\n"),
}


class Counter(Protocol):
    """Counts the rows of a table that comes in parts, cut wherever it may be."""

    def add(self, part: bytes) -> int:
        """How many rows have begun, this part included."""


def counter(target: Format) -> Counter:
    """What counts the rows of a table in this format."""
    return _COUNTERS[target]()


def may_be_longer(size: int, target: Format, rows: int) -> bool:
    """Whether so many bytes can hold more than so many rows; a graph's triples count elsewhere."""
    return size > rows * _SHORTEST.get(target, 1)


class _Json:
    """A row is an object that follows a bracket or a comma; all others follow a colon."""

    def __init__(self) -> None:
        self._rows = 0
        self._is_in_string = False
        self._held = b""
        self._before = b""

    def add(self, part: bytes) -> int:
        part = self._held + part
        is_cut = (len(part) - len(part.rstrip(b"\\"))) % 2 == 1
        self._held, part = (b"\\", part[:-1]) if is_cut else (b"", part)
        pieces = part.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')
        outside = pieces[self._is_in_string :: 2]
        if not self._is_in_string:
            outside[0] = self._before + outside[0]
        self._is_in_string ^= len(pieces) % 2 == 0
        self._before = b"" if self._is_in_string else outside[-1][-1:]
        text = b'"'.join(outside)
        self._rows += text.count(b",{") + text.count(b"[{")
        return self._rows


class _Xml:
    def __init__(self) -> None:
        self._rows = 0
        self._tail = b""

    def add(self, part: bytes) -> int:
        part = self._tail + part
        self._rows += len(_RESULT.findall(part))
        self._tail = part[-len(b"<result") :]
        return self._rows


class _Csv:
    """A line break within quotes is part of a value; the first line names the variables."""

    def __init__(self) -> None:
        self._lines = 0
        self._is_quoted = False

    def add(self, part: bytes) -> int:
        pieces = part.split(b'"')
        self._lines += sum(piece.count(b"\n") for piece in pieces[self._is_quoted :: 2])
        self._is_quoted ^= len(pieces) % 2 == 0
        return self._lines - 1


class _Tsv:
    def __init__(self) -> None:
        self._lines = 0

    def add(self, part: bytes) -> int:
        self._lines += part.count(b"\n")
        return self._lines - 1


_RESULT: Final = re.compile(rb"<result[ />]")
_COUNTERS: Final[dict[Format, type[_Json | _Xml | _Csv | _Tsv]]] = {
    formats.RESULTS_JSON: _Json,
    formats.RESULTS_XML: _Xml,
    formats.RESULTS_CSV: _Csv,
    formats.RESULTS_TSV: _Tsv,
}
