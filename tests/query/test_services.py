"""SERVICE clauses: whom a query may ask is read from its words, and nothing else gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.errors import QueryError, QueryRefused
from enact_graph.settings import Settings
from enact_graph.sparql.prefilter import check
from enact_graph.sparql.service import clauses, local, question

SETTINGS = Settings(service_hosts="a.example, b.example:8443 http://c.example")
HOSTS = SETTINGS.service_hosts


def test_hosts_are_listed_as_people_write_them() -> None:
    assert HOSTS == ("https://a.example:443", "https://b.example:8443", "http://c.example:80")
    for wrong in ("a.example/sparql", "ftp://a.example", "me@a.example", "https://"):
        with pytest.raises(ValueError, match="give a host"):
            Settings(service_hosts=wrong)


@pytest.mark.parametrize(
    ("iri", "target"),
    [
        ("https://a.example/sparql", "/sparql"),
        ("https://A.EXAMPLE:443", "/"),
        ("https://b.example:8443/q?default-graph-uri=x", "/q?default-graph-uri=x"),
        ("http://c.example/é", "/%C3%A9"),
    ],
)
def test_a_clause_to_a_listed_host_is_found(iri: str, target: str) -> None:
    for text in (f"SERVICE <{iri}> {{ ?s ?p ?o }}", f"service silent <{iri}> {{ ?s ?p ?o }}"):
        query = f"SELECT * {{ ?s ?a ?b . {text} }}"
        check(query, SETTINGS)
        (found,) = clauses(query, HOSTS)
        assert query[found.start : found.end] == text
        assert query[found.group : found.end] == "{ ?s ?p ?o }"
        assert (found.endpoint.target, found.is_silent) == (target, "silent" in text)


@pytest.mark.parametrize(
    ("clause", "reason"),
    [
        ("SERVICE <https://other.example/> { }", "may not be asked; there are https://a.example"),
        ("SERVICE <http://a.example/> { }", "may not be asked"),
        ("SERVICE <https://a.example:8443/> { }", "may not be asked"),
        ("SERVICE <https://a.example.evil.example/> { }", "may not be asked"),
        ("SERVICE <https://a.example@127.0.0.1/> { }", "no address of a server"),
        ("SERVICE <https://127.0.0.1/> { }", "may not be asked"),
        ("SERVICE <https://[::1]/> { }", "may not be asked"),
        ("SERVICE <https://[::1/> { }", "no address of a server"),
        ("SERVICE <https://a.example:99999/> { }", "no address of a server"),
        ("SERVICE <https://а.example/> { }", "no address of a server"),  # a Cyrillic letter
        ("SERVICE <file:///etc/passwd> { }", "no address of a server"),
        ("SERVICE <sparql> { }", "no address of a server"),
        (r"SERVICE <https://a.example/\u0041> { }", "has escapes"),
        ("SERVICE ?s { }", "by a whole IRI"),
        ("SERVICE a:b { }", "by a whole IRI"),
        ("SERVICE SILENT ?s { }", "by a whole IRI"),
        ("SERVICE", "not of the form"),
        ("SERVICE <https://a.example/>", "not of the form"),
        ("SERVICE <https://a.example/> ?s", "not of the form"),
        ("trueSERVICE <https://a.example/> { }", "not of the form"),
        ("SERVICESILENT <https://a.example/> { }", "not of the form"),
        ("SERVICE <https://a.example/> { { }", "does not end"),
        (
            "SERVICE <https://a.example/> { SERVICE <https://a.example/> { } }",
            "stands in another one",
        ),
        ("SERVICEa:b { }", "No query here"),
    ],
)
def test_any_other_clause_is_refused_with_the_reason(clause: str, reason: str) -> None:
    end = "" if "{ { }" in clause or clause == "SERVICE" else " }"
    with pytest.raises(QueryRefused, match=reason) as caught:
        check(f"PREFIX a: <urn:a>\nSELECT * {{ ?s ?p ?o . {clause}{end}", SETTINGS)
    assert "line 2" in caught.value.detail
    assert caught.value.extra["keyword"] == "SERVICE"


def test_what_only_looks_like_a_clause_is_none() -> None:
    query = """SELECT ?SERVICE { ?SERVICE <urn:SERVICE> "SERVICE <https://x/> {}" # SERVICE {
    }"""
    check(query, SETTINGS)
    assert clauses(query, HOSTS) == ()


def test_without_a_list_every_clause_is_refused() -> None:
    with pytest.raises(QueryRefused, match="No query here"):
        check("SELECT * { SERVICE <https://a.example/> { ?s ?p ?o } }", Settings())


QUERY = """PREFIX x: <urn:x> # {
SELECT * {
  ?s x:p ?o
  SERVICE # a remark {
    <https://a.example/> { ?s x:q "}" }
  OPTIONAL { SERVICE SILENT <https://a.example/> { ?o x:r ?z } }
}"""


def test_the_rest_of_a_query_keeps_its_place() -> None:
    found = clauses(QUERY, HOSTS)
    plain = local(QUERY, found)
    assert len(plain) == len(QUERY)
    assert plain.count("\n") == QUERY.count("\n")
    assert "SERVICE" not in plain
    for clause in found:
        assert plain[clause.group : clause.end] == QUERY[clause.group : clause.end]


def test_a_server_is_asked_for_the_group_under_the_same_declarations() -> None:
    first, second = (question(QUERY, clause) for clause in clauses(QUERY, HOSTS))
    assert first == (
        'BASE <https://w3id.org/enact-graph/>\nPREFIX x: <urn:x> # {\n\nSELECT * { ?s x:q "}" }'
    )
    assert second.endswith("SELECT * { ?o x:r ?z }")


PIECES = ("SERVICE", "silent", "<https://a.example/>", "<https://x/>", "{", "}", "?s", "'", '"')


@given(st.lists(st.sampled_from([*PIECES, "#", "\n", "a:b", "<", ">", "\\"]), max_size=14))
def test_a_clause_that_is_found_leads_nowhere_else(pieces: list[str]) -> None:
    query = f"SELECT * {{ {' '.join(pieces)} }}"
    try:
        check(query, SETTINGS)
    except QueryError:
        return
    for clause in clauses(query, HOSTS):
        assert clause.endpoint.origin == "https://a.example:443"
    plain = local(query, clauses(query, HOSTS))
    assert clauses(plain, ()) == ()
