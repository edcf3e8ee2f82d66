"""No page weighs more than a phone on a slow line can fetch at once, pictures left aside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

import pytest

from tests.browser.pages import PAGES
from tests.conftest import Site
from tests.strata import turn

#: What a page may weigh as it comes over the line: itself, style sheets, scripts and fonts.
LIMIT = 150_000
#: The page itself, as a browser has to read it.
HTML = 150_000
CODINGS = "gzip, zstd"
#: Known to be heavy, beside one of each kind.
HEAVY = [
    "/list/organisations",
    "/list/publishers",
    "/list/concepts?page=2",
    "/doc/inria",
    "/doc/universite-de-strasbourg",
    "/doc/enact-funding-france-2030",
    "/doc/strasbourg",
    "/doc/france",
    "/source/press-release-2024-05-22-p11",
    "/source/webtimemedias-2024-05-22-3ia-cote-dazur",
    "/graph/ontology",
    "/graph/provenance",
    "/graph/vocabulary",
    "/vocab/kind",
    "/vocab/precision-day",
    "/vocab/precision-year",
    "/vocab/precision-year?part=2",
    "/vocab/scheme-ror",
]
KINDS = [path for kind, path in PAGES.items() if kind not in ("nothing there", "query at fault")]
LOADED = re.compile(r'<(?:link rel="stylesheet"|script)[^>]*? (?:href|src)="(/static/[^"]+)"')
#: What a script needs at once; what it asks for later, as `import(…)`, comes when it is used.
IMPORTED = re.compile(r'(?:\bfrom|\bimport) ?"\./([^"]+\.js)"')
FACE = re.compile(r"@font-face\s*{([^}]*woff2[^}]*)}")
HEADINGS = re.compile(r"<(h[1-4])\b.*?</\1>", re.DOTALL)
FULL_NAME = re.compile(r'<p class="full".*?</p>', re.DOTALL)


@dataclass(frozen=True)
class Face:
    """A font that a style sheet declares, and the characters it is declared for."""

    address: str
    family: str
    weight: str
    ranges: tuple[tuple[int, int], ...]

    def covers(self, character: str) -> bool:
        return any(start <= ord(character) <= end for start, end in self.ranges)


def wanted(declared: Sequence[Face], page: str) -> set[str]:
    """The fonts that a browser needs for a page: titles are in the serif, all else is not.

    Where several cover a character, the one declared last is taken.
    """
    found = set()
    for family, weight in {(f.family, f.weight) for f in declared}:
        told = page
        if "Serif" in family:
            pattern = HEADINGS if weight == "600" else FULL_NAME
            told = "".join(m.group() for m in pattern.finditer(page))
        group = [f for f in declared if (f.family, f.weight) == (family, weight)]
        for character in set(unescape(re.sub(r"<[^>]*>", "", told))):
            fitting = [f.address for f in group if f.covers(character)]
            found |= set(fitting[-1:])
    return found


def faces(style: str) -> Iterator[Face]:
    for block in FACE.findall(style):
        told = dict(part.split(":", 1) for part in block.split(";") if ":" in part)
        told = {key.strip(): value.strip() for key, value in told.items()}
        file = re.search(r'([^/"(]+\.woff2)', told["src"])
        assert file
        ranges = [r.strip()[2:].split("-") for r in told["unicode-range"].split(",")]
        yield Face(
            "/static/" + file[1],
            told["font-family"],
            told["font-weight"],
            tuple((int(r[0], 16), int(r[-1], 16)) for r in ranges),
        )


def fetched(site: Site, address: str, cache: dict[str, int]) -> int:
    """The bytes that come over the line for an address, fetched as a browser asks for it."""
    if address not in cache:
        headers = {"Accept": "text/html, */*;q=0.1", "Accept-Encoding": CODINGS}
        with site.client.stream("GET", address, headers=headers) as answer:
            assert answer.status_code == 200, address
            cache[address] = sum(len(chunk) for chunk in answer.iter_raw())
    return cache[address]


def loads(site: Site, page: str) -> set[str]:
    """Style sheets and scripts of a page, and the fonts of the sheets that its text needs."""
    found = {unescape(a) for a in LOADED.findall(page)}
    waiting = [a for a in found if a.endswith(".js")]
    while waiting:
        needed = {"/static/" + name for name in IMPORTED.findall(site.get(waiting.pop()).text)}
        waiting += needed - found
        found |= needed
    body = page[page.index("<body") :]
    for sheet in [a for a in found if a.endswith(".css")]:
        found |= wanted(list(faces(site.get(sheet).text)), body)
    return found


@pytest.fixture(scope="module")
def cache() -> dict[str, int]:
    return {}


@pytest.mark.parametrize("address", [*KINDS, *HEAVY])
def test_a_page_with_all_it_loads_is_light(
    real_site: Site, address: str, cache: dict[str, int]
) -> None:
    joint = "&" if "?" in address else "?"
    for lang in turn(("fr", "de"), [*KINDS, *HEAVY].index(address)):
        asked = f"{address}{joint}lang={lang}"
        page = real_site.get(asked, "text/html")
        assert page.status_code == 200
        assert len(page.content) <= HTML, (asked, len(page.content))
        beside = loads(real_site, page.text)
        if address != "/report":
            assert any(a.endswith(".css") for a in beside), asked
        weight = {a: fetched(real_site, a, cache) for a in (asked, *beside)}
        assert sum(weight.values()) <= LIMIT, (asked, weight)
