"""The pictures of the documentation are made by the test run and show whole pages.

`make pictures` keeps them in docs/pictures; without it they go to a temporary folder.
"""

import os
from pathlib import Path
from typing import Final

import pytest

from tests.browser.conftest import OpenPage
from tests.conftest import Site

#: File to address, width and colours.
PICTURES: Final = {
    "home": ("/?lang=en", 1440, "light"),
    "home-narrow": ("/?lang=fr", 360, "light"),
    "consortium": ("/doc/enact?lang=fr", 1440, "light"),
    "alliance-dark": ("/doc/unigr?lang=de", 1440, "dark"),
    "quality": ("/quality?lang=fr", 1440, "light"),
    "sparql": ("/sparql?lang=en", 1440, "light"),
}
HEIGHT: Final = 1000


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_of_a_page(
    open_page: OpenPage, real_site: Site, name: str, tmp_path: Path
) -> None:
    address, width, scheme = PICTURES[name]
    page = open_page(real_site, width=width, scheme=scheme)
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(address, wait_until="networkidle")
    folder = Path(os.environ.get("ENACT_GRAPH_PICTURES", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.png"
    page.screenshot(path=file)
    header = file.read_bytes()[:24]
    size = int.from_bytes(header[16:20]), int.from_bytes(header[20:24])
    assert size == (width, HEIGHT)
    assert file.stat().st_size > 15_000, "a page with nothing on it"
