"""Pages of the real data: well-formed, sourced, in three languages, under a strict policy."""

import json
import re
from pathlib import Path

import pytest
from markupsafe import escape

from enact_graph import terms
from enact_graph.errors import family
from enact_graph.present.frame import problem_page
from enact_graph.topics.downloads import address as downloads
from enact_graph.topics.schema import page as schema
from enact_graph.topics.thing.page import Things
from tests.present.conftest import Real
from tests.present.outline import outline

LANGUAGES = terms.LANGUAGES
LASTING = ("link", "canonical")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_well_formed_and_outlined(real: Real, lang: str) -> None:
    for name, page in real.every(lang):
        seen = outline(page)
        assert page.startswith(f'<!doctype html>\n<html lang="{lang}">'), name
        assert seen.headings.count(1) == 1, name
        steps = zip(seen.headings, seen.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), (name, seen.headings)
        assert len(seen.ids) == len(set(seen.ids)), (name, seen.ids)
        anchors = {href[1:] for href in seen.links if href.startswith("#")}
        assert anchors <= set(seen.ids), (name, anchors - set(seen.ids))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_runs_under_a_strict_policy(real: Real, lang: str) -> None:
    for name, page in real.every(lang):
        for tag, attributes in outline(page).elements:
            assert tag not in {"style", "iframe", "img", "object"}, name
            assert tag != "script" or str(attributes.get("src")).startswith("/static/"), name
            assert not any(key == "style" or key.startswith("on") for key in attributes), name
            for address in (attributes.get("href"), attributes.get("action")):
                if address is not None:
                    assert re.match(r"(?:https?://|[/#?])", address), (name, address)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_offers_its_other_languages_and_keeps_its_own(real: Real, lang: str) -> None:
    for name, page in real.every(lang):
        seen = outline(page)
        offered = {
            (a["hreflang"], a["href"])
            for tag, a in seen.elements
            if tag == "link" and a.get("hreflang")
        }
        shared = {
            str(a["property"]): str(a["content"])
            for tag, a in seen.elements
            if tag == "meta" and str(a.get("property")).startswith("og:")
        }
        assert shared["og:title"], name
        assert shared["og:description"], name
        assert shared["og:locale"].startswith(lang + "_"), name
        lasting = [a["href"] for tag, a in seen.elements if (tag, a.get("rel")) == LASTING]
        assert len(lasting) == (name != "404"), name
        by_tag = {tag: str(href) for tag, href in offered}
        if lasting:
            # Each language has an address of its own that names itself, all the same others.
            assert lasting == [by_tag[lang]] == [shared["og:url"]], name
            assert by_tag.pop("x-default").startswith(terms.BASE), name
            assert all(href.startswith(terms.BASE) for href in by_tag.values()), name
        assert by_tag.keys() == set(LANGUAGES), name
        inner = [h for h in seen.links if re.match(r"/(doc|source|vocab|ontology)[^.]*$", h)]
        assert all(f"lang={lang}" in href for href in inner), (name, inner)


def test_the_three_languages_differ_everywhere(real: Real) -> None:
    for told in zip(*(real.every(lang) for lang in LANGUAGES), strict=True):
        assert len({page for _, page in told}) == 3, told[0][0]


@pytest.mark.parametrize("slug", ["id/enact", "id/inria", "id/france-2030", "id/pui-alsace"])
def test_every_row_has_a_note_and_every_stated_note_a_passage(real: Real, slug: str) -> None:
    for lang in LANGUAGES:
        page = Things(real.frame).thing(real.look_up(slug), lang)
        facts = re.findall(r'<div class="fact".*?</dd>\s*</div>', page, re.DOTALL)
        goals = re.findall(r'<li class="goal".*?</div></li>', page, re.DOTALL)
        assert facts
        for fact in facts:
            said, noted = fact.count("<dd>"), fact.count('<dd class="src">')
            assert said == noted == fact.count('<details class="note">'), fact
        for goal in goals:
            counts = goal.count('<div class="later">')
            assert goal.count('<details class="note">') == 1 + counts, goal
        for mark in re.findall(r'<details class="note">.*?</details>', page, re.DOTALL):
            if '"mark stated"' in mark or '"mark disputed"' in mark:
                assert re.search(r'href="/source/[a-z0-9-]+\?lang=', mark), mark
            else:
                assert re.search(r"<code>g:[a-z-]+</code>", mark), mark


def test_every_statement_of_an_entity_is_on_its_page(real: Real) -> None:
    """Values in the reader's language; names and bookkeeping are in the head or the data."""
    entity = real.look_up("id/enact-initiative-responsible-research-framework")
    page = Things(real.frame).thing(entity, "en")
    for statement in entity.statements:
        target = statement.target or ""
        if target.startswith((terms.ID, terms.VOCAB)):
            assert entity.name(target, "en").text in page


def test_hedges_open_lists_and_gaps_are_visible_words(real: Real) -> None:
    page = Things(real.frame).thing(real.look_up("id/enact"), "en")
    assert re.search(r'<span class="tag hedge">nearly</span> €67\u00a0million', page)
    assert '<span class="tag open">open list</span>' in page
    assert re.search(r'<span class="tag open">not stated: [a-z ]+</span>', page)
    assert "37" not in re.sub(r"<[^>]*>", "", page), "no difference of two figures is told"


def test_home_answers_from_the_graph(real: Real) -> None:
    told = dict(real.every("fr"))["home"]
    assert "Membres du consortium (7)" in told
    answers = told[told.index('<ol class="answers">') : told.index("</ol>")]
    assert answers.count("<li><h3>") == 5
    assert "Aucune" in answers
    assert "4 sur 7" in answers
    assert "30\u00a0M€" in told
    assert f">{real.release.manifest.counts['sources']}<" in told


def test_a_name_in_another_language_is_marked(real: Real) -> None:
    page = Things(real.frame).thing(real.look_up("id/enact"), "de")
    assert 'lang="fr">Centre Européen en Intelligence Artificielle' in page


def test_the_pages_of_the_shapes_tell_every_rule(real: Real) -> None:
    shapes = json.loads(real.release.file("shapes.json").read_text())
    overview = schema.shapes(real.frame, shapes, "de")
    groups = set(re.findall(r'<h2 id="[^"]*"><a href="/shapes\?of=([^"&]+)', overview))
    assert len(groups) > 20
    page = "".join(schema.shapes(real.frame, shapes, "de", of) for of in groups)
    # Each IRI of a rule leads to an anchor of the overview, which leads on to the words.
    anchors = set(outline(overview).ids)
    assert {s["iri"].partition("#")[2] for s in shapes if s["names"] and s["path"]} <= anchors
    told = {s["messages"]["de"] for s in shapes if s["messages"] and not s["descriptions"]}
    words = re.sub(r"\s+", " ", page.replace("\u00a0", " ").replace("\u202f", " "))
    missing = [m for m in told if _escaped(m) not in words]
    assert not missing


def _escaped(text: str) -> str:
    written = str(escape(text)).replace("\u00a0", " ").replace("\u202f", " ")
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w)&#39;(?=\w)", "’", written))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_problem_has_a_page(real: Real, lang: str) -> None:
    for kind in family().values():
        page = problem_page(real.frame, kind("Something <b>bold</b>."), "/x?<script>", lang)
        outline(page)
        assert "<script>" not in page
        assert "<b>bold" not in page


def test_assets_are_named_by_their_content(real: Real) -> None:
    page = downloads.page(real.frame, "fr")
    for name in re.findall(r'href="/static/([^"]+)"', page):
        asset = real.frame.site.assets.get(name)
        assert asset is not None
        assert asset.content
    assert real.frame.site.assets.get("style.css") is None


def test_every_class_of_the_style_sheet_is_used(real: Real) -> None:
    style = next(a.content.decode() for a in real.frame.site.assets.values() if "css" in a.name)
    style = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", style, flags=re.DOTALL)
    ruled = set(re.findall(r"\.([a-z][a-z0-9-]*)(?=[\s.,:>+~{)\[])", style))
    folder = Path(__file__).parents[2] / "src/enact_graph"
    widgets = Path(__file__).parents[2] / "frontend/src"
    files = (*folder.rglob("*.html"), *folder.rglob("*.py"), *widgets.rglob("*.ts"))
    text = "".join(p.read_text() for p in files)
    written = set(re.findall(r"[a-z][a-z0-9-]*", text))
    icons = {name for name in ruled if name.startswith("i-") and name[2:] in written}
    # The editor's library has classes of its own, all with the same beginning.
    library = {name for name in ruled if name.startswith("cm-")}
    assert ruled - written - icons - library == set()


def test_an_identifier_leads_to_its_register(real: Real) -> None:
    page = Things(real.frame).thing(real.look_up("id/inria"), "en")
    assert re.search(r'href="https://ror\.org/0[a-z0-9]{8}"', page)
    assert "{value}" not in page
