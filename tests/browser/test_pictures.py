"""The pictures of the documentation are made by the test run and show whole pages.

`make pictures` keeps them in docs/pictures; without it they go to a temporary folder.
"""

import os
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import pytest

from tests.browser.conftest import OpenPage
from tests.conftest import Site
from tests.strata import some

KINDS: Final = (
    "SELECT ?kind (COUNT(*) AS ?n) { ?s a ?kind } GROUP BY ?kind ORDER BY DESC(?n) LIMIT 8"
)
#: File to address, width and colours.
PICTURES: Final = {
    "home": ("/?lang=en", 1440, "light"),
    "home-narrow": ("/?lang=fr", 360, "light"),
    "consortium": ("/doc/enact?lang=fr", 1440, "light"),
    "alliance-dark": ("/doc/unigr?lang=de", 1440, "dark"),
    "map": ("/map?lang=fr", 1440, "light"),
    "map-dark": ("/map?lang=de&zoom=europe", 1440, "dark"),
    "funding": ("/funding?lang=fr", 1440, "light"),
    "path": ("/path?from=aist&to=chru-de-nancy&lang=fr", 1440, "light"),
    "network": ("/network/chru-de-nancy?lang=en", 1440, "light"),
    "alliances": ("/alliances?lang=fr", 1440, "light"),
    "timeline": ("/timeline?lang=de", 1440, "light"),
    "list": ("/list/organisations?lang=fr", 1440, "light"),
    "search": ("/search?q=strasbourg&lang=fr", 1440, "light"),
    "question": ("/queries/members-near?lang=fr", 1440, "light"),
    "sparql": (f"/sparql?lang=en&{urlencode({'query': KINDS})}", 1440, "light"),
    "correct": ("/correct?s=enact&g=press-release-2024-05-22-p16&lang=fr", 1440, "light"),
    "quality": ("/quality?lang=fr", 1440, "light"),
}
HEIGHT: Final = 1000
#: The folder where all of them are kept; else some are made, to see that they can be.
KEPT: Final = os.environ.get("ENACT_GRAPH_PICTURES")


@pytest.mark.parametrize("name", PICTURES if KEPT else some(PICTURES, 1 / 4))
def test_a_picture_of_a_page(
    open_page: OpenPage, real_site: Site, name: str, tmp_path: Path
) -> None:
    address, width, scheme = PICTURES[name]
    page = open_page(real_site, width=width, height=HEIGHT, scheme=scheme)
    page.goto(address)
    # The second time the fonts are at hand before anything is drawn.
    page.goto(address, wait_until="networkidle")
    folder = Path(KEPT or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.png"
    page.screenshot(path=file)
    header = file.read_bytes()[:24]
    size = int.from_bytes(header[16:20]), int.from_bytes(header[20:24])
    assert size == (width, HEIGHT)
    assert file.stat().st_size > 15_000, "a page with nothing on it"
