"""Names and order of what a page shows."""

import pyoxigraph as ox
import pytest

from enact_graph import terms
from enact_graph.graph.entity import Entity, Name, Statement, local_name, mentioned, pick
from enact_graph.vocabulary import RDF


@pytest.mark.parametrize(
    ("labels", "language", "expected"),
    [
        ({"fr": "a", "en": "b", "de": "c"}, "de", Name("c", "de")),
        ({"fr": "a", "en": "b"}, "de", Name("b", "en")),
        ({"fr": "a", "": "d"}, "de", Name("a", "fr")),
        ({"": "d", "it": "e"}, "fr", Name("d", "")),
        ({"it": "e"}, "fr", Name("e", "it")),
        ({}, "fr", None),
    ],
)
def test_the_nearest_language_is_taken(
    labels: dict[str, str], language: str, expected: Name | None
) -> None:
    assert pick(labels, language) == expected


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (terms.ENACT + "Target", "Target"),
        (terms.ID + "inria", "inria"),
        (terms.BASE, "enact-graph"),
        ("urn:a:b", "b"),
        ("", ""),
    ],
)
def test_an_iri_without_label_is_named_by_its_last_part(iri: str, expected: str) -> None:
    assert local_name(iri) == expected


def said(predicate: str, value: str, graph: str) -> Statement:
    return Statement(terms.ID + "x", predicate, ox.NamedNode(value), (graph,))


def test_stated_types_go_before_inferred_ones() -> None:
    inferred = said(RDF.type, "urn:a", terms.GRAPH_INFERRED + "-types")
    stated = said(RDF.type, "urn:z", terms.GRAPH_CURATION)
    entity = Entity(terms.ID + "x", (inferred, stated), (), 0, {}, {}, {})
    assert entity.types == ("urn:z", "urn:a")


def test_every_iri_of_a_statement_is_mentioned_and_no_literal() -> None:
    one = said("urn:p", "urn:o", "urn:g")
    other = Statement("urn:s", "urn:p", ox.Literal("urn:no"), ("urn:h",))
    assert mentioned([one, other]) == {
        terms.ID + "x", "urn:p", "urn:o", "urn:g", "urn:s", "urn:h",
    }  # fmt: skip
    assert other.target is None
