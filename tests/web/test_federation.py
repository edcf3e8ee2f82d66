"""SERVICE over HTTP: a server that may ask another one, which runs on this machine, and asks it."""

import asyncio
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pyoxigraph as ox
import pytest
import uvicorn

from enact_graph.app import make_app
from enact_graph.engine.federation import Line, Remote
from enact_graph.engine.local import Start, start
from enact_graph.settings import Settings
from enact_graph.web.hot_swap import Running

INRIA = "https://w3id.org/enact-graph/id/inria"
CITIES = f'<{INRIA}> <urn:city> "Le Chesnay" . <urn:elsewhere> <urn:city> "Paris" .'
JOIN = (
    f"SELECT ?type ?city {{ <{INRIA}> a ?type"
    " SERVICE <http://a.example/sparql> { ?s <urn:city> ?city }"
    f" FILTER(?s = <{INRIA}>) }} ORDER BY ?type"
)
SETTINGS = {
    "workers": 2,
    "service_hosts": "http://a.example http://near.example http://odd.example",
    "service_seconds": 2,
    "switch_seconds": 0,
}
FEATURE = "http://www.w3.org/ns/sparql-service-description#BasicFederatedQuery"


class Other(BaseHTTPRequestHandler):
    """Answers the queries it gets, but at one address leads to another."""

    store: ox.Store
    asked: list[str]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append(self.headers["Host"] + self.path)
        if self.path == "/moved":
            self.send_response(307)
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/sparql")  # type: ignore[attr-defined]
            self.end_headers()
            return
        found = self.store.query(parse_qs(body)["query"][0])
        assert isinstance(found, ox.QuerySolutions)
        content = found.serialize(format=ox.QueryResultsFormat.JSON) or b""
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def other() -> Iterator[tuple[int, list[str]]]:
    asked: list[str] = []
    store = ox.Store()
    store.load(input=CITIES, format=ox.RdfFormat.TURTLE)
    handler = type("Handler", (Other,), {"store": store, "asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port, asked
        server.shutdown()
        thread.join()


@contextmanager
def serving(public: Path, settings: Settings, start: Start) -> Iterator[str]:
    """The application on a free port, over an engine started so."""
    settings = settings.model_copy(update={"public": public})
    running = Running(settings, start=start)
    app = make_app(settings, running)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            thread.join(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def url(tiny_public: Path, other: tuple[int, list[str]]) -> Iterator[str]:
    port, _ = other
    addresses = {"a.example": ["8.8.8.8"], "near.example": ["127.0.0.1"]}

    async def resolve(host: str, _: int) -> Sequence[str]:
        return addresses.get(host, ["8.8.8.8", "::1"])

    async def connect(address: str, _: int, __: str | None) -> Line:
        assert address == "8.8.8.8"
        return await asyncio.open_connection("127.0.0.1", port)

    remote = Remote(2, 100_000, resolve, connect)
    with serving(tiny_public, Settings(**SETTINGS), partial(start, remote=remote)) as address:  # type: ignore[arg-type]
        yield address


def ask(url: str, query: str) -> httpx.Response:
    return httpx.get(url + "/sparql", params={"query": query}, headers={"Accept": "text/csv"})


def test_a_listed_host_is_asked_and_its_rows_are_joined(
    url: str, other: tuple[int, list[str]]
) -> None:
    _, asked = other
    asked.clear()
    reply = ask(url, JOIN)
    assert reply.status_code == 200, reply.text
    head, *rows = reply.text.splitlines()
    assert head == "type,city"
    assert rows
    assert all(row.endswith(",Le Chesnay") for row in rows)
    assert asked == ["a.example/sparql"]
    # What another server says is nobody's to keep.
    assert reply.headers["Cache-Control"] == "no-store"
    assert "ETag" not in reply.headers
    ask(url, JOIN)
    assert len(asked) == 2


def test_the_page_and_the_other_forms_of_a_query_do_it_too(url: str) -> None:
    page = httpx.get(url + "/sparql", params={"query": JOIN}, headers={"Accept": "text/html"})
    assert "Le Chesnay" in page.text
    graph = JOIN.replace("SELECT ?type ?city", "CONSTRUCT { ?s <urn:at> ?city }").split(" ORDER")[0]
    posted = httpx.post(
        url + "/sparql",
        content=graph,
        headers={"Content-Type": "application/sparql-query", "Accept": "application/n-triples"},
    )
    assert posted.text == f'<{INRIA}> <urn:at> "Le Chesnay" .\n'


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("<http://b.example/>", 403, "may not be asked"),
        ("<https://a.example/>", 403, "may not be asked"),
        ("<http://127.0.0.1/>", 403, "may not be asked"),
        ("?s", 403, "by a whole IRI"),
        ("<http://near.example/>", 502, "no public address"),
        ("<http://odd.example/>", 502, "no public address"),
        ("<http://a.example/moved>", 502, "redirects"),
    ],
)
def test_whoever_may_not_be_asked_is_not(
    url: str, other: tuple[int, list[str]], name: str, status: int, reason: str
) -> None:
    _, asked = other
    asked.clear()
    query = JOIN.replace("<http://a.example/sparql>", name)
    reply = ask(url, query)
    assert (reply.status_code, reason in reply.json()["detail"]) == (status, True)
    assert asked == (["a.example/moved"] if "moved" in name else [])
    silent = ask(url, query.replace("SERVICE", "SERVICE SILENT").split(" FILTER")[0] + "}")
    assert silent.status_code == (403 if status == 403 else 200)


def test_the_description_says_who_may_be_asked(url: str, tiny_public: Path) -> None:
    described = httpx.get(url + "/sparql", headers={"Accept": "application/n-triples"}).text
    assert FEATURE in described
    assert "http://a.example:80" in described
    assert "service_bytes" in described
    with serving(tiny_public, Settings(workers=1, switch_seconds=0), start) as plain:
        described = httpx.get(plain + "/sparql", headers={"Accept": "application/n-triples"}).text
        assert FEATURE not in described
        assert "service_bytes" not in described
        refused = ask(plain, JOIN)
        assert (refused.status_code, json.loads(refused.text)["keyword"]) == (403, "SERVICE")
