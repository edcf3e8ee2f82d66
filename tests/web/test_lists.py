"""The lists over HTTP: facets, pages, tables, languages; what they hold, SPARQL finds, too."""

import csv
import io
import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest

from enact_graph import terms
from enact_graph.topics.lists.facets import PROLOGUE
from enact_graph.topics.lists.kinds import KINDS
from tests.conftest import Site
from tests.present.outline import outline

KEYS = [kind.key for kind in KINDS]


class Boxes(HTMLParser):
    """The facets of a list: facet, value, count, whether it is chosen."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, int, bool]] = []
        self._box: tuple[str, str, bool] | None = None
        self._counts = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "input" and named.get("type") == "checkbox":
            self._box = (named["name"] or "", named["value"] or "", "checked" in named)
        self._counts = tag == "span" and named.get("class") == "count" and self._box is not None

    def handle_data(self, data: str) -> None:
        if self._counts and self._box:
            facet, value, chosen = self._box
            self.found.append((facet, value, int(re.sub(r"\D", "", data)), chosen))
            self._box = None
        self._counts = False


def listed(page: str) -> list[str]:
    """The addresses of the entries of a page, in their order."""
    results = page[page.index('<ul class="results">') :] if '<ul class="results">' in page else ""
    return re.findall(r'<li><h2><a href="([^"?]+)', results)


def found(site: Site, address: str) -> list[str]:
    """Every entry of a list, page after page."""
    entries: list[str] = []
    while address:
        page = site.get(address).text
        entries += listed(page)
        following = re.search(r'<a rel="next" href="([^"]+)"', page)
        address = unescape(following[1]) if following else ""
    return entries


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("lang", terms.LANGUAGES)
def test_each_list_is_a_sound_page_in_each_language(real_site: Site, key: str, lang: str) -> None:
    answer = real_site.get(f"/list/{key}?lang={lang}")
    assert answer.status_code == 200
    assert answer.headers["content-language"] == lang
    assert "accept-language" in answer.headers["vary"].lower()
    outline(answer.text)
    assert listed(answer.text)
    assert "{" not in re.sub(r"<[^>]*>", "", answer.text)


@pytest.mark.parametrize("key", KEYS)
def test_a_list_holds_the_things_of_the_graph_each_once(real_site: Site, key: str) -> None:
    kind = next(k for k in KINDS if k.key == key)
    query = f"{PROLOGUE} SELECT DISTINCT ?thing WHERE {{ {kind.pattern} }}"
    answer = real_site.client.post("/sparql", data={"query": query, "format": "csv"})
    wanted = [line for line in answer.text.split("\r\n")[1:] if line]
    shown = found(real_site, f"/list/{key}")
    assert len(shown) == len(set(shown))
    address = {w.replace(terms.ID, "/doc/").replace(terms.BASE, "/") for w in wanted}
    assert set(shown) == address


@pytest.mark.parametrize("key", KEYS)
def test_every_value_of_a_facet_shows_as_many_as_it_says(real_site: Site, key: str) -> None:
    boxes = Boxes(real_site.get(f"/list/{key}").text).found
    for facet, value, count, chosen in boxes[::4]:
        assert count > 0
        assert not chosen
        table = real_site.get(f"/list/{key}.json?{facet}={value}").json()
        assert table["found"] == count, (facet, value)


def test_values_of_one_facet_add_up_and_facets_narrow(real_site: Site) -> None:
    def entries(query: str) -> set[str]:
        found = real_site.get(f"/list/organisations.json?{query}").json()["items"]
        return {item["iri"] for item in found}

    germany, japan = entries("country=germany"), entries("country=japan")
    assert germany
    assert japan
    assert entries("country=germany&country=japan") == germany | japan
    universities = entries("kind=kind-university")
    assert entries("country=germany&kind=kind-university") == germany & universities


def test_counts_of_a_facet_are_those_with_the_others_applied(real_site: Site) -> None:
    page = real_site.get("/list/organisations?country=germany&kind=kind-university").text
    boxes = {(f, v): (n, c) for f, v, n, c in Boxes(page).found}
    assert boxes["country", "germany"][1]
    assert boxes["kind", "kind-university"][1]
    everywhere = real_site.get("/list/organisations.json?kind=kind-university").json()
    by_country = {v["key"]: v["count"] for v in everywhere["facets"]["country"]}
    assert {v: n for (f, v), (n, _) in boxes.items() if f == "country"} == by_country


def test_a_filter_that_is_applied_is_a_link_that_takes_it_away(real_site: Site) -> None:
    page = real_site.get("/list/organisations?country=germany&kind=kind-university&lang=fr").text
    applied = re.search(r'<ul class="applied">(.*?)</ul>', page, re.DOTALL)
    assert applied
    links = [unescape(a) for a in re.findall(r'href="([^"]+)"', applied[1])]
    left = {tuple(sorted(parse_qsl(urlsplit(a).query))) for a in links}
    assert left == {
        (("country", "germany"), ("lang", "fr")),
        (("kind", "kind-university"), ("lang", "fr")),
    }
    for address in links:
        assert real_site.get(address).status_code == 200


def test_a_change_of_language_keeps_the_choice_and_the_page(real_site: Site) -> None:
    page = real_site.get("/list/documents?language=fr&page=2&lang=fr").text
    switch = re.search(r'<a href="([^"]+)" lang="de"', page)
    assert switch
    assert dict(parse_qsl(urlsplit(unescape(switch[1])).query)) == {
        "language": "fr",
        "page": "2",
        "lang": "de",
    }


def test_pages_lead_from_one_to_the_next_and_no_further(real_site: Site) -> None:
    first = real_site.get("/list/documents")
    assert len(listed(first.text)) == 50
    assert 'rel="prev"' not in first.text
    last = re.search(r"(?:sur|of|von) (\d+)", first.text[first.text.index('class="turn"') :])
    assert last
    assert real_site.get(f"/list/documents?page={last[1]}").status_code == 200
    assert real_site.get(f"/list/documents?page={int(last[1]) + 1}").status_code == 404


@pytest.mark.parametrize("lang", terms.LANGUAGES)
def test_entries_stand_by_name_in_the_language(real_site: Site, lang: str) -> None:
    items = real_site.get(f"/list/places.json?lang={lang}").json()["items"]
    names = [item["name"] for item in items]
    plain = [re.sub("[^a-z ]", "", n.casefold().replace("ö", "o").replace("é", "e")) for n in names]
    latin = [p for n, p in zip(names, plain, strict=True) if n.isascii() and "-" not in n]
    assert latin == sorted(latin)
    assert ("Allemagne" if lang == "fr" else "Germany" if lang == "en" else "Deutschland") in names


@pytest.mark.parametrize("key", KEYS)
def test_the_tables_hold_the_same_as_the_page(real_site: Site, key: str) -> None:
    told = real_site.get(f"/list/{key}.json?lang=en").json()
    answer = real_site.get(f"/list/{key}.csv?lang=en")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [r["iri"] for r in rows] == [i["iri"] for i in told["items"]]
    assert [r["name"] for r in rows] == [i["name"] for i in told["items"]]
    assert told["found"] == told["total"] == len(rows)
    page = listed(real_site.get(f"/list/{key}?lang=en").text)
    addresses = [r["iri"].replace(terms.ID, "/doc/").replace(terms.BASE, "/") for r in rows]
    assert page == addresses[: len(page)]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/list/nothing", 404),
        ("/list/organisations.xml", 404),
        ("/list/organisations?kind=nothing", 400),
        ("/list/organisations?page=0", 400),
        ("/list/organisations?page=x", 400),
        ("/list/organisations?page=99999", 404),
        ("/list/organisations?lang=it", 400),
        ("/list/organisations.csv?colour=red", 400),
        # What others add to an address they share changes nothing.
        ("/list/organisations?utm_source=letter", 200),
        ("/list/organisations?kind=", 200),
    ],
)
def test_what_is_asked_wrongly_is_refused(site: Site, address: str, status: int) -> None:
    assert site.get(address).status_code == status


def test_the_overview_counts_what_the_lists_hold(real_site: Site) -> None:
    page = real_site.get("/list?lang=en").text
    cards = re.findall(
        r'<h3><a href="/list/([a-z]+)\?lang=en">[^<]*</a> <span class="count">([\d,]+)</span>', page
    )
    assert {key for key, _ in cards} == set(KEYS)
    for key, count in cards:
        total = real_site.get(f"/list/{key}.json").json()["total"]
        assert total == int(count.replace(",", "")), key


def test_a_graph_without_a_kind_leaves_it_out_of_the_overview(site: Site) -> None:
    page = site.get("/list?lang=en").text
    assert "/list/organisations?" in page
    assert "/list/chairs?" not in page
    empty = site.get("/list/chairs?lang=en")
    assert empty.status_code == 200
    assert not listed(empty.text)


def test_an_answer_that_is_held_is_not_sent_again(site: Site) -> None:
    for address in ("/list", "/list/organisations", "/list/organisations.csv"):
        etag = site.get(address).headers["etag"]
        assert site.get(address, if_none_match=etag).status_code == 304


def test_a_table_begins_with_the_names_of_its_columns(site: Site) -> None:
    first, *lines = csv.reader(io.StringIO(site.get("/list/organisations.csv?lang=en").text))
    assert first[:3] == ["iri", "name", "description"]
    assert lines
    assert all(line[0].startswith(terms.ID) for line in lines)
