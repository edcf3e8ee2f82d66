"""One answer in every format: the same terms, read by libraries that are not the engine's."""

import csv
import io
import json
import logging
import re
from typing import Any, Final
from xml.etree import ElementTree

import httpx
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Literal, URIRef

from enact_graph.formats import (
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TURTLE,
    Format,
)
from tests.conftest import Site

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SRX: Final = "{http://www.w3.org/2005/sparql-results#}"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
DIR: Final = "{http://www.w3.org/2005/11/its}dir"

#: (text, language, direction, datatype) of a literal, ("iri",) and an IRI.
Term = tuple[str, ...]

#: Every character that XML can write, from all planes; line ends of all kinds among them.
texts = st.text(
    st.one_of(
        st.characters(
            codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"
        ),
        st.sampled_from("\t\n\r\x7f\x85\u2028\ufeff\"'\\<>&,;{}"),
    ),
    max_size=12,
)
integers = st.one_of(st.integers(), st.integers(-(10**40), 10**40))
numbers = st.one_of(
    st.tuples(integers.map(str), st.just(XSD + "integer")),
    st.tuples(
        st.decimals(-(10**9), 10**9, places=6).map(lambda d: f"{d:f}"), st.just(XSD + "decimal")
    ),
    st.tuples(
        st.one_of(
            st.floats(allow_nan=False, allow_infinity=False).map(repr),
            st.sampled_from(["NaN", "INF", "-INF", "-0", "1e400"]),
        ),
        st.sampled_from([XSD + "double", XSD + "float"]),
    ),
    st.tuples(st.sampled_from(["true", "false", "1", "maybe"]), st.just(XSD + "boolean")),
    st.tuples(st.dates().map(lambda d: d.isoformat()), st.just(XSD + "date")),
    st.tuples(st.datetimes().map(lambda d: d.isoformat() + "Z"), st.just(XSD + "dateTime")),
    st.tuples(st.sampled_from(["P1Y", "PT0S", "-P3DT4H"]), st.just(XSD + "duration")),
)
languages = st.sampled_from(["fr", "en-gb", "de-ch-1901", "zh-hant", "x-private"])
literals = st.one_of(
    st.tuples(texts, st.just(""), st.just(""), st.just(XSD + "string")),
    st.tuples(texts, languages, st.just(""), st.just("")),
    st.tuples(texts, st.just(""), st.just(""), st.sampled_from(["urn:x:type", XSD + "hexBinary"])),
    numbers.map(lambda pair: (pair[0], "", "", pair[1])),
)
iris = st.sampled_from(["urn:a", "http://a.example/é?b=c&d=%20#f", "https://a.example/\U0001f600"])
found_terms = st.lists(
    st.one_of(literals, iris.map(lambda iri: ("iri", iri))), min_size=1, max_size=6
)
directed = st.tuples(texts, languages, st.sampled_from(["ltr", "rtl"]), st.just(""))
EVERY = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def written(term: Term) -> str:
    """A term as SPARQL writes it."""
    if term[0] == "iri" and len(term) == 2:
        return f"<{term[1]}>"
    text, language, direction, datatype = term
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(plain, escaped)
    if language:
        return f'"{text}"@{language}' + (f"--{direction}" if direction else "")
    return f'"{text}"^^<{datatype}>'


def post(site: Site, query: str, format_: str) -> httpx.Response:
    answer = site.client.post("/sparql", data={"query": query, "format": format_})
    assert answer.status_code == 200, answer.text
    return answer


def table(terms: list[Term]) -> str:
    rows = " ".join(f"({i} {written(term)})" for i, term in enumerate(terms))
    return f"SELECT ?i ?v {{ VALUES (?i ?v) {{ {rows} }} }} ORDER BY ?i"


def graph(terms: list[Term]) -> str:
    rows = " ".join(f"(<urn:i:{i}> {written(term)})" for i, term in enumerate(terms))
    return f"CONSTRUCT {{ ?i <urn:p> ?v }} {{ VALUES (?i ?v) {{ {rows} }} }}"


def literal(text: str, language: str, direction: str, datatype: str) -> Term:
    return (text, language, direction, "" if language else datatype or XSD + "string")


def from_json(content: bytes) -> list[Term]:
    rows = json.loads(content)["results"]["bindings"]
    return [json_term(row["v"]) for row in rows]


def json_term(v: dict[str, str]) -> Term:
    if v["type"] == "uri":
        return ("iri", v["value"])
    named = (v.get(key, "") for key in ("xml:lang", "its:dir", "datatype"))
    return literal(v["value"], *named)


def from_xml(content: bytes) -> list[Term]:
    root = ElementTree.fromstring(content)
    terms = [row[-1][0] for row in root.iterfind(f"{SRX}results/{SRX}result")]
    return [xml_term(e) if e.tag == SRX + "literal" else ("iri", e.text or "") for e in terms]


def xml_term(e: ElementTree.Element) -> Term:
    return literal(e.text or "", e.get(LANG, ""), e.get(DIR, ""), e.get("datatype", ""))


def from_csv(content: bytes) -> list[str]:
    head, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    assert head == ["i", "v"]
    return [row[1] for row in rows]


def from_tsv(content: bytes) -> list[Term]:
    head, *rows = content.decode().removesuffix("\n").split("\n")
    assert head == "?i\t?v"
    return [term(row.split("\t")[1]) for row in rows]


#: A term as Turtle, N-Triples and TSV write it on one line.
QUOTED: Final = re.compile(
    r'"((?:[^"\\\n\r]|\\.)*)"(?:@([a-z0-9-]+?)(?:--(ltr|rtl))?|\^\^<([^<>]*)>)?', re.DOTALL
)
BARE: Final = {
    r"[+-]?[0-9]+": "integer",
    r"[+-]?[0-9]*\.[0-9]+": "decimal",
    r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+": "double",
    r"true|false": "boolean",
}
ESCAPES: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def term(text: str) -> Term:
    if text.startswith("<"):
        return ("iri", unescaped(text[1:-1]))
    if quoted := QUOTED.fullmatch(text):
        return literal(unescaped(quoted[1]), *(part or "" for part in quoted.groups()[1:]))
    kind = next(kind for pattern, kind in BARE.items() if re.fullmatch(pattern, text))
    return (text, "", "", XSD + kind)


def unescaped(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        return chr(int(code, 16)) if code else ESCAPES.get(found[3], found[3])

    return re.sub(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", one, text)


def from_rdf(content: bytes, format_: Format) -> list[Term]:
    """The objects in the order of the subjects, as rdflib reads them."""
    names = {"ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=content, format=names.get(format_.key, format_.key))
    found = {str(s): o for s, _, o in dataset.triples((None, None, None))}
    return [rdflib_term(found[f"urn:i:{i}"]) for i in range(len(found))]


def rdflib_term(node: Any) -> Term:
    if isinstance(node, URIRef):
        return ("iri", str(node))
    assert isinstance(node, Literal)
    return literal(str(node), node.language or "", "", str(node.datatype or ""))


@pytest.fixture(autouse=True)
def literals_stay_as_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    monkeypatch.setattr(logging.getLogger("rdflib.term"), "disabled", True)  # of ill-typed ones


def is_kept_as_written(term: Term) -> bool:
    """Whether the engine keeps the text; of numbers and times it keeps the value."""
    return (
        len(term) == 2
        or bool(term[1])
        or term[3] in (XSD + "string", "urn:x:type", XSD + "hexBinary")
    )


@EVERY
@given(terms=found_terms)
def test_rows(site: Site, terms: list[Term]) -> None:
    query = table(terms)
    found = from_json(post(site, query, "json").content)
    assert len(found) == len(terms)
    for asked, got in zip(terms, found, strict=True):
        assert got == asked if is_kept_as_written(asked) else got[3] == asked[3]
    assert from_xml(post(site, query, "xml").content) == found
    assert from_tsv(post(site, query, "tsv").content) == found
    texts = [got[1] if len(got) == 2 else got[0] for got in found]
    assert from_csv(post(site, query, "csv").content) == texts


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its own use of itself
@EVERY
@given(terms=found_terms)
def test_graphs(site: Site, terms: list[Term]) -> None:
    wanted = from_json(post(site, table(terms), "json").content)
    for format_ in (TURTLE, N_TRIPLES, N_QUADS, TRIG, RDF_XML, JSON_LD):
        content = post(site, graph(terms), format_.key).content
        assert from_rdf(content, format_) == wanted, format_.key


@EVERY
@given(terms=st.lists(directed, min_size=1, max_size=4))
def test_texts_with_a_direction(site: Site, terms: list[Term]) -> None:
    """The engine knows them (RDF 1.2); rdflib does not yet."""
    query = table(terms)
    assert from_json(post(site, query, "json").content) == terms
    assert from_xml(post(site, query, "xml").content) == terms
    assert from_tsv(post(site, query, "tsv").content) == terms
    for format_ in (N_TRIPLES, N_QUADS):
        lines = post(site, graph(terms), format_.key).content.decode().split("\n")[:-1]
        assert [term(line[line.index('"') : -2]) for line in lines] == terms
    document = json.loads(post(site, graph(terms), "jsonld").content)
    nodes = {node["@id"]: node["urn:p"][0] for node in document}
    values = [nodes[f"urn:i:{i}"] for i in range(len(terms))]
    parts = ("@value", "@language", "@direction")
    assert [(*(v[part] for part in parts), "") for v in values] == terms
    root = ElementTree.fromstring(post(site, graph(terms), "rdfxml").content)
    assert [xml_term(node[0]) for node in root] == terms


@pytest.mark.parametrize("text", ["\x00", "a\x01b", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_cannot_write_is_refused_in_xml_alone(site: Site, text: str) -> None:
    value = ("".join(f"\\u{ord(c):04X}" for c in text), "", "", "")
    for query, formats, xml in (
        (f'SELECT ("{value[0]}" AS ?v) (1 AS ?i) {{}}', ["json", "csv", "tsv"], "xml"),
        (f'CONSTRUCT {{ <urn:i> <urn:p> "{value[0]}" }} {{}}', ["turtle", "nt", "jsonld"], "rdf"),
    ):
        for format_ in formats:
            assert post(site, query, format_)
        refused = site.client.post("/sparql", data={"query": query, "format": xml})
        assert refused.status_code == 406
        assert refused.json()["unwritable"].startswith("U+")


def test_triple_terms_are_told_in_every_format_that_has_them(site: Site) -> None:
    query = 'SELECT ?v { BIND(<<( <urn:s> <urn:p> "é"@fr )>> AS ?v) }'
    found = json.loads(post(site, query, "json").content)["results"]["bindings"][0]["v"]
    assert json_term(found["value"]["object"]) == ("é", "fr", "", "")
    parts = ElementTree.fromstring(post(site, query, "xml").content).find(f".//{SRX}triple")
    assert parts is not None
    assert xml_term(parts[2][0]) == ("é", "fr", "", "")
    assert '<<( <urn:s> <urn:p> "é"@fr )>>' in post(site, query, "tsv").text
    construct = query.replace("SELECT ?v", "CONSTRUCT { <urn:i> <urn:p> ?v }")
    assert '<<( <urn:s> <urn:p> "é"@fr )>>' in post(site, construct, "nt").text
    refused = site.client.post("/sparql", data={"query": construct, "format": "jsonld"})
    assert refused.status_code == 406
    assert "JSON-LD" in refused.json()["detail"]
