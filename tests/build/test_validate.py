"""Validation: verdicts, places, and messages in the language they were written in."""

import logging

import pyoxigraph as ox
import pytest
import rdflib

from enact_graph.authoring.findings import Finding, Places
from enact_graph.authoring.shacl import shapes
from enact_graph.authoring.shacl.validate import validate
from enact_graph.authoring.sources import load
from enact_graph.errors import SourceError
from enact_graph.rdf.reader import read
from enact_graph.rdf.statement import Place
from tests.build.sample import HEAD, TINY, store

NO_PLACES = Places(())


def check(trig: str, shape: str) -> tuple[Finding, ...]:
    return validate(store(trig), graph(shape), NO_PLACES)


def graph(turtle: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=HEAD + turtle, format="turtle")


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


SHAPE = "shape:S a sh:NodeShape ; sh:targetClass enact:Target ; sh:property shape:P . "


def test_the_tiny_repository_conforms() -> None:
    sources = load(TINY)
    held = store("")
    for statement in sources.statements:
        quad = statement.quad
        held.add(quad)
        held.add(ox.Quad(quad.subject, quad.predicate, quad.object, ox.DefaultGraph()))
    assert validate(held, shapes.graph(sources.shapes), NO_PLACES) == ()


def test_a_fact_stated_twice_counts_once() -> None:
    trig = "GRAPH g:a { id:t a enact:Target ; enact:indicator v:x . }"
    trig += "GRAPH g:b { id:t enact:indicator v:x . }"
    counting = """shape:S a sh:NodeShape ; sh:targetClass enact:Target ; sh:sparql shape:C .
        shape:C sh:select "SELECT $this { $this <https://w3id.org/enact-graph/ontology#indicator>
        ?x } GROUP BY $this HAVING (COUNT(?x) > 1)" .""".replace("\n", " ")
    assert check(trig, SHAPE + "shape:P sh:path enact:indicator ; sh:maxCount 1 .") == ()
    assert check(trig, counting) == ()
    trig = trig.replace("g:b { id:t enact:indicator v:x", "g:b { id:t enact:indicator v:y")
    assert codes(check(trig, counting)) == ["SPARQL"]


def test_a_constraint_can_ask_which_graph_says_so() -> None:
    trig = "GRAPH g:a { id:t a enact:Target . } GRAPH g:provenance { g:a prov:used src:x . }"
    shape = """shape:S a sh:NodeShape ; sh:targetClass enact:Target ; sh:sparql shape:C .
        shape:C sh:select "SELECT $this ?value { GRAPH ?value { $this a ?class } }" ."""
    (found,) = check(trig, shape)
    assert found.value == "https://w3id.org/enact-graph/graph/a"


@pytest.mark.parametrize(
    "constraint", ['sh:in ( "FR" "DE" )', 'sh:hasValue "FR"', 'sh:pattern "^F"', "sh:minLength 2"]
)
def test_plain_strings_of_shapes_and_data_are_the_same(constraint: str) -> None:
    shape = SHAPE + f"shape:P sh:path skos:notation ; sh:datatype xsd:string ; {constraint} ."
    assert check('GRAPH g:a { id:t a enact:Target ; skos:notation "FR" . }', shape) == ()
    assert check('GRAPH g:a { id:t a enact:Target ; skos:notation "X" . }', shape) != ()


def test_an_instance_of_a_subclass_is_checked() -> None:
    trig = """GRAPH g:ontology { enact:A rdfs:subClassOf enact:Target . }
        GRAPH g:a { id:t a enact:A . }"""
    assert codes(check(trig, SHAPE + "shape:P sh:path rdfs:label ; sh:minCount 1 .")) == [
        "MinCount"
    ]


def test_the_store_is_not_changed() -> None:
    held = store("GRAPH g:a { id:t a enact:Target . }")
    before = set(held)
    validate(held, graph(SHAPE + "shape:P sh:path rdfs:label ; sh:minCount 1 ."), NO_PLACES)
    assert set(held) == before


def test_a_finding_says_what_the_shape_says_in_each_language() -> None:
    shape = (
        SHAPE
        + """shape:P sh:path enact:dueBy ; sh:datatype xsd:date ; sh:severity sh:Warning ;
        sh:message "une date"@fr , "a date"@en , "ein Datum"@de ."""
    )
    (found,) = check('GRAPH g:a { id:t a enact:Target ; enact:dueBy "soon"@en . }', shape)
    assert found.messages == {"fr": "une date", "en": "a date", "de": "ein Datum"}
    assert (found.severity, found.code) == ("warning", "Datatype")
    assert found.focus == "https://w3id.org/enact-graph/id/t"
    assert found.path == "https://w3id.org/enact-graph/ontology#dueBy"
    assert found.value == '"soon"@en'
    assert found.rule == "https://w3id.org/enact-graph/shapes#P"
    assert found.remedy("de") == "die Zeile berichtigen"


def test_a_constraint_without_a_message_says_that_of_its_shape() -> None:
    shape = """shape:S a sh:NodeShape ; sh:targetClass enact:Target ; sh:sparql shape:C ;
        sh:message "trop"@fr , "too much"@en , "zu viel"@de .
        shape:C sh:select "SELECT $this ?value { $this <https://schema.org/value> ?value }" ."""
    (found,) = check("GRAPH g:a { id:t a enact:Target ; schema:value 7 . }", shape)
    assert found.messages == {"fr": "trop", "en": "too much", "de": "zu viel"}


def test_messages_of_constraints_keep_their_language_and_are_filled_in() -> None:
    shape = """shape:S a sh:NodeShape ; sh:targetClass enact:Target ; sh:sparql shape:C .
        shape:C sh:message "vaut {?n} (trop)"@fr , "is {?n} (too much)"@en , "ist {?n}"@de ;
        sh:select "SELECT $this ?n { $this <https://schema.org/value> ?n }" ."""
    (found,) = check("GRAPH g:a { id:t a enact:Target ; schema:value 7 . }", shape)
    assert found.messages == {"fr": "vaut 7 (trop)", "en": "is 7 (too much)", "de": "ist 7"}


def test_a_shape_without_a_message_still_says_something_in_each_language() -> None:
    (found,) = check(
        "GRAPH g:a { id:t a enact:Target . }",
        SHAPE + "shape:P sh:path rdfs:label ; sh:minCount 1 .",
    )
    assert set(found.messages) == {"fr", "en", "de"}
    assert all("rdfs:label" in text for text in found.messages.values())


def test_shapes_that_cannot_be_used_are_an_error_of_the_sources() -> None:
    shape = """shape:S a sh:NodeShape ; sh:targetClass enact:Target ; sh:sparql shape:C .
        shape:C sh:select "SELECT $this { $this ?p ?o MINUS { $this a ?o } }" ."""
    with pytest.raises(SourceError, match="shapes: they cannot be used"):
        check("GRAPH g:a { id:t a enact:Target . }", shape)


FILE = (
    HEAD
    + """GRAPH g:a {
    id:t
        a enact:Target ;
        enact:dueBy "soon" ;
        enact:indicator v:x ;
        .
}
"""
)


@pytest.mark.parametrize(
    ("constraint", "line"),
    [
        ("sh:path enact:dueBy ; sh:datatype xsd:date", 'enact:dueBy "soon"'),
        ("sh:path enact:dueBy ; sh:maxCount 0", "enact:dueBy"),
        ("sh:path enact:commitmentOf ; sh:minCount 1", "a enact:Target"),
    ],
)
def test_a_finding_is_placed_at_the_triple_the_property_or_the_node(
    constraint: str, line: str
) -> None:
    places = Places(read(FILE, "data/x.trig").statements)
    held = store(FILE.removeprefix(HEAD))
    (found,) = validate(held, graph(SHAPE + f"shape:P {constraint} ."), places)
    expected = next(n for n, text in enumerate(FILE.splitlines(), 1) if line in text)
    assert found.place
    assert (found.place.file, found.place.line) == ("data/x.trig", expected)


def test_a_node_nobody_describes_is_placed_where_it_is_used() -> None:
    places = Places(read(FILE, "data/x.trig").statements)
    used = places.find(ox.NamedNode("https://w3id.org/enact-graph/vocab/x"))
    assert used is not None
    assert "v:x" in FILE.splitlines()[used.line - 1]
    assert places.find(ox.NamedNode("http://elsewhere.example/")) is None


def test_findings_come_in_the_order_of_the_files() -> None:
    trig = "GRAPH g:a { id:b a enact:Target . id:a a enact:Target . }"
    places = Places(read(HEAD + trig, "data/x.trig").statements)
    shape = graph(SHAPE + "shape:P sh:path rdfs:label ; sh:minCount 1 .")
    found = validate(store(trig), shape, places)
    assert [f.focus and f.focus[-1] for f in found] == ["b", "a"]
    assert found[0].place is not None
    assert found[0].place < (found[1].place or Place("", 0))


def test_an_ill_typed_literal_is_found_and_the_logger_is_left_as_it_was(
    capfd: pytest.CaptureFixture[str],
) -> None:
    logger = logging.getLogger("rdflib.term")
    before = list(logger.filters)
    trig = 'GRAPH g:a { id:t a enact:Target ; enact:dueBy "soon"^^xsd:date . }'
    findings = check(trig, SHAPE + "shape:P sh:path enact:dueBy ; sh:datatype xsd:date .")
    assert codes(findings) == ["Datatype"]
    assert logger.filters == before
    assert capfd.readouterr() == ("", "")
