"""How many rows a table has, counted in its bytes: the engine writes them in one go."""

import re
from collections.abc import Callable, Mapping
from typing import Final

import pyoxigraph as ox

from enact_graph import formats
from enact_graph.formats import Format

#: The least that one row takes, so that short answers need no counting.
_SHORTEST: Final = {
    formats.RESULTS_JSON: len(b"{},"),
    formats.RESULTS_XML: len(b"<result></result>"),
    formats.RESULTS_CSV: len(b"\r\n"),
    formats.RESULTS_TSV: len(b"\n"),
}


def is_longer(body: memoryview, target: Format, rows: int) -> bool:
    """Whether a table in the bytes of this format has more than so many rows."""
    if len(body) <= rows * _SHORTEST[target]:
        return False
    return _COUNT[target](bytes(body)) > rows


def _json(body: bytes) -> int:
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    return sum(1 for _ in found)


def _xml(body: bytes) -> int:
    return len(re.findall(rb"<result[ />]", body))


def _csv(body: bytes) -> int:
    # A line break within quotes is part of a value; the first line names the variables.
    return sum(part.count(b"\n") for part in body.split(b'"')[::2]) - 1


def _tsv(body: bytes) -> int:
    return body.count(b"\n") - 1


_COUNT: Final[Mapping[Format, Callable[[bytes], int]]] = {
    formats.RESULTS_JSON: _json,
    formats.RESULTS_XML: _xml,
    formats.RESULTS_CSV: _csv,
    formats.RESULTS_TSV: _tsv,
}
