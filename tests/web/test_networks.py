"""The network of a thing over HTTP: the same ties in picture, table, JSON, CSV and SPARQL."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest

from enact_graph.terms import ID, LANGUAGES
from tests.conftest import Site
from tests.present.outline import outline
from tests.web.test_paths import rows

SVG = "{http://www.w3.org/2000/svg}"


def table(site: Site, address: str) -> list[dict[str, str]]:
    answer = site.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.parametrize("slug", ["enact", "inria", "unigr", "emmanuel-vincent", "nancy"])
def test_all_forms_tell_the_same_ties(real_site: Site, slug: str) -> None:
    told = real_site.get(f"/network/{slug}.json?lang=en").json()
    lines = table(real_site, f"/network/{slug}.csv?lang=en")
    assert [t["thing"] for t in told["ties"]] == [line["thing"] for line in lines]
    page = real_site.get(f"/network/{slug}?lang=en").text
    listed = page.partition("<tbody")[2]
    names = {line["name"] for line in lines}
    shown = set(re.findall(r'<th scope="row"><a href="(/doc/[^"?]+)', listed))
    assert shown == {"/doc/" + t["thing"].removeprefix(ID) for t in told["ties"]}
    drawn = real_site.get(f"/network/{slug}.svg?lang=en")
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    texts = [t.text or "" for t in ElementTree.fromstring(drawn.text).iter(SVG + "text")]
    long = [n for n in names if len(n) < 40 and n not in texts]
    assert not long or any("more, in the list" in t for t in texts)


def test_the_members_are_those_of_sparql(real_site: Site) -> None:
    asked = rows(
        real_site,
        "PREFIX enact: <https://w3id.org/enact-graph/ontology#>"
        " PREFIX id: <https://w3id.org/enact-graph/id/>"
        " SELECT ?m WHERE { id:enact enact:hasMember ?m }",
    )
    lines = table(real_site, "/network/enact.csv?kind=member&lang=en")
    members = {x["thing"] for x in lines if x["role"].endswith(("role-member", "role-lead"))}
    assert {row["m"] for row in asked} <= members


def test_every_tie_of_a_node_is_stated_by_its_graphs(real_site: Site) -> None:
    for line in table(real_site, "/network/loria.csv"):
        assert line["graphs"]
        if line["node"]:
            found = rows(
                real_site,
                f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ <{line['node']}> ?p ?o }} }}",
            )
            assert set(line["graphs"].split()) <= {row["g"] for row in found}


def test_kinds_and_days_narrow_it(real_site: Site) -> None:
    every = table(real_site, "/network/unigr.csv")
    members = table(real_site, "/network/unigr.csv?kind=member,agreement")
    assert {line["kind"] for line in members} == {"member"}
    assert len(members) < len(every)
    names = {x["thing"] for x in table(real_site, "/network/unigr.csv?kind=member&at=2020-01-01")}
    assert ID + "tu-kaiserslautern" in names
    today = {x["thing"] for x in table(real_site, "/network/unigr.csv?kind=member&at=2024-01-01")}
    assert ID + "tu-kaiserslautern" not in today
    empty = real_site.get("/network/unigr?kind=function&lang=en")
    assert "No tie of University of the Greater Region" in empty.text


def test_a_thing_is_unfolded_in_place_and_folded_again(real_site: Site) -> None:
    page = real_site.get("/network/chru-de-nancy?lang=en").text
    links = re.findall(r'class="unfold" data-of="[^"]+" href="([^"]+)"', page)
    opened = real_site.get(links[0].replace("&amp;", "&")).text
    assert 'class="inner"' in opened
    assert page.count("<tr") < opened.count("<tr")
    assert "fold University" in opened or "fold " in opened


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_well_formed_in_each_language(real_site: Site, lang: str) -> None:
    for path in ("/network/enact", "/network/dfki?open=inria", "/network/nancy?kind=place"):
        joint = "&" if "?" in path else "?"
        answer = real_site.get(f"{path}{joint}lang={lang}")
        assert answer.headers["content-language"] == lang
        seen = outline(answer.text)
        assert seen.headings.count(1) == 1
        assert len(seen.ids) == len(set(seen.ids))
        assert not any("style" in attributes for _, attributes in seen.elements)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/network/nothing-of-the-kind", 404),
        ("/network/enact-membership-inria", 404),
        ("/network/inria.xlsx", 404),
        ("/network/inria?kind=friends", 400),
        ("/network/inria?at=then", 400),
    ],
)
def test_what_there_is_not_is_refused(real_site: Site, path: str, status: int) -> None:
    assert real_site.get(path).status_code == status


def test_a_drawing_alone_carries_its_style_under_the_policy(real_site: Site) -> None:
    answer = real_site.get("/network/inria.svg")
    assert "'sha256-" in answer.headers["content-security-policy"]
    assert "<style>" in answer.text


def test_things_lead_to_their_network_and_ties_do_not(real_site: Site) -> None:
    assert 'href="/network/inria?lang=en"' in real_site.get("/doc/inria?lang=en", "text/html").text
    node = real_site.get("/doc/enact-membership-inria?lang=en", "text/html").text
    assert 'href="/network/enact-membership-inria' not in node
