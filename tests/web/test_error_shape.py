"""One shape of errors, wherever they arise: RFC 9457, the same members, the same words."""

import httpx
import pytest

from enact_graph import errors, terms
from tests.conftest import Site

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SPARQL = {"Content-Type": "application/sparql-query"}

CASES = {
    "no such path": ("GET", "/nothing/here", {}, b"", 404, "not-found"),
    "no such thing": ("GET", "/doc/inriaa", {}, b"", 404, "not-found"),
    "no such thing by its IRI": ("GET", "/id/inriaa", {}, b"", 404, "not-found"),
    "no such form of a thing": ("GET", "/doc/inria.pdf", {}, b"", 404, "not-found"),
    "no such concept": ("GET", "/vocab/role-king", {}, b"", 404, "not-found"),
    "no such graph": ("GET", "/graph/p99", {}, b"", 404, "not-found"),
    "no such version": ("GET", "/ontology/99.9", {}, b"", 404, "not-found"),
    "no such file": ("GET", "/download/passwords.txt", {}, b"", 404, "not-found"),
    "no such release": ("GET", "/download/0.0.0-0/x.ttl", {}, b"", 404, "not-found"),
    "no such asset": ("GET", "/static/none.css", {}, b"", 404, "not-found"),
    "no such problem": ("GET", "/problem/none", {}, b"", 404, "not-found"),
    "an IRI that is none": ("GET", "/doc/%22%3E%20%7B", {}, b"", 404, "not-found"),
    "a NUL in the path": ("GET", "/doc/a%00b", {}, b"", 404, "not-found"),
    "a wrong method": ("DELETE", "/sparql", {}, b"", 405, "method-not-allowed"),
    "a wrong method on a page": ("POST", "/doc/inria", {}, b"", 405, "method-not-allowed"),
    "a wrong method on JSON": ("PUT", "/health/live", {}, b"", 405, "method-not-allowed"),
    "no format": ("GET", "/doc/inria", {"Accept": "image/png"}, b"", 406, "not-acceptable"),
    "no language of ours": ("GET", "/doc/inria.html?lang=it", {}, b"", 400, "bad-parameter"),
    "two languages": ("GET", "/doc/inria.html?lang=fr&lang=en", {}, b"", 400, "bad-parameter"),
    "no query": ("POST", "/sparql", FORM, b"", 400, "query-missing"),
    "no query, and no RDF wanted": (
        "GET",
        "/sparql",
        {"Accept": "text/csv"},
        b"",
        400,
        "query-missing",
    ),
    "a field that is not text": ("GET", "/sparql?query=%C3", {}, b"", 400, "query-syntax"),
    "a compressed body": (
        "POST",
        "/sparql",
        SPARQL | {"Content-Encoding": "gzip"},
        b"ASK {}",
        415,
        "unsupported-media",
    ),
    "two formats": (
        "GET",
        "/sparql?query=ASK%7B%7D&format=csv&output=json",
        {},
        b"",
        400,
        "bad-parameter",
    ),
    "two queries": (
        "GET",
        "/sparql?query=ASK%7B%7D&query=ASK%7B%7D",
        {},
        b"",
        400,
        "query-missing",
    ),
    "an empty query": ("GET", "/sparql?query=", {}, b"", 400, "query-missing"),
    "not SPARQL": ("GET", "/sparql?query=SELEKT", {}, b"", 400, "query-syntax"),
    "not UTF-8": ("GET", "/sparql?query=ASK%7B%7D%20%23%E9", {}, b"", 400, "query-syntax"),
    "half an escape": ("GET", "/sparql?query=ASK%7B%7D%2", {}, b"", 400, "bad-parameter"),
    "an update": ("POST", "/sparql", FORM, b"update=CLEAR%20ALL", 403, "query-refused"),
    "an update as body": (
        "POST",
        "/sparql",
        {"Content-Type": "application/sparql-update"},
        b"CLEAR ALL",
        403,
        "query-refused",
    ),
    "SERVICE": (
        "POST",
        "/sparql",
        SPARQL,
        b"ASK { SERVICE <http://a.example/> {} }",
        403,
        "query-refused",
    ),
    "a strange body": (
        "POST",
        "/sparql",
        {"Content-Type": "text/plain"},
        b"ASK {}",
        415,
        "unsupported-media",
    ),
    "a body of no type": ("POST", "/sparql", {}, b"ASK {}", 415, "unsupported-media"),
    "another charset": (
        "POST",
        "/sparql",
        {"Content-Type": "application/sparql-query; charset=latin1"},
        b"ASK {}",
        415,
        "unsupported-media",
    ),
    "too long": ("POST", "/sparql", SPARQL, b"ASK {} #" + b"x" * (1 << 20), 413, "query-too-long"),
    "far too long": (
        "POST",
        "/sparql",
        SPARQL,
        b"ASK {} #" + b"x" * (1 << 23),
        413,
        "query-too-long",
    ),
    "too deep": (
        "POST",
        "/sparql",
        SPARQL,
        b"ASK " + b"{" * 600 + b"}" * 600,
        400,
        "query-too-deep",
    ),
    "no such format": ("GET", "/sparql?query=ASK%7B%7D&format=docx", {}, b"", 400, "bad-parameter"),
    "a graph as CSV": (
        "GET",
        "/sparql?query=DESCRIBE%20%3Curn%3Aa%3E&format=csv",
        {},
        b"",
        406,
        "not-acceptable",
    ),
    "a graph that is no IRI": (
        "GET",
        "/sparql?query=ASK%7B%7D&default-graph-uri=x%20y",
        {},
        b"",
        400,
        "bad-parameter",
    ),
    "a range beyond the end": (
        "GET",
        "/download/enact-graph.nt",
        {"Range": "bytes=99999999-"},
        b"",
        416,
        "range-not-satisfiable",
    ),
}


def send(site: Site, name: str, accept: str) -> httpx.Response:
    method, path, headers, body, _, _ = CASES[name]
    return site.client.request(method, path, headers={"Accept": accept} | headers, content=body)


@pytest.mark.parametrize("name", CASES)
def test_a_program_gets_a_problem_document(site: Site, name: str) -> None:
    *_, status, slug = CASES[name]
    answer = send(site, name, "application/json")
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    problem = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= problem.keys()
    assert problem["status"] == status
    assert problem["type"] == terms.PROBLEM + slug
    assert problem["title"] == errors.family()[slug].title
    assert problem["detail"].rstrip()[-1] in ".;…!?)" or len(problem["detail"]) > 20
    assert problem["instance"] == CASES[name][1].partition("?")[0]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("name", [n for n in CASES if "Accept" not in CASES[n][2]])
def test_a_browser_gets_a_page(site: Site, name: str) -> None:
    *_, status, _slug = CASES[name]
    answer = send(site, name, "text/html,application/xhtml+xml,*/*;q=0.8")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == "fr"
    assert "<h1" in answer.text
    assert "Traceback" not in answer.text


def test_the_type_of_a_problem_leads_to_its_explanation(site: Site) -> None:
    for slug, kind in errors.family().items():
        answer = site.get(f"/problem/{slug}", "application/json")
        assert answer.status_code == 200
        assert answer.json()["title"] == kind.title
        assert answer.json()["status"] == kind.status
        page = site.get(f"/problem/{slug}", "text/html")
        assert (page.status_code, page.headers["content-language"]) == (200, "fr")


def test_a_mistyped_name_leads_to_the_nearest(site: Site) -> None:
    problem = site.get("/doc/universite-de-loraine").json()
    assert problem["nearest"][0] == {
        "path": "/doc/universite-de-lorraine",
        "label": "Université de Lorraine",
    }
    page = site.get("/id/universite-de-loraine", "text/html", accept_language="en")
    assert 'href="/doc/universite-de-lorraine' in page.text


def test_a_wrong_method_names_the_right_ones(site: Site) -> None:
    answer = site.client.delete("/sparql")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert answer.json()["allowed"] == ["GET", "HEAD", "OPTIONS", "POST"]


def test_a_fault_in_a_query_has_line_and_column(site: Site) -> None:
    answer = site.client.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p }"})
    assert (answer.json()["line"], answer.json()["column"]) == (2, 15)


def test_what_is_too_long_is_told_with_the_limit(site: Site) -> None:
    answer = send(site, "too long", "*/*")
    assert answer.json()["limit"] == 1_048_576
