"""The map in a real browser: it moves, marks part, filters act at once; all without script."""

from collections.abc import Iterator
from typing import Any

import pytest

from enact_graph.present.assets import Site as Built
from tests.browser.conftest import OpenPage
from tests.conftest import Site, running
from tests.strata import turn

WIDE = ".stage > svg.at-m"


@pytest.fixture
def page(open_page: OpenPage, real_site: Site) -> Iterator[Any]:
    if "map.js" not in Built.of(real_site.release.manifest).built:
        pytest.skip("the widgets are not bundled; run `make widgets` first")
    faults: list[str] = []
    opened = open_page(real_site, width=1200, height=1000, complaints=faults)
    opened.goto("/map?lang=en")
    opened.wait_for_selector(".m-tools")
    yield opened
    assert not faults


def until(page: Any, condition: str) -> None:
    """Wait for a condition; the policy of the pages forbids a waiting script of Playwright's."""
    for _ in range(50):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never: {condition}")


def magnification(page: Any) -> float:
    transform = page.get_attribute(f"{WIDE} .m-under", "transform") or "scale(1)"
    return float(transform.partition("scale(")[2].removesuffix(")"))


def names(page: Any) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        f"{WIDE} .m-marks text.s-halo", "all => all.map(text => text.textContent)"
    )
    return found


def test_buttons_magnify_and_marks_part(page: Any) -> None:
    assert "Illkirch-Graffenstaden" not in names(page)
    number = page.locator(f"{WIDE} .m-marks circle").count()
    for _ in range(6):
        page.click("button[aria-label='Zoom in']")
    assert magnification(page) > 10
    assert "Illkirch-Graffenstaden" in names(page)
    page.click("button[aria-label='Whole frame']")
    assert magnification(page) == 1
    assert page.locator(f"{WIDE} .m-marks circle").count() == number


def test_the_keyboard_magnifies_and_moves(page: Any) -> None:
    page.focus(".stage")
    page.keyboard.press("+")
    page.keyboard.press("+")
    before = page.get_attribute(f"{WIDE} .m-under", "transform")
    assert magnification(page) == pytest.approx(2.56)
    page.keyboard.press("ArrowLeft")
    assert page.get_attribute(f"{WIDE} .m-under", "transform") != before
    page.keyboard.press("Escape")
    assert magnification(page) == 1
    top = page.evaluate("scrollY")
    # The page scrolls again; on a busy machine a key may come before the picture let go of it.
    while page.evaluate("scrollY") <= top:
        page.keyboard.press("ArrowDown")


def test_the_wheel_is_the_pages_unless_a_key_is_held(page: Any) -> None:
    page.hover(WIDE)
    page.mouse.wheel(0, -200)
    page.wait_for_selector(".m-hint")
    assert magnification(page) == 1
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    until(page, f"document.querySelector('{WIDE} .m-under').hasAttribute('transform')")
    assert magnification(page) > 1


def test_a_mark_of_one_place_leads_to_its_row(page: Any) -> None:
    for _ in range(6):
        page.click("button[aria-label='Zoom in']")
    page.click(f"{WIDE} circle[data-row='at-strasbourg']")
    until(page, "location.hash === '#at-strasbourg'")


def test_a_filter_acts_without_loading_the_page(page: Any) -> None:
    page.evaluate("window.kept = true")
    page.select_option("#alliance", "eucor")
    page.wait_for_url("**alliance=eucor**")
    assert page.evaluate("window.kept") is True
    rows = page.eval_on_selector_all("tbody tr[id]", "all => all.map(row => row.id)")
    assert set(rows) == {
        *("at-strasbourg", "at-freiburg-im-breisgau", "at-karlsruhe", "at-mulhouse", "at-basel")
    }
    assert "alliance=eucor" in page.get_attribute(".tools a", "href")
    assert "within 150 km" in page.text_content("form.facets [role=status]").replace("\u00a0", " ")
    # The new drawing moves as the old one did, and the address gives the same view.
    page.click("button[aria-label='Zoom in']")
    assert magnification(page) == pytest.approx(1.6)
    page.reload()
    assert page.eval_on_selector("#alliance", "select => select.value") == "eucor"


def test_another_centre_comes_with_the_button(page: Any) -> None:
    page.fill("#near", "Nancy")
    page.fill("#km", "40")
    page.press("#km", "Enter")
    page.wait_for_url("**near=Nancy**")
    assert "of Nancy" in page.inner_text("figcaption strong").replace("\u00a0", " ")


def test_nothing_moves_when_the_widget_comes(page: Any) -> None:
    shift = page.evaluate(
        """() => new Promise(done => new PerformanceObserver(list =>
          done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
          .observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 300))"""
    )
    assert shift < 0.01


@pytest.mark.parametrize("width", turn((320, 820, 1440), 0))
def test_all_stands_without_script(open_page: OpenPage, real_site: Site, width: int) -> None:
    opened = open_page(real_site, width=width, scripts=False)
    for path in ("/map?lang=de", "/funding?lang=de"):
        opened.goto(path)
        assert opened.locator("figure.picture svg:visible").count() >= 1
    opened.goto("/map?lang=en")
    opened.select_option("#alliance", "unigr")
    opened.fill("#km", "100")
    opened.click("form.facets button")
    assert "alliance=unigr" in opened.url
    assert "100 km of Strasbourg" in opened.inner_text("figcaption strong").replace("\u00a0", " ")


def test_the_newcomer_finds_members_and_money(open_page: OpenPage, real_site: Site) -> None:
    opened = open_page(real_site, width=1000)
    opened.goto("/?lang=en")
    opened.click("nav.sections a[href^='/map']")
    caption = opened.inner_text("figcaption").replace("\u00a0", " ")
    assert "Four of seven members have their seat within 150 km of Strasbourg" in caption
    assert "University of Lorraine (115 km)" in caption
    opened.goto("/?lang=en")
    opened.click("a[href^='/funding']")
    text = opened.inner_text("main").replace("\u00a0", " ")
    assert "France 2030: €30 million for ENACT" in text
    assert "ENACT press release of 22 May 2024" in text


def test_tiles_are_fetched_only_where_the_operator_says_so(
    browser: Any, real_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "map.js" not in Built.of(real_site.release.manifest).built:
        pytest.skip("the widgets are not bundled; run `make widgets` first")
    asked: list[str] = []
    policies: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=204)

    def follow(url: str) -> str:
        opened = browser.new_page(viewport={"width": 1200, "height": 1000})
        opened.route("http://tiles.invalid/**", answer)
        policies.append(opened.goto(url).headers["content-security-policy"])
        opened.wait_for_selector(".m-tools")
        text: str = opened.inner_text("figure.map")
        opened.close()
        return text

    follow(f"{real_site.url}/map?lang=en")
    assert asked == []
    monkeypatch.setenv("ENACT_GRAPH_TILES", "http://tiles.invalid/{z}/{x}/{y}.png")
    monkeypatch.setenv("ENACT_GRAPH_TILES_ATTRIBUTION", "The makers of maps")
    with running(real_site.release.path.parent) as (_, url):
        text = follow(f"{url}/map?lang=en")
    assert "Base map: The makers of maps" in text
    assert "img-src 'self' data:" in policies[0]
    assert "img-src http://tiles.invalid 'self' data:" in policies[1]
    assert asked
    assert all(part.isdigit() for part in asked[0].removesuffix(".png").split("/")[-3:])
