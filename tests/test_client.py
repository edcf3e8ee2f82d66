import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, XSD

from enact_graph import client as module
from enact_graph import formats
from enact_graph.client import Client
from enact_graph.errors import (
    EndpointError,
    NotAcceptable,
    QueryRefused,
    QuerySyntax,
    QueryTimeout,
)

from .conftest import Site

INRIA = URIRef("https://w3id.org/enact-graph/id/inria")


@pytest.fixture(scope="module")
def client(site: Site) -> Client:
    return Client(f"{site.url}/sparql")


@contextmanager
def answering(
    body: bytes, status: int = 200, content_type: str = "application/json", delay: float = 0
) -> Iterator[str]:
    """An endpoint that is not ours and gives one answer to everything."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(delay)
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = False  # closing waits for what still answers

        def handle_error(self, *_: object) -> None:
            """The client has gone away, as it should."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_public_surface_is_sorted_and_complete() -> None:
    assert module.__all__ == sorted(module.__all__) == ["Client", "Reply", "Row", "Term"]
    methods = [name for name in vars(Client) if not name.startswith("_")]
    assert sorted(methods) == ["ask", "construct", "fetch", "select"]


def test_rows_hold_typed_terms_and_lack_what_is_not_bound(client: Client) -> None:
    rows = client.select(
        "SELECT * { VALUES (?i ?n ?l ?x) { (<urn:a> 1 'eins'@de UNDEF) (<urn:b> 2.5 'zwei' 3) } }"
    )
    assert rows == [
        {"i": URIRef("urn:a"), "n": Literal(1), "l": Literal("eins", lang="de")},
        {
            "i": URIRef("urn:b"),
            "n": Literal("2.5", datatype=XSD.decimal),
            "l": Literal("zwei"),
            "x": Literal(3),
        },
    ]
    assert isinstance(client.select("SELECT (BNODE() AS ?b) {}")[0]["b"], BNode)


def test_a_question_is_answered_with_yes_or_no(client: Client) -> None:
    assert client.ask(f"ASK {{ <{INRIA}> ?p ?o }}") is True
    assert client.ask("ASK { <urn:nobody> ?p ?o }") is False


def test_a_graph_is_made_or_described(client: Client) -> None:
    graph = client.construct(f"DESCRIBE <{INRIA}>")
    assert set(graph.subjects()) == {INRIA}
    assert (INRIA, RDF.type, None) in graph
    assert len(client.construct("CONSTRUCT { <urn:a> <urn:p> 1, 2 } WHERE {}")) == 2


def test_a_long_query_is_posted(client: Client) -> None:
    values = " ".join(f'"value {i}"' for i in range(1500))
    assert len(client.select(f"SELECT ?v {{ VALUES ?v {{ {values} }} }}")) == 1500


def test_bytes_come_in_the_first_format_that_fits(client: Client) -> None:
    reply = client.fetch("ASK {}", formats.RESULTS_CSV, formats.TURTLE)
    assert (reply.media_type, reply.body) == ("text/csv", b"true")
    reply = client.fetch("DESCRIBE <urn:nobody>", formats.RESULTS_CSV, formats.N_TRIPLES)
    assert (reply.media_type, reply.body) == ("application/n-triples", b"")


def test_the_errors_of_the_endpoint_come_back_as_what_they_were(client: Client) -> None:
    with pytest.raises(QuerySyntax, match="Line 2, column 8: “}” does not belong here") as caught:
        client.select("SELECT * {\n ?s ?p }")
    assert (caught.value.extra["line"], caught.value.extra["column"]) == (2, 8)
    with pytest.raises(QueryRefused, match="SERVICE"):
        client.select("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    with pytest.raises(NotAcceptable):
        client.fetch("ASK {}", formats.TURTLE)


@pytest.mark.parametrize(
    ("call", "query", "hint"),
    [
        (Client.ask, "SELECT * {}", r"ask\(\) takes an ASK query"),
        (Client.select, "ASK {}", r"select\(\) takes a SELECT query"),
    ],
)
def test_a_query_of_another_form_is_told_from_an_answer(
    client: Client, call: Callable[[Client, str], object], query: str, hint: str
) -> None:
    with pytest.raises(EndpointError, match=hint):
        call(client, query)


@pytest.mark.parametrize("status", [400, 404, 500, 502])
def test_the_words_of_another_endpoint_are_passed_on(status: int) -> None:
    said = b"Virtuoso 37000 Error SP030: syntax error"
    with (
        answering(said, status, "text/plain") as url,
        pytest.raises(EndpointError, match="refused the query: Virtuoso 37000 Error"),
    ):
        Client(url).select("SELECT * {}")


def test_only_the_start_of_a_long_page_is_quoted() -> None:
    with answering(b"x" * 5000, 500) as url, pytest.raises(EndpointError) as caught:
        Client(url).select("SELECT * {}")
    assert len(caught.value.detail) < 400


@pytest.mark.parametrize(
    "body",
    [
        b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":',
        b"<html>",
        b"[]",
        b'{"results":{"bindings":[{"s":{"type":"uri"}}]}}',
    ],
)
def test_an_answer_cut_short_or_malformed_is_no_answer(body: bytes) -> None:
    with answering(body) as url, pytest.raises(EndpointError):
        Client(url).select("SELECT * {}")


def test_what_is_not_turtle_makes_no_graph() -> None:
    for body in (b"<a> <b>", b"<a> <b> <c", b"<html>"):
        with (
            answering(body, content_type="text/turtle") as url,
            pytest.raises(EndpointError, match="broken Turtle"),
        ):
            Client(url).construct("CONSTRUCT WHERE {}")
    with (
        answering(b"[]", content_type="application/ld+json") as url,
        pytest.raises(EndpointError, match=r"application/ld\+json, not with Turtle"),
    ):
        Client(url).construct("CONSTRUCT WHERE {}")


def test_older_endpoints_mark_typed_literals_by_a_type_of_their_own() -> None:
    body = (
        b'{"results":{"bindings":[{"n":{"type":"typed-literal","value":"3",'
        b'"datatype":"http://www.w3.org/2001/XMLSchema#integer"}}]}}'
    )
    with answering(body) as url:
        assert Client(url).select("SELECT * {}") == [{"n": Literal(3)}]


def test_a_slow_endpoint_is_left_after_the_timeout() -> None:
    with (
        answering(b"{}", delay=0.6) as url,
        pytest.raises(QueryTimeout, match=r"within 0\.2 s") as caught,
    ):
        Client(url, timeout=0.2).ask("ASK {}")
    assert caught.value.extra == {"limit": 0.2}


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/sparql", "nonsense"])
def test_where_nothing_listens_the_address_is_named(url: str) -> None:
    with pytest.raises(EndpointError, match=f"{url} cannot be reached"):
        Client(url).ask("ASK {}")
