"""JSON-LD: two other readers get exactly the triples that were written."""

import json
from collections.abc import Callable

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.errors import EnactGraphError
from enact_graph.rdf import jsonld
from enact_graph.terms import PREFIXES

TURTLE = (
    "".join(f"@prefix {p}: <{ns}> .\n" for p, ns in PREFIXES.items())
    + """
id:enact a enact:Cluster , <http://other.example/T> ;
    skos:prefLabel "ENACT"@fr , "ENACT"@en , "ENACT"@de ;
    skos:altLabel "eins"@de , "zwei"@de ;
    org:role v:role-lead ;
    enact:role v:role-lead , "a text"@fr ;
    schema:startDate "2024-01-01"^^xsd:date ;
    schema:value 5 , 12345678901234567890 , -3 , 1.50 , true , "plain" , "x"@en-gb ;
    schema:url <https://example.org/a?b=c#d> ;
    <http://other.example/p> "far" , id:inria .
id:inria skos:prefLabel "Inria" , "Inria"@fr ; schema:startDate "about 1967" .
"""
)


def triples(turtle: str = TURTLE) -> set[ox.Triple]:
    return {q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}


def read_by_oxigraph(content: bytes) -> set[ox.Triple]:
    return {q.triple for q in ox.parse(content, format=ox.RdfFormat.JSON_LD)}


def read_by_rdflib(content: bytes) -> set[ox.Triple]:
    graph = rdflib.Graph().parse(data=content, format="json-ld")
    return {q.triple for q in ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)}


RDFLIB_USES_A_CLASS_IT_DEPRECATES = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph:DeprecationWarning"
)


@RDFLIB_USES_A_CLASS_IT_DEPRECATES
@pytest.mark.parametrize("read", [read_by_oxigraph, read_by_rdflib])
def test_reading_gives_the_triples_written(read: Callable[[bytes], set[ox.Triple]]) -> None:
    written = triples()
    assert read(jsonld.write(written, jsonld.Context.of(written))) == written


@RDFLIB_USES_A_CLASS_IT_DEPRECATES
def test_a_context_made_of_other_data_still_gives_the_same_triples() -> None:
    context = jsonld.Context.of(
        triples(TURTLE.partition("id:enact")[0] + 'id:x skos:prefLabel id:y ; org:role "z"@fr .')
    )
    assert read_by_oxigraph(jsonld.write(triples(), context)) == triples()
    assert read_by_rdflib(jsonld.write(triples(), context)) == triples()


def test_names_are_plain_and_the_first_namespace_gets_them() -> None:
    names = jsonld.Context.of(triples()).names
    assert names[PREFIXES["enact"] + "role"] == "role"
    assert names[PREFIXES["org"] + "role"] == "org:role"
    assert names[PREFIXES["enact"] + "Cluster"] == "Cluster"


def test_languages_become_a_map_in_the_order_of_the_project() -> None:
    graph = json.loads(jsonld.write(triples(), jsonld.Context.of(triples())))["@graph"]
    assert graph[0]["prefLabel"] == {"fr": "ENACT", "en": "ENACT", "de": "ENACT"}
    assert list(graph[0]["prefLabel"]) == ["fr", "en", "de"]
    assert graph[0]["altLabel"] == {"de": ["eins", "zwei"]}


def test_one_subject_is_written_without_a_wrapper() -> None:
    only = {t for t in triples() if str(t.subject).endswith("/inria>")}
    content = json.loads(jsonld.write(only, jsonld.Context.of(only)))
    assert content["@id"] == "id:inria"
    assert "@graph" not in content


def test_a_document_carries_only_the_names_it_uses() -> None:
    only = {t for t in triples() if str(t.subject).endswith("/inria>")}
    written = jsonld.document(only, jsonld.Context.of(triples()))["@context"]
    assert set(written) == {"id", "schema", "skos", "xsd", "prefLabel", "startDate"}


def test_the_order_of_the_triples_does_not_matter() -> None:
    ordered = sorted(triples(), key=str)
    context = jsonld.Context.of(ordered)
    assert jsonld.write(ordered, context) == jsonld.write(reversed(ordered), context)
    assert context == jsonld.Context.of(reversed(ordered))


def test_a_published_context_can_be_read_again() -> None:
    context = jsonld.Context.of(triples())
    assert jsonld.Context.from_json(context.to_json()) == context


def test_an_iri_that_looks_like_a_prefixed_name_is_refused() -> None:
    bad = triples("<http://e/a> <http://e/p> <geo:48.5,7.7> .")
    with pytest.raises(EnactGraphError, match="geo:48"):
        jsonld.write(bad, jsonld.Context.of(bad))


def test_a_triple_as_a_value_is_refused() -> None:
    node = ox.NamedNode("http://e/a")
    nested = ox.Triple(node, node, ox.Triple(node, node, node))
    with pytest.raises(EnactGraphError, match="ask for Turtle"):
        jsonld.write([nested], jsonld.Context.of([]))


IRIS = st.sampled_from([PREFIXES["id"] + n for n in "abc"] + ["http://o.example/x/y", "urn:z:1"])
LITERALS = st.builds(
    ox.Literal, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
) | st.sampled_from(
    [
        ox.Literal("x", language="fr"),
        ox.Literal("1"),
        ox.Literal(1),
        ox.Literal(True),
        ox.Literal("01", datatype=ox.NamedNode(PREFIXES["xsd"] + "integer")),
        ox.Literal("2024-01-01", datatype=ox.NamedNode(PREFIXES["xsd"] + "date")),
    ]
)
PREDICATES = st.sampled_from(
    [
        PREFIXES["skos"] + "note",
        PREFIXES["org"] + "role",
        PREFIXES["enact"] + "role",
        PREFIXES["rdf"] + "type",
        "http://o.example/p",
    ]
)
TRIPLES = st.builds(
    ox.Triple,
    IRIS.map(ox.NamedNode),
    PREDICATES.map(ox.NamedNode),
    IRIS.map(ox.NamedNode) | LITERALS,
)


@given(st.sets(TRIPLES), st.sets(TRIPLES))
def test_whatever_the_context_reading_gives_the_triples_written(
    written: set[ox.Triple], other: set[ox.Triple]
) -> None:
    content = jsonld.write(written, jsonld.Context.of(other))
    assert read_by_oxigraph(content) == written
