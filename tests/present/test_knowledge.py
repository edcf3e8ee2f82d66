"""Pages of alliances, disagreements, names, identifiers, counts and documents without passages."""

import re
from datetime import date
from html import unescape

import pytest

from enact_graph import terms
from enact_graph.graph.entity import Entity
from enact_graph.present.notes import Notary
from enact_graph.present.ties import Ties
from enact_graph.present.values import Wording
from enact_graph.present.words import Labels, Voice
from enact_graph.settings import Settings
from enact_graph.topics.sparql.page import Bench
from enact_graph.topics.thing.disputes import Disputes
from enact_graph.topics.thing.page import Things
from enact_graph.topics.thing.roster import Roster, Rosters
from enact_graph.topics.thing.tables import Lists
from tests.present.conftest import ORIGIN, Real
from tests.present.outline import outline

LANGUAGES = terms.LANGUAGES
VOICES = {lang: Voice(Labels.load(), lang) for lang in LANGUAGES}
P = terms.PREFIXES
ALLIANCES = ("eureca-pro", "unigr", "eucor", "epicur")


def tools(entity: Entity, lang: str = "en") -> tuple[Wording, Notary]:
    voice = VOICES[lang]
    return Wording(entity, voice), Notary(voice, entity.sources, entity.labels)


def roster_of(real: Real, slug: str, day: str, lang: str = "en") -> Roster:
    entity = real.look_up("id/" + slug)
    roster = Rosters(*tools(entity, lang), date.fromisoformat(day)).roster()
    assert roster is not None
    return roster


def section(page: str, anchor: str) -> str:
    """A section where it is told, not where a page says on which it is."""
    found = re.findall(rf'<section class="section" id="{anchor}".*?</section>', page, re.DOTALL)
    return max(found, key=len, default="")


def words(html: str) -> str:
    text = unescape(re.sub(r"<[^>]*>", " ", html)).replace("\u00a0", " ").replace("\u202f", " ")
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("slug", ALLIANCES)
def test_a_roster_has_every_membership_of_the_data_once(real: Real, slug: str) -> None:
    roster = roster_of(real, slug, real.release.manifest.issued)
    of = f"?s a <{terms.ENACT}AllianceMembership> ; <{P['org']}organization> <{terms.ID}{slug}>"
    stated = {s.rpartition("/")[2] for s in real.subjects(of)}
    told = [m.anchor for m in (*roster.present, *roster.former)]
    assert sorted(told) == sorted(stated)
    ended = {s.rpartition("/")[2] for s in real.subjects(of + f" ; <{P['schema']}endDate> ?end")}
    assert {m.anchor for m in roster.former} == ended
    page = Things(real.frame).thing(real.look_up("id/" + slug), "fr")
    assert section(page, "roster").count('<tr id="') == len(stated)


def test_a_roster_tells_dates_no_more_precisely_than_they_are_known(real: Real) -> None:
    roster = roster_of(real, "unigr", "2026-11-24")
    by_name = {m.anchor.removeprefix("unigr-membership-"): m for m in roster.present}
    assert by_name["university-of-liege"].since == "2008"
    assert by_name["htw-saar"].since == "June 2020"
    assert by_name["htw-saar"].is_associated
    assert by_name["university-of-liege"].until.startswith("no known end, ")
    (left,) = roster.former
    assert (left.since, left.until) == ("2008", "31 December 2022")
    assert roster.members == 6


def test_a_member_is_former_only_once_its_end_has_come(real: Real) -> None:
    then = roster_of(real, "unigr", "2022-06-30")
    assert [m for m in then.present if m.anchor.endswith("tu-kaiserslautern")]
    assert not then.former


@pytest.mark.parametrize("slug", ALLIANCES)
def test_bars_end_inside_the_picture_and_are_solid_only_as_far_as_attested(
    real: Real, slug: str
) -> None:
    roster = roster_of(real, slug, "2026-11-24")
    assert [d.name for d in roster.drawings] == ["at-s", "at-m", "at-l"]
    for drawing in roster.drawings:
        for bar in drawing.bars:
            assert bar.solid or bar.dashed
            for start, length in filter(None, (bar.solid, bar.dashed)):
                assert start >= 0
                assert length > 0
                assert start + length <= drawing.width
            assert bar.y + 14 <= drawing.height
    ended = {m.who.name.text for m in roster.former}
    for bar in roster.drawings[-1].bars:
        if bar.label in ended:
            assert bar.dashed is None


@pytest.mark.parametrize("slug", ALLIANCES)
def test_what_no_dated_document_names_is_dashed_and_told(real: Real, slug: str) -> None:
    roster = roster_of(real, slug, "2026-11-24")
    attested = set(real.subjects(f"?s <{terms.ENACT}attestedOn> ?day"))
    members = [m for m in (*roster.present, *roster.former) if m.start]
    for member, bar in zip(members, roster.drawings[-1].bars, strict=True):
        is_attested = terms.ID + member.anchor in attested
        assert (bar.solid is not None) == (is_attested or member.end is not None)
        if member.end is None:
            assert member.until.endswith("no dated document") != is_attested


def test_values_that_differ_stand_side_by_side_with_their_sources(real: Real) -> None:
    entity = real.look_up("id/enact")
    ties = Ties(*tools(entity))
    groups = Disputes(*tools(entity)).groups(ties.nodes())
    budget = next(g for g in groups if "budget" in g.anchor)
    told = [" ".join(p.name.text for p in c.value) for c in budget.claims]
    assert sorted(told) == [
        "nearly €60 million",
        "nearly €67 million",
        "€50 million",
        "€67 million",
    ]
    assert all(c.note.witnesses for c in budget.claims)
    assert budget.documents == len({w.title for c in budget.claims for w in c.note.witnesses})
    page = real.whole(entity, "en")
    assert page.count('<div class="versus"') == len(groups)


def test_every_difference_of_the_data_is_on_the_pages_of_both_sides(real: Real) -> None:
    sides = real.subjects(
        f"?s <{terms.ENACT}differsFrom> ?o FILTER(!CONTAINS(STR(?s), 'wikidata'))"
    )
    assert len(sides) > 20
    for iri in sides:
        page = Things(real.frame).thing(real.look_up(iri.removeprefix(terms.BASE)), "de")
        others = [
            s.target
            for s in real.look_up(iri.removeprefix(terms.BASE)).statements
            if s.predicate == terms.ENACT + "differsFrom"
        ]
        for other in others:
            assert other is not None
            assert f"/doc/{other.rpartition('/')[2]}?" in section(page, "disputes") or (
                section(page, "disputes").count("<li><") > 1
            ), (iri, other)


def test_a_disputed_statement_counts_its_sources_and_those_that_differ(real: Real) -> None:
    entity = real.look_up("id/enact")
    ties = Ties(*tools(entity))
    note = ties.note(terms.ID + "enact-budget")
    assert note.mark == "disputed"
    assert re.fullmatch(r"\d+ sources, \d differ", note.what)
    assert {p.href for p in note.links} >= {"/doc/enact-budget-50", "/doc/enact-budget-60"}
    for lang, pattern in (
        ("fr", r"\d+ sources, \d écarts"),
        ("de", r"\d+ Quellen, \d Abweichungen"),
    ):
        told = Ties(*tools(entity, lang)).note(terms.ID + "enact-budget").what
        assert re.fullmatch(pattern, told)


def test_names_say_whether_they_are_official_or_ours(real: Real) -> None:
    entity = real.look_up("id/universite-de-lorraine")
    rows = {(r.name.text, r.name.language): r.kind for r in Lists(*tools(entity)).names()}
    assert rows["Université de Lorraine", "fr"] == "official"
    assert rows["Universität Lothringen", "de"] == "ours"
    assert ("University of Lorraine", "en") in rows
    for lang, ours in (("fr", "de notre main"), ("en", "ours")):
        assert ours in words(section(Things(real.frame).thing(entity, lang), "names"))


def test_every_identifier_is_in_the_table_with_scheme_link_and_source(real: Real) -> None:
    entity = real.look_up("id/universite-de-lorraine")
    page = section(Things(real.frame).thing(entity, "en"), "identifiers")
    for node in entity.objects(P["adms"] + "identifier"):
        (notation,) = entity.objects(P["skos"] + "notation", node.value)
        assert notation.value in words(page)
    assert 'href="https://ror.org/04vfs2w97"' in page
    assert page.count('<details class="note">') == page.count('<th scope="row">')


def test_the_same_thing_elsewhere_is_linked_by_the_name_readers_know(real: Real) -> None:
    page = section(
        Things(real.frame).thing(real.look_up("id/universite-de-lorraine"), "en"), "elsewhere"
    )
    assert '<a class="verbatim" href=' in page or '<a href="http' in page
    assert "Wikidata · Q4173330" in words(page)
    assert "ROR · 04vfs2w97" in words(page)
    assert "Wikipedia (en) · University of Lorraine" in words(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_counted_stands_beside_the_promise(real: Real, lang: str) -> None:
    for slug in ("id/enact", "id/enact-target-chairs"):
        page = section(Things(real.frame).thing(real.look_up(slug), lang), "promises")
        goal = re.search(r'<li class="goal" id="enact-target-chairs".*?</li>\n', page, re.DOTALL)
        assert goal
        assert goal.group().count('<div class="later">') == 2
        # Nine of eighteen; the undated count of one university is no share of the promise.
        assert re.findall(r'class="s-bar" width="([\d.]+)%"', goal.group()) == ["50.0"]


def test_no_bar_where_promise_and_count_measure_different_things(real: Real) -> None:
    entity = real.look_up("id/enact-target-students")
    (later,) = Ties(*tools(entity)).later(entity.iri)
    assert later.share is None


def test_a_document_without_passages_is_told_whole_by_publisher_and_date(real: Real) -> None:
    graph = "graph/universite-de-lorraine-2025-05-20-enact-launch"
    document = real.look_up(graph.replace("graph", "source"))
    page = Things(real.frame).thing(document, "en", real.look_into(graph))
    assert 'id="facts"' in page
    assert 'id="says"' in page
    assert "University of Lorraine" in words(page)
    entity = real.look_up("id/epicur")
    notes = words(
        "".join(re.findall(r"<summary>.*?</summary>", Things(real.frame).thing(entity, "en")))
    )
    assert re.search(r"EPICUR , undated", notes)


def test_a_registry_record_is_named_by_its_register_with_day_and_licence(real: Real) -> None:
    entity = real.look_up("id/inria-ror")
    _, notary = tools(entity)
    graphs = {g for s in entity.statements for g in s.graphs if g.startswith(terms.GRAPH + "ror-")}
    note = notary.note(graphs)
    assert (note.what, note.when) == ("ROR record", "read on 22 November 2026")
    (witness,) = note.witnesses
    assert witness.licence is not None
    assert witness.licence.name.text == "CC0"


def test_a_date_is_about_where_the_source_leaves_it_open(real: Real) -> None:
    entity = real.look_up("id/enact")
    page = Things(real.frame).thing(entity, "en")
    assert "about December 2025" in words(page)
    assert "about December 2025" not in words(Things(real.frame).thing(entity, "fr"))


def test_the_timeline_is_in_order_of_time(real: Real) -> None:
    page = section(real.whole(real.look_up("id/enact"), "en"), "history")
    years = [int(y) for y in re.findall(r'<span class="date">[^<]*?(\d{4})</span>', page)]
    assert len(years) > 3
    assert years == sorted(years)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_home_names_the_coordinator_in_office_and_leads_on(real: Real, lang: str) -> None:
    page = dict(real.every(lang))["home"]
    answer = page[page.index('<ol class="answers">') : page.index("</ol>")]
    first = words(re.sub(r"<details.*?</details>", "", answer, flags=re.DOTALL))
    assert "Gilles Simon" in first
    assert "2026" in first
    assert "Emmanuel Vincent" not in first
    doors = {href.split("?")[0] for href in outline(page).links}
    assert doors >= {"/doc/" + slug for slug in ALLIANCES}
    clusters = real.subjects(f"?s a <{terms.ENACT}Cluster>")
    assert doors >= {c.replace(terms.ID, "/doc/") for c in clusters}
    assert "/quality" in doors


def test_commands_ask_where_the_reader_is(real: Real) -> None:
    pages = dict(real.every("en"))
    assert f"{ORIGIN}/id/enact" in pages["home"]
    page = Bench(real.frame, [], Settings(), ORIGIN).page("en")
    assert f"{ORIGIN}/sparql" in page
    assert "w3id.org/enact-graph/sparql" not in page[page.index("<main") :]


def test_a_long_graph_leads_from_part_to_part(real: Real) -> None:
    said = real.look_into("graph/curation")
    page = Things(real.frame).thing(real.look_up("graph/curation", ()), "en", said, (2, 3))
    assert 'href="?part=1&amp;lang=en"' in page
    assert 'href="?part=3&amp;lang=en"' in page
    assert "Part 2 of 3" in words(page)
    assert f'hreflang="de" href="{terms.BASE}graph/curation?part=2&amp;lang=de"' in page
    assert 'href="?part=2&amp;lang=de"' in page


@pytest.mark.parametrize(
    ("start", "end", "fr"),
    [
        ("22 mai 2024", None, "depuis le 22 mai 2024"),
        ("1er janvier 2023", None, "depuis le 1er janvier 2023"),
        ("mai 2024", None, "depuis mai 2024"),
        (None, "31 décembre 2022", "jusqu’au 31 décembre 2022"),
        (None, "2022", "jusqu’en 2022"),
        (None, "juillet 2025", "jusqu’en juillet 2025"),
    ],
)
def test_a_period_is_worded_as_french_does(start: str | None, end: str | None, fr: str) -> None:
    assert VOICES["fr"].span(start, end) == fr


def test_languages_are_named_in_the_readers() -> None:
    assert [VOICES[lang].language("el") for lang in LANGUAGES] == ["grec", "Greek", "Griechisch"]
    assert VOICES["en"].language("tlh-x-unknown") == "tlh-x-unknown"


@pytest.mark.parametrize(
    ("lang", "told"),
    [("fr", "échéance : vers 2030"), ("en", "due around 2030"), ("de", "um 2030")],
)
def test_a_horizon_is_told_as_one(real: Real, lang: str, told: str) -> None:
    page = Things(real.frame).thing(real.look_up("id/enact"), lang)
    goal = re.search(r'<li class="goal" id="enact-target-theses-2030".*?</li>\n', page, re.DOTALL)
    assert goal
    assert told in words(goal.group()).replace("\u00a0", " ")


def test_a_body_tied_to_the_partners_alone_is_told_as_theirs(real: Real) -> None:
    page = words(Things(real.frame).thing(real.look_up("id/dfki"), "en"))
    assert "international partner of the partners" in page
    assert "Partnership of ENACT with DFKI" not in page
