"""The search box in a real browser: a combobox by keyboard, pointer and screen reader."""

from collections.abc import Iterator
from typing import Any

import pytest

from enact_graph.present.assets import Site as Built
from tests.browser.conftest import OpenPage
from tests.conftest import Site


def _is_built(public: Any) -> bool:
    return "search.js" in Built.of(public.manifest).built


@pytest.fixture
def page(open_page: OpenPage, real_site: Site) -> Iterator[Any]:
    if not _is_built(real_site.release):
        pytest.skip("the widgets are not bundled; run `make widgets` first")
    faults: list[str] = []
    opened = open_page(real_site, width=900, height=800, complaints=faults)
    opened.goto("/doc/nancy?lang=en")
    yield opened
    assert not faults


def write(page: Any, text: str) -> None:
    page.focus("#q")
    page.keyboard.type(text, delay=20)


def listed(page: Any, text: str) -> list[str]:
    write(page, text)
    page.wait_for_selector(f'.complete[data-text="{text}"] [role=option]')
    return list(page.locator("[role=option] b").all_inner_texts())


def active(page: Any) -> str | None:
    name: str | None = page.evaluate(
        "() => document.getElementById(document.getElementById('q')"
        ".getAttribute('aria-activedescendant'))?.querySelector('b').textContent ?? null"
    )
    return name


def test_options_are_grouped_and_named(page: Any) -> None:
    assert page.get_attribute("#q", "aria-expanded") == "false"
    options = listed(page, "strasb")
    assert options[0] == "Strasbourg"
    assert page.get_attribute("#q", "role") == "combobox"
    assert page.get_attribute("#q", "aria-expanded") == "true"
    controlled = page.get_attribute("#q", "aria-controls")
    assert page.get_attribute(f"#{controlled}", "role") == "listbox"
    assert page.get_attribute(f"#{controlled}", "aria-label") == "Suggestions"
    groups = page.locator(".find [role=group]")
    names = [
        page.inner_text("#" + groups.nth(n).get_attribute("aria-labelledby"))
        for n in range(groups.count())
    ]
    assert names[:2] == ["Places", "Organisations"]
    assert page.inner_text(".find [role=status]") == f"{len(options)} suggestions"


def test_the_keyboard_reaches_every_option_and_the_focus_stays(page: Any) -> None:
    options = listed(page, "strasb")
    assert active(page) is None
    steps = [("ArrowDown", 0), ("ArrowDown", 1), ("End", -1), ("ArrowDown", 0), ("ArrowUp", -1)]
    for key, place in [*steps, ("Home", 0)]:
        page.keyboard.press(key)
        assert active(page) == options[place], key
        assert page.evaluate("document.activeElement.id") == "q"
        assert page.locator("[role=option][aria-selected=true]").count() == 1


def test_enter_takes_the_option_in_the_language_of_the_page(page: Any) -> None:
    listed(page, "saarbru")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/doc/saarbruecken?lang=en")


def test_enter_without_an_option_sends_the_form(page: Any) -> None:
    listed(page, "strasb")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?lang=en&q=strasb")
    assert "results for “strasb”" in page.inner_text("h1")


def test_escape_closes_and_then_empties(page: Any) -> None:
    listed(page, "strasb")
    page.keyboard.press("Escape")
    assert not page.is_visible(".complete")
    assert page.get_attribute("#q", "aria-expanded") == "false"
    assert page.input_value("#q") == "strasb"
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.input_value("#q") == ""


def test_a_click_takes_and_leaving_closes(page: Any) -> None:
    listed(page, "nancy")
    page.keyboard.press("Tab")
    assert not page.is_visible(".complete")
    page.fill("#q", "")
    listed(page, "univ lorraine")
    page.click("[role=option] >> nth=0")
    page.wait_for_url("**/doc/universite-de-lorraine?lang=en")


def test_nothing_found_is_said_and_nothing_opens(page: Any) -> None:
    write(page, "xqzwv")
    page.wait_for_selector('.find [role=status]:text-is("no suggestions")')
    assert not page.is_visible(".complete")


def test_only_the_last_of_quick_words_is_asked_for(page: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if "/suggest" in r.url else None)
    page.focus("#q")
    page.keyboard.type("strasbourg", delay=5)
    page.wait_for_selector("[role=option]")
    assert len(asked) <= 3
    assert asked[-1].endswith("/suggest?q=strasbourg&lang=en")


@pytest.mark.parametrize("width", [320, 1440])
def test_the_list_stays_within_the_page(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    listed(page, "universi")
    box = page.locator(".complete").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.evaluate(
        "[...document.querySelectorAll('[role=option]')].map(o => o.getBoundingClientRect().height)"
    )
    assert min(heights) >= 24


def test_without_script_the_form_searches(open_page: OpenPage, real_site: Site) -> None:
    page = open_page(real_site, scripts=False)
    page.goto("/?lang=de")
    page.fill("#q", "Straßburg")
    page.press("#q", "Enter")
    page.wait_for_url("**/search?lang=de&q=*")
    assert page.get_attribute(".results a", "href") == "/doc/strasbourg?lang=de"
