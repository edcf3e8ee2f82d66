"""The vocabularies: one scheme a file, each concept named and defined in three languages."""

import re
from collections import Counter

import pyoxigraph as ox
import pytest

from enact_graph import terms
from tests.definitions import (
    ROOT,
    THREE,
    VOCAB,
    A,
    languages,
    objects,
    only,
    store,
    subjects,
    term,
)

FILES = sorted(path.name for path in ROOT.glob(VOCAB))


def concepts(file: str) -> list[ox.NamedNode]:
    found = store(file).quads_for_pattern(None, A, term("skos:Concept"))
    return sorted((q.subject for q in found if isinstance(q.subject, ox.NamedNode)), key=str)


@pytest.mark.parametrize("name", FILES)
def test_a_file_holds_the_scheme_of_its_name_and_its_concepts(name: str) -> None:
    file = f"vocab/{name}"
    scheme = term(f"v:{name.removesuffix('.ttl')}")
    assert set(subjects(file)) == {scheme, *concepts(file)}
    assert concepts(file)
    assert objects(file, scheme, "rdf:type") == [term("skos:ConceptScheme")]
    for predicate in ("dcterms:title", "dcterms:description"):
        assert languages(file, scheme, predicate) == THREE
    for concept in concepts(file):
        assert concept.value.startswith(terms.VOCAB)
        assert objects(file, concept, "skos:inScheme") == [scheme], concept
        assert objects(file, concept, "skos:topConceptOf") == [scheme], concept
        for predicate in ("skos:prefLabel", "skos:definition"):
            assert languages(file, concept, predicate) == THREE, (concept, predicate)


@pytest.mark.parametrize("name", FILES)
def test_no_two_concepts_of_a_scheme_share_a_label(name: str) -> None:
    file = f"vocab/{name}"
    labels = Counter(
        str(label)
        for concept in concepts(file)
        for predicate in ("skos:prefLabel", "skos:altLabel")
        for label in objects(file, concept, predicate)
    )
    assert [label for label, times in labels.items() if times > 1] == []


def test_a_concept_is_in_one_scheme() -> None:
    homes = Counter(concept for name in FILES for concept in concepts(f"vocab/{name}"))
    assert [concept for concept, times in homes.items() if times > 1] == []


def test_indicators_are_the_concepts_of_their_scheme() -> None:
    found = store(VOCAB).quads_for_pattern(None, A, term("enact:Indicator"))
    assert {q.subject for q in found} == set(concepts("vocab/indicator.ttl"))


SCHEMES = "vocab/identifier-scheme.ttl"


def test_identifier_schemes_say_how_to_check_and_reach_a_value() -> None:
    algorithms = concepts("vocab/check-algorithm.ttl")
    for scheme in concepts(SCHEMES):
        pattern = only(SCHEMES, scheme, "enact:valuePattern")
        assert re.compile(pattern)
        assert (pattern[0], pattern[-1]) == ("^", "$"), scheme
        templates = objects(SCHEMES, scheme, "enact:urlTemplate")
        assert len(templates) <= 1, scheme
        assert all(template.value.count("{value}") == 1 for template in templates), scheme
        assert objects(SCHEMES, scheme, "enact:checkAlgorithm")[0] in algorithms


@pytest.mark.parametrize(
    ("scheme", "value", "fits"),
    [
        ("geonames", "2990999", True),
        ("geonames", "02990999", False),
        ("ror", "02rx3b187", True),
        ("ror", "https://ror.org/02rx3b187", False),
        ("ror", "02rx3i187", False),  # i, l, o and u are not in Crockford's base 32
        ("isni", "000000012191928X", True),
        ("isni", "0000 0001 2191 9284", False),
        ("wikidata", "Q3918", True),
        ("wikidata", "P31", False),
        ("siren", "180089013", True),
        ("siren", "18008901", False),
    ],
)
def test_patterns_take_bare_values_only(scheme: str, value: str, fits: bool) -> None:
    pattern = only(SCHEMES, term(f"v:scheme-{scheme}"), "enact:valuePattern")
    assert bool(re.search(pattern, value)) is fits
