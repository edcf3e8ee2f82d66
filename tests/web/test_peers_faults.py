"""Faults seen in other SPARQL servers, each looked for in this one."""

import gzip
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.conftest import Site, running
from tests.patience import PATIENCE
from tests.strata import turn

ALL = "SELECT (COUNT(*) AS ?n) {} WHERE {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
SPARQL = {"Content-Type": "application/sparql-query"}


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """An address that notes whether anybody comes."""
    with socket.create_server(("127.0.0.1", 0)) as opened:
        opened.settimeout(0.1)
        yield opened


def nobody_came(listener: socket.socket) -> bool:
    try:
        listener.accept()
    except TimeoutError:
        return True
    return False


def count(site: Site, query: str, **fields: str) -> str:
    answer = site.client.post("/sparql", data={"query": query, "format": "csv", **fields})
    assert answer.status_code == 200, answer.text
    return answer.text.split()[1]


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri", None])
def test_a_local_file_named_as_a_graph_is_not_read(
    site: Site, tmp_path: Path, clause: str, parameter: str | None
) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:secret> <urn:p> <urn:o> .")
    for iri in (secret.as_uri(), f"file:{secret}", "file:///etc/passwd"):
        if parameter:
            assert count(site, ALL.format(""), **{parameter: iri}) == "0"
        else:
            assert count(site, ALL.format(f"{clause} <{iri}>")) == "0"


@pytest.mark.parametrize(
    "query",
    [
        ALL.format("FROM <{}>"),
        ALL.format("FROM NAMED <{}>"),
        "DESCRIBE <{}>",
        "SELECT * {{ GRAPH <{}> {{ ?s ?p ?o }} }}",
        "PREFIX a: <{}> SELECT * {{ a: ?p ?o }}",
        "BASE <{}> SELECT * {{ <x> ?p ?o }}",
    ],
)
def test_the_address_of_a_graph_is_a_name_and_is_not_fetched(
    site: Site, listener: socket.socket, query: str
) -> None:
    iri = f"http://127.0.0.1:{listener.getsockname()[1]}/graph.ttl"
    text = query.replace("{{", "{").replace("}}", "}").replace("<{}>", f"<{iri}>")
    assert site.client.post("/sparql", content=text, headers=SPARQL).status_code == 200
    assert site.client.get("/graphs", params={"graph": iri}).status_code == 404
    assert nobody_came(listener)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <{}> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <{}> { ?s ?p ?o } }",
        "SELECT * { BIND(<{}> AS ?x) SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { service<{}>{ ?s ?p ?o } }",
        "PREFIX : <{}> SELECT * { SERVICE: { ?s ?p ?o } }",
    ],
)
def test_no_query_makes_the_server_call_another(
    site: Site, listener: socket.socket, query: str
) -> None:
    text = query.replace("{}", f"http://127.0.0.1:{listener.getsockname()[1]}/sparql")
    answer = site.client.post("/sparql", content=text, headers=SPARQL)
    assert answer.status_code == 403
    assert "network" in answer.json()["detail"]
    assert nobody_came(listener)


def test_the_service_does_not_claim_what_it_refuses(site: Site) -> None:
    described = site.get("/sparql", "text/turtle").text
    assert "BasicFederatedQuery" not in described
    assert "SERVICE is refused" in described


def test_media_types_are_compared_without_case(site: Site) -> None:
    for kind in ("Application/SPARQL-Query", "application/sparql-query;Charset=UTF-8"):
        answer = site.client.post("/sparql", content="ASK {}", headers={"Content-Type": kind})
        assert answer.json() == {"head": {}, "boolean": True}
    kind = "APPLICATION/X-WWW-FORM-URLENCODED"
    form = site.client.post("/sparql", content="query=ASK%7B%7D", headers={"Content-Type": kind})
    assert form.json()["boolean"] is True
    for accept in ("TEXT/CSV", "Text/Csv; Q=0.5, image/png"):
        answer = site.get("/sparql?query=SELECT*%7B%7D", accept)
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert site.get("/doc/inria", "TEXT/TURTLE").headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize("path", ["/doc/inria", "/sparql", "/sparql?query=DESCRIBE%3Curn:x%3E"])
def test_what_has_weight_0_is_not_sent(site: Site, path: str) -> None:
    for accept in ("text/turtle;q=0, */*", "text/turtle;q=0.000, text/*;q=0, */*;q=0.1"):
        answer = site.get(path, accept)
        assert answer.status_code == 200
        assert not answer.headers["content-type"].startswith("text/turtle")
    for accept in ("*/*;q=0", "text/turtle;q=0, */*;q=0"):
        assert site.get(path, accept).status_code in (400, 406)
    assert "content-encoding" not in site.get(path, accept_encoding="gzip;q=0, zstd;q=0").headers


@pytest.mark.parametrize("text", ["100%25", "a+b", "%2B", "50% off", "é %C3%A9", "&amp;=%26"])
def test_a_form_is_decoded_once(site: Site, text: str) -> None:
    query = f"SELECT ({json.dumps(text, ensure_ascii=False)} AS ?x) {{}}"
    by_form = site.client.post("/sparql", data={"query": query}).json()
    by_address = site.client.get("/sparql?query=" + quote(query, safe="")).json()
    as_it_is = site.client.post("/sparql", content=query.encode(), headers=SPARQL).json()
    for answer in (by_form, by_address, as_it_is):
        assert answer["results"]["bindings"][0]["x"]["value"] == text


@pytest.mark.parametrize("query", ["", " ", "SELEKT", "SELECT * {", "ASK {} ASK {}", "ASK { ?s }"])
@pytest.mark.parametrize(
    "accept", ["*/*", "text/turtle", "application/sparql-results+json", "text/html"]
)
def test_a_bad_query_is_not_answered_as_if_it_were_none(
    site: Site, query: str, accept: str
) -> None:
    for answer in (
        site.client.get("/sparql", params={"query": query}, headers={"Accept": accept}),
        site.client.post("/sparql", data={"query": query}, headers={"Accept": accept}),
    ):
        assert answer.status_code == 400
        assert "sd:Service" not in answer.text


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1"])
def test_no_origin_is_reflected_and_none_gets_credentials(site: Site, origin: str) -> None:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
        "Cookie": "session=1",
    }
    for answer in (
        site.client.get("/sparql?query=ASK%7B%7D", headers=asked),
        site.client.post("/sparql", data={"query": "ASK{}"}, headers=asked),
        site.client.options("/sparql", headers=asked),
        site.client.get("/sparql?query=x", headers=asked),
    ):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
        assert origin == "null" or origin not in str(answer.headers)


def test_head_and_conditional_requests_are_there(site: Site) -> None:
    path = "/sparql?query=SELECT*%7B%3Fs%20%3Fp%20%3Fo%7DLIMIT%2060"
    got, head = site.get(path), site.client.head(path, headers={"Accept": "*/*"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    held = site.get(path, if_none_match=got.headers["etag"])
    assert (held.status_code, held.content) == (304, b"")
    assert site.get(path, if_modified_since=got.headers["last-modified"]).status_code == 304


@pytest.mark.parametrize("is_announced", [True, False])
def test_a_body_without_end_is_not_read_to_the_end(site: Site, is_announced: bool) -> None:
    host, _, port = site.url.removeprefix("http://").partition(":")
    size = b"Content-Length: 99999999999" if is_announced else b"Transfer-Encoding: chunked"
    piece = b"x" * 65536 if is_announced else b"10000\r\n" + b"x" * 65536 + b"\r\n"
    sent = 0
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            + size
            + b"\r\n\r\n"
        )
        try:
            while sent < 64 << 20:
                connection.sendall(piece)
                sent += len(piece)
        except OSError:
            pass  # closed, as it should be
        try:
            answer = connection.recv(12)
        except ConnectionResetError:
            answer = b"HTTP/1.1 413"
    assert answer == b"HTTP/1.1 413"
    assert sent < 64 << 20


def test_a_body_that_was_read_leaves_the_connection_open(site: Site) -> None:
    for query, status in (("ASK {}", 200), ("ASK {", 400)):
        answer = site.client.post("/sparql", data={"query": query})
        assert answer.status_code == status
        assert "connection" not in answer.headers
    refused = site.client.post("/sparql", content="x", headers={"Content-Type": "text/plain"})
    assert (refused.status_code, refused.headers["connection"]) == (415, "close")


def test_a_compressed_body_is_refused_with_the_coding_that_is_read(site: Site) -> None:
    headers = SPARQL | {"Content-Encoding": "gzip"}
    refused = site.client.post("/sparql", content=gzip.compress(b"ASK {}"), headers=headers)
    assert (refused.status_code, refused.headers["accept-encoding"]) == (415, "identity")


def test_an_answer_cut_short_by_the_limit_of_time_is_never_a_whole_200(tiny_public: Path) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENACT_GRAPH_QUERY_TIMEOUT", "1")
        patch.setenv("ENACT_GRAPH_WORKERS", "1")
        with running(tiny_public) as (_, url):
            for place, form in enumerate(("csv", "json")):
                for codings in turn(("identity", "gzip"), place):
                    assert _is_refused_or_broken_off(
                        url, query + f" # {form}{codings}", form, codings
                    )


def _is_refused_or_broken_off(url: str, query: str, form: str, codings: str) -> bool:
    fields = {"query": query, "format": form}
    try:
        answer = httpx.post(
            url + "/sparql", data=fields, headers={"Accept-Encoding": codings}, timeout=PATIENCE
        )
    except httpx.RemoteProtocolError:
        return True
    return answer.status_code in (413, 503) and "problem" in answer.headers["content-type"]
