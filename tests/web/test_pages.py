"""The list of pages that browsers open in the tests has an example of each page there is."""

from httpx import URL
from starlette.routing import Match

from enact_graph.app import addresses
from enact_graph.web.openapi import PAGE
from tests.browser.pages import PAGES

#: Pages that are the same under another address, or are told of a kind of problem.
ALIKE = {"/download", "/problem/{slug}", "/vocab/", "/.well-known/void", "/void", "/catalog"}


def test_each_page_is_opened_in_a_browser() -> None:
    opened = [URL(path).path for path in PAGES.values()]
    missing = set()
    for address in addresses():
        if PAGE not in address.answers.get("200", {}).get("content", {}):
            continue
        if address.path.endswith(".{suffix}") or address.path.startswith("/ontology/"):
            continue  # the same page under the extension of its format, or of its version
        route = address.route()
        scopes = ({"type": "http", "method": "GET", "path": path} for path in opened)
        if not any(route.matches(scope)[0] is Match.FULL for scope in scopes):
            missing.add(address.path)
    assert missing == ALIKE
