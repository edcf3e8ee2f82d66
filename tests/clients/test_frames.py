"""Readers of tables and files in Python read what the server gives by its addresses."""

import json
from typing import Any, Final
from urllib.parse import urlencode

import pytest

from enact_graph import terms
from tests.conftest import Site

from .programs import PYTHON, needed, run
from .questions import ABOUT, INRIA, LONG, LORRAINE, NAMED, NAMES

ROLES: Final = [
    [INRIA, "Inria", terms.VOCAB + "role-member"],
    [LORRAINE, "Université de Lorraine", terms.VOCAB + "role-lead"],
]
MEMBERS_CSV: Final = "/queries/members.csv?lang=fr"


def frame(script: str, *arguments: str) -> Any:
    """What a script in their environment says with `tell()`."""
    head = "import json, sys\ndef tell(what): print(json.dumps(what))\n"
    return json.loads(run(PYTHON, "-c", head + script, *arguments))


READ_CSV: Final = """import pandas
tell(pandas.read_csv(sys.argv[1], storage_options={"Accept": "text/csv"}).values.tolist())"""
READ_JSON: Final = """import pandas
rows = pandas.json_normalize(pandas.read_json(sys.argv[1], typ="series")["results"]["bindings"])
tell(rows[["member.value", "name.value"]].values.tolist())"""


@needed("pandas")
def test_pandas_reads_csv_and_json(site: Site, endpoint: str) -> None:
    assert frame(READ_CSV, site.url + MEMBERS_CSV) == ROLES
    assert frame(READ_CSV, f"{endpoint}?{urlencode({'query': NAMES})}") == NAMED
    asked = urlencode({"query": NAMES, "format": "json"})
    assert frame(READ_JSON, f"{endpoint}?{asked}") == NAMED


POLARS: Final = """import polars
read = polars.read_csv if sys.argv[1] == "read" else lambda at: polars.scan_csv(at).collect()
found = read(sys.argv[2])
tell([found.columns, *map(list, found.rows())])"""


@needed("polars")
@pytest.mark.parametrize("way", ["read", "scan"])
def test_polars_reads_csv_by_ranges(site: Site, endpoint: str, way: str) -> None:
    head, *rows = frame(POLARS, way, site.url + MEMBERS_CSV)
    assert (head, rows) == (["member", "name", "role"], ROLES)
    head, *rows = frame(POLARS, way, site.url + "/list/organisations.csv?lang=fr")
    assert {row[head.index("name")] for row in rows} == {"Inria", "Université de Lorraine"}
    asked = urlencode({"query": NAMES, "format": "csv"})
    assert frame(POLARS, way, f"{endpoint}?{asked}") == [["member", "name"], *NAMED]


FSSPEC: Final = """import fsspec
with fsspec.filesystem("http").open(sys.argv[1], block_size=64) as file:
    file.seek(100)
    later = file.read(100)
    file.seek(10)
    tell([file.size, later.decode(), file.read(20).decode()])"""


@needed("fsspec")
def test_fsspec_reads_pieces(site: Site, endpoint: str) -> None:
    asked = urlencode({"query": ABOUT, "format": "nt"})
    for address in (site.url + "/download/enact-graph.nt", f"{endpoint}?{asked}"):
        whole = site.client.get(address).content
        size, later, earlier = frame(FSSPEC, address)
        assert size == len(whole)
        assert (earlier, later) == (whole[10:30].decode(), whole[100:200].decode())


DATAFRAME: Final = """import sparql_dataframe
asked = sparql_dataframe.get(sys.argv[1], sys.argv[2], post=sys.argv[3] == "post")
tell(asked.values.tolist())"""


@needed("sparql-dataframe")
@pytest.mark.parametrize(("method", "query"), [("get", NAMES), ("post", NAMES), ("post", LONG)])
def test_sparql_dataframe_asks_by_get_and_post(endpoint: str, method: str, query: str) -> None:
    assert frame(DATAFRAME, endpoint, query, method) == NAMED
