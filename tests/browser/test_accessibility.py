"""Each kind of page in three languages and three widths: WCAG 2.2 AA, no overflow, no complaint."""

from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe

from enact_graph.terms import LANGUAGES
from tests.browser.conftest import OpenPage
from tests.browser.pages import PAGES, address
from tests.conftest import Site

WIDTHS: Final = (320, 820, 1440)
RULES: Final = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
CONTRAST: Final = {"runOnly": ["color-contrast", "link-in-text-block"]}
OPEN_ALL: Final = "document.querySelectorAll('details').forEach(d => { d.open = true })"
#: The widest things that stick out on the right, for the message.
TOO_WIDE: Final = """width => [...document.querySelectorAll('main *')]
  .filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest('.scroll, pre, svg'))
  .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_accessible_at_every_width(
    open_page: OpenPage, real_site: Site, kind: str, lang: str
) -> None:
    complaints: list[str] = []
    page = open_page(real_site, complaints=complaints)
    page.goto(address(kind, lang))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, page.evaluate(TOO_WIDE, width)
        # Notes are read closed at one width and open at the next.
        assert violations(page, RULES) == [], width
        if width == WIDTHS[0]:
            page.evaluate(OPEN_ALL)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, page.evaluate(TOO_WIDE, width)
    assert complaints == []


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_legible_in_the_dark_and_at_400_percent(
    open_page: OpenPage, real_site: Site, kind: str
) -> None:
    page = open_page(real_site, width=360, scheme="dark")
    page.goto(address(kind, "de"))
    page.evaluate(OPEN_ALL)
    assert violations(page, CONTRAST) == []


def test_an_inaccessible_page_is_found(open_page: OpenPage, real_site: Site) -> None:
    """The check can fail."""
    page = open_page(real_site)
    page.goto("/")
    page.evaluate("document.querySelector('#q').previousElementSibling.remove()")
    page.evaluate("document.querySelector('#q').removeAttribute('placeholder')")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert {v.partition(":")[0] for v in violations(page, RULES)} == {"label", "html-has-lang"}


def violations(page: Any, options: dict[str, Any]) -> list[str]:
    """What axe-core finds: the rule and the elements that break it."""
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{v['id']}: {n['html'][:160]} {n.get('failureSummary', '')}"
        for v in found
        for n in v["nodes"]
    ]
