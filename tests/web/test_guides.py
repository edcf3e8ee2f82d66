"""The guides over HTTP: about, cite, link, in three languages, with living examples."""

import json
import re
from html import unescape

import pytest
import yaml

from enact_graph.terms import BASE, LANGUAGES
from tests.conftest import Site
from tests.present.test_citation import read_bibtex
from tests.strata import some
from tests.web.test_correct import LEAD, statement

PAGES = ("/about", "/cite", "/link")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_guide_is_there_in_each_language(real_site: Site, path: str, lang: str) -> None:
    answer = real_site.get(f"{path}?lang={lang}", "text/html")
    assert answer.status_code == 200
    assert answer.headers["content-language"] == lang
    assert "Accept-Language" in answer.headers["vary"]
    assert "set-cookie" not in answer.headers
    assert len(answer.content) < 150_000
    anchors = re.findall(r'<li><a href="#([\w-]+)">', answer.text)
    assert len(anchors) > 3
    assert all(f'id="{anchor}"' in answer.text for anchor in anchors)


def test_about_tells_how_to_read_with_the_words_of_the_vocabulary(real_site: Site) -> None:
    page = real_site.get("/about?lang=de", "text/html").text
    assert 'id="read"' in page
    assert page.count('class="mark') >= 4
    assert 'href="/vocab/at-least?lang=de"' in page
    assert "Der Wert ist gleich der genannten Zahl oder höher." in page
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in page


@pytest.mark.parametrize("path", PAGES)
def test_a_guide_needs_nothing_of_the_real_data(site: Site, path: str) -> None:
    for lang in LANGUAGES:
        assert site.get(f"{path}?lang={lang}", "text/html").status_code == 200


def test_every_link_of_a_guide_leads_somewhere(real_site: Site) -> None:
    pages = [real_site.get(f"{path}?lang=en", "text/html").text for path in PAGES]
    links = sorted({a for page in pages for a in re.findall(r'href="(/[^"#]*)', page)})
    for href in some(links, 1 / 3):
        answer = real_site.get(unescape(href), "text/html, */*;q=0.5")
        assert answer.status_code in (200, 303), href


def test_the_examples_of_link_are_answers_of_this_graph(real_site: Site) -> None:
    page = real_site.get("/link?lang=en", "text/html").text
    query = unescape(re.findall(r"<code>(PREFIX adms.*?)</code>", page, re.DOTALL)[0])
    found = real_site.client.get(
        "/sparql", params={"query": query}, headers={"Accept": "application/json"}
    ).json()
    assert found["results"]["bindings"]
    for iri in re.findall(rf'<span class="iri">({BASE}[^<]+)</span>', page):
        path = iri.removeprefix(BASE.rstrip("/")).partition("#")[0]
        assert real_site.get(path, "text/turtle").status_code in (200, 303), iri
    shown = sum(int(n) for n in re.findall(r'</code></td><td class="n">(\d+)</td>', page))
    count = real_site.client.get(
        "/sparql",
        params={"query": f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{BASE}graph/links> {{ ?s ?p ?o }} }}"},
        headers={"Accept": "text/csv"},
    )
    assert shown == int(count.text.split()[1])


def test_the_dataset_is_cited_as_the_release_has_it(real_site: Site) -> None:
    manifest = real_site.release.manifest
    bib = read_bibtex(real_site.get("/cite.bib?lang=en").text)
    assert bib["version"] == manifest.version
    assert bib["year"] == manifest.issued[:4]
    assert manifest.digest in bib["note"]
    (item,) = json.loads(real_site.get("/cite.json?lang=de").text)
    assert item["title"] == "ENACT-Graph"
    assert item["issued"] == {"date-parts": [[int(n) for n in manifest.issued.split("-")]]}
    cff = yaml.safe_load(real_site.get("/cite.cff").text)
    assert cff["version"] == manifest.version
    assert cff["license"] == "CC-BY-4.0"
    types = {
        "bib": "application/x-bibtex",
        "ris": "application/x-research-info-systems",
        "json": "application/vnd.citationstyles.csl+json",
        "cff": "application/yaml",
    }
    for suffix, media_type in types.items():
        answer = real_site.get(f"/cite.{suffix}")
        assert answer.headers["content-type"].startswith(media_type)
        assert "attachment" in answer.headers["content-disposition"]
    assert real_site.get("/cite.docx").status_code == 404


def test_a_thing_and_a_statement_are_cited_by_their_addresses(real_site: Site) -> None:
    (item,) = json.loads(real_site.get("/cite.json?s=inria&lang=en").text)
    assert (item["URL"], item["title"]) == (f"{BASE}id/inria", "Inria")
    assert item["container-title"] == "ENACT graph"
    t = statement(real_site, **LEAD, label="role", value="member")
    asked = f"s={LEAD['s']}&g={LEAD['g']}&t={t}&lang=en"
    (item,) = json.loads(real_site.get(f"/cite.json?{asked}").text)
    assert item["title"] == "Inria, member of ENACT – role: member"
    assert f"{BASE}graph/{LEAD['g']}" in item["note"]
    page = real_site.get(f"/cite?{asked}", "text/html").text
    assert item["title"] in page.replace("\u00a0", " ")
    assert f'href="/graph/{LEAD["g"]}' in page
    assert real_site.get("/cite.bib?s=none").status_code == 404
