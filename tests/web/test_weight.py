"""No page weighs more than a phone on a slow line can fetch at once, pictures left aside."""

import re
from html import unescape

import pytest

from tests.conftest import Site

#: What a page may weigh as it comes over the line: itself, style sheets, scripts and fonts.
LIMIT = 150_000
#: The page itself, as a browser has to read it.
PAGE = 150_000
CODINGS = "gzip, zstd"
#: Every kind of page, those of things by their kind, and the heaviest of each that are known.
PAGES = [
    "/",
    "/list",
    "/list/organisations",
    "/list/documents",
    "/list/publishers",
    "/list/concepts?page=2",
    "/doc/enact",
    "/doc/enact?part=2",
    "/doc/unigr",
    "/doc/universite-de-lorraine",
    "/doc/inria",
    "/doc/emmanuel-vincent",
    "/doc/gilles-simon",
    "/doc/france-2030",
    "/doc/enact-target-theses-2030",
    "/doc/enact-axis-1",
    "/doc/enact-funding-france-2030",
    "/doc/strasbourg",
    "/doc/france",
    "/source/press-release-2024-05-22",
    "/source/press-release-2024-05-22-p11",
    "/source/webtimemedias-2024-05-22-3ia-cote-dazur",
    "/graph/ontology",
    "/graph/provenance",
    "/graph/vocabulary",
    "/vocab",
    "/vocab/kind",
    "/vocab/role",
    "/vocab/precision-day",
    "/vocab/precision-year",
    "/vocab/precision-year?part=2",
    "/vocab/scheme-ror",
    "/ontology",
    "/shapes",
    "/shapes?of=Target",
    "/quality",
    "/report",
    "/download/",
    "/sparql",
]
LOADED = re.compile(r'<(?:link rel="stylesheet"|script)[^>]*? (?:href|src)="(/static/[^"]+)"')
IN_STYLE = re.compile(r'url\("?(/static/[^")]+\.woff2|\./[^")]+\.woff2|[^":)]+\.woff2)"?\)')


def fetched(site: Site, address: str, cache: dict[str, int]) -> int:
    """The bytes that come over the line for an address, fetched as a browser asks for it."""
    if address not in cache:
        headers = {"Accept": "text/html, */*;q=0.1", "Accept-Encoding": CODINGS}
        with site.client.stream("GET", address, headers=headers) as answer:
            assert answer.status_code == 200, address
            cache[address] = sum(len(chunk) for chunk in answer.iter_raw())
    return cache[address]


def loads(site: Site, page: str) -> set[str]:
    """Style sheets and scripts of a page, and the fonts that the sheets name."""
    found = {unescape(a) for a in LOADED.findall(page)}
    for sheet in [a for a in found if a.endswith(".css")]:
        for font in IN_STYLE.findall(site.get(sheet).text):
            found.add("/static/" + font.rpartition("/")[2])
    return found


@pytest.fixture(scope="module")
def cache() -> dict[str, int]:
    return {}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_with_all_it_loads_is_light(
    real_site: Site, address: str, cache: dict[str, int]
) -> None:
    joint = "&" if "?" in address else "?"
    for lang in ("fr", "de"):
        asked = f"{address}{joint}lang={lang}"
        page = real_site.get(asked, "text/html")
        assert page.status_code == 200
        assert len(page.content) <= PAGE, (asked, len(page.content))
        beside = loads(real_site, page.text)
        if address != "/report":
            assert any(a.endswith(".css") for a in beside), asked
        weight = {a: fetched(real_site, a, cache) for a in (asked, *beside)}
        assert sum(weight.values()) <= LIMIT, (asked, weight)
