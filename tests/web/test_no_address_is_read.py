"""Names of graphs are names: no file and no address is read because a request has it."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Site

COUNT = (
    "SELECT (COUNT(*) AS ?n) {clauses} WHERE"
    " {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as opened:
        opened.settimeout(0.05)
        yield opened


@pytest.fixture
def bait(listener: socket.socket, tmp_path: Path) -> list[str]:
    """A file that is there, and addresses that somebody listens on."""
    file = tmp_path / "secret.ttl"
    file.write_text("<urn:secret> <urn:p> <urn:o> .")
    port = listener.getsockname()[1]
    addresses = [f"{scheme}://127.0.0.1:{port}/a.ttl" for scheme in ("http", "https", "ftp")]
    return [file.as_uri(), f"file:{file}", *addresses]


def unread(listener: socket.socket) -> bool:
    try:
        listener.accept()
    except TimeoutError:
        return True
    return False


@pytest.mark.parametrize("clause", ["FROM <{}>", "FROM NAMED <{}>", "FROM <{}> FROM NAMED <{}>"])
def test_from(site: Site, listener: socket.socket, bait: list[str], clause: str) -> None:
    for iri in bait:
        query = COUNT.format(clauses=clause.format(iri, iri))
        answer = site.client.get("/sparql", params={"query": query, "format": "csv"})
        assert answer.status_code == 200, answer.text
        assert answer.text.split() == ["n", "0"]
    assert unread(listener)


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_parameters(
    site: Site, listener: socket.socket, bait: list[str], parameter: str, method: str
) -> None:
    fields = {"query": COUNT.format(clauses=""), "format": "csv", parameter: bait}
    where = "params" if method == "GET" else "data"
    answer = site.client.request(method, "/sparql", **{where: fields})  # type: ignore[arg-type]
    assert answer.text.split() == ["n", "0"]
    assert unread(listener)


def test_the_graph_store_and_describe(site: Site, listener: socket.socket, bait: list[str]) -> None:
    for iri in bait:
        assert site.client.get("/graphs", params={"graph": iri}).status_code == 404
        query = f"DESCRIBE <{iri}> FROM <{iri}>"
        answer = site.client.get("/sparql", params={"query": query, "format": "nt"})
        assert (answer.status_code, answer.content) == (200, b"")
    assert unread(listener)
