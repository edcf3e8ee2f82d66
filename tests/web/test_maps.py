"""The map over HTTP: what it says equals the SPARQL answer; filters, forms, languages, errors."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from enact_graph import terms
from enact_graph.topics.map.atlas import GROUPS
from tests.conftest import ROOT, Site

QUERY = (ROOT / "queries/members-near.rq").read_text(encoding="utf-8")
JSON = "application/sparql-results+json"


def asked(site: Site, query: str) -> list[dict[str, str]]:
    answer = site.client.post("/sparql", data={"query": query}, headers={"Accept": JSON})
    assert answer.status_code == 200, answer.text
    rows = answer.json()["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in rows]


@pytest.mark.parametrize(
    ("near", "km"),
    [("strasbourg", 150), ("nancy", 100), ("paris", 300), ("tsukuba", 9500), ("karlsruhe", 1)],
)
def test_the_members_near_a_place_are_those_of_the_named_query(
    real_site: Site, near: str, km: int
) -> None:
    query = QUERY.replace("id:strasbourg", f"id:{near}").replace("150.0", f"{km}.0")
    expected = {row["member"]: int(float(row["km"])) for row in asked(real_site, query)}
    told = real_site.get(f"/map.json?near={near}&km={km}").json()
    assert {m["iri"]: m["km"] for m in told["members"] if m["within"]} == expected
    page = real_site.get(f"/map?near={near}&km={km}&lang=en", "text/html").text
    caption = page.partition("<figcaption>")[2].partition("</figcaption>")[0]
    linked = re.findall(r'href="/doc/([^"?]+)', caption)
    assert {terms.ID + slug for slug in linked} == expected.keys()


def test_every_point_is_where_the_graph_says(real_site: Site) -> None:
    rows = asked(
        real_site,
        """PREFIX geo: <http://www.opengis.net/ont/geosparql#>
        PREFIX org: <http://www.w3.org/ns/org#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT DISTINCT ?body ?site ?wkt WHERE { ?body org:hasSite ?site .
          { ?site geo:hasGeometry/geo:asWKT ?wkt } UNION
          { ?site dcterms:spatial/geo:hasGeometry/geo:asWKT ?wkt } }""",
    )
    expected: dict[tuple[str, str], set[tuple[float, float]]] = {}
    for row in rows:
        lon, lat = map(float, re.findall(r"-?[\d.]+", row["wkt"]))
        expected.setdefault((row["body"], row["site"]), set()).add((lon, lat))
    every = "&".join(f"show={group}" for group in GROUPS)
    shown = real_site.get(f"/places.geojson?{every}").json()["features"]
    found = {(f["properties"]["iri"], f["id"]): tuple(f["geometry"]["coordinates"]) for f in shown}
    assert len(found) > 80
    for key, point in found.items():
        assert point in expected[key], key
    # Of a body with two sites in one town, one stands for both.
    assert {body for body, _ in found} == {body for body, _ in expected}


def test_roles_are_those_of_the_graph(real_site: Site) -> None:
    query = """PREFIX enact: <https://w3id.org/enact-graph/ontology#>
    PREFIX id: <https://w3id.org/enact-graph/id/>
    SELECT DISTINCT ?body WHERE { %s }"""
    patterns = {
        "members": "id:enact enact:hasMember ?body",
        "coordinated": "id:enact enact:coordinatesActionsOf ?body",
        "alliances": "?a a enact:UniversityAlliance ; enact:hasMember ?body",
        "clusters": "?c a enact:Cluster ; enact:hasMember ?body FILTER(?c != id:enact)",
    }
    for group, pattern in patterns.items():
        table = real_site.get(f"/map.csv?show={group}").text
        told = {row["iri"] for row in csv.DictReader(io.StringIO(table))}
        assert told == {row["body"] for row in asked(real_site, query % pattern)}, group


def is_geojson(value: Any) -> None:
    """Check a document against RFC 7946, as far as points go."""
    assert value["type"] == "FeatureCollection"
    assert "crs" not in value
    for feature in value["features"]:
        assert feature["type"] == "Feature"
        assert isinstance(feature["id"], str)
        assert isinstance(feature["properties"], dict)
        assert feature["geometry"]["type"] == "Point"
        lon, lat = feature["geometry"]["coordinates"]
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
    ids = [f["id"] + f["properties"]["iri"] for f in value["features"]]
    assert len(ids) == len(set(ids))


def test_the_places_are_geojson_with_names_in_three_languages(real_site: Site) -> None:
    answer = real_site.get("/places.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    value = answer.json()
    is_geojson(value)
    for feature in value["features"]:
        told = feature["properties"]
        assert told["iri"].startswith(terms.ID)
        assert set(told["name"]) == set(terms.LANGUAGES)
        assert told["located_by"] in ("site", "place")
        assert set(told["groups"]) <= set(GROUPS)
        assert all(kind.startswith(terms.VOCAB) for kind in told["kinds"])
    distances = [f["properties"]["km"] for f in value["features"]]
    assert distances[0] == 0
    again = real_site.get("/places.geojson", if_none_match=answer.headers["etag"])
    assert again.status_code == 304


def test_the_table_has_the_places_and_then_those_without_coordinates(real_site: Site) -> None:
    answer = real_site.get("/map.csv?show=coordinated")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    placed = [row for row in rows if row["longitude"]]
    assert placed
    assert [int(r["km"]) for r in placed] == sorted(int(r["km"]) for r in placed)
    lost = {row["iri"].removeprefix(terms.ID) for row in rows if not row["longitude"]}
    page = real_site.get("/map?show=coordinated&lang=fr", "text/html").text
    section = page.partition('id="without"')[2].partition("</section>")[0]
    assert lost == set(re.findall(r'href="/doc/([^"?]+)', section))
    assert "siège non indiqué" in section


@pytest.mark.parametrize(
    ("lang", "finding"),
    [
        ("fr", "Quatre membres sur sept ont leur siège à moins de 150 km de Strasbourg"),
        ("en", "Four of seven members have their seat within 150 km of Strasbourg"),
        ("de", "Vier von sieben Mitgliedern haben ihren Sitz höchstens 150 km von Straßburg"),
    ],
)
def test_the_page_opens_with_its_finding_in_three_languages(
    real_site: Site, lang: str, finding: str
) -> None:
    answer = real_site.get("/map", "text/html", accept_language=lang)
    assert answer.headers["content-language"] == lang
    assert "Accept-Language" in answer.headers["vary"]
    assert finding in answer.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert len(answer.content) < 150_000
    assert 'style="' not in answer.text


@pytest.mark.parametrize(
    ("query", "finding"),
    [
        ("near=tsukuba&km=100", "None of the seven members has its seat within 100 km of Tsukuba"),
        ("near=paris&km=20000", "All seven members have their seat within 20,000 km of Paris"),
        ("near=inria&km=1", "One of seven members has its seat within 1 km of Inria"),
    ],
)
def test_the_finding_follows_the_numbers(real_site: Site, query: str, finding: str) -> None:
    page = real_site.get(f"/map?{query}&lang=en", "text/html").text
    assert finding in page.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_change_of_language_and_of_zoom_keeps_the_filters(real_site: Site) -> None:
    page = real_site.get("/map?near=nancy&km=80&show=members&lang=en", "text/html").text
    kept = "show=members&amp;near=nancy&amp;km=80"
    assert f'href="?{kept}&amp;lang=de"' in page
    assert f'href="/map?{kept}&amp;zoom=europe&amp;lang=en"' in page
    assert f'href="/places.geojson?{kept}"' in page


def test_an_alliance_and_a_country_leave_only_what_is_in_them(real_site: Site) -> None:
    features = real_site.get("/places.geojson?alliance=unigr").json()["features"]
    assert features
    bodies = [f["properties"] for f in features]
    assert all("unigr" in (*b["alliances"], b["slug"]) for b in bodies)
    features = real_site.get("/places.geojson?country=germany").json()["features"]
    countries = {f["properties"]["country"] for f in features if f["properties"]["seat"]}
    assert countries == {terms.ID + "germany"}


@pytest.mark.parametrize("name", ["Straßburg", "strassburg", "STRASBOURG", "strasbourg"])
def test_a_place_is_found_by_any_of_its_names(real_site: Site, name: str) -> None:
    answer = real_site.client.get("/map.json", params={"near": name})
    assert answer.json()["centre"]["iri"] == terms.ID + "strasbourg"


def test_an_organisation_can_be_the_centre(real_site: Site) -> None:
    told = real_site.client.get("/map.json", params={"near": "CHRU de Nancy", "km": 1}).json()
    assert told["centre"]["iri"] == terms.ID + "chru-de-nancy"
    within = {m["iri"].removeprefix(terms.ID) for m in told["members"] if m["within"]}
    assert within == {"chru-de-nancy", "universite-de-lorraine"}


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ("near=lyon", "near", "nothing here has this name"),
        ("near=grand-est", "near", "no coordinates"),
        ("km=0", "km", "from 1 to 20000"),
        ("km=20001", "km", "from 1 to 20000"),
        ("km=1.5", "km", "whole number"),
        ("km=-3", "km", "whole number"),
        ("km=1&km=2", "km", "given twice"),
        ("show=everybody", "show", "members, alliances"),
        ("alliance=nato", "alliance", "nothing here has this name"),
        ("country=atlantis", "country", "nothing here has this name"),
        ("zoom=moon", "zoom", "region, europe, world"),
    ],
)
@pytest.mark.parametrize("path", ["/map", "/places.geojson"])
def test_a_wrong_parameter_is_named_with_what_is_right(
    real_site: Site, path: str, query: str, parameter: str, said: str
) -> None:
    answer = real_site.get(f"{path}?{query}", "application/json")
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["type"].endswith("bad-parameter")
    assert problem["parameter"] == parameter
    assert said in problem["detail"]


def test_data_take_no_unknown_parameter_and_a_page_passes_over_it(real_site: Site) -> None:
    assert real_site.get("/map.csv?contry=france").json()["nearest"] == ["country"]
    assert real_site.get("/map.csv?utm_source=x").status_code == 200
    assert real_site.get("/map?utm_source=x", "text/html").status_code == 200


@pytest.mark.parametrize("zoom", ["region", "europe", "world"])
def test_the_picture_stands_alone(real_site: Site, zoom: str) -> None:
    answer = real_site.get(f"/map.svg?zoom={zoom}&lang=en")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "'sha256-" in answer.headers["content-security-policy"]
    svg = ET.fromstring(answer.content)
    names = {"s": "http://www.w3.org/2000/svg"}
    assert svg.findtext("s:title", namespaces=names) == (
        "Four of seven members have their seat within 150 km of Strasbourg"
    )
    sizes = [float(t.get("font-size", "12")) for t in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert min(sizes) >= 12
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}circle"))) >= 5


def test_the_world_shows_japan(real_site: Site) -> None:
    page = real_site.get("/map?zoom=world&lang=en", "text/html").text
    picture = page.partition('class="at-m at-l"')[2].partition("</svg>")[0]
    assert "Tsukuba" in picture
    near = real_site.get("/map?zoom=region&lang=en", "text/html").text
    picture = near.partition('class="at-m at-l"')[2].partition("</svg>")[0]
    assert "Paris: CNRS, Inserm" in picture.replace("\u00a0", " ")


def test_a_graph_without_coordinates_says_so(site: Site) -> None:
    answer = site.get("/map?lang=en", "text/html")
    assert answer.status_code == 200
    assert "No organisation of this release has coordinates" in answer.text
    assert site.get("/places.geojson").json() == {"type": "FeatureCollection", "features": []}
    assert site.get("/map.json").json()["centre"] is None
    assert "No member has a seat with coordinates" in site.get("/map.svg?lang=en").text


def test_the_map_is_one_step_from_home(real_site: Site) -> None:
    home = real_site.get("/?lang=en", "text/html").text
    assert 'href="/map?lang=en"' in home
