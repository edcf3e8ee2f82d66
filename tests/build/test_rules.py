"""What single rules conclude: days of attestation, and the regions of sites, from Turtle."""

import pyoxigraph as ox
import pytest

from enact_graph.authoring import dataset
from enact_graph.authoring.inference import infer, rules
from enact_graph.terms import PREFIXES

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
NUTS = "http://data.europa.eu/nuts/code/"
DOCUMENT = """
GRAPH g:provenance {{
 src:page a enact:SourceDocument ; dcterms:date "2026-11-22"^^xsd:date {issued} .
 src:page-p01 a enact:Passage ; oa:hasSource src:page .
 g:page a enact:AssertionGraph ; prov:wasDerivedFrom src:{origin} .
}}
GRAPH g:page {{
 id:tie a org:Membership ; org:member id:a ; org:organization id:b {dates} .
}}
"""


def concluded(said: str, rule: str, predicate: str) -> set[str]:
    store = dataset.collect(ox.parse(HEAD + said, format=ox.RdfFormat.TRIG))
    infer(store, [r for r in rules() if r.name == rule], "2026-11-30")
    prefix, _, local = predicate.partition(":")
    node = ox.NamedNode(PREFIXES[prefix] + local)
    graph = ox.NamedNode(f"{PREFIXES['g']}inferred-{rule}")
    found = store.quads_for_pattern(None, node, None, graph)
    return {str(getattr(quad.object, "value", "")) for quad in found}


def attested(issued: str = "", dates: str = "", origin: str = "page") -> set[str]:
    day = f'; dcterms:issued "{issued}"^^xsd:date' if issued else ""
    said = DOCUMENT.format(issued=day, dates=dates, origin=origin)
    return concluded(said, "attested", "enact:attestedOn")


@pytest.mark.parametrize("origin", ["page", "page-p01"])
def test_a_dated_document_attests_a_tie_on_its_day(origin: str) -> None:
    assert attested("2024-05-22", origin=origin) == {"2024-05-22"}


def test_the_day_of_a_reading_attests_nothing() -> None:
    assert attested() == set()


def test_nothing_is_attested_after_its_end() -> None:
    assert attested("2024-05-22", '; schema:endDate "2024-05-21"^^xsd:date') == set()
    assert attested("2024-05-22", '; schema:endDate "2024-05-22"^^xsd:date') == {"2024-05-22"}


def test_nothing_is_attested_before_its_start() -> None:
    assert attested("2024-05-22", '; schema:startDate "2024-05-23"^^xsd:date') == set()
    assert attested("2024-05-22", '; schema:startDate "2024-05-22"^^xsd:date') == {"2024-05-22"}


PLACES = f"""
GRAPH g:curation {{
 id:seat a org:Site ; dcterms:spatial id:town .
 id:town dcterms:isPartOf id:land .
 id:land dcterms:isPartOf id:country ; adms:identifier id:land-nuts .
 id:land-nuts dcterms:conformsTo v:scheme-nuts ; schema:url <{NUTS}FRF31> .
 id:country adms:identifier id:country-nuts .
 id:country-nuts dcterms:conformsTo v:scheme-nuts ; schema:url <{NUTS}FR> .
}}
"""


def test_a_site_lies_in_the_smallest_region_around_its_place() -> None:
    assert concluded(PLACES, "region", "dcterms:spatial") == {NUTS + "FRF31"}


def test_a_region_may_be_said_of_the_place_itself() -> None:
    said = (
        "GRAPH g:curation { id:seat a org:Site ; dcterms:spatial id:town ."
        f" id:town dcterms:spatial <{NUTS}CH031> . }}"
    )
    assert concluded(said, "region", "dcterms:spatial") == {NUTS + "CH031"}


def test_what_is_no_site_gets_no_region() -> None:
    assert concluded(PLACES.replace("a org:Site ;", ""), "region", "dcterms:spatial") == set()


#: A tie for each rule that asks whether it is current, and what the rule concludes of it.
TIES = {
    "cooperation": (
        "a enact:Partnership ; enact:agent id:a ; enact:consortium id:c ;"
        " enact:role v:role-supporting-alliance",
        "enact:cooperatesWith",
    ),
    "coordinated-body": (
        "a enact:InnovationCoordination ; enact:agent id:a ; enact:consortium id:c",
        "enact:coordinatesActionsOf",
    ),
    "coordinator": (
        "a enact:ConsortiumMembership ; org:member id:a ; org:organization id:c ;"
        " org:role v:role-coordinator",
        "enact:hasCoordinator",
    ),
    "funder": ("a enact:Funding ; schema:funder id:a ; schema:fundedItem id:c", "enact:fundedBy"),
    "lead-institution": (
        "a enact:ConsortiumMembership ; org:member id:a ; org:organization id:c ;"
        " org:role v:role-lead",
        "enact:leadInstitution",
    ),
    "member": (
        "a enact:AllianceMembership ; org:member id:a ; org:organization id:c ;"
        " org:role v:role-member",
        "enact:hasMember",
    ),
    "partner": (
        "a enact:Partnership ; enact:agent id:a ; enact:consortium id:c",
        "enact:hasPartner",
    ),
    "partners-partner": (
        "a enact:PartnersPartnership ; enact:agent id:a ; enact:consortium id:c",
        "enact:partnersCooperateWith",
    ),
    "supporter": (
        "a enact:Support ; enact:agent id:a ; enact:consortium id:c",
        "enact:supportedBy",
    ),
}


def test_every_rule_that_compares_with_the_release_has_a_tie() -> None:
    assert {rule.name for rule in rules() if "?releaseDate" in rule.query} == TIES.keys()


@pytest.mark.parametrize("rule", TIES)
def test_a_tie_concludes_something_from_its_first_day_to_its_last(rule: str) -> None:
    tie, predicate = TIES[rule]
    for dates, is_current in (
        ("", True),
        ('; schema:startDate "2026-11-30"^^xsd:date ; schema:endDate "2026-11-30"^^xsd:date', True),
        ('; schema:startDate "2026-12-01"^^xsd:date', False),
        ('; schema:endDate "2026-11-29"^^xsd:date', False),
    ):
        said = f"GRAPH g:curation {{ id:tie {tie} {dates} . }}"
        found = concluded(said, rule, predicate)
        assert found == ({PREFIXES["id"] + "a"} if is_current else set()), dates
