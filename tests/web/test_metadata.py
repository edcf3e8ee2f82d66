"""What a page tells those who share, cite or index it: lasting addresses, languages, a title."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from enact_graph import terms
from tests.browser.pages import PAGES, address
from tests.conftest import Site
from tests.strata import turn

#: Without an address of their own to share: the report is a file, the others are mistakes.
APART = {"validation report", "nothing there", "query at fault"}
LINK = re.compile(r'<link rel="(canonical|alternate)"(?: hreflang="([^"]+)")? href="([^"]+)">')
PROPERTY = re.compile(r'<meta property="(og:[^"]+)" content="([^"]*)">')


def fields(url: str) -> list[tuple[str, str]]:
    return sorted(parse_qsl(urlsplit(url).query, keep_blank_values=True))


@pytest.mark.parametrize("kind", [k for k in PAGES if k not in APART])
def test_a_page_names_its_lasting_address_in_each_language(real_site: Site, kind: str) -> None:
    page = real_site.get(address(kind, "de"), "text/html").text
    found = [(rel, tag, unescape(url)) for rel, tag, url in LINK.findall(page)]
    (lasting,) = [url for rel, _, url in found if rel == "canonical"]
    by_tag = {tag: url for rel, tag, url in found if rel == "alternate" and tag}
    assert set(by_tag) == {*terms.LANGUAGES, "x-default"}
    path = urlsplit(PAGES[kind]).path
    assert urlsplit(lasting).path == urlsplit(terms.BASE).path + path[1:]
    assert lasting == by_tag["de"]
    for tag, url in by_tag.items():
        assert url.startswith(terms.BASE)
        asked = [f for f in fields(url) if f[0] != "lang"]
        assert asked == [f for f in fields(lasting) if f[0] != "lang"]
        assert ("lang", tag) in fields(url) or tag == "x-default"
    # The same address here leads to the same page.
    for tag in turn(sorted(by_tag), list(PAGES).index(kind)):
        here = by_tag[tag].replace(terms.BASE, "/")
        answer = real_site.get(here, "text/html")
        assert answer.status_code == 200, here
        if tag in terms.LANGUAGES:
            assert answer.headers["content-language"] == tag


@pytest.mark.parametrize("kind", [k for k in PAGES if k not in APART])
def test_a_page_can_be_shared_with_title_and_words(real_site: Site, kind: str) -> None:
    page = real_site.get(address(kind, "fr"), "text/html").text
    told = {key: unescape(value) for key, value in PROPERTY.findall(page)}
    assert told["og:site_name"] == "enact-graph"
    assert told["og:locale"] == "fr_FR"
    assert told["og:type"] == ("website" if kind == "home" else "article")
    assert told["og:title"] in unescape(page[: page.index("</title>")])
    assert told["og:description"]
    assert told["og:url"].startswith(terms.BASE)
    assert page.count('<meta name="theme-color"') == 2


@pytest.mark.parametrize("path", ["/doc/inria", "/vocab/role", "/ontology", "/"])
def test_the_header_names_the_same_address_as_the_page(real_site: Site, path: str) -> None:
    answer = real_site.get(f"{path}?lang=fr", "text/html")
    (lasting,) = [unescape(u) for r, _, u in LINK.findall(answer.text) if r == "canonical"]
    assert f'<{lasting}>; rel="canonical"' in answer.headers["link"]


def test_a_page_without_an_address_of_its_own_names_none(real_site: Site) -> None:
    page = real_site.get("/nothing-of-the-kind?lang=fr", "text/html").text
    assert 'rel="canonical"' not in page
    assert "x-default" not in page
    assert "og:url" not in page
