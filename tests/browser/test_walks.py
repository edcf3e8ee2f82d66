"""What a newcomer finds from the home page, without SPARQL and in at most three steps.

A step is a click, or a form filled in and sent. What is found is compared with what the endpoint
answers, in the language of the page.
"""

from datetime import date
from decimal import Decimal

import pytest

from enact_graph import terms
from enact_graph.authoring import questions
from enact_graph.present.words import Labels, Voice
from enact_graph.release.questions import Question, find
from tests.browser.conftest import OpenPage
from tests.conftest import ROOT, Site
from tests.strata import turn
from tests.web.tree import plain

QUESTIONS = questions.read(ROOT)
LABELS = Labels.load(names={"cluster": dict.fromkeys(terms.LANGUAGES, "ENACT")})
#: One language a walk, whose turn it is; all of them with EVERY.
TURNS = [turn(terms.LANGUAGES, place) for place in range(len(terms.LANGUAGES))]
#: Steps from the home page.
MOST = 3


class Walk:
    """A reader with a language preference, who starts at the home page and counts steps."""

    def __init__(self, open_page: OpenPage, site: Site, lang: str) -> None:
        self.lang = lang
        self.voice = Voice(LABELS, lang)
        self.steps = 0
        self.page = open_page(site, width=1280, height=720, locale=lang)
        self.page.goto("/")

    def click(self, name: str, within: str = "body") -> None:
        """Follow the link of a name, as it is written on the page."""
        self._step()
        links = self.page.locator(within).get_by_role("link")
        wanted = plain(name)
        found = [n for n, text in enumerate(links.all_inner_texts()) if plain(text or "") == wanted]
        assert found, f"no link {name!r} at {self.page.url}"
        links.nth(found[0]).click()
        self.page.wait_for_load_state()

    def send(self, form: str, **values: str) -> None:
        """Fill in fields of a form by their names, and send it."""
        self._step()
        for name, value in values.items():
            self.page.locator(f"{form} [name={name}]").fill(value)
        with self.page.expect_navigation():
            self.page.locator(f"{form} button").click()

    @property
    def text(self) -> str:
        """What is to be read in the main part of the page."""
        return plain(self.page.locator("main").inner_text())

    def rows(self) -> list[list[str]]:
        """The cells of the table that answers, row by row."""
        return [
            [plain(cell) for cell in row.locator("th, td").all_inner_texts()]
            for row in self.page.locator("#answer tbody tr").all()
        ]

    def _step(self) -> None:
        self.steps += 1
        assert self.steps <= MOST, "a newcomer would have given up"


def answers(site: Site, question: Question, lang: str, **values: str) -> list[dict[str, str]]:
    query = question.fill({**values, **({"lang": lang} if _is_spoken(question) else {})})
    found = site.client.post(
        "/sparql", data={"query": query}, headers={"Accept": "application/sparql-results+json"}
    ).json()
    return [
        {name: cell["value"] for name, cell in row.items()} for row in found["results"]["bindings"]
    ]


def _is_spoken(question: Question) -> bool:
    return any(p.kind == "language" for p in question.parameters)


def ask(walk: Walk, name: str) -> Question:
    """Go from the home page to a question by way of the list of all."""
    question = find(QUESTIONS, name)
    walk.click(walk.voice.text("nav.queries"), "nav.sections")
    walk.click(question.titles[walk.lang], "main")
    return question


@pytest.mark.parametrize("lang", TURNS[0])
def test_who_coordinates_enact_today_and_since_when(
    open_page: OpenPage, real_site: Site, lang: str
) -> None:
    walk = Walk(open_page, real_site, lang)
    assert walk.page.evaluate("document.documentElement.lang") == lang
    at_home = walk.text
    question = ask(walk, "coordination-terms")
    today = [a for a in answers(real_site, question, lang) if "until" not in a]
    assert len(today) == 1
    (row,) = [r for r in walk.rows() if r[0] == plain(today[0]["name"])]
    precision = today[0]["fromPrecision"].rpartition("precision-")[2]
    since = walk.voice.date(date.fromisoformat(today[0]["from"]), precision)
    assert plain(since) in row
    assert row[3] == "–", "a term that goes on has no end"
    # The first page says so, too.
    assert plain(today[0]["name"]) in at_home
    assert plain(since) in at_home
    row_note = walk.page.locator("#answer tbody tr").nth(walk.rows().index(row))
    row_note.locator("summary").click()
    assert row_note.locator(".slip a").first.is_visible()


@pytest.mark.parametrize("lang", TURNS[1])
def test_which_alliances_both_universities_share(
    open_page: OpenPage, real_site: Site, lang: str
) -> None:
    walk = Walk(open_page, real_site, lang)
    question = ask(walk, "lorraine-and-strasbourg")
    told = answers(real_site, question, lang)
    assert told
    says = {"true": "value.true", "false": "value.false"}
    expected = [
        [
            plain(a["name"]),
            *(walk.voice.text(says[a[c]]) for c in ("lorraine", "strasbourg", "both")),
        ]
        for a in told
    ]
    assert [row[:4] for row in walk.rows()] == expected


@pytest.mark.parametrize("lang", TURNS[2])
def test_how_much_money_from_whom_said_where(
    open_page: OpenPage, real_site: Site, lang: str
) -> None:
    walk = Walk(open_page, real_site, lang)
    question = ask(walk, "money")
    told = [a for a in answers(real_site, question, lang) if a.get("amount")]
    shown = walk.rows()
    for answer in told:
        amount = walk.voice.money(Decimal(answer["amount"]), answer["currency"])
        assert any(plain(amount) in cell for row in shown for cell in row), amount
    granted = walk.page.locator("#answer tbody tr", has_text="France 2030").first
    note = granted.locator("details.note")
    note.locator("summary").click()
    assert "/source/" in str(note.locator(".slip a").first.get_attribute("href"))
    assert all(row[-1] for row in shown), "each amount says where it is said"


@pytest.mark.parametrize("lang", TURNS[0])
def test_which_members_lie_within_150_km_of_strasbourg(
    open_page: OpenPage, real_site: Site, lang: str
) -> None:
    walk = Walk(open_page, real_site, lang)
    question = ask(walk, "members-near")
    told = answers(real_site, question, lang)
    names = {plain(a["name"]) for a in told}
    assert {row[0] for row in walk.rows()} == names
    assert walk.page.locator("[name=centre]").input_value() == STRASBOURG[lang]
    walk.send("form.params", radius="10")
    nearer = {plain(a["name"]) for a in answers(real_site, question, lang, radius="10")}
    assert {row[0] for row in walk.rows()} == nearer
    assert nearer < names


STRASBOURG = {"fr": "Strasbourg", "en": "Strasbourg", "de": "Straßburg"}


@pytest.mark.parametrize("lang", TURNS[1])
def test_what_was_promised_for_2030(open_page: OpenPage, real_site: Site, lang: str) -> None:
    walk = Walk(open_page, real_site, lang)
    question = ask(walk, "promises-2030")
    told = answers(real_site, question, lang)
    shown = walk.rows()
    assert {plain(a["name"]) for a in told} == {row[0] for row in shown}
    in_2030 = [a for a in told if a.get("due", "").startswith("2030")]
    assert in_2030
    for answer in in_2030:
        (row,) = [r for r in shown if r[0] == plain(answer["name"])]
        assert "2030" in row, "the source says the year and no day"
        if "value" in answer:
            assert plain(walk.voice.number(Decimal(answer["value"]))) in row[1]


@pytest.mark.parametrize("lang", TURNS[2])
def test_how_far_each_promise_is(open_page: OpenPage, real_site: Site, lang: str) -> None:
    walk = Walk(open_page, real_site, lang)
    question = ask(walk, "progress")
    counted = [a for a in answers(real_site, question, lang) if "observed" in a]
    assert counted
    shown = walk.rows()
    for answer in counted:
        number = plain(walk.voice.number(Decimal(answer["observed"])))
        assert any(any(cell.endswith(number) for cell in row[2:]) for row in shown), number
    # A promise nobody has counted says so by a dash.
    assert any("–" in row for row in shown)


@pytest.mark.parametrize("lang", TURNS[0])
def test_the_page_of_enact_tells_its_promises_and_what_came_of_them(
    open_page: OpenPage, real_site: Site, lang: str
) -> None:
    walk = Walk(open_page, real_site, lang)
    walk.click(walk.voice.text("home.everything"), "main")
    walk.click(walk.voice.text("entity.promises"), "nav.toc")
    promises = walk.page.locator("#promises")
    assert promises.locator(".goal").count() > 5
    assert promises.locator(".later").count() > 0
    assert "2030" in promises.inner_text()


@pytest.mark.parametrize(("lang", "words"), [("fr", "150 km"), ("en", "money"), ("de", "2030")])
def test_a_question_is_found_by_plain_words(
    open_page: OpenPage, real_site: Site, lang: str, words: str
) -> None:
    walk = Walk(open_page, real_site, lang)
    walk.click(walk.voice.text("nav.queries"), "nav.sections")
    walk.send("form.seek", find=words)
    found = walk.page.locator("ul.asks a")
    assert 0 < found.count() < len(QUESTIONS)
    walk.click(found.first.inner_text(), "main")
    assert walk.page.locator("h1").inner_text()
    assert walk.rows()
