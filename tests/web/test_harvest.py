"""What harvesters and agents read: sitemap, robots.txt, llms.txt, security.txt."""

import re
from xml.etree import ElementTree as Xml

import pytest

from enact_graph.terms import LANGUAGES
from enact_graph.topics.harvest import address as harvest
from tests.conftest import Site
from tests.strata import some, turn

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def urls(body: bytes) -> dict[str, Xml.Element]:
    root = Xml.fromstring(body)
    assert root.tag == f"{MAP}urlset"
    found = [(url.findtext(f"{MAP}loc") or "", url) for url in root]
    assert len(dict(found)) == len(found), "a page is there twice"
    return dict(found)


def test_the_sitemap_names_every_page_once_in_every_language(real_site: Site) -> None:
    answer = real_site.get("/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    assert len(answer.content) < 50_000_000
    found = urls(answer.content)
    here = real_site.url
    assert {f"{here}/", f"{here}/about", f"{here}/cite", f"{here}/doc/enact"} <= set(found)
    assert f"{here}/source/press-release-2024-05-22-p05" in found
    assert len(found) <= harvest.PART
    for address, url in found.items():
        assert url.findtext(f"{MAP}lastmod") == real_site.release.manifest.issued
        told = {link.get("hreflang"): link.get("href") for link in url.findall(LINK)}
        assert told == {
            **{tag: f"{address}?lang={tag}" for tag in LANGUAGES},
            "x-default": address,
        }


def test_a_page_of_the_sitemap_is_there_in_each_language(real_site: Site) -> None:
    found = sorted(urls(real_site.get("/sitemap.xml").content))
    for place, address in enumerate(some(found, 25 / len(found))):
        path = address.removeprefix(real_site.url)
        for tag in turn(LANGUAGES, place):
            answer = real_site.get(f"{path}?lang={tag}", "text/html")
            assert answer.status_code == 200, path
            assert answer.headers["content-language"] == tag, path


def test_a_large_sitemap_is_a_list_of_parts() -> None:
    root = Xml.fromstring(harvest.index(3, "https://a.example", "2026-11-24"))
    assert root.tag == f"{MAP}sitemapindex"
    assert [s.findtext(f"{MAP}loc") for s in root] == [
        f"https://a.example/sitemap-{n}.xml" for n in (1, 2, 3)
    ]
    part = urls(harvest.sitemap(["/a?b&c", "/d"], "https://a.example", "2026-11-24"))
    assert set(part) == {"https://a.example/a?b&c", "https://a.example/d"}


@pytest.mark.parametrize("part", ["1", "0", "-1", "x", "²", "99999999"])
def test_what_is_no_part_is_not_found(site: Site, part: str) -> None:
    assert site.get(f"/sitemap-{part}.xml").status_code == 404


def test_robots_are_led_to_the_sitemap_and_from_what_has_no_end(site: Site) -> None:
    text = site.get("/robots.txt").text
    assert f"Sitemap: {site.url}/sitemap.xml" in text
    for path in ("/sparql?", "/correct?", "/search"):
        assert f"Disallow: {path}\n" in text


def test_llms_txt_is_one_title_and_links_that_lead_somewhere(real_site: Site) -> None:
    answer = real_site.get("/llms.txt")
    assert answer.headers["content-type"].startswith("text/markdown")
    text = answer.text
    assert re.match(r"# [^\n]+\n\n> [^\n]+\n", text)
    assert text.count("\n# ") == 0
    assert "&" not in re.sub(r"https?://\S+", "", text), "escaped as if it were HTML"
    assert real_site.release.manifest.digest in text
    for key in ("entities", "statements", "sources", "inferred"):
        assert str(real_site.release.manifest.counts[key]) in text
    addresses = set(re.findall(r"\]\((http[^)]+)\)", text))
    assert len(addresses) > 15
    for address in sorted(addresses):
        path = address.removeprefix(real_site.url)
        assert path != address
        assert real_site.get(path).status_code == 200, path
    for query in re.findall(r"```sparql\n(.*?)```", text, re.DOTALL):
        asked = {"query": f"{query} ASK {{}}"}
        assert real_site.client.get("/sparql", params=asked).status_code == 200


def test_without_a_contact_there_is_no_security_txt(site: Site) -> None:
    answer = site.get("/.well-known/security.txt")
    assert answer.status_code == 404
    assert "ENACT_GRAPH_CONTACT" in answer.json()["detail"]
