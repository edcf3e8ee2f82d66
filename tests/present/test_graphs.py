"""Documents of statements: the same triples in every format, graphs kept where they can be."""

import pyoxigraph as ox
import pytest
import rdflib

from enact_graph import terms
from enact_graph.formats import (
    JSON_LD,
    N_QUADS,
    RDF_FORMATS,
    RDF_XML,
    TRIG,
    TURTLE,
    Carries,
    Format,
)
from enact_graph.graph.documents import convert, triples, write
from enact_graph.graph.entity import Statement
from enact_graph.rdf.jsonld import Context
from enact_graph.vocabulary import RDF

#: rdflib uses its own deprecated names when it reads a dataset.
pytestmark = pytest.mark.filterwarnings("ignore:.*Dataset:DeprecationWarning")

ID, G, SKOS = terms.ID, terms.GRAPH, terms.PREFIXES["skos"]
P05, P16 = G + "p05", G + "p16"
STATEMENTS = (
    Statement(ID + "inria", SKOS + "prefLabel", ox.Literal("Inria", language="fr"), (P05,)),
    Statement(ID + "inria", RDF.type, ox.NamedNode(terms.ENACT + "Institution"), (P05, P16)),
    Statement(ID + "enact", terms.ENACT + "hasMember", ox.NamedNode(ID + "inria"), (P16,)),
)
ABOUT = (
    ox.Triple(
        ox.NamedNode(terms.DOC + "inria"),
        ox.NamedNode(terms.PREFIXES["foaf"] + "primaryTopic"),
        ox.NamedNode(ID + "inria"),
    ),
)
CONTEXT = Context.of(triples(STATEMENTS))


def parsed(body: bytes, format_: Format) -> rdflib.Dataset:
    """Read by another library than the one that wrote."""
    dataset = rdflib.Dataset(default_union=True)
    name = {"jsonld": "json-ld", "rdfxml": "xml", "ntriples": "nt"}.get(format_.key, format_.key)
    dataset.parse(data=body, format=name)
    return dataset


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda f: f.key)
def test_every_format_holds_each_triple_once(format_: Format) -> None:
    body = write(STATEMENTS, format_, CONTEXT, ABOUT)
    found = {(str(s), str(p), str(o)) for s, p, o, _ in parsed(body, format_).quads()}
    assert found == {(s.subject, s.predicate, s.object.value) for s in STATEMENTS} | {
        (terms.DOC + "inria", terms.PREFIXES["foaf"] + "primaryTopic", ID + "inria")
    }


@pytest.mark.parametrize("format_", [TRIG, N_QUADS], ids=lambda f: f.key)
def test_a_format_of_datasets_keeps_every_graph_of_a_statement(format_: Format) -> None:
    body = write(STATEMENTS, format_, CONTEXT, ABOUT)
    graphs = {str(g) for *_, g in parsed(body, format_).quads()}
    assert {P05, P16} <= graphs
    quads = list(ox.parse(body, format=ox.RdfFormat.from_media_type(format_.media_type)))
    typed = [q for q in quads if q.predicate.value == RDF.type]
    assert sorted(str(q.graph_name) for q in typed) == [f"<{P05}>", f"<{P16}>"]


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda f: f.key)
def test_the_order_of_the_statements_does_not_matter(format_: Format) -> None:
    forwards = write(STATEMENTS, format_, CONTEXT, ABOUT)
    assert write(reversed(STATEMENTS), format_, CONTEXT, ABOUT) == forwards


def test_turtle_says_one_triple_a_line_with_the_prefixes_in_use() -> None:
    text = write(STATEMENTS, TURTLE, CONTEXT).decode()
    assert "@prefix id:" in text
    assert "@prefix spdx:" not in text
    assert '    skos:prefLabel "Inria"@fr ;\n' in text


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda f: f.key)
def test_lists_survive_in_every_format(format_: Format) -> None:
    turtle = b"<urn:s> <urn:p> (1 2 3) ."
    content = [q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]
    body = convert(content, format_, Context({}, {}))
    assert format_.carries in (Carries.GRAPH, Carries.DATASET)
    rows = parsed(body, format_).query(
        "SELECT (SUM(?n) AS ?sum) { <urn:s> <urn:p>/rdf:rest*/rdf:first ?n }"
    )
    assert [str(row[0]) for row in rows] == ["6"]  # type: ignore[index]


def test_the_context_travels_inside_the_document() -> None:
    body = write(STATEMENTS, JSON_LD, CONTEXT)
    assert b'"@context": {' in body
    assert b'"@context": "' not in body
    assert b"rdf:RDF" in write(STATEMENTS, RDF_XML, CONTEXT)
