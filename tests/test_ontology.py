"""The minted terms: named, aligned, light; and the header that presents them."""

import re
from collections import Counter

import pyoxigraph as ox
import pytest

from enact_graph import terms
from tests.definitions import (
    ENACT,
    EVERYTHING,
    ONTOLOGY,
    PROPERTY_KINDS,
    REUSED,
    SUB_CLASS,
    SUB_PROPERTY,
    THREE,
    A,
    P,
    languages,
    minted,
    objects,
    only,
    quads,
    store,
    subjects,
    term,
    types,
)

# The minted terms


def test_every_minted_term_has_one_label_and_one_definition_in_each_language() -> None:
    assert minted()
    for node in minted():
        for predicate in ("rdfs:label", "skos:definition"):
            assert languages(ENACT, node, predicate) == THREE, (node, predicate)


def test_examples_and_notes_are_in_all_languages_or_absent() -> None:
    for node in minted():
        for predicate in ("skos:example", "skos:scopeNote"):
            assert languages(ENACT, node, predicate) in ([], THREE), (node, predicate)


def test_no_two_classes_and_no_two_properties_share_a_label() -> None:
    seen: Counter[tuple[bool, str]] = Counter()
    for node in minted():
        is_class = term("owl:Class") in objects(ENACT, node, "rdf:type")
        seen.update((is_class, str(label)) for label in objects(ENACT, node, "rdfs:label"))
    assert [key for key, times in seen.items() if times > 1] == []


def test_every_minted_term_is_aligned_with_a_standard_term() -> None:
    for node in minted():
        near = [
            value
            for predicate in ("rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:seeAlso")
            for value in objects(ENACT, node, predicate)
        ]
        assert near, f"{node} names no nearest term: add a super term or rdfs:seeAlso"


def test_nothing_is_asserted_about_a_foreign_term_in_the_ontology() -> None:
    assert set(subjects(ENACT)) == {ONTOLOGY, *minted()}


def test_every_minted_term_points_to_the_ontology_that_defines_it() -> None:
    for node in minted():
        assert objects(ENACT, node, "rdfs:isDefinedBy") == [ONTOLOGY]


def test_properties_document_their_subjects_and_objects() -> None:
    for node in minted():
        is_property = PROPERTY_KINDS.intersection(objects(ENACT, node, "rdf:type"))
        for predicate in ("schema:domainIncludes", "schema:rangeIncludes"):
            assert bool(objects(ENACT, node, predicate)) == bool(is_property), (node, predicate)


# Light OWL 2 RL


AXIOMS = {
    "rdf:type", "rdfs:label", "rdfs:isDefinedBy", "rdfs:seeAlso", "rdfs:subClassOf",
    "rdfs:subPropertyOf", "owl:inverseOf", "owl:disjointWith", "schema:domainIncludes",
    "schema:rangeIncludes", "skos:definition", "skos:example", "skos:scopeNote",
    "owl:deprecated", "dcterms:isReplacedBy",
}  # fmt: skip
KINDS = {
    "owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty",
    "owl:SymmetricProperty", "rdfs:Datatype",
}  # fmt: skip


@pytest.mark.parametrize("file", [ENACT, REUSED])
def test_only_light_constructs_are_used(file: str) -> None:
    for quad in quads(file):
        if quad.subject == ONTOLOGY:
            continue
        assert terms.shorten(quad.predicate.value) in AXIOMS, quad
        if quad.predicate == A:
            assert isinstance(quad.object, ox.NamedNode)
            assert terms.shorten(quad.object.value) in KINDS, quad


@pytest.mark.parametrize("pattern", EVERYTHING)
def test_there_is_no_blank_node(pattern: str) -> None:
    assert quads(pattern)
    found = [
        q
        for q in quads(pattern)
        if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)
    ]
    assert found == []


def test_a_term_is_a_class_or_one_kind_of_property() -> None:
    for node in (*minted(), *subjects(REUSED)):
        kinds = {v for file in (ENACT, REUSED) for v in objects(file, node, "rdf:type")}
        assert len(kinds - {term("owl:SymmetricProperty")}) <= 1, node


def test_super_terms_are_of_the_same_kind_and_declared() -> None:
    both = store(ENACT, REUSED)
    for predicate in (SUB_CLASS, SUB_PROPERTY, term("owl:inverseOf"), term("owl:disjointWith")):
        for axiom in both.quads_for_pattern(None, predicate, None):
            kinds = [
                {q.object for q in both.quads_for_pattern(node, A, None)}
                - {term("owl:SymmetricProperty")}
                for node in (axiom.subject, axiom.object)
                if isinstance(node, ox.NamedNode)
            ]
            assert len(kinds) == 2, axiom
            assert kinds[0] == kinds[1] != set(), axiom


def test_no_term_is_above_itself() -> None:
    for predicate in (SUB_CLASS, SUB_PROPERTY):
        assert not store(ENACT, REUSED).query(f"ASK {{ ?term {predicate}+ ?term }}")


def test_nothing_in_the_data_is_of_two_disjoint_classes() -> None:
    above = f"{A}/{SUB_CLASS}*"
    clash = store(*EVERYTHING).query(
        f"SELECT ?thing ?one ?other WHERE {{ ?one {term('owl:disjointWith')} ?other ."
        f" ?thing {above} ?one, ?other }}"
    )
    assert isinstance(clash, ox.QuerySolutions)
    assert [str(row) for row in clash] == []


def test_commitments_and_involvements_are_no_agents() -> None:
    wrong = store(*EVERYTHING).query(
        f"ASK {{ VALUES ?node {{ {term('enact:Commitment')} {term('enact:Involvement')} }}"
        f" VALUES ?agent {{ {term('foaf:Agent')} {term('schema:Organization')} }}"
        f" ?thing {A}/{SUB_CLASS}* ?node, ?agent }}"
    )
    assert not wrong


# The header


@pytest.mark.parametrize(
    "predicate",
    ["dcterms:title", "dcterms:abstract", "dcterms:description", "dcterms:bibliographicCitation"],
)
def test_the_header_speaks_three_languages(predicate: str) -> None:
    assert languages(ENACT, ONTOLOGY, predicate) == THREE


@pytest.mark.parametrize(
    "predicate",
    [
        "dcterms:creator", "dcterms:contributor", "dcterms:publisher", "dcterms:license",
        "dcterms:source", "adms:status",
    ],
)  # fmt: skip
def test_the_header_names_who_made_it_from_what_on_which_terms(predicate: str) -> None:
    assert only(ENACT, ONTOLOGY, predicate)


def test_people_and_sources_of_the_header_are_described() -> None:
    for predicate in ("creator", "contributor", "publisher", "source"):
        for value in objects(ENACT, ONTOLOGY, f"dcterms:{predicate}"):
            assert isinstance(value, ox.NamedNode)
            assert types(value), f"{value} is described nowhere"


def test_the_header_announces_the_namespace_of_the_terms() -> None:
    assert only(ENACT, ONTOLOGY, "vann:preferredNamespaceUri") == terms.ENACT
    assert P[only(ENACT, ONTOLOGY, "vann:preferredNamespacePrefix")] == terms.ENACT


def test_the_version_is_the_same_in_number_address_and_citation() -> None:
    version = only(ENACT, ONTOLOGY, "owl:versionInfo")
    address = only(ENACT, ONTOLOGY, "owl:versionIRI")
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert address == f"{terms.ONTOLOGY_IRI}/{version}"
    for citation in objects(ENACT, ONTOLOGY, "dcterms:bibliographicCitation"):
        assert version in citation.value
        assert address in citation.value


def test_every_version_but_the_first_names_the_one_before() -> None:
    version = only(ENACT, ONTOLOGY, "owl:versionInfo")
    earlier = [v.value for v in objects(ENACT, ONTOLOGY, "owl:priorVersion")]
    assert len(earlier) == (version != "1.0.0")
    assert all(prior.startswith(f"{terms.ONTOLOGY_IRI}/") for prior in earlier)
    assert f"{terms.ONTOLOGY_IRI}/{version}" not in earlier


def test_the_dates_of_the_header_follow_each_other() -> None:
    dates = [only(ENACT, ONTOLOGY, f"dcterms:{name}") for name in ("created", "issued", "modified")]
    assert dates == sorted(dates)
