"""Without JavaScript the portal says and offers the same."""

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.pages import PAGES, address
from tests.conftest import Site


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_whole_without_script(open_page: OpenPage, real_site: Site, kind: str) -> None:
    """It says what it says with script, each form can be sent, and each control does something."""
    bare, full = open_page(real_site, scripts=False), open_page(real_site)
    for page in (bare, full):
        page.goto(address(kind, "fr"))
    said = [" ".join(page.locator("h1, h2, h3").all_inner_texts()) for page in (bare, full)]
    assert said[0] == said[1]
    assert len(bare.locator("main").inner_text()) > 80
    for form in bare.locator("form").all():
        assert form.get_attribute("method") in (None, "get", "post")
        assert form.locator("button:not([type=button])").count() >= 1, form.get_attribute("action")
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
