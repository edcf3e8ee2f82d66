"""The parameters that name a format: whatever Accept can say, and the names people use."""

from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.errors import BadParameter
from enact_graph.formats import ALL_FORMATS, HTML, RDF_FORMATS, RESULT_FORMATS
from enact_graph.web.wanted import read
from tests.conftest import Site

ASK = urlencode({"query": "ASK {}"})
GRAPH = urlencode({"query": "DESCRIBE <https://w3id.org/enact-graph/id/inria>"})
NAMES = st.sampled_from([*(f.key for f in ALL_FORMATS), *(f.media_type for f in ALL_FORMATS)])


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        (ASK + "&format=application/sparql-results+json", "application/sparql-results+json"),
        (ASK + "&format=sparql-results%2Bxml", None),
        (ASK + "&format=application/json;charset=utf-8", "application/json"),
        (ASK + "&format=application/json;charset=latin1", None),
        (ASK + "&format=text/csv;q=0.2,application/json;q=0.7", "application/json"),
        (ASK + "&format=csv;q=0.2,json;q=0.1", "text/csv"),
        (ASK + "&format=image/png,tsv", "text/tab-separated-values"),
        (ASK + "&format=image/png", None),
        (ASK + "&format=*/*", "application/sparql-results+json"),
        (ASK + "&format=csv&output=text/csv&format=", "text/csv"),
        (ASK + "&format=csv&output=json", None),
        (ASK + "&format=csv&format=ttl", "text/csv"),
        (ASK + "&format=text/html", "text/html"),
        (ASK + "&output=html", "text/html"),
        (ASK + "&output=html&format=csv", None),
        (ASK + "&format=csv" + ",text/csv" * 200, None),
        (ASK + "&format=csv" * 17, None),
        (GRAPH + "&format=csv&format=ttl", "text/turtle"),
        (GRAPH + "&format=application/rdf+xml", "application/rdf+xml"),
        (GRAPH + "&format=rdf+xml", "application/rdf+xml"),
        (GRAPH + "&format=text/n3", "text/n3"),
        (GRAPH + "&format=xml", "application/rdf+xml"),
        (
            GRAPH + "&format=json-ld&format=application/ld%2Bjson,application/x-json%2Bld",
            "application/ld+json",
        ),
    ],
)
def test_a_value_means_what_it_means_in_accept(site: Site, fields: str, sent: str | None) -> None:
    for answer in (
        site.get(f"/sparql?{fields}", "image/png"),
        site.client.post(
            "/sparql",
            content=fields,
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "image/png"},
        ),
    ):
        if sent:
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-type"].partition(";")[0] == sent
        else:
            assert answer.status_code == 400
            assert answer.json()["parameter"] in ("format", "output")


@pytest.mark.parametrize("name", ["format", "output"])
def test_the_name_that_was_written_is_told(site: Site, name: str) -> None:
    for path in (f"/sparql?{ASK}", "/graphs?default"):
        problem = site.get(f"{path}&{name}=nonsense").json()
        assert problem["parameter"] == name
        assert f"{name}=nonsense" in problem["detail"]
        assert "turtle" in problem["allowed"]


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        ("application/rdf+xml", "application/rdf+xml"),
        ("text/csv,application/n-triples", "application/n-triples"),
        ("json", "application/ld+json"),
        ("text/n3;charset=UTF-8", "text/n3"),
    ],
)
def test_a_graph_is_asked_for_in_the_same_words(site: Site, value: str, sent: str) -> None:
    for name in ("format", "output"):
        answer = site.get(f"/graphs?default&{name}={value}")
        assert answer.headers["content-type"].partition(";")[0] == sent


@given(st.lists(st.tuples(st.sampled_from(["format", "output"]), st.text(max_size=30)), max_size=3))
def test_any_text_is_read_or_refused(fields: list[tuple[str, str]]) -> None:
    says_nothing = not any(value.strip() for _, value in fields)
    with suppress(BadParameter):
        assert (read(fields, pages=(HTML,)) is None) == says_nothing


@given(NAMES, st.sampled_from(["", " ", ";q=0.5", "; q=1"]), st.sampled_from([str, str.upper]))
def test_every_name_of_a_format_means_it(name: str, rest: str, case: object) -> None:
    found = read([("format", case(name) + rest)], pages=(HTML,))  # type: ignore[operator]
    assert found
    formats = (found.results, found.graph, HTML if found.is_page else None)
    meant = [f for f in ALL_FORMATS if name in (f.key, f.media_type)]
    assert {f.key for f in meant} <= {f.key for f in formats if f}
    # What is written unescaped in an address is the same.
    assert read([("output", name.replace("+", " "))], pages=(HTML,)) is not None


def test_a_format_for_tables_is_none_for_graphs() -> None:
    for format_ in RESULT_FORMATS[2:]:
        assert read([("format", format_.key)]) == read([("output", format_.media_type)])
    assert all(read([("format", f.key)], results=(), graphs=RDF_FORMATS) for f in RDF_FORMATS)
