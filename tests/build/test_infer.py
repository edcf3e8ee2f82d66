"""Inference: what each rule concludes, where it lands, and that an independent reasoner agrees."""

from collections.abc import Callable
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
import rdflib

from enact_graph.authoring import dataset
from enact_graph.authoring.inference import INFERENCE, Rule, infer, rules
from enact_graph.authoring.sources import GRAPH_REUSED, load
from enact_graph.errors import SourceError
from enact_graph.terms import GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_VOCABULARY
from tests.authored import read_sources
from tests.build.sample import TINY, merged, store, triples
from tests.strata import some

TODAY = "2024-06-01"
#: The rules that OWL 2 RL has too, so that owlrl can judge them.
OWL_RULES = {"sub-class", "sub-property", "inverse", "symmetric"}

MEMBERSHIP = """GRAPH g:p1 {{
    id:m a enact:ConsortiumMembership ; org:organization id:enact ; org:member id:inria ;
        org:role {role} {more} .
}} GRAPH g:curation {{ {facts} }}"""


def inferred(trig: str, day: str = TODAY) -> set[str]:
    """Return what follows from TriG, without the description of the graphs of the rules."""
    held = store(trig)
    before = merged(held)
    infer(held, rules(), day)
    about = (f"<{GRAPH_INFERRED}", "<https://w3id.org/enact-graph/id/inference>")
    return {t for t in merged(held) - before if not t.startswith(about)}


def graphs_of(held: ox.Store, turtle: str) -> set[str]:
    (triple,) = triples(turtle)
    return {
        q.graph_name.value.rpartition("/")[2]
        for q in held
        if q.graph_name != ox.DefaultGraph() and str(q.triple) == triple
    }


@pytest.mark.parametrize(
    ("stated", "concluded"),
    [
        (
            "enact:A rdfs:subClassOf enact:B . enact:B rdfs:subClassOf enact:C . id:x a enact:A .",
            "id:x a enact:B , enact:C .",
        ),
        (
            "enact:p rdfs:subPropertyOf enact:q . enact:q rdfs:subPropertyOf enact:r ."
            ' id:x enact:p id:y , "z" .',
            'id:x enact:q id:y , "z" ; enact:r id:y , "z" .',
        ),
        ("enact:p owl:inverseOf enact:q . id:x enact:p id:y .", "id:y enact:q id:x ."),
        ("enact:p owl:inverseOf enact:q . id:x enact:q id:y .", "id:y enact:p id:x ."),
        ('enact:p owl:inverseOf enact:q . id:x enact:p "text" .', ""),
        ("enact:p a owl:SymmetricProperty . id:x enact:p id:y .", "id:y enact:p id:x ."),
        ('id:x skos:prefLabel "X"@fr .', 'id:x rdfs:label "X"@fr .'),
        (
            'id:x a foaf:Person ; skos:prefLabel "X"@fr .',
            'id:x rdfs:label "X"@fr ; foaf:name "X"@fr .',
        ),
        (
            "id:f a enact:Funding ; schema:fundedItem id:enact ; schema:funder id:a ;"
            " enact:fundedUnder id:p .",
            "id:enact enact:fundedBy id:a , id:p .",
        ),
        (
            "id:f a enact:Funding ; schema:fundedItem id:enact ; schema:funder id:a ;"
            ' schema:endDate "2023-12-31"^^xsd:date .',
            "",
        ),
        (
            "id:p a enact:Partnership ; enact:agent id:a ; enact:consortium id:enact ;"
            " enact:role v:role-industrial-partner .",
            "id:enact enact:hasPartner id:a .",
        ),
        (
            "id:p a enact:PartnersPartnership ; enact:agent id:a ; enact:consortium id:enact ;"
            " enact:role v:role-international-partner .",
            "id:enact enact:partnersCooperateWith id:a .",
        ),
        (
            "id:p a enact:PartnersPartnership ; enact:agent id:a ; enact:consortium id:enact ;"
            ' enact:role v:role-international-partner ; schema:endDate "2023-12-31"^^xsd:date .',
            "",
        ),
        (
            "enact:cooperatesWith a owl:SymmetricProperty ."
            " id:p a enact:Partnership ; enact:agent id:a ; enact:consortium id:enact ;"
            " enact:role v:role-supporting-alliance .",
            "id:enact enact:hasPartner id:a ; enact:cooperatesWith id:a ."
            " id:a enact:cooperatesWith id:enact .",
        ),
        (
            "id:s a enact:Support ; enact:agent id:a ; enact:consortium id:enact .",
            "id:enact enact:supportedBy id:a .",
        ),
        (
            "id:c a enact:InnovationCoordination ; enact:agent id:a ; enact:consortium id:enact .",
            "id:enact enact:coordinatesActionsOf id:a .",
        ),
    ],
)
def test_a_rule_concludes_what_follows_and_no_more(stated: str, concluded: str) -> None:
    assert inferred(f"GRAPH g:curation {{ {stated} }}") == triples(concluded)


@pytest.mark.parametrize(
    ("role", "more", "facts", "concluded"),
    [
        ("v:role-member", "", "", "id:enact enact:hasMember id:inria ."),
        (
            "v:role-lead", "", "",
            "id:enact enact:hasMember id:inria ; enact:leadInstitution id:inria .",
        ),
        ("v:role-coordinator", "", "", "id:enact enact:hasCoordinator id:inria ."),
        ("v:role-member", "", "id:inria a foaf:Person .", ""),
        ("v:role-research-director", "", "", ""),
        (
            "v:role-member", '; schema:endDate "2024-06-01"^^xsd:date', "",
            "id:enact enact:hasMember id:inria .",
        ),
        ("v:role-member", '; schema:endDate "2024-05-31"^^xsd:date', "", ""),
        ("v:role-member", '; schema:startDate "2024-06-02"^^xsd:date', "", ""),
    ],
)  # fmt: skip
def test_shortcuts_hold_as_of_the_release(role: str, more: str, facts: str, concluded: str) -> None:
    assert inferred(MEMBERSHIP.format(role=role, more=more, facts=facts)) == triples(concluded)


def test_a_node_gets_the_passage_whose_graph_types_it_as_its_source() -> None:
    trig = """GRAPH g:p1 { id:m a enact:Target . } GRAPH g:p2 { id:m skos:note "no type" . }
    GRAPH g:provenance { g:p1 prov:wasDerivedFrom src:p1 . g:p2 prov:wasDerivedFrom src:p2 .
        src:p1 a enact:Passage . src:p2 a enact:Passage . }"""
    assert inferred(trig) == triples("id:m dcterms:source src:p1 .")


def test_each_conclusion_lies_in_the_graph_of_the_rules_that_made_it_first() -> None:
    held = store(
        "GRAPH g:curation { id:x a enact:A ; enact:p id:y . enact:A rdfs:subClassOf enact:B ."
        " enact:p a owl:SymmetricProperty ; owl:inverseOf enact:p . }"
    )
    assert infer(held, rules(), TODAY) > 2
    assert graphs_of(held, "id:x a enact:B .") == {"inferred-sub-class"}
    assert graphs_of(held, "id:y enact:p id:x .") == {"inferred-inverse", "inferred-symmetric"}
    assert graphs_of(held, "id:x enact:p id:y .") == {"curation"}


def test_the_graph_of_a_rule_says_what_the_rule_concludes() -> None:
    held = store("GRAPH g:curation { enact:A rdfs:subClassOf enact:B . id:x a enact:A . }")
    infer(held, rules(), TODAY)
    words = "An instance of a class is an instance of each of its superclasses."
    said = triples(
        "g:inferred-sub-class a enact:AssertionGraph ; prov:wasGeneratedBy id:inference ;"
        f' dcterms:description "{words}"@en . id:inference a prov:Activity .'
    )
    assert said <= merged(held)
    assert not any("inferred-inverse" in t for t in merged(held))


def test_the_order_of_the_rules_does_not_matter() -> None:
    forth, back = (load(TINY).statements for _ in range(2))
    one, two = (dataset.collect(s.quad for s in found) for found in (forth, back))
    assert infer(one, rules(), TODAY) == infer(two, rules()[::-1], TODAY)
    assert dataset.named(one) == dataset.named(two)


def test_a_second_run_finds_nothing_new() -> None:
    held = dataset.collect(s.quad for s in load(TINY).statements)
    assert infer(held, rules(), TODAY) > 0
    assert infer(held, rules(), TODAY) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", r"my\.rq: the header lacks `# title@fr"),
        ("# title@fr: a\n# title@en: a\n# title@de: a\n", "lacks `# concludes@fr"),
    ],
)
def test_a_rule_without_words_in_three_languages_is_refused(text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        Rule.read("my", text)


@pytest.mark.parametrize(
    ("query", "message"),
    [("CONSTRUCT {", r"my\.rq: the rule is not valid SPARQL"), ("ASK {}", "make it one")],
)
def test_a_rule_that_cannot_run_is_named(query: str, message: str) -> None:
    words = dict.fromkeys(("fr", "en", "de"), "x")
    with pytest.raises(SourceError, match=message):
        infer(ox.Store(), [Rule("my", words, words, query)], TODAY)


CIRCLES = """GRAPH g:curation {
    enact:p owl:inverseOf enact:q . enact:q rdfs:subPropertyOf enact:r .
    enact:r a owl:SymmetricProperty . enact:A rdfs:subClassOf enact:B . enact:B rdfs:subClassOf
    enact:C . id:x a enact:A ; enact:p id:y . id:y enact:r id:z . }"""


def authored(root: Path) -> ox.Store:
    return dataset.collect(s.quad for s in load(root).statements)


#: What all conclusions hang on.
DEFINING = {ox.NamedNode(graph) for graph in (GRAPH_ONTOLOGY, GRAPH_REUSED, GRAPH_VOCABULARY)}


def part_of_the_project() -> ox.Store:
    """The definitions and some of what is said; what follows from a part follows from all."""
    quads = [s.quad for s in read_sources().statements]
    said = some((q for q in quads if q.graph_name not in DEFINING), 0.1)
    return dataset.collect([*(q for q in quads if q.graph_name in DEFINING), *said])


@pytest.mark.parametrize(
    "read",
    [lambda: authored(TINY), part_of_the_project, lambda: store(CIRCLES)],
    ids=["tiny", "project", "circles"],
)
def test_an_independent_reasoner_draws_the_same_conclusions(read: Callable[[], ox.Store]) -> None:
    held = read()
    closure = rdflib.Graph().parse(
        data="".join(f"{t} .\n" for t in dataset.merge(held)), format="nt"
    )
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    infer(held, [r for r in rules() if r.name in OWL_RULES], TODAY)
    ours = {
        q.triple
        for q in dataset.named(held)
        if str(q.graph_name).startswith(f"<{GRAPH_INFERRED}-")
        and not str(q.subject).startswith((f"<{GRAPH_INFERRED}", str(INFERENCE)))
    }
    assert ours
    mine = rdflib.Graph().parse(data="".join(f"{t} .\n" for t in ours), format="nt")
    assert list(mine - closure) == []
