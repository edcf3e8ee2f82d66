"""The timeline over HTTP: every day with its source, what is ahead apart, as SPARQL says it."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest

from enact_graph.terms import ID, LANGUAGES
from tests.conftest import Site
from tests.present.outline import outline
from tests.web.test_paths import rows


def moments(site: Site, address: str = "/timeline.csv?lang=en") -> list[dict[str, str]]:
    answer = site.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_what_is_due_is_what_sparql_finds(real_site: Site) -> None:
    asked = rows(
        real_site,
        "PREFIX enact: <https://w3id.org/enact-graph/ontology#>"
        " PREFIX id: <https://w3id.org/enact-graph/id/>"
        " SELECT ?c ?day WHERE { ?c enact:commitmentOf id:enact ; enact:dueBy ?day }",
    )
    told = {(m["node"], m["day"]) for m in moments(real_site) if m["phase"] == "due" and m["day"]}
    assert told == {(row["c"], row["day"]) for row in asked}


def test_announcement_launch_call_terms_and_funding_are_there(real_site: Site) -> None:
    told = {(m["day"], m["kind"], m["phase"]) for m in moments(real_site)}
    assert {
        ("2024-05-21", "event", "on"),
        ("2025-05-20", "event", "on"),
        ("2023-06-01", "call", "on"),
        ("2024-05-21", "call", "on"),
        ("2026-01-01", "term", "from"),
        ("2025-07-31", "term", "until"),
        ("2024-01-01", "money", "from"),
        ("2029-12-31", "money", "until"),
        ("2030-12-31", "promise", "due"),
    } <= told
    assert all(m["graphs"] for m in moments(real_site))


def test_days_are_in_order_and_the_release_parts_past_from_planned(real_site: Site) -> None:
    told = moments(real_site)
    days = [m["day"] or "9" for m in told]
    assert days == sorted(days)
    today = real_site.release.manifest.issued
    assert all((m["planned"] == "true") == (m["day"] > today or not m["day"]) for m in told)
    page = real_site.get("/timeline?lang=en").text
    order = re.findall(r'<li id="([^"]+)"|<li class="(now)"', page)
    assert len(order) == len(told) + 1
    past = [m for m in told if m["planned"] == "false"]
    assert order.index(("", "now")) == len(past)
    assert page.count('class="due"') == len(told) - len(past)


def test_each_point_of_the_strip_leads_to_its_entry(real_site: Site) -> None:
    page = real_site.get("/timeline?lang=en").text
    seen = outline(page)
    anchors = {h[1:] for h in re.findall(r'<a href="(#[^"]+)" aria-label', page)}
    assert len(anchors) > 10
    assert anchors <= set(seen.ids)


def test_kinds_narrow_it(real_site: Site) -> None:
    told = moments(real_site, "/timeline.csv?kind=term&kind=promise")
    assert {m["kind"] for m in told} == {"term", "promise"}
    assert real_site.get("/timeline?kind=weather").json()["parameter"] == "kind"


def test_another_thing_has_a_timeline_of_its_own(real_site: Site) -> None:
    nodes = {m["node"] for m in moments(real_site, "/timeline.csv?of=ihu-infiny")}
    assert ID + "ihu-infiny-launch" in nodes
    for path in ("/timeline", "/timeline.csv"):
        assert real_site.get(f"{path}?of=nothing-of-the-kind").json()["parameter"] == "of"
    assert "No date of this kind" in real_site.get("/timeline?of=aist&kind=term&lang=en").text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_well_formed_in_each_language(real_site: Site, lang: str) -> None:
    for fields in ("", "&kind=money", "&of=unigr"):
        answer = real_site.get(f"/timeline?lang={lang}{fields}")
        assert answer.status_code == 200
        assert answer.headers["content-language"] == lang
        seen = outline(answer.text)
        assert seen.headings.count(1) == 1
        assert len(seen.ids) == len(set(seen.ids))


def test_the_drawing_is_a_whole_svg(real_site: Site, site: Site) -> None:
    for served in (real_site, site):
        drawn = served.get("/timeline.svg?lang=de")
        assert drawn.status_code == 200
        assert ElementTree.fromstring(drawn.text).findtext("{http://www.w3.org/2000/svg}title")


def test_a_year_is_written_as_a_year(real_site: Site) -> None:
    told = {m["node"]: m for m in moments(real_site)}
    target = told[ID + "enact-target-theses-2030"]
    assert (target["when"], target["precision"]) == ("2030", "year")


def test_what_was_promised_for_2030_is_one_step_from_home(real_site: Site) -> None:
    home = real_site.get("/?lang=en", "text/html").text
    assert 'href="/doc/enact?lang=en#promises"' in home
    assert 'href="/timeline?lang=en"' in home
    page = real_site.get("/doc/enact?lang=en", "text/html").text
    promises = page.partition('id="promises"')[2].partition("</section>")[0]
    assert "2030" in promises
    assert "Since then" in promises
