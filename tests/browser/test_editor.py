"""The editor of /sparql in a real browser: completion, answers in place, views, keyboard."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import OpenPage
from tests.conftest import Site
from tests.frontend.bundles import needs_widgets
from tests.strata import turn

pytestmark = needs_widgets

FIELD = ".cm-content"
KINDS = "SELECT ?kind (COUNT(*) AS ?n) { ?s a ?kind } GROUP BY ?kind ORDER BY DESC(?n) LIMIT 8"
MEMBERS = """PREFIX enact: <https://w3id.org/enact-graph/ontology#>
PREFIX id: <https://w3id.org/enact-graph/id/>
SELECT ?member { id:enact enact:hasMember ?member }"""
GRAPH = """PREFIX enact: <https://w3id.org/enact-graph/ontology#>
PREFIX id: <https://w3id.org/enact-graph/id/>
CONSTRUCT { id:enact enact:hasMember ?member } { id:enact enact:hasMember ?member }"""
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
#: Faults of the policy, layout shifts after the page was there, and that no page was loaded anew.
WATCH = """
window.refused = []; window.shifts = 0; window.first = true;
document.addEventListener('securitypolicyviolation', e => refused.push(e.violatedDirective));
new PerformanceObserver(list => list.getEntries().forEach(e => {
  if (!e.hadRecentInput) shifts += e.value;
})).observe({type: 'layout-shift', buffered: true});
"""


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def page(open_page: OpenPage, real_site: Site, faults: list[str]) -> Iterator[Any]:
    """A page that must end without a fault in the console and without anything refused."""
    opened = open_page(real_site, width=1200, height=1000, complaints=faults, script=WATCH)
    yield opened
    assert opened.evaluate("refused") == []
    # That of an answer of the server the console says on its own.
    assert [f for f in faults if "status of 4" not in f] == []


def open_editor(page: Any, query: str | None = None, lang: str = "en", **more: str) -> None:
    fields = ({"query": query} if query else {}) | {"lang": lang} | more
    page.goto("/sparql?" + urlencode(fields))
    page.locator("#query").focus()
    page.wait_for_selector(FIELD)


def empty(page: Any) -> None:
    page.locator(FIELD).click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")


def write(page: Any, text: str) -> None:
    """Write a text key by key in place of what is there; brackets close themselves."""
    empty(page)
    page.keyboard.type(text, delay=15)


def put(page: Any, text: str) -> None:
    """Put a text in place of what is there, as if pasted."""
    empty(page)
    page.keyboard.insert_text(text)


def text_of(page: Any) -> str:
    found: str = page.locator("#query").input_value()
    return found


def run(page: Any) -> None:
    page.keyboard.press("Control+Enter")
    answered(page)


def take(page: Any) -> None:
    """Take the completion that is chosen; none is taken in the first moment, lest by accident."""
    page.wait_for_timeout(250)
    page.keyboard.press("Enter")


def answered(page: Any) -> None:
    page.locator(".status", has_text=re.compile(r" s\.$")).wait_for()


def test_the_editor_comes_when_somebody_is_about_to_write(page: Any) -> None:
    """A first visit loads no more than any other page; what was typed meanwhile stays."""
    loaded: list[str] = []
    page.on("request", lambda r: loaded.append(r.url.rpartition("/")[2]))
    page.goto("/sparql?" + urlencode({"query": KINDS, "lang": "en"}), wait_until="networkidle")
    assert not [name for name in loaded if name.startswith("part-field")]
    assert page.locator(".tabs").count() == 1
    page.locator("#query").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" #")
    page.wait_for_selector(FIELD)
    assert page.evaluate("document.activeElement.matches('.cm-content')")
    page.keyboard.type(" kinds")
    assert text_of(page).endswith("LIMIT 8 # kinds")


def test_a_query_runs_by_keyboard_before_the_editor_is_there(page: Any, faults: list[str]) -> None:
    page.route("**/part-field-*", lambda route: route.abort())
    page.goto("/sparql?lang=en")
    page.locator("#query").fill(MEMBERS)
    page.keyboard.press("Control+Enter")
    answered(page)
    assert page.locator("#answer caption").inner_text() == "7 rows"
    faults.clear()  # that the editor did not come


def test_a_query_is_answered_below_without_a_reload(page: Any) -> None:
    open_editor(page)
    put(page, MEMBERS)
    run(page)
    assert page.locator("#answer caption").inner_text() == "7 rows"
    link = page.get_by_role("link", name="University of Lorraine")
    assert link.get_attribute("href") == "/doc/universite-de-lorraine?lang=en"
    assert page.locator(".status").inner_text().startswith("7 rows in ")
    assert page.evaluate("window.first")
    fields = parse_qs(urlsplit(page.url).query)
    assert (fields["query"], fields["lang"]) == ([MEMBERS], ["en"])
    assert "hasMember" in page.locator(".programs").inner_text()
    assert page.evaluate("document.activeElement.matches('.cm-content')")


def test_the_address_shows_the_same_again_and_back_goes_back(page: Any) -> None:
    open_editor(page, KINDS)
    put(page, MEMBERS)
    run(page)
    shared = page.locator(".share").get_attribute("href")
    assert parse_qs(urlsplit(shared).query)["query"] == [MEMBERS]
    german = page.locator("nav.langs a[lang=de]").get_attribute("href")
    assert parse_qs(urlsplit(german).query)["query"] == [MEMBERS]
    page.go_back()
    page.locator("#answer caption", has_text="8 rows").wait_for()
    assert text_of(page) == KINDS
    page.goto(shared)
    assert page.locator("#answer caption").inner_text() == "7 rows"


def test_an_example_is_asked_in_place(page: Any) -> None:
    open_editor(page)
    page.locator(".topics summary").nth(1).click()
    page.locator(".topics details").nth(1).locator("a").first.click()
    answered(page)
    assert page.evaluate("window.first")
    assert page.locator(".topics [aria-current]").count() == 1
    assert page.locator(".topics details").nth(1).get_attribute("open") is not None


@pytest.mark.parametrize(
    ("lang", "word", "label"), [("fr", "objec", "objectif"), ("de", "zielv", "Zielvorgabe")]
)
def test_a_class_is_completed_by_its_name_in_the_language_and_its_prefix_declared(
    page: Any, lang: str, word: str, label: str
) -> None:
    open_editor(page, lang=lang)
    write(page, f"SELECT * {{ ?s a {word}")
    option = page.locator("[role=option][aria-selected=true]", has_text="enact:Target")
    option.wait_for()
    assert label in option.inner_text()
    take(page)
    assert text_of(page) == (
        "PREFIX enact: <https://w3id.org/enact-graph/ontology#>\nSELECT * { ?s a enact:Target}"
    )


def test_properties_come_first_where_one_is_wanted(page: Any) -> None:
    open_editor(page)
    write(page, "SELECT * { ?s memb")
    first = page.locator("[role=option]").first
    first.wait_for()
    assert "org:member" in first.inner_text() or "hasMember" in first.inner_text()
    assert page.locator(FIELD).get_attribute("aria-activedescendant")


def test_a_thing_is_completed_by_its_name(page: Any) -> None:
    open_editor(page, lang="fr")
    write(page, "SELECT * { ?s ?p nanc")
    page.locator("[role=option]", has_text="id:nancy").first.wait_for()
    option = page.locator("[role=option]", has_text="id:nancy").first
    option.click()
    assert "?s ?p id:nancy" in text_of(page)
    assert "PREFIX id: <https://w3id.org/enact-graph/id/>" in text_of(page)


def test_variables_of_the_query_are_completed(page: Any) -> None:
    open_editor(page)
    write(page, "SELECT ?university { ?uni")
    page.locator("[role=option]", has_text="?university").wait_for()
    take(page)
    assert text_of(page) == "SELECT ?university { ?university}"


def test_a_known_prefix_is_declared_with_its_colon_but_not_in_texts(page: Any) -> None:
    open_editor(page)
    page.locator(FIELD).click()
    page.wait_for_timeout(500)
    write(page, 'SELECT * { ?s skos:prefLabel "org:')
    text = text_of(page)
    assert text.startswith("PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nSELECT")
    assert "PREFIX org:" not in text


def test_a_fault_is_marked_where_it_is_and_named_in_the_language(page: Any) -> None:
    open_editor(page, lang="de")
    put(page, "SELECT * {\n  ?s ?p\n}")
    page.keyboard.press("Control+Enter")
    page.locator("#problem").wait_for()
    assert "Zeile 3, Spalte 1" in page.locator("#problem").inner_text()
    assert page.locator(".cm-line.fault-line").inner_text() == "}"
    assert page.locator(".fault").inner_text() == "}"
    assert page.locator(FIELD).get_attribute("aria-invalid") == "true"
    page.get_by_role("button", name="Zum Fehler").click()
    page.keyboard.type("?o ")
    assert page.locator(".fault-line").count() == 0
    assert text_of(page) == "SELECT * {\n  ?s ?p\n?o }"
    run(page)
    assert page.locator("#problem").count() == 0
    assert page.locator(FIELD).get_attribute("aria-invalid") is None


def test_tab_indents_and_escape_then_tab_leaves(page: Any) -> None:
    open_editor(page)
    put(page, "ASK {}")
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    assert text_of(page) == "  ASK {}"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Run"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.matches('.cm-content')")
    described = page.locator(FIELD).get_attribute("aria-describedby")
    assert "Escape, then Tab leaves" in page.locator(f"#{described}").inner_text()
    assert page.get_by_role("textbox", name="SPARQL query").count() == 1


def test_a_character_that_nobody_sees_is_marked_itself(page: Any) -> None:
    open_editor(page)
    put(page, "\ufeffSELECT * {\n  ?s\u00a0?p ?o }")
    page.keyboard.press("Control+Enter")
    page.locator("#problem").wait_for()
    assert "Line 2, column 5: U+00A0 NO-BREAK SPACE" in page.locator("#problem").inner_text()
    assert page.locator(".fault").text_content() in ("\u00a0", "\u2022")
    put(page, "\ufeffSELECT * { ?s ?p }")
    page.keyboard.press("Control+Enter")
    page.locator("#problem", has_text="column 18").wait_for()
    assert page.locator(".fault").inner_text() == "}"
    assert text_of(page) == "SELECT * { ?s ?p }"


def test_columns_sort_as_numbers_and_as_words(page: Any) -> None:
    open_editor(page, KINDS)
    head = page.get_by_role("columnheader").nth(1)
    page.get_by_role("button", name="n", exact=True).click()
    assert head.get_attribute("aria-sort") == "ascending"
    numbers = [int(t) for t in page.locator("#answer td.n").all_inner_texts()]
    assert numbers == sorted(numbers)
    page.get_by_role("button", name="n", exact=True).click()
    assert head.get_attribute("aria-sort") == "descending"
    assert page.locator("#answer td.n").first.inner_text() == str(max(numbers))
    page.get_by_role("button", name="kind").click()
    names = page.locator("#answer td:first-child").all_inner_texts()
    assert names == sorted(names, key=str.lower)
    assert head.get_attribute("aria-sort") is None


def test_numbers_are_drawn_as_bars(page: Any) -> None:
    open_editor(page, KINDS)
    page.get_by_role("link", name="Chart").click()
    picture = page.get_by_role("img", name="n by kind")
    picture.wait_for()
    assert picture.locator("rect").count() == 8
    wide = [float(r.get_attribute("width")) for r in picture.locator("rect").all()]
    assert wide == sorted(wide, reverse=True)
    assert "view=chart" in page.url
    page.goto(page.url)
    page.get_by_role("img", name="n by kind").wait_for()
    assert not page.locator("#answer table").is_visible()


def test_numbers_by_date_are_drawn_as_a_line(page: Any) -> None:
    values = " ".join(f'("20{y}-01-01"^^xsd:date {y * y})' for y in range(10, 16))
    query = (
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
        f" SELECT ?day ?n {{ VALUES (?day ?n) {{ {values} }} }}"
    )
    open_editor(page, query, view="chart")
    page.get_by_role("img", name="n by day").wait_for()
    assert page.locator("#answer svg circle").count() == 6
    assert page.locator("#answer svg path").count() == 1


def test_things_with_a_seat_are_put_on_a_map(page: Any) -> None:
    open_editor(page, MEMBERS, view="map")
    page.locator("#answer svg circle").first.wait_for()
    assert "on the map" in page.locator("#answer h3").first.inner_text()
    page.get_by_text("The places, from north to south").click()
    assert page.get_by_role("link", name="University of Strasbourg").last.is_visible()


def test_coordinates_are_put_on_a_map(page: Any) -> None:
    wkt = "<http://www.opengis.net/ont/geosparql#wktLiteral>"
    open_editor(page, f'SELECT ?a ("POINT(6.18 48.69)"^^{wkt} AS ?w) {{ VALUES ?a {{ "x" }} }}')
    page.get_by_role("link", name="Map", exact=True).last.click()
    page.locator("#answer svg circle").wait_for()
    assert page.locator("#answer h3").first.inner_text() == "1 place on the map"


def test_links_are_drawn_as_a_graph_and_told_as_sentences(page: Any) -> None:
    open_editor(page, GRAPH, view="graph")
    page.locator("#answer svg circle").first.wait_for()
    assert page.locator("#answer svg circle").count() == 8
    assert page.locator("#answer svg line").count() == 7
    assert page.locator("#answer h3").first.inner_text() == "7 links"
    page.get_by_text("The same links as sentences").click()
    assert page.locator("#answer details li").count() == 7
    node = page.locator("#answer svg a[href^='/doc/enact?']")
    assert node.count() == 1


def test_the_answer_is_shown_as_it_came(page: Any) -> None:
    open_editor(page, GRAPH, view="raw")
    page.locator("#answer pre.raw").wait_for()
    assert "id:enact enact:hasMember" in page.locator("#answer pre.raw").inner_text()
    open_editor(page, KINDS, view="raw")
    page.locator("#answer pre.raw").wait_for()
    assert '"bindings"' in page.locator("#answer pre.raw").inner_text()


@pytest.mark.parametrize("view", ["chart", "map", "graph"])
def test_a_view_says_what_it_needs(page: Any, view: str) -> None:
    open_editor(page, "SELECT ?a { VALUES ?a { 'x' 'y' } }", view=view)
    page.locator("#answer .drawn p").wait_for()
    assert len(page.locator("#answer .drawn p").inner_text()) > 30
    open_editor(page, "SELECT ?a { ?a a <urn:none> }", view=view)
    page.locator("#answer .drawn p").wait_for()
    assert page.locator("#answer .drawn p").inner_text() == "The answer is empty."


@pytest.mark.parametrize("view", ["table", "chart", "map", "graph", "raw"])
def test_every_view_fits_a_narrow_screen_and_is_accessible(page: Any, view: str) -> None:
    for place, query in enumerate((KINDS, MEMBERS, GRAPH)):
        page.set_viewport_size({"width": 320, "height": 700})
        open_editor(page, query, lang=turn(("de", "fr"), place)[0], view=view)
        page.wait_for_timeout(600)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, query
        if query == MEMBERS:
            continue  # its answer is a table of the same kind
        page.set_viewport_size({"width": 1280, "height": 720})
        page.evaluate(
            "document.querySelectorAll('#answer details').forEach(d => { d.open = true })"
        )
        for scheme in turn(("light", "dark"), place):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page).response["violations"]
            assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == [], query


def test_the_list_of_completions_is_accessible(page: Any) -> None:
    open_editor(page)
    write(page, "SELECT * { ?s memb")
    page.locator("[role=option]").first.wait_for()
    # The arrow keys scroll the list while the focus stays in the text.
    scrolls = {"rules": {"scrollable-region-focusable": {"enabled": False}}}
    found = Axe().run(page, options=scrolls).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


def test_the_editor_grows_with_its_text(page: Any) -> None:
    open_editor(page, "ASK {}")
    before = page.locator(".cm-editor").bounding_box()["height"]
    put(page, "ASK {\n" + "#\n" * 30 + "}")
    page.wait_for_timeout(100)
    after = page.locator(".cm-editor").bounding_box()["height"]
    assert before < after < 700


def test_an_answer_too_large_to_be_drawn_is_told_in_words(page: Any) -> None:
    open_editor(page, KINDS)
    page.route(
        "**/sparql",
        lambda route: route.fulfill(
            content_type="application/sparql-results+json", body=" " * 16_000_001
        ),
    )
    page.get_by_role("link", name="Chart").click()
    page.get_by_text("The answer is too large to be drawn").wait_for()


def test_a_query_can_be_cancelled(page: Any) -> None:
    open_editor(page)
    assert not page.get_by_role("button", name="Cancel").is_visible()
    put(page, SLOW)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_text("Query cancelled.").wait_for()
    assert not page.get_by_role("button", name="Cancel").is_visible()


def test_a_server_that_is_gone_is_told_in_words(page: Any, faults: list[str]) -> None:
    open_editor(page)
    page.route("**/sparql?query=*", lambda route: route.abort())
    put(page, "ASK {}")
    page.keyboard.press("Control+Enter")
    page.get_by_text("The server does not answer.").wait_for()
    faults.clear()


def test_a_long_query_is_asked_all_the_same(page: Any) -> None:
    open_editor(page)
    put(page, "SELECT ?a { VALUES ?a { 'long' } } #" + "x" * 7000)
    run(page)
    assert page.locator("#answer td").inner_text() == "long"
    assert urlsplit(page.url).query == "lang=en"


def test_a_program_is_copied(browser: Any, real_site: Site) -> None:
    context = browser.new_context(base_url=real_site.url)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=real_site.url)
    page = context.new_page()
    open_editor(page, MEMBERS)
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("curl -G")
    context.close()


def test_nothing_moves_while_the_editor_takes_its_place(page: Any) -> None:
    for query in (None, KINDS, MEMBERS + "\n#" * 40):
        open_editor(page, query)
        page.wait_for_timeout(300)
        assert page.evaluate("shifts") < 0.01, query


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_of_the_language_have_the_colours_of_the_pages(
    open_page: OpenPage, real_site: Site, scheme: str
) -> None:
    page = open_page(real_site, scheme=scheme)
    open_editor(page, MEMBERS)
    colours = page.evaluate(
        """() => ['k', 'v', 's', 'p'].map(c => getComputedStyle(
             document.querySelector('.cm-content .' + c)).color)"""
    )
    assert len(set(colours)) == 4
    assert colours[0] == {"light": "rgb(44, 84, 144)", "dark": "rgb(163, 196, 245)"}[scheme]


def test_without_scripts_there_is_the_plain_form(open_page: OpenPage, real_site: Site) -> None:
    page = open_page(real_site, scripts=False)
    page.goto("/sparql?lang=en&query=" + quote(MEMBERS))
    assert page.locator(".cm-editor").count() == 0
    assert not page.locator(".scripted").first.is_visible()
    assert not page.locator(".tabs").is_visible()
    page.get_by_label("SPARQL query").fill(KINDS)
    page.get_by_role("button", name="Run").click()
    page.wait_for_url("**/sparql?**kind**")
    assert page.locator("#answer caption").inner_text() == "8 rows"
    assert "COUNT" in page.locator(".programs pre").first.inner_text()
    page.get_by_role("link", name="CSV").wait_for()
