"""The pages used in a real browser: notes, languages, the query form, print."""

from tests.browser.conftest import OpenPage
from tests.conftest import Site


def test_a_note_opens_and_closes_by_keyboard_and_leads_to_its_passage(
    open_page: OpenPage, real_site: Site
) -> None:
    complaints: list[str] = []
    page = open_page(real_site, complaints=complaints)
    page.goto("/doc/inria?lang=en")
    note = page.locator("#who details.note").first
    note.locator("summary").focus()
    assert not note.locator(".slip").is_visible()
    page.keyboard.press("Enter")
    assert note.locator(".slip").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.slip') !== null")
    outlined = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outlined == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/source/*")
    assert "lang=en" in page.url
    assert complaints == []


def test_the_skip_link_comes_first_and_shows_itself(open_page: OpenPage, real_site: Site) -> None:
    page = open_page(real_site, width=360)
    page.goto("/doc/enact?lang=de")
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.get_attribute("href") == "#main"
    assert link.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")


def test_the_language_switch_keeps_the_place_and_links_keep_the_language(
    open_page: OpenPage, real_site: Site
) -> None:
    page = open_page(real_site)
    page.goto("/doc/inria?lang=fr")
    page.get_by_role("link", name="Deutsch").click()
    page.wait_for_url("**/doc/inria?lang=de")
    assert page.evaluate("document.documentElement.lang") == "de"
    page.locator("#who a[href^='/doc/enact']").first.click()
    page.wait_for_url("**/doc/enact?lang=de")
    assert page.evaluate("document.documentElement.lang") == "de"


def test_a_query_is_asked_in_the_form_and_answered_below_it(
    open_page: OpenPage, real_site: Site
) -> None:
    complaints: list[str] = []
    page = open_page(real_site, width=360, scheme="dark", complaints=complaints, scripts=False)
    page.goto("/sparql?lang=en")
    page.get_by_label("SPARQL query").fill("ASK { ?s a <urn:none> }")
    page.get_by_role("button", name="Run").click()
    page.wait_for_url("**/sparql?**")
    assert page.locator("#answer").inner_text().splitlines()[-1] != ""
    assert "no" in page.locator("#answer").inner_text()
    page.get_by_label("SPARQL query").fill("SELEC nothing")
    page.get_by_role("button", name="Run").click()
    page.locator("[role=alert]").wait_for()
    assert page.get_by_label("SPARQL query").input_value() == "SELEC nothing"
    page.locator("nav.topics summary").first.click()
    page.locator("nav.topics a").first.click()
    page.locator("#answer table").wait_for()
    assert [c for c in complaints if "status of 400" not in c] == []


def test_a_page_prints_without_navigation(open_page: OpenPage, real_site: Site) -> None:
    page = open_page(real_site)
    page.goto("/doc/enact?lang=fr")
    page.emulate_media(media="print")
    assert not page.locator("nav.sections").is_visible()
    assert page.locator("#who details.note summary").first.is_visible()
