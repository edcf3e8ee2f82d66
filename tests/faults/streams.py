"""What the tests of long answers have in common: a query without end, limits, a look at streams."""

from urllib.parse import quote

import httpx

from tests.patience import PATIENCE, until

from .conftest import Running

PRODUCT = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CSV = {"Accept": "text/csv", "Accept-Encoding": "identity"}
LONG = {
    "ANSWER_BYTES": "400000000",
    "QUERY_TIMEOUT": str(PATIENCE),
    "STREAM_SECONDS": str(PATIENCE),
    "CLIENT_STREAMS": "8",
}


def address(server: Running, query: str) -> str:
    return f"{server.url}/sparql?query={quote(query)}"


def figure(server: Running, name: str) -> float:
    lines = httpx.get(server.url + "/metrics").text.splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))


def until_no_stream(server: Running) -> None:
    until(lambda: figure(server, "enact_graph_streams ") == 0, "a stream goes on for nobody")
