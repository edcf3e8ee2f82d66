"""The named questions of a release as the pages offer them."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from enact_graph.authoring import questions
from enact_graph.release.questions import Question, read
from enact_graph.release.store import QUERIES, Release
from enact_graph.topics.sparql.page import FIRST, examples
from tests.conftest import ROOT, Site

LINK = re.compile(r'<li><a href="\?([^"]*query=[^"]*)"')


def asked(release: Release) -> tuple[Question, ...]:
    return read(release.file(QUERIES).read_bytes())


def test_a_server_offers_the_questions_of_its_release(real_site: Site) -> None:
    offered = examples(asked(real_site.release))
    assert [e.slug for e in offered] == [q.name for q in questions.read(ROOT)]
    for example in offered:
        assert set(example.titles) == {"fr", "en", "de"}
        assert not example.text.startswith("#")


@pytest.mark.parametrize("lang", ["fr", "en", "de"])
def test_the_page_groups_them_by_topic(real_site: Site, lang: str) -> None:
    page = real_site.get(f"/sparql?lang={lang}", "text/html").text
    offered = examples(asked(real_site.release))
    assert page.count("<summary>") >= len({e.topic for e in offered})
    links = [parse_qs(html.unescape(link)) for link in LINK.findall(page)]
    assert [link["query"][0].strip() for link in links] == [e.spoken(lang).strip() for e in offered]


def test_an_offered_query_answers_with_names_in_the_language_of_the_page(real_site: Site) -> None:
    members = next(e for e in examples(asked(real_site.release)) if e.slug == "members")
    answer = real_site.client.post("/sparql", data={"query": members.spoken("fr")})
    names = [row["name"] for row in answer.json()["results"]["bindings"]]
    assert names
    assert {name["xml:lang"] for name in names} == {"fr"}


def test_the_chosen_question_is_marked_and_its_topic_open(real_site: Site) -> None:
    members = next(e for e in examples(asked(real_site.release)) if e.slug == "members")
    shown = real_site.client.get(
        "/sparql",
        params={"query": members.spoken("de"), "lang": "de"},
        headers={"Accept": "text/html"},
    ).text
    assert shown.count('aria-current="true">' + html.escape(members.titles["de"])) == 1
    assert shown.count("<details open") == 1


def test_the_example_for_want_of_others_answers(site: Site) -> None:
    answer = site.client.post("/sparql", data={"query": FIRST.text})
    assert answer.json()["results"]["bindings"]


def test_a_release_carries_what_the_files_say(tiny_public: Path, site: Site) -> None:
    assert tiny_public.is_dir()
    (only,) = examples(asked(site.release))
    assert (only.slug, only.topic) == ("members", "people")
    assert only.spoken("fr") != only.spoken("de")
