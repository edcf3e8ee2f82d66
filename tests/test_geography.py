"""The geography: each place is part of a country, cities have a point, distances can be asked."""

from functools import cache

import pyoxigraph as ox
import pytest

from enact_graph.terms import ID, PREFIXES
from tests.authored import read_quads

HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()) + (
    "PREFIX geof: <http://www.opengis.net/def/function/geosparql/>\n"
    "PREFIX uom: <http://www.opengis.net/def/uom/OGC/1.0/>\n"
)
#: Members with the distance of their seat from Strasbourg: of the seat itself, or of its city.
NEAR = """
SELECT ?member (MIN(?far) AS ?km) WHERE {
    ?membership a enact:ConsortiumMembership ;
        org:organization id:enact ;
        org:member ?member ;
        org:role v:role-member .
    ?member org:hasPrimarySite ?seat .
    { ?seat geo:hasGeometry ?point } UNION { ?seat dcterms:spatial/geo:hasGeometry ?point }
    ?point geo:asWKT ?here .
    id:strasbourg geo:hasGeometry/geo:asWKT ?centre .
    BIND(geof:distance(?here, ?centre, uom:metre) / 1000 AS ?far)
}
GROUP BY ?member
HAVING (MIN(?far) <= 150)
"""


@cache
def merge() -> ox.Store:
    """Return the authored triples of all graphs as one."""
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in read_quads())
    return store


def ask(query: str) -> list[tuple[str, ...]]:
    found = merge().query(HEAD + query)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(_said(value) for value in row) for row in found)


def _said(value: object) -> str:
    assert isinstance(value, ox.NamedNode | ox.Literal)
    return value.value.removeprefix(ID)


def kilometres(one: str, other: str) -> float:
    query = f"""
    SELECT (MIN(geof:distance(?here, ?there, uom:metre) / 1000) AS ?km) WHERE {{
        id:{one} geo:hasGeometry/geo:asWKT ?here .
        id:{other} geo:hasGeometry/geo:asWKT ?there .
    }}"""
    ((found,),) = ask(query)
    return float(found)


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("nancy", "strasbourg", 116), ("nancy", "nancy", 0), ("strasbourg", "saarbruecken", 90)],
)
def test_the_distance_between_two_cities(one: str, other: str, far: float) -> None:
    assert kilometres(one, other) == pytest.approx(far, abs=2)
    assert kilometres(other, one) == kilometres(one, other)


def test_members_with_a_seat_near_strasbourg() -> None:
    near = {member: float(far) for member, far in ask(NEAR)}
    assert set(near) == {
        "chru-de-nancy",
        "hopitaux-universitaires-de-strasbourg",
        "universite-de-lorraine",
        "universite-de-strasbourg",
    }
    assert near["universite-de-strasbourg"] < 5 < near["universite-de-lorraine"]


def test_every_city_of_a_seat_has_a_point() -> None:
    without = """
    SELECT DISTINCT ?city WHERE {
        ?seat a org:Site ; dcterms:spatial ?city .
        ?city dcterms:type v:kind-city .
        ?body org:hasPrimarySite ?seat .
        ?body adms:identifier/dcterms:conformsTo v:scheme-ror .
        FILTER NOT EXISTS { ?city geo:hasGeometry/geo:asWKT ?point }
    }"""
    assert ask(without) == []


def test_places_lie_in_one_country() -> None:
    astray = """
    SELECT ?place (COUNT(DISTINCT ?country) AS ?countries) WHERE {
        ?place a dcterms:Location .
        OPTIONAL { ?place dcterms:isPartOf+ ?country . ?country dcterms:type v:kind-country }
        FILTER NOT EXISTS {
            ?place dcterms:type ?kind
            FILTER(?kind IN (v:kind-country, v:kind-cross-border-space))
        }
    }
    GROUP BY ?place
    HAVING (COUNT(DISTINCT ?country) != 1)"""
    assert ask(astray) == []


def test_french_cities_lead_to_their_region() -> None:
    chain = """
    SELECT ?city WHERE { ?city dcterms:type v:kind-city ; dcterms:isPartOf+ id:grand-est }"""
    inside = {city for (city,) in ask(chain)}
    assert {"nancy", "strasbourg", "metz", "villers-les-nancy", "illkirch-graffenstaden"} <= inside
    assert not inside & {"paris", "dijon", "saarbruecken", "basel"}


def test_seats_are_placed_in_regions_of_the_union() -> None:
    query = """
    SELECT DISTINCT ?body ?region WHERE {
        ?body org:hasPrimarySite/dcterms:spatial/dcterms:isPartOf* ?place .
        ?place dcterms:spatial|(adms:identifier/schema:url) ?region .
        FILTER(STRSTARTS(STR(?region), "http://data.europa.eu/nuts/code/"))
    }"""
    codes = {(body, region.rpartition("/")[2]) for body, region in ask(query)}
    assert {
        ("universite-de-lorraine", "FRF31"),
        ("universite-de-strasbourg", "FRF11"),
        ("saarland-university", "DEC01"),
        ("trier-university", "DEB21"),
        ("university-of-basel", "CH031"),
    } <= codes


def test_regions_carry_their_code() -> None:
    query = """
    SELECT ?place ?code WHERE {
        ?place a dcterms:Location ; adms:identifier ?identifier .
        ?identifier dcterms:conformsTo v:scheme-nuts ; skos:notation ?code .
    }"""
    expected = {
        ("grand-est", "FRF"),
        ("alsace", "FRF1"),
        ("lorraine", "FRF3"),
        ("saarland", "DEC0"),
    }
    assert expected <= set(ask(query))
