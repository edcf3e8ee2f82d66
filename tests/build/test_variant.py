"""Variants: what another source says stands beside what the first says, and is joined to it."""

import pytest

from enact_graph.authoring.correction.proof import Unusable
from enact_graph.authoring.new.resolver import Resolver
from enact_graph.proposal import Evidence
from enact_graph.terms import ENACT, GRAPH, ID, PREFIXES
from tests.build.test_correction import NAME, NEW, inventory, lines, propose, refused

SCHEMA = PREFIXES["schema"]


def test_another_source_is_not_put_into_the_mouth_of_the_first() -> None:
    """Its figure stands beside the old one, hedges are not carried over, and the two are joined."""
    attendance = ID + "observation-attendance-annual-day-2025"
    graph = GRAPH + "enact-2025-12-annual-day"
    said = (attendance, SCHEMA + "value", f'"150"^^<{PREFIXES["xsd"]}integer>', graph)
    changes = propose(said, "value", value="200", evidence=NEW)
    assert "data/documents/enact-2025-12-annual-day.trig" not in {c.name for c in changes}
    told = lines(changes, "data/documents/some-house-2025-page.trig")
    second = "id:observation-attendance-annual-day-2025-some-house-2025-page"
    node = told[told.index(f"+{second}") :]
    assert node[1 : node.index("+.")] == [
        "+a schema:Observation ;",
        '+dcterms:date "2025-12-12"^^xsd:date ;',
        "+enact:datePrecision v:precision-day ;",
        "+enact:qualifier v:exactly ;",
        "+schema:measuredProperty v:indicator-attendance ;",
        "+schema:observationAbout id:event-enact-annual-day-2025 ;",
        "+schema:value 200 ;",
    ]
    joined = lines(changes, "data/curation/enact.trig")
    assert f"+enact:differsFrom {second} ;" in joined
    name = "Participants in the first annual day (according to “A page”)"
    assert f'+skos:prefLabel "{name}"@en ;' in joined
    assert f"+{second}" in lines(changes, "data/iris.txt")


@pytest.mark.parametrize("change", ["value", "missing"])
def test_a_sum_that_differs_belongs_to_a_second_budget(change: str) -> None:
    amount = ID + "enact-budget-amount"
    said = (
        amount,
        SCHEMA + "value",
        f'"67000000"^^<{PREFIXES["xsd"]}integer>',
        GRAPH + "le-quotidien-2024-05-enact",
    )
    changes = propose(said, change, value="75000000", evidence=NEW)
    told = lines(changes, "data/documents/some-house-2025-page.trig")
    assert "+schema:amount id:enact-budget-some-house-2025-page-amount ;" in told
    assert "+schema:value 75000000 ;" in told
    joined = lines(changes, inventory().curation_file(ID + "enact-budget"))
    assert "+enact:differsFrom id:enact-budget-some-house-2025-page ;" in joined


def test_of_a_body_there_is_only_one_whatever_another_source_says() -> None:
    name = next(
        s.quad
        for s in inventory().sources.statements
        if s.quad.predicate.value == ENACT + "officialName"
        and s.quad.graph_name.value == GRAPH + "enact-2025-12-annual-day"  # type: ignore[union-attr]
        and s.quad.subject.value == ID + "enact"  # type: ignore[union-attr]
    )
    said = (
        ID + "enact",
        ENACT + "officialName",
        str(name.object),
        GRAPH + "enact-2025-12-annual-day",
    )
    assert refused(said, "value", value="Autre", evidence=NEW) == ("url", "other-source")
    # Its own address is no other source, and our own words have none.
    own = inventory().values(PREFIXES["src"] + "enact-2025-12-annual-day", SCHEMA + "url")[0]
    assert lines(propose(said, "value", value="Autre", evidence=Evidence(own)))[0][0] == "-"
    assert lines(propose(NAME, "value", value="Inria Centre", evidence=NEW)) == [
        '-skos:prefLabel "Inria"@en ;',
        '+skos:prefLabel "Inria Centre"@en ;',
    ]


def test_of_several_documents_at_one_address_one_is_chosen() -> None:
    url = "https://github.com/etalab/decoupage-administratif"
    documents = Resolver(inventory()).documents(url)
    assert len(documents) > 20
    with pytest.raises(Unusable) as error:
        propose(NAME, "missing", value="Institut Inria", evidence=Evidence(url))
    assert (error.value.field, error.value.refusal.code) == ("document", "several")
    details = error.value.refusal.details
    assert details["count"] == str(len(details["near"].split(", "))) == str(len(documents))
    for document in documents[:2]:
        chosen = Evidence(url, document=document)
        (change,) = propose(NAME, "missing", value="Institut Inria", evidence=chosen)
        assert change.name == inventory().file_of(inventory().graphs(document)[""])
    wrong = Evidence(url, document=PREFIXES["src"] + "press-release-2024-05-22")
    assert refused(NAME, "missing", value="Institut Inria", evidence=wrong) == (
        "document",
        "several",
    )
