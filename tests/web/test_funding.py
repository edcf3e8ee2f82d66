"""Who funds whom over HTTP: every amount with its hedge and source, none added up."""

import csv
import io
import re
import xml.etree.ElementTree as ET

import pytest

from enact_graph import terms
from tests.conftest import Site
from tests.web.test_maps import asked

FUNDINGS = """PREFIX enact: <https://w3id.org/enact-graph/ontology#>
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?funding ?item ?amount WHERE {
  ?funding a enact:Funding ; schema:fundedItem ?item .
  OPTIONAL { ?funding schema:amount ?money . ?money schema:value ?amount }
}"""
BUDGETS = """PREFIX enact: <https://w3id.org/enact-graph/ontology#>
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?budget ?of ?amount WHERE {
  ?budget enact:budgetOf ?of ; schema:amount ?money . ?money schema:value ?amount }"""


def plain(page: str) -> str:
    return page.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_table_holds_every_funding_and_budget_of_the_graph(real_site: Site) -> None:
    answer = real_site.get("/funding.csv?lang=en")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    told = {(r["iri"], r["to"], r["amount"]) for r in rows if r["kind"] == "funding"}
    assert told == {
        (r["funding"], r["item"], r.get("amount", "")) for r in asked(real_site, FUNDINGS)
    }
    told = {(r["iri"], r["to"], r["amount"]) for r in rows if r["kind"] == "budget"}
    assert told == {(r["budget"], r["of"], r["amount"]) for r in asked(real_site, BUDGETS)}
    assert all(r["sources"] for r in rows)
    assert all(bool(r["amount"]) == bool(r["hedge"]) for r in rows)


def test_the_page_shows_every_funding_with_a_note(real_site: Site) -> None:
    page = real_site.get("/funding?lang=en", "text/html").text
    rows = re.findall(r'<tr id="[a-z]+-f-([^"]+)">(.*?)</tr>', page, re.DOTALL)
    fundings = {r["funding"].removeprefix(terms.ID) for r in asked(real_site, FUNDINGS)}
    assert {slug for slug, _ in rows} == fundings
    assert all('<details class="note">' in row for _, row in rows)


@pytest.mark.parametrize(
    ("lang", "finding", "hedged"),
    [
        (
            "fr",
            "France 2030 : 30 M€ pour ENACT ; 3 cofinanceurs dont aucune source ne dit le montant",
            "environ 15,5 M€",
        ),
        (
            "en",
            "France 2030: €30 million for ENACT; 3 co-funders whose amount no source states",
            "about €15.5 million",
        ),
        (
            "de",
            "France 2030: 30 Mio. € für ENACT; 3 Mitfinanzierer, deren Betrag keine Quelle nennt",
            "etwa 15,5 Mio. €",
        ),
    ],
)
def test_the_finding_and_the_hedges_stand_in_the_picture(
    real_site: Site, lang: str, finding: str, hedged: str
) -> None:
    answer = real_site.get("/funding", "text/html", accept_language=lang)
    assert answer.headers["content-language"] == lang
    page = plain(answer.text)
    assert finding in page
    picture = page.partition('class="at-l"')[2].partition("</svg>")[0]
    assert hedged in picture
    assert len(answer.content) < 150_000


def test_budgets_that_disagree_stand_side_by_side(real_site: Site) -> None:
    page = plain(real_site.get("/funding?lang=en", "text/html").text)
    versus = page.partition('id="b-enact"')[2].partition("</ol>")[0]
    values = re.findall(r'<span class="value">(.*?)</span>\n?', versus)
    told = [
        re.sub(r"<[^>]+>", "", v) for v in re.findall(r'class="value">(.*?)</li>', versus, re.S)
    ]
    assert len(values) == len(told) == 5
    for amount in ("€67 million", "€60 million", "€50 million", "€10 million"):
        assert any(amount in text for text in told)
    # 67 less 30 is never asserted, and no total of the calls' awards is drawn.
    assert "€37 million" not in page


def test_the_largest_band_is_as_thick_in_each_picture(real_site: Site) -> None:
    page = real_site.get("/funding?lang=en", "text/html").text
    found = re.findall(r'class="at-l".*?</svg>', page, re.DOTALL)
    assert len(found) == 3
    for picture in found:
        heights = [
            float(low) - float(top)
            for top, low in re.findall(r'd="M[\d.]+ ([\d.]+)C[^V"]*V[^"]* ([\d.]+)z"', picture)
        ]
        assert max(heights) == pytest.approx(64, abs=0.2)


def test_the_picture_stands_alone(real_site: Site) -> None:
    answer = real_site.get("/funding.svg?lang=en")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "'sha256-" in answer.headers["content-security-policy"]
    svg = ET.fromstring(answer.content)
    title = svg.findtext("s:title", namespaces={"s": "http://www.w3.org/2000/svg"})
    assert title == "Who funds what"


def test_it_is_two_steps_from_home(real_site: Site) -> None:
    assert 'href="/funding?lang=en"' in real_site.get("/?lang=en", "text/html").text


def test_a_graph_without_money_says_so(site: Site) -> None:
    answer = site.get("/funding?lang=de", "text/html")
    assert answer.status_code == 200
    assert "keine Förderung" in answer.text
    assert len(site.get("/funding.csv").text.splitlines()) == 1
