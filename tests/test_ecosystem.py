"""ENACT after its press release and the clusters beside it: money, people, figures, sources."""

import re
from itertools import permutations
from typing import Final

import pyoxigraph as ox
import pytest

from enact_graph.authoring.inference import infer, rules
from enact_graph.terms import PREFIXES, shorten
from tests.authored import read_quads

PROLOGUE: Final = "".join(f"PREFIX {p}: <{ns}>\n" for p, ns in sorted(PREFIXES.items()))
#: The nine clusters of the call, by lead institution and award in millions of euros.
CLUSTERS: Final = {
    "id:cluster-prairie-psai": ("id:universite-psl", 75),
    "id:cluster-hi-paris": ("id:institut-polytechnique-de-paris", 70),
    "id:cluster-miai": ("id:universite-grenoble-alpes", 70),
    "id:cluster-postgenai": ("id:sorbonne-universite", 35),
    "id:enact": ("id:universite-de-lorraine", 30),
    "id:cluster-3ia-cote-dazur": ("id:universite-cote-dazur", 20),
    "id:cluster-aniti": ("id:universite-de-toulouse", 20),
    "id:cluster-dataia": ("id:universite-paris-saclay", 20),
    "id:cluster-sequoia": ("id:universite-de-rennes", 20),
}
AS_OF: Final = """
SELECT DISTINCT ?person ?role {{
    ?membership org:organization id:enact ; org:member ?person ; org:role ?role .
    FILTER(?role IN (v:role-coordinator, v:role-interim-coordinator))
    FILTER NOT EXISTS {{ ?membership schema:startDate ?start FILTER(?start > "{day}"^^xsd:date) }}
    FILTER NOT EXISTS {{ ?membership schema:endDate ?end FILTER(?end < "{day}"^^xsd:date) }}
}}"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The authored statements and what follows from them, with their merge."""
    found = ox.Store()
    quads = read_quads()
    found.bulk_extend(quads)
    found.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    infer(found, rules(), "2026-11-24")
    return found


def ask(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """The rows of a SELECT, sorted, with names and values as they are written."""
    found = store.query(PROLOGUE + query)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(_text(term) for term in solution) for solution in found)


def _text(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, ox.Literal) else ""


def test_nine_clusters_were_selected_and_their_awards_make_up_the_envelope(
    store: ox.Store,
) -> None:
    rows = ask(
        store,
        """SELECT DISTINCT ?cluster ?lead ?value {
            ?selection a enact:Selection ; enact:call id:ami-ia-cluster ; enact:selected ?cluster .
            ?cluster enact:leadInstitution ?lead .
            ?funding schema:fundedItem ?cluster ; enact:fundedUnder id:france-2030 ;
                schema:amount ?amount .
            ?amount schema:value ?value ; schema:currency "EUR" ; enact:qualifier v:exactly .
        }""",
    )
    assert {row[0]: (row[1], int(row[2]) // 1_000_000) for row in rows} == CLUSTERS
    assert len(rows) == 9
    assert sum(int(row[2]) for row in rows) == 360_000_000


def test_the_envelope_is_the_sum_of_its_parts_and_differs_from_what_was_announced(
    store: ox.Store,
) -> None:
    envelopes = ask(
        store,
        """SELECT ?value ?status ?day (COUNT(?part) AS ?parts) {
            ?budget a frapo:ProjectBudget ; enact:budgetOf id:ami-ia-cluster ; adms:status ?status ;
                schema:amount/schema:value ?value ; dcterms:date ?day ; enact:differsFrom ?other .
            ?other enact:budgetOf id:ami-ia-cluster .
            OPTIONAL { ?budget dcterms:hasPart ?part }
        } GROUP BY ?value ?status ?day""",
    )
    assert envelopes == [
        ("360000000", "v:status-granted", "2024-05-21", "9"),
        ("500000000", "v:status-announced", "2023-01-01", "0"),
    ]


@pytest.mark.parametrize(
    ("day", "person", "role"),
    [
        ("2024-06-01", "id:emmanuel-vincent", "v:role-coordinator"),
        ("2025-09-01", "id:jean-baptiste-mouret", "v:role-interim-coordinator"),
        ("2026-03-01", "id:gilles-simon", "v:role-coordinator"),
    ],
)
def test_the_coordination_changes_with_the_date(
    store: ox.Store, day: str, person: str, role: str
) -> None:
    assert ask(store, AS_OF.format(day=day)) == [(person, role)]


def test_the_current_coordinator_is_concluded_from_the_dates(store: ox.Store) -> None:
    assert ask(store, "SELECT ?who { id:enact enact:hasCoordinator ?who }") == [
        ("id:gilles-simon",)
    ]


def test_an_end_that_no_source_gives_is_the_projects_own_and_marked_as_inferred(
    store: ox.Store,
) -> None:
    ends = ask(
        store,
        """SELECT ?person ?graph ?qualifier {
            GRAPH ?graph { ?membership schema:endDate ?end }
            ?membership org:organization id:enact ; org:member ?person ; org:role ?role .
            OPTIONAL { ?membership enact:qualifier ?qualifier }
        }""",
    )
    assert ends == [
        ("id:emmanuel-vincent", "g:curation", "v:about"),
        ("id:jean-baptiste-mouret", "g:curation", "v:about"),
    ]


def test_nine_of_eighteen_chairs_are_observed_by_four_sources(store: ox.Store) -> None:
    rows = ask(
        store,
        """SELECT ?observed ?wanted (COUNT(DISTINCT ?source) AS ?sources) {
            GRAPH ?graph { id:observation-chairs-2025-12-12 a schema:Observation ;
                schema:value ?observed ; schema:observationAbout ?target }
            ?graph prov:wasDerivedFrom ?source .
            ?target enact:indicator ?indicator ; enact:targetValue/schema:value ?wanted .
            id:observation-chairs-2025-12-12 schema:measuredProperty ?indicator .
        } GROUP BY ?observed ?wanted""",
    )
    assert rows == [("9", "18", "4")]


def test_seven_chairs_of_an_undated_page_stand_beside_the_nine(store: ox.Store) -> None:
    rows = ask(
        store,
        """SELECT ?value ?day {
            ?other schema:observationAbout id:enact-target-chairs ; schema:value ?value ;
                enact:differsFrom id:observation-chairs-2025-12-12 .
            OPTIONAL { ?other dcterms:date ?day }
        }""",
    )
    assert rows == [("7", "")]


def test_two_chairs_are_known_with_holder_and_laboratory(store: ox.Store) -> None:
    rows = ask(
        store,
        """SELECT ?holder ?laboratory {
            ?chair a enact:Chair ; dcterms:isPartOf id:enact-initiative-chairs ;
                org:heldBy ?holder ; org:postIn ?laboratory .
            ?laboratory org:classification v:kind-laboratory .
        }""",
    )
    assert rows == [("id:claire-gardent", "id:loria"), ("id:serena-ivaldi", "id:loria")]


@pytest.mark.parametrize(
    ("indicator", "about", "value", "qualifier", "sources"),
    [
        ("theses-funded", "id:enact", "17", "v:exactly", 3),
        ("students-trained", "id:enact-target-students", "2500", "v:more-than", 1),
        ("researchers", "id:enact", "200", "v:nearly", 1),
        ("laboratories", "id:enact", "21", "v:exactly", 1),
        ("companies", "id:enact", "50", "v:exactly", 1),
        ("engineers", "id:enact-target-engineers-2026", "13", "v:exactly", 1),
    ],
)
def test_later_figures_are_observations_with_their_sources(
    store: ox.Store, indicator: str, about: str, value: str, qualifier: str, sources: int
) -> None:
    rows = ask(
        store,
        f"""SELECT ?value ?qualifier (COUNT(DISTINCT ?source) AS ?sources) {{
            GRAPH ?graph {{ ?observation schema:observationAbout {about} ; schema:value ?value ;
                schema:measuredProperty v:indicator-{indicator} ; enact:qualifier ?qualifier }}
            ?graph prov:wasDerivedFrom ?source .
        }} GROUP BY ?value ?qualifier""",
    )
    assert rows == [(value, qualifier, str(sources))]


def test_budgets_that_differ_keep_their_sources_and_point_at_each_other(
    store: ox.Store,
) -> None:
    rows = ask(
        store,
        """SELECT ?budget ?value (COUNT(DISTINCT ?document) AS ?documents) {
            GRAPH ?graph { ?budget a frapo:ProjectBudget ; enact:budgetOf id:enact }
            ?graph prov:wasDerivedFrom/oa:hasSource? ?document .
            ?document a enact:SourceDocument .
            ?budget schema:amount/schema:value ?value .
            FILTER EXISTS { ?budget enact:differsFrom ?other }
        } GROUP BY ?budget ?value""",
    )
    assert rows == [
        ("id:enact-budget", "67000000", "6"),
        ("id:enact-budget-50", "50000000", "1"),
        ("id:enact-budget-60", "60000000", "1"),
        ("id:enact-budget-67-state", "67000000", "1"),
    ]
    pairs = ask(
        store,
        """SELECT ?one ?other {
            ?one enact:differsFrom ?other ; enact:budgetOf id:enact .
            ?other enact:budgetOf id:enact .
        }""",
    )
    assert {(one, other) for one, other in pairs} == set(permutations([row[0] for row in rows], 2))


def test_an_authority_that_a_source_counts_in_the_consortium_becomes_no_member(
    store: ox.Store,
) -> None:
    counted = ask(
        store,
        """SELECT ?body ?partnership {
            ?inclusion a enact:Involvement ; enact:agent ?body ; enact:consortium id:enact ;
                enact:role v:role-included-body ; enact:differsFrom ?partnership .
            ?partnership a enact:Partnership ; enact:agent ?body .
            FILTER NOT EXISTS { id:enact enact:hasMember ?body }
        }""",
    )
    assert [body for body, _ in counted] == [
        "id:eurometropole-de-strasbourg", "id:metropole-du-grand-nancy", "id:region-grand-est",
    ]  # fmt: skip


def test_inria_coordinates_the_clusters_and_all_nine_are_in_ai_factory_france(
    store: ox.Store,
) -> None:
    members = "SELECT DISTINCT ?who { ?m org:organization %s ; org:member ?who ; org:role v:%s }"
    national = ask(store, members % ("id:ia-cluster-network", "role-national-coordinator"))
    assert national == [("id:inria",)]
    partners = ask(store, members % ("id:ai-factory-france", "role-network-partner"))
    assert CLUSTERS.keys() <= {who for (who,) in partners}
    assert ask(store, members % ("id:ai-factory-france", "role-coordinator")) == [("id:genci",)]


def test_the_same_list_of_members_is_told_by_two_documents(store: ox.Store) -> None:
    rows = ask(
        store,
        """SELECT ?member (COUNT(DISTINCT ?document) AS ?documents) {
            GRAPH ?graph { ?membership a enact:ConsortiumMembership ; org:organization id:enact ;
                org:member ?member ; org:role v:role-member }
            ?graph prov:wasDerivedFrom/oa:hasSource? ?document .
            ?document a enact:SourceDocument .
        } GROUP BY ?member""",
    )
    assert len(rows) == 7
    assert {documents for _, documents in rows} == {"2"}


def test_a_grant_number_that_cannot_be_cited_is_nowhere(store: ox.Store) -> None:
    texts = {quad.object.value for quad in store if isinstance(quad.object, ox.Literal)}
    assert [text for text in texts if re.search(r"ANR-2\d-IACL-\d{4}", text)] == []
