"""Without JavaScript the portal says and offers the same."""

import pytest

from enact_graph.terms import LANGUAGES
from tests.browser.conftest import OpenPage
from tests.browser.pages import LAID_OUT, PAGES, address
from tests.conftest import Site
from tests.strata import some, turn
from tests.web.tree import tree


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_says_all_and_its_forms_can_be_sent_without_script(
    real_site: Site, kind: str
) -> None:
    page = tree(real_site.get(address(kind, *turn(LANGUAGES, 0)[:1]), "text/html").text)
    main = page.first("main")
    assert main
    assert len(main.text) > 80
    for form in page.every("form"):
        assert form.attributes.get("method") in (None, "get", "post")
        sent = [b for b in form.every("button") if b.attributes.get("type") != "button"]
        assert sent, form.attributes.get("action")


@pytest.mark.parametrize("kind", some(LAID_OUT, 1 / 4))
def test_a_page_is_whole_without_script(open_page: OpenPage, real_site: Site, kind: str) -> None:
    """It says what it says with script, and each control does something."""
    bare, full = open_page(real_site, scripts=False), open_page(real_site)
    for page in (bare, full):
        page.goto(address(kind, "fr"))
    said = [" ".join(page.locator("h1, h2, h3").all_inner_texts()) for page in (bare, full)]
    assert said[0] == said[1]
    assert len(bare.locator("main").inner_text()) > 80
    assert bare.locator("button[type=button]:visible").count() == 0


def test_the_head_finds_and_leads_without_script(open_page: OpenPage, real_site: Site) -> None:
    page = open_page(real_site, scripts=False, width=360)
    page.goto("/?lang=en")
    page.get_by_role("searchbox").fill("lorraine")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search?**")
    assert "lang=en" in page.url
    page.locator("main").get_by_role("link", name="University of Lorraine").first.click()
    page.wait_for_url("**/doc/universite-de-lorraine**")
