"""Each kind of page in three languages and three widths: WCAG 2.2 AA, nothing overflows or moves.

A kind is read in the language whose turn it is, in its light or its dark colours, by axe-core at
one of the widths and of what is alike on a page two of each; some kinds are read in every language.
`make test-all` looks at all of it.
"""

import itertools
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe

from enact_graph.terms import LANGUAGES
from tests.browser.conftest import OpenPage
from tests.browser.pages import PAGES, THIN, address
from tests.conftest import Site
from tests.strata import EVERY, some, turn

WIDTHS: Final = (320, 820, 1440)
RULES: Final = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
SCHEMES: Final = ("light", "dark")
#: The kinds of page that are read in all three languages in this run.
THRICE: Final = some(PAGES, 1 / 12)
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
    place = list(PAGES).index(kind)
    for number, lang in enumerate(LANGUAGES if kind in THRICE else turn(LANGUAGES, place)):
        (first,) = turn(WIDTHS, place // 3 + number)[:1]
        page.emulate_media(color_scheme=turn(SCHEMES, place // 9 + number)[0])
        _resize(page, first)
        page.goto(address(kind, lang))
        assert page.evaluate(SHIFT) < 0.01, lang
        for width in (*(w for w in WIDTHS if w != first), first):
            _resize(page, width)
            _fits(page, width)
            if width == min(WIDTHS):
                assert page.evaluate(SMALL) == [], lang
        # What was closed is read too.
        page.evaluate(OPEN_ALL)
        _resize(page, min(WIDTHS))
        _fits(page, min(WIDTHS))
        for scheme, width in itertools.product(SCHEMES, WIDTHS) if EVERY else ():
            page.emulate_media(color_scheme=scheme)
            _resize(page, width)
            assert violations(page, RULES) == [], (lang, scheme, width)
        if not EVERY:
            _resize(page, first)
            page.evaluate(THIN)
            assert violations(page, RULES) == [], (lang, first)
    assert complaints == []


def test_an_inaccessible_page_is_found(open_page: OpenPage, real_site: Site) -> None:
    """The check can fail."""
    page = open_page(real_site)
    page.goto("/")
    page.evaluate("document.querySelector('#q').previousElementSibling.remove()")
    page.evaluate("document.querySelector('#q').removeAttribute('placeholder')")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert {v.partition(":")[0] for v in violations(page, RULES)} >= {"label", "html-has-lang"}


def test_what_is_not_alike_is_not_taken_away(open_page: OpenPage, real_site: Site) -> None:
    page = open_page(real_site)
    page.goto("/vocab?lang=en")
    before = page.locator("main *").count()
    page.evaluate("[...document.querySelectorAll('main li a')].at(-1).textContent = ''")
    page.evaluate(THIN)
    assert page.locator("main *").count() < before / 2
    assert "link-name" in {v.partition(":")[0] for v in violations(page, RULES)}


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
