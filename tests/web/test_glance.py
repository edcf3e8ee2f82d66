"""The tree of the home page as files."""

import csv
import io
import xml.etree.ElementTree as ET
from base64 import b64encode
from hashlib import sha256

import pytest

from enact_graph import terms
from tests.conftest import Site

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("lang", terms.LANGUAGES)
def test_the_drawing_stands_alone(real_site: Site, lang: str) -> None:
    answer = real_site.get(f"/glance.svg?lang={lang}")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["content-language"] == lang
    drawing = ET.fromstring(answer.text)
    assert drawing.findtext(f"{SVG}title")
    style = drawing.findtext(f"{SVG}style") or ""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]
    links = [a.get("href", "") for a in drawing.iter(f"{SVG}a")]
    assert len(links) > 30
    assert all(link.startswith(terms.BASE) for link in links)


def test_the_table_names_each_under_its_group(real_site: Site) -> None:
    answer = real_site.get("/glance.csv?lang=en")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    members = [r["name"] for r in rows if r["group"] == "Members of the consortium"]
    assert len(members) == 7
    assert members[0] == "University of Lorraine, lead"


def test_the_page_links_to_both(real_site: Site) -> None:
    page = real_site.get("/?lang=fr", "text/html").text
    for form in ("svg", "csv"):
        assert f'href="/glance.{form}?lang=fr"' in page
    assert real_site.get("/glance.pdf").status_code == 404
