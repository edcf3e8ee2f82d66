"""The alliances over HTTP: what is shared on which day, as SPARQL says it."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest

from enact_graph.terms import ID, LANGUAGES
from tests.conftest import Site
from tests.present.outline import outline
from tests.web.test_paths import rows

BOTH = "universite-de-lorraine,universite-de-strasbourg"
MEMBERS = """PREFIX enact: <https://w3id.org/enact-graph/ontology#>
SELECT ?alliance ?member WHERE { ?alliance a enact:UniversityAlliance ; enact:hasMember ?member }"""


def matrix(page: str) -> set[tuple[str, str]]:
    """The (alliance, member) pairs that have a dot in the picture."""
    part = page.partition('<table class="matrix">')[2].partition("</table>")[0]
    head, _, body = part.partition("<tbody>")
    alliances = re.findall(r'href="/doc/([^"?]+)', head)
    found = set()
    for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL):
        match = re.search(r'href="/doc/([^"?]+)', row)
        assert match
        dots = re.findall(r'class="dot([^"]*)"', row)
        found |= {(a, match[1]) for a, dot in zip(alliances, dots, strict=True) if not dot}
    return found


def test_the_dots_are_the_members_of_sparql(real_site: Site) -> None:
    page = real_site.get("/alliances?lang=en").text
    asked = {
        (row["alliance"].removeprefix(ID), row["member"].removeprefix(ID))
        for row in rows(real_site, MEMBERS)
    }
    assert matrix(page) == asked


def test_which_alliances_both_universities_share_is_said(real_site: Site) -> None:
    """The finding of the page, held against the named question about the same."""
    asked = rows(real_site, MEMBERS)
    of = {
        slug: {r["alliance"] for r in asked if r["member"] == ID + slug} for slug in BOTH.split(",")
    }
    shared = set.intersection(*of.values())
    page = real_site.get(f"/alliances?members={BOTH}&lang=en").text
    finding = re.search(r'<strong id="finding">(.*?)</strong>', page)
    assert finding
    assert ("no alliance in common" in finding[1]) == (not shared)
    assert page.partition("<tbody>")[2].count('class="asked"') >= 2
    assert real_site.get("/alliances?lang=en").text.count(finding[1]) >= 1


def test_what_two_others_share_is_marked(real_site: Site) -> None:
    page = real_site.get(
        "/alliances?members=universite-de-strasbourg&members=university-of-freiburg&lang=en"
    ).text
    finding = re.search(r'<strong id="finding">(.*?)</strong>', page)
    assert finding
    assert "share EPICUR and Eucor" in finding[1]
    assert page.count("shared") > 2


def test_former_members_show_on_a_day_of_theirs(real_site: Site) -> None:
    then = matrix(real_site.get("/alliances?date=2015-01-01").text)
    now = matrix(real_site.get("/alliances").text)
    assert ("unigr", "tu-kaiserslautern") in then - now
    assert ("epicur", "universite-de-strasbourg") in now - then
    lines = csv.DictReader(io.StringIO(real_site.get("/alliances.csv?date=2015-01-01").text))
    held = {
        (x["alliance"].removeprefix(ID), x["member"].removeprefix(ID))
        for x in lines
        if x["holds"] == "true" and "associated" not in x["roles"]
    }
    assert held == then


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_well_formed_in_each_language(real_site: Site, lang: str) -> None:
    for fields in ("", f"&members={BOTH}&date=2009-06-01", "&members=htw-saar"):
        answer = real_site.get(f"/alliances?lang={lang}{fields}")
        assert answer.headers["content-language"] == lang
        seen = outline(answer.text)
        assert seen.headings.count(1) == 1
        assert len(seen.ids) == len(set(seen.ids))


def test_the_drawing_has_a_row_for_each_university(real_site: Site) -> None:
    drawn = real_site.get("/alliances.svg?lang=en")
    tree = ElementTree.fromstring(drawn.text)
    assert tree.findtext("{http://www.w3.org/2000/svg}title")
    assert drawn.text.count('class="s-bar"') == len(rows(real_site, MEMBERS))
    assert drawn.text.count('class="s-shared"') == 0
    two = "/alliances.svg?members=universite-de-strasbourg,university-of-freiburg"
    assert real_site.get(two).text.count('class="s-shared"') == 2


@pytest.mark.parametrize("fields", ["members=nobody", "date=then", "lang=xx"])
def test_who_or_what_there_is_not_is_refused_by_name(real_site: Site, fields: str) -> None:
    answer = real_site.get(f"/alliances?{fields}")
    assert (answer.status_code, answer.json()["parameter"]) == (400, fields.partition("=")[0])


def test_a_graph_without_alliances_says_so(site: Site) -> None:
    assert "No membership known" in site.get("/alliances?lang=en").text


def test_the_walk_from_home_takes_one_step(real_site: Site) -> None:
    home = real_site.get("/?lang=en", "text/html").text
    assert 'href="/alliances?lang=en"' in home
