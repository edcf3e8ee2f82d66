"""The pages in a real browser: nothing overflows, nothing is blocked, the keyboard reaches all."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.conftest import Site

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no chromium on this machine; install it to run these"
)

PAGES = (
    "/",
    "/doc/enact",
    "/doc/universite-de-lorraine",
    "/doc/unigr",
    "/doc/enact-target-chairs",
    "/doc/nancy",
    "/source/universite-de-lorraine-2025-05-20-enact-launch",
    "/graph/curation",
    "/source/press-release-2024-05-22",
    "/source/press-release-2024-05-22-p05",
    "/graph/inferred-member",
    "/ontology",
    "/vocab",
    "/vocab/role-member",
    "/shapes",
    "/sparql",
    "/download/",
    "/nothing-of-the-kind",
)
#: Contrast of every visible text with the first opaque ground behind it (WCAG 2.2, 1.4.3).
CONTRASTS = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const poor = [];
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement, text = walker.currentNode.textContent.trim();
    if (!text || !e.checkVisibility() || e.closest('.vh, .skip')) continue;
    const pair = [light(parse(getComputedStyle(e).color)), light(ground(e))];
    const [a, b] = pair.sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) poor.push(text);
  }
  return poor;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    quiet = ["--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=[*sandbox, *quiet])
        yield opened
        opened.close()


def _page(browser: Any, site: Site, width: int, scheme: str, complaints: list[str]) -> Any:
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=site.url
    )
    # A page for an unknown address is sent as 404, which the console repeats.
    page.on(
        "console",
        lambda m: None if "status of 404" in m.text else complaints.append(f"{m.type}: {m.text}"),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    # A favicon still on its way when the page is left is no fault.
    page.on(
        "requestfailed",
        lambda r: complaints.append(r.url) if r.failure != "net::ERR_ABORTED" else None,
    )
    page.on(
        "request",
        lambda r: None if r.url.startswith(site.url) else complaints.append(f"asked {r.url}"),
    )
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_overflows_and_nothing_is_refused(
    browser: Any, real_site: Site, width: int, scheme: str
) -> None:
    complaints: list[str] = []
    page = _page(browser, real_site, width, scheme, complaints)
    for path, lang in zip(PAGES, ("fr", "en", "de") * len(PAGES), strict=False):
        page.goto(f"{path}?lang={lang}")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide"
        assert page.evaluate(CONTRASTS) == [], path
        linked = page.locator("link[rel=stylesheet]").count()
        assert page.evaluate("document.styleSheets.length") == linked, path
    page.close()
    assert complaints == []


def test_a_note_opens_and_closes_by_keyboard_and_leads_to_its_passage(
    browser: Any, real_site: Site
) -> None:
    complaints: list[str] = []
    page = _page(browser, real_site, 1440, "light", complaints)
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
    page.close()
    assert complaints == []


def test_the_skip_link_comes_first_and_shows_itself(browser: Any, real_site: Site) -> None:
    page = _page(browser, real_site, 360, "light", [])
    page.goto("/doc/enact?lang=de")
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.get_attribute("href") == "#main"
    assert link.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    page.close()


def test_the_language_switch_keeps_the_place_and_links_keep_the_language(
    browser: Any, real_site: Site
) -> None:
    page = _page(browser, real_site, 1440, "light", [])
    page.goto("/doc/inria?lang=fr")
    page.get_by_role("link", name="Deutsch").click()
    page.wait_for_url("**/doc/inria?lang=de")
    assert page.evaluate("document.documentElement.lang") == "de"
    page.locator("#who a[href^='/doc/enact']").first.click()
    page.wait_for_url("**/doc/enact?lang=de")
    assert page.evaluate("document.documentElement.lang") == "de"
    page.close()


def test_a_query_is_asked_in_the_form_and_answered_below_it(browser: Any, real_site: Site) -> None:
    complaints: list[str] = []
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 900}, base_url=real_site.url
    )
    page = context.new_page()
    page.on("console", lambda m: complaints.append(m.text))
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
    context.close()
    assert [c for c in complaints if "status of 400" not in c] == []


def test_a_page_prints_without_navigation(browser: Any, real_site: Site) -> None:
    page = _page(browser, real_site, 1440, "light", [])
    page.goto("/doc/enact?lang=fr")
    page.emulate_media(media="print")
    assert not page.locator("nav.sections").is_visible()
    assert page.locator("#who details.note summary").first.is_visible()
    page.close()
