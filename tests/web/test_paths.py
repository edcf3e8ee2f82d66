"""The path finder over HTTP: chains that SPARQL gives as well, names, limits, languages."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from enact_graph.terms import ID, LANGUAGES
from tests.conftest import Site
from tests.present.outline import outline

PAIRS = [
    ("aist", "chru-de-nancy"),
    ("universite-de-lorraine", "dfki"),
    ("gilles-simon", "universite-de-strasbourg"),
    ("inria", "loria"),
    ("nancy", "france-2030"),
    ("serena-ivaldi", "trier-university"),
]


def ask(site: Site, start: str, end: str, **more: str) -> dict[str, Any]:
    fields = urlencode({"from": start, "to": end, "lang": "en", **more})
    answer = site.get(f"/path.json?{fields}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def rows(site: Site, query: str) -> list[dict[str, str]]:
    answer = site.get("/sparql?" + urlencode({"query": query}), "application/sparql-results+json")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    if "boolean" in told:
        return [{}] if told["boolean"] else []
    return [{k: v["value"] for k, v in row.items()} for row in told["results"]["bindings"]]


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_each_chain_is_an_answer_of_its_query(real_site: Site, start: str, end: str) -> None:
    found = ask(real_site, start, end)
    assert found["ways"]
    for way in found["ways"]:
        stops = {f"stop{n}": s["iri"] for n, s in enumerate(way["stops"][1:-1], 1)}
        nodes = {f"tie{n}": ties[0]["node"] for n, ties in enumerate(way["steps"], 1)}
        wanted = stops | {k: v for k, v in nodes.items() if v}
        given = rows(real_site, way["sparql"])
        assert any(all(row.get(k) == v for k, v in wanted.items()) for row in given), way["sparql"]
        assert parse_qs(urlsplit(way["answer"]).query)["query"] == [way["sparql"]]
        alike = {s["iri"] for s in way["alike"]}
        assert not alike or alike <= {row[f"stop{way['alike_at']}"] for row in given}


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_the_way_back_has_the_same_lengths_and_reads_the_other_way(
    real_site: Site, start: str, end: str
) -> None:
    there, back = ask(real_site, start, end), ask(real_site, end, start)
    assert [w["length"] for w in there["ways"]] == [w["length"] for w in back["ways"]]
    first = there["ways"][0]
    for turned in back["ways"]:
        if [s["iri"] for s in turned["stops"]] == [s["iri"] for s in first["stops"]][::-1]:
            for ties, others in zip(first["steps"], reversed(turned["steps"]), strict=True):
                assert {t["forward"] for t in ties} != {t["forward"] for t in others} or (
                    len({t["forward"] for t in ties}) > 1
                )


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("aist", "aist"),
        ("  AIST ", "aist"),
        ("CHRU de Nancy", "chru-de-nancy"),
        ("chu nancy", "chru-de-nancy"),
        ("Universität Straßburg", "universite-de-strasbourg"),
        ("universite de lorraine", "universite-de-lorraine"),
        (ID + "dfki", "dfki"),
        ("http://127.0.0.1:8000/doc/dfki.ttl", "dfki"),
        ("https://w3id.org/enact-graph/network/inria", "inria"),
        ("https://ror.org/01703db54", "aist"),
    ],
)
def test_a_thing_is_meant_by_slug_address_identifier_or_name(
    real_site: Site, text: str, slug: str
) -> None:
    assert ask(real_site, text, "france-2030")["from"]["iri"] == ID + slug


def test_hubs_are_avoided_and_the_chain_through_one_comes_last(real_site: Site) -> None:
    ways = ask(real_site, "aist", "chru-de-nancy")["ways"]
    assert [bool(w["hubs"]) for w in ways] == [False] * (len(ways) - 1) + [True]
    assert ways[-1]["hubs"] == [ID + "enact"]
    assert ways[-1]["length"] == 2 < ways[0]["length"]
    through = ask(real_site, "aist", "chru-de-nancy", avoid="none")["ways"]
    assert through[0]["hubs"] == [ID + "enact"]
    without = ask(real_site, "aist", "chru-de-nancy", avoid="none,enact")["ways"]
    assert not any(ID + "enact" in w["hubs"] for w in without)
    assert not any(
        s["iri"] == ID + "cnrs"
        for w in ask(real_site, "aist", "chru-de-nancy", avoid="cnrs")["ways"]
        for s in w["stops"]
    )


def test_relation_nodes_are_steps_and_never_stops(real_site: Site) -> None:
    for start, end in PAIRS:
        for way in ask(real_site, start, end)["ways"]:
            nodes = {t["node"] for ties in way["steps"] for t in ties}
            assert nodes.isdisjoint({s["iri"] for s in way["stops"]})
            assert all(t["graphs"] for ties in way["steps"] for t in ties)
            assert {t["origin"] for ties in way["steps"] for t in ties} <= {
                *("stated", "curated", "inferred", "disputed"),
            }


def test_a_membership_reads_with_role_dates_and_source(real_site: Site) -> None:
    way = ask(real_site, "universite-de-lorraine", "eureca-pro")["ways"][0]
    tie = way["steps"][0][0]
    assert (tie["reading"], tie["start"]) == ("is a member of", "2022-09-27")
    back = ask(real_site, "eureca-pro", "universite-de-lorraine")["ways"][0]["steps"][0][0]
    assert back["reading"] == "has as a member"
    page = real_site.get("/path?from=universite-de-lorraine&to=eureca-pro&lang=en").text
    assert "since 27\u00a0September 2022" in page or "since 27 September 2022" in page
    assert 'class="mark' in page


def test_as_of_a_day_only_ties_of_that_day_count(real_site: Site) -> None:
    assert ask(real_site, "tu-kaiserslautern", "unigr", max="1")["ways"]
    assert not ask(real_site, "tu-kaiserslautern", "unigr", max="1", at="2024-01-01")["ways"]


def test_what_the_graph_does_not_say_is_said(real_site: Site) -> None:
    answer = real_site.get("/path?from=aist&to=chru-de-nancy&max=1&lang=en")
    assert answer.status_code == 200
    assert "The graph does not relate AIST and" in answer.text
    assert "only that none of our sources" in answer.text
    assert ask(real_site, "aist", "chru-de-nancy", max="1")["ways"] == []


def test_a_name_of_several_things_gives_a_choice_that_leads_on(real_site: Site) -> None:
    answer = real_site.get("/path?from=university&to=chru-de-nancy&lang=en")
    notice = answer.text.partition('class="notice')[2].partition("</ul>")[0]
    choices = re.findall(r'href="(/path\?from=[^"&]+&amp;to=chru-de-nancy[^"]*)"', notice)
    assert len(choices) > 1
    assert "Reliés" not in answer.text
    assert real_site.get(choices[0].replace("&amp;", "&")).status_code == 200
    nobody = real_site.get("/path?from=qqqqqq&to=aist&lang=de").text
    assert "Nichts trägt den Namen" in nobody
    told = real_site.get("/path.json?from=university&to=aist")
    assert told.status_code == 400
    assert told.json()["nearest"]
    assert real_site.get("/path.json?from=aist").json()["parameter"] == "to"


@pytest.mark.parametrize(
    "fields",
    ["max=0", "max=9", "max=x", "at=yesterday", "at=2024-13-01", "lang=xx"],
)
def test_a_limit_that_is_none_is_refused_by_name(real_site: Site, fields: str) -> None:
    answer = real_site.get(f"/path?from=aist&to=dfki&{fields}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == fields.partition("=")[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_well_formed_in_each_language_and_keeps_its_question(
    real_site: Site, lang: str
) -> None:
    for fields in (
        "from=aist&to=chru-de-nancy",
        "from=aist",
        "",
        "from=university&to=zzz",
        "from=aist&to=aist",
    ):
        answer = real_site.get(f"/path?{fields}&lang={lang}")
        assert answer.status_code == (400 if "zzz" in fields else 200)
        assert answer.headers["content-language"] == lang
        assert "Accept-Language" in answer.headers["vary"]
        seen = outline(answer.text)
        assert seen.headings.count(1) == 1
        assert len(seen.ids) == len(set(seen.ids))
    page = real_site.get(f"/path?from=aist&to=chru-de-nancy&max=5&lang={lang}").text
    switches = [
        h for h in outline(page).links if h.startswith("?") or ("path?" in h and "lang=" in h)
    ]
    assert any("from=aist" in h and "max=5" in h for h in switches)


def test_a_hostile_name_stays_text(real_site: Site) -> None:
    bad = '"><script>alert(1)</script>'
    page = real_site.get("/path?" + urlencode({"from": bad, "to": "aist"})).text
    assert "<script>alert" not in page


def test_the_sentence_reads_from_stop_to_stop(real_site: Site) -> None:
    way = ask(real_site, "inria", "loria")["ways"][0]
    assert way["sentence"].startswith("Inria ")
    assert json.dumps(way)
    assert way["length"] == 1


def test_a_question_is_answered_from_the_memory_of_the_server(real_site: Site) -> None:
    path = "/path?from=dfki&to=chru-de-nancy&lang=en"
    first, again = real_site.get(path), real_site.get(path)
    assert first.content == again.content
    assert real_site.get(path, if_none_match=first.headers["etag"]).status_code == 304
