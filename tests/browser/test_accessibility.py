"""Each kind of page in three languages and three widths: WCAG 2.2 AA, nothing overflows or moves.

A third of the kinds is looked at in every language, the rest in the one whose turn it is, by
axe-core each language at another width; `make test-all` looks at every language at every width.
"""

from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe

from enact_graph.terms import LANGUAGES
from tests.browser.conftest import OpenPage
from tests.browser.pages import PAGES, address
from tests.conftest import Site
from tests.strata import EVERY, some

WIDTHS: Final = (320, 820, 1440)
RULES: Final = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
CONTRAST: Final = {"runOnly": ["color-contrast", "link-in-text-block"]}
#: Colours do not depend on the language: they are looked at once in the light, once in the dark.
SHAPE: Final = RULES | {"rules": {"color-contrast": {"enabled": False}}}
#: The kinds of page that are read in all three languages in this run.
THRICE: Final = some(PAGES, 1 / 3)
OPEN_ALL: Final = "document.querySelectorAll('details').forEach(d => { d.open = true })"
#: The widest things that stick out on the right, for the message.
TOO_WIDE: Final = """width => [...document.querySelectorAll('main *')]
  .filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest('.scroll, pre, svg'))
  .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
#: Buttons, fields and what opens that are less than 24 px high (WCAG 2.2, 2.5.8).
SMALL: Final = """() => [...document.querySelectorAll(
    'button, input:not([type=hidden]), select, summary')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24
    && !(e.closest('label') && e.closest('label').getBoundingClientRect().height >= 24))
  .map(e => e.outerHTML.slice(0, 120))"""
#: The sum of all layout shifts since the page began (Layout Instability, W3C draft).
SHIFT: Final = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
    .observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 50)));
})"""


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_accessible_in_every_language_and_at_every_width(
    open_page: OpenPage, real_site: Site, kind: str
) -> None:
    complaints: list[str] = []
    page = open_page(real_site, complaints=complaints)
    turn = LANGUAGES[list(PAGES).index(kind) % len(LANGUAGES)]
    for first, lang in zip(WIDTHS, LANGUAGES, strict=True):
        if lang != turn and kind not in THRICE:
            continue
        _resize(page, first)
        page.goto(address(kind, lang))
        assert page.evaluate(SHIFT) < 0.01, lang
        for width in (first, *(w for w in WIDTHS if w != first)):
            _resize(page, width)
            _fits(page, width)
            if EVERY or width == first:
                rules = RULES if EVERY or lang == turn else SHAPE
                assert violations(page, rules) == [], (lang, width)
            if width == WIDTHS[0]:
                assert page.evaluate(SMALL) == [], lang
        # What was closed is read too: at the narrowest, and for its colours in the dark.
        page.evaluate(OPEN_ALL)
        _resize(page, WIDTHS[0])
        _fits(page, WIDTHS[0])
    page.emulate_media(color_scheme="dark")
    assert violations(page, CONTRAST) == []
    assert complaints == []


def test_an_inaccessible_page_is_found(open_page: OpenPage, real_site: Site) -> None:
    """The check can fail."""
    page = open_page(real_site)
    page.goto("/")
    page.evaluate("document.querySelector('#q').previousElementSibling.remove()")
    page.evaluate("document.querySelector('#q').removeAttribute('placeholder')")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert {v.partition(":")[0] for v in violations(page, RULES)} >= {"label", "html-has-lang"}


def violations(page: Any, options: dict[str, Any]) -> list[str]:
    """What axe-core finds: the rule and the elements that break it."""
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{v['id']}: {n['html'][:160]} {n.get('failureSummary', '')}"
        for v in found
        for n in v["nodes"]
    ]


def _resize(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def _fits(page: Any, width: int) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, page.evaluate(TOO_WIDE, width)
