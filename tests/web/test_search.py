"""Searching over HTTP: the page, JSON, suggestions, and the description for browsers."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest

from enact_graph.lookup.groups import KINDS
from tests.conftest import Site

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


def page(site: Site, query: str, **headers: str) -> str:
    answer = site.get(f"/search?{query}", "text/html", **headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


def hits(html: str) -> list[str]:
    return re.findall(r'<h[23]><a href="(/[^"?]+)', html)


def test_hits_are_grouped_by_kind_with_the_reason(real_site: Site) -> None:
    html = page(real_site, "q=strasbourg&lang=fr")
    assert re.search(r"<h1>\d+ résultats pour «\xa0strasbourg\xa0»</h1>", html)
    assert html.index("Lieux") < html.index("Organisations") < html.index(">Documents")
    assert hits(html)[0] == "/doc/strasbourg"
    assert "Université de <mark>Strasbourg</mark></a>" in html
    assert "Trouvé dans le nom · aussi UNISTRA · ROR" in html
    assert 'lang="en">Academic site of ' in html
    assert html.count('class="group"') > 4
    assert 'value="strasbourg"' in html


@pytest.mark.parametrize(
    ("lang", "title"),
    [("fr", "résultats pour «"), ("en", "results for “nancy”"), ("de", "Ergebnisse für „nancy“")],
)
def test_the_page_is_in_three_languages_and_a_switch_keeps_the_place(
    real_site: Site, lang: str, title: str
) -> None:
    answer = real_site.get("/search?q=nancy&kind=place", "text/html", accept_language=lang)
    assert answer.headers["content-language"] == lang
    assert "Accept-Language" in answer.headers["vary"]
    assert title in answer.text
    assert 'href="?q=nancy&amp;kind=place&amp;lang=de"' in answer.text


def test_kinds_are_chosen_and_told_page_by_page(real_site: Site) -> None:
    first = page(real_site, "q=universite&kind=organisation&lang=fr")
    second = page(real_site, "q=universite&kind=organisation&lang=fr&page=2")
    assert len(hits(first)) == 20
    assert not set(hits(first)) & set(hits(second))
    assert 'rel="next" href="/search?q=universite&amp;kind=organisation&amp;page=2' in first
    assert 'rel="prev"' in second
    assert 'value="organisation" checked' in first
    both = page(real_site, "q=strasbourg&kind=organisation&kind=place&lang=fr")
    assert "retirer ce filtre" in both
    assert '<span class="icon i-place"></span>lieu' in both
    assert real_site.get("/search?q=universite&page=9999", "text/html").status_code == 404


def test_a_slip_is_forgiven_and_said(real_site: Site) -> None:
    html = page(real_site, "q=Universit%C3%A9+de+Lorrainne&lang=en")
    assert "Nothing bears exactly this name" in html
    assert hits(html)[0] == "/doc/universite-de-lorraine"


def test_nothing_found_leads_on(real_site: Site) -> None:
    html = page(real_site, "q=prefecture+xqzw+strasbourg&lang=de")
    assert "Kein Ergebnis für „prefecture xqzw strasbourg“" in html
    assert "/doc/strasbourg" in hits(html)
    assert 'href="/list?lang=de"' in html


def test_before_anything_is_asked_there_is_something_to_try(real_site: Site) -> None:
    html = page(real_site, "lang=en")
    tries = re.findall(r'<li><a href="(/search\?q=[^"]+)"', html)
    assert len(tries) > 3
    for address in tries:
        assert real_site.client.get(address.replace("&amp;", "&")).status_code in (200, 303)


@pytest.mark.parametrize(
    "text",
    ["https://ror.org/00pg6eq24", "00pg6eq24", "wikidata:Q157575", "id:universite-de-strasbourg"],
)
def test_an_identifier_leads_straight_to_its_thing(real_site: Site, text: str) -> None:
    answer = real_site.client.get("/search", params={"q": text, "lang": "de"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/doc/universite-de-strasbourg?lang=de"


def test_an_address_of_this_host_leads_there(real_site: Site) -> None:
    for path in ("/doc/nancy", "/vocab/role-member", "/ontology#Target"):
        answer = real_site.client.get("/search", params={"q": real_site.url + path})
        assert (answer.status_code, answer.headers["location"]) == (303, path)


def test_what_may_be_a_word_is_a_search(real_site: Site) -> None:
    for text in ("ENACT", "FR", "Strasbourg", "2030"):
        assert real_site.client.get("/search", params={"q": text}).status_code == 200


def test_what_is_asked_is_never_markup(site: Site) -> None:
    html = page(site, "q=%3Cscript%3Ealert(1)%3C/script%3E%22%27&lang=en")
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_json_tells_every_hit_with_the_reason(real_site: Site) -> None:
    answer = real_site.get("/search.json?q=HUS&lang=de")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"
    told = answer.json()
    assert (told["query"], told["language"], told["pages"]) == ("HUS", "de", 1)
    assert told["total"] == sum(told["kinds"].values())
    hit = told["hits"][0]
    assert hit["iri"].endswith("/id/hopitaux-universitaires-de-strasbourg")
    assert hit["page"] == real_site.url + "/doc/hopitaux-universitaires-de-strasbourg"
    assert hit["name"] == {"text": "Universitätsklinikum Straßburg", "language": "de"}
    assert hit["match"]["name"]["text"] == "HUS"
    by_code = real_site.get("/search.json?q=Q157575").json()["hits"][0]["match"]
    assert by_code == {"by": "identifier", "identifier": "Q157575", "scheme": "wikidata"}
    by_slip = real_site.get("/search.json?q=strasbuorg").json()["hits"][0]["match"]
    assert (by_slip["by"], by_slip["slips"]) == ("typo", 1)


def test_json_comes_in_parts_of_a_size(real_site: Site) -> None:
    told = real_site.get("/search.json?q=universite&kind=organisation&size=7&page=2").json()
    assert (len(told["hits"]), told["page"]) == (7, 2)
    assert {hit["kind"] for hit in told["hits"]} == {"organisation"}
    assert real_site.get("/search.json?q=").json()["hits"] == []


def test_a_table_has_every_hit_of_the_kinds_chosen(real_site: Site) -> None:
    query = "q=strasbourg&lang=fr&kind=organisation&kind=person"
    answer = real_site.get(f"/search.csv?{query}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    told = real_site.get(f"/search.json?{query}&size=100").json()["hits"]
    assert [row["iri"] for row in rows] == [hit["iri"] for hit in told]
    assert [row["by"] for row in rows] == [hit["match"]["by"] for hit in told]
    assert "Université de Strasbourg" in {row["matched"] for row in rows}
    assert "description" in {row["by"] for row in rows}
    codes = list(csv.DictReader(io.StringIO(real_site.get("/search.csv?q=Q157575").text)))
    assert [(row["by"], row["matched"]) for row in codes] == [("identifier", "Q157575")]
    assert real_site.get("/search.csv?q=").text.count("\n") == 1


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("q=" + "a" * 301, "q"),
        ("q=a&q=b", "q"),
        ("q=a&kind=nothing", "kind"),
        ("q=a&page=0", "page"),
        ("q=a&page=-1", "page"),
        ("q=a&page=1.5", "page"),
        ("q=a&page=%D9%A1", "page"),
        ("q=a&lang=xx", "lang"),
    ],
)
def test_a_wrong_parameter_is_named(site: Site, query: str, parameter: str) -> None:
    for path in ("/search", "/search.json"):
        answer = site.get(f"{path}?{query}", "application/json")
        assert answer.status_code == 400
        assert answer.json()["parameter"] == parameter


@pytest.mark.parametrize(
    "address",
    ["/search.json?q=a&size=101", "/suggest?q=a&size=21", "/suggest?q=a&size=0"],
)
def test_a_size_has_a_limit(site: Site, address: str) -> None:
    assert site.get(address).json()["parameter"] == "size"


def test_suggestions_are_in_the_form_browsers_know(real_site: Site) -> None:
    answer = real_site.get("/suggest?q=stras&lang=fr")
    assert answer.headers["content-type"] == "application/x-suggestions+json"
    text, names, gists, addresses = answer.json()
    assert text == "stras"
    assert names[0] == "Strasbourg"
    assert len(names) == len(gists) == len(addresses) == 8
    assert addresses[0] == real_site.url + "/doc/strasbourg"
    assert real_site.get("/suggest?q=").json() == ["", [], [], []]


def test_suggestions_for_programs_have_kinds_and_reasons(real_site: Site) -> None:
    answer = real_site.get("/suggest?q=hus&lang=en&size=3", "application/json")
    assert answer.headers["content-type"] == "application/json"
    assert "Accept" in answer.headers["vary"].split(", ")
    told = answer.json()
    assert told["status"] == "1 suggestion"
    assert told["kinds"] == {"organisation": {"label": "Organisations", "icon": "organisation"}}
    assert told["suggestions"][0]["match"]["name"]["text"] == "HUS"
    nothing = real_site.get("/suggest?q=xqzw&lang=en", "application/json").json()
    assert (nothing["status"], nothing["suggestions"]) == ("no suggestions", [])
    assert real_site.get("/suggest?q=a", "text/turtle").status_code == 406


@pytest.mark.parametrize("lang", ["fr", "en", "de"])
def test_a_browser_can_add_the_search(site: Site, lang: str) -> None:
    linked = re.search(
        r'<link rel="search" type="([^"]+)" href="([^"]+)"',
        site.get(f"/?lang={lang}", "text/html").text,
    )
    assert linked
    answer = site.get(linked[2])
    assert answer.headers["content-type"] == linked[1] == "application/opensearchdescription+xml"
    tree = ElementTree.fromstring(answer.text)
    assert tree.findtext(f"{NAMESPACE}ShortName") == "enact-graph"
    assert len(tree.findtext(f"{NAMESPACE}LongName") or "") <= 48
    assert tree.findtext(f"{NAMESPACE}Language") == lang
    urls = {
        url.get("type") or "": url.get("template") or "" for url in tree.findall(f"{NAMESPACE}Url")
    }
    assert set(urls) == {"text/html", "application/x-suggestions+json", "application/json"}
    for media_type, template in urls.items():
        assert template.startswith(site.url + "/")
        found = site.client.get(template.replace("{searchTerms}", "inri"))
        assert found.headers["content-type"].startswith(media_type)
        assert "inria" in found.text.lower()


def test_every_thing_that_is_found_has_a_page(real_site: Site) -> None:
    for kind in KINDS:
        for hit in real_site.get(f"/search.json?q=enact&kind={kind}&size=2").json()["hits"]:
            assert real_site.get(hit["page"], "text/html").status_code == 200, hit["page"]


def test_an_answer_held_is_not_sent_again(site: Site) -> None:
    for path in ("/search?q=inria", "/search.json?q=inria", "/suggest?q=inria", "/opensearch.xml"):
        held = site.get(path).headers["etag"]
        assert site.get(path, if_none_match=held).status_code == 304
