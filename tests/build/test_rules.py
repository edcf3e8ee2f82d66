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
