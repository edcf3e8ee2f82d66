"""The network in a real browser: unfolding, filters and keys without reload, table in step."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from enact_graph.present.assets import Site as Built
from tests.browser.conftest import OpenPage
from tests.conftest import Site
from tests.strata import turn

ROWS = "document.querySelectorAll('#network tbody tr').length"
SHOWN = """() => [...document.querySelectorAll('figure.network svg')]
  .filter(svg => svg.getClientRects().length).flatMap(svg => [...svg.querySelectorAll('a')])
  .map(a => a.getAttribute('aria-label') || a.textContent.trim())"""
FOCUSED = "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"


def until(page: Any, condition: str) -> None:
    """Wait until it holds; the browser's own waiting makes code from text, which pages refuse."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never so: {condition}")


@pytest.fixture
def page(open_page: OpenPage, real_site: Site) -> Iterator[Any]:
    if "network.js" not in Built.of(real_site.release.manifest).built:
        pytest.skip("the widgets are not bundled; run `make widgets` first")
    faults: list[str] = []
    opened = open_page(real_site, width=1280, complaints=faults)
    opened.goto("/network/chru-de-nancy?lang=en")
    opened.wait_for_selector(".keys")
    opened.evaluate("window.stays = true")
    yield opened
    assert opened.evaluate("window.stays") is True, "the page was loaded anew"
    assert not faults


def test_a_thing_unfolds_in_place_and_picture_and_table_agree(page: Any) -> None:
    before, drawn = page.evaluate(ROWS), len(page.evaluate(SHOWN))
    page.locator("a.unfold[data-of='ihu-infiny']").first.click()
    page.wait_for_url("**open=ihu-infiny**")
    until(page, f"{ROWS} > {before}")
    added = page.locator("#network tr.inner").count()
    assert page.evaluate(ROWS) == before + added
    assert len(page.evaluate(SHOWN)) == drawn + added
    until(page, "document.activeElement.dataset.of === 'ihu-infiny'")
    page.keyboard.press("Enter")
    until(page, f"{ROWS} === {before} && !location.search.includes('open=')")


def test_filters_work_at_once_and_the_way_back_undoes_them(page: Any) -> None:
    every = page.evaluate(ROWS)
    page.locator("input[name=kind][value=member]").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**kind=member**")
    until(page, f"{ROWS} < {every}")
    until(page, "document.activeElement.value === 'member'")
    few = page.evaluate(ROWS)
    page.locator("#net-at").fill("2000-01-01")
    page.wait_for_url("**at=2000-01-01**")
    page.go_back()
    until(page, f"{ROWS} === {few}")
    page.go_back()
    until(page, f"{ROWS} === {every}")
    assert not page.locator("input[name=kind][value=member]").is_checked()


def test_arrows_walk_the_picture_and_space_unfolds(page: Any) -> None:
    first = page.locator("figure.network svg:visible a[tabindex='0']")
    assert first.count() == 1
    first.focus()
    start = page.evaluate(FOCUSED)
    page.keyboard.press("ArrowDown")
    second = page.evaluate(FOCUSED)
    assert second != start
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) not in (start, second)
    page.keyboard.press("ArrowLeft")
    name = page.evaluate(FOCUSED)
    page.keyboard.press("Space")
    page.wait_for_url("**open=**")
    page.wait_for_selector("#network tr.inner")
    until(page, f"({FOCUSED}) === {json.dumps(name)}")


def test_ties_with_each_other_are_drawn_and_told_as_sentences(page: Any) -> None:
    page.get_by_role("button", name="with each other").click()
    page.wait_for_selector(".web svg")
    told = page.evaluate(
        "fetch(document.querySelector('#network').dataset.json).then(r => r.json())"
    )
    assert page.locator(".web line").count() == len(told["links"])
    assert page.locator("details.web li").count() == len(told["links"])
    names = {thing["name"] for thing in told["things"].values()}
    assert {text.partition(",")[0] for text in page.evaluate(SHOWN)} == {
        name.partition(",")[0] for name in names
    }
    page.locator(".web svg a[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator(".web.lit line.on").count() >= 1
    page.get_by_role("button", name="Back to the tree").click()
    assert page.locator(".web").count() == 0
    assert page.locator("figure.network svg:visible").count() == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_overflows(open_page: OpenPage, real_site: Site, scripts: bool) -> None:
    widths = (320, 360, 820, 1440)
    opened = open_page(real_site, scripts=scripts)
    for place, path in enumerate(
        (
            "/network/enact?lang=de",
            "/path?from=aist&to=chru-de-nancy&lang=fr",
            "/alliances?lang=de",
            "/timeline?lang=en",
            "/path?from=university&to=zzz&lang=en",
        )
    ):
        for first in turn(widths, place):
            opened.set_viewport_size({"width": first, "height": 900})
            opened.goto(path)
            for width in (first, *(w for w in widths if w != first)):
                opened.set_viewport_size({"width": width, "height": 900})
                wide = opened.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, f"{path} is {wide} px wide, first {first}"
