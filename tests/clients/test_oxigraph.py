"""Oxigraph asks the endpoint from within a query of its own."""

import pyoxigraph as ox
import pytest

from .programs import needed
from .questions import LONG_PATTERN, NAMED, PATTERN, through

pytestmark = needed("Oxigraph")


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("pattern", [PATTERN, LONG_PATTERN], ids=["short", "long"])
def test_a_part_of_a_query_is_passed_on(endpoint: str, pattern: str, slash: str) -> None:
    found = ox.Store().query(through(endpoint + slash, pattern))
    assert isinstance(found, ox.QuerySolutions)
    told = [[row["member"].value, row["name"].value] for row in found]
    assert told == NAMED
