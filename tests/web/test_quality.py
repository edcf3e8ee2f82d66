"""The quality report over HTTP: a page in three languages, RDF by negotiation, plain JSON."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from enact_graph.terms import PREFIXES
from tests.conftest import Site


@pytest.mark.parametrize(
    ("lang", "title"),
    [("fr", "Qualité des données"), ("en", "Quality of the data"), ("de", "Qualität der Daten")],
)
def test_the_page_speaks_three_languages_and_leads_on(site: Site, lang: str, title: str) -> None:
    answer = site.get(f"/quality?lang={lang}", "text/html")
    assert answer.status_code == 200
    assert answer.headers["content-language"] == lang
    assert f"<h1>{title}</h1>" in answer.text
    home = site.get(f"/?lang={lang}", "text/html").text
    # Among the sections, beside the counts, and at the foot.
    assert home.count(f'href="/quality?lang={lang}"') == 3


def test_the_page_tells_the_numbers_of_the_json(site: Site) -> None:
    report = site.get("/quality.json").json()
    page = site.get("/quality?lang=en", "text/html").text
    said = report["statements"]["statements"]
    assert f"of {said} statements rest on two documents or more" in page
    assert f"{report['verdict']['rules']} rules checked." in page


def test_every_query_behind_a_number_runs(site: Site) -> None:
    page = site.get("/quality?lang=en", "text/html").text
    addresses = {part.partition('"')[0] for part in page.split('href="/sparql?query=')[1:]}
    assert len(addresses) >= 5
    for query in addresses:
        address = "/sparql?query=" + query.replace("&amp;", "&")
        answer = site.get(address, "application/sparql-results+json")
        assert answer.status_code == 200, address
        assert answer.json()["head"]["vars"]


@pytest.mark.parametrize("path", ["/quality.ttl", "/quality.jsonld", "/quality.nt", "/quality"])
def test_programs_get_the_data_quality_vocabulary(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    media_type = answer.headers["content-type"].partition(";")[0]
    form = ox.RdfFormat.from_media_type(media_type)
    assert form is not None
    if form == ox.RdfFormat.JSON_LD:
        assert '"dqv:' in answer.text
        return
    quads = list(ox.parse(answer.content, format=form))
    assert any(q.object == ox.NamedNode(PREFIXES["dqv"] + "QualityMeasurement") for q in quads)


def test_the_json_is_that_of_the_release_and_is_not_sent_twice(site: Site) -> None:
    answer = site.get("/quality.json")
    assert answer.headers["content-type"] == "application/json"
    path: Path = site.release.file("quality.json")
    assert answer.content == path.read_bytes()
    again = site.get("/quality.json", if_none_match=answer.headers["etag"])
    assert again.status_code == 304
    assert json.loads(answer.text)["issued"] == site.release.manifest.issued


def test_the_catalogue_points_to_the_report(site: Site) -> None:
    found = site.get("/catalog.ttl").text
    assert "dqv:hasQualityMetadata <https://w3id.org/enact-graph/quality>" in found


def test_there_is_no_other_form(site: Site) -> None:
    assert site.get("/quality.pdf").status_code == 404
