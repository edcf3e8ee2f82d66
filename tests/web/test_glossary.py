"""The terms for queries, over HTTP: in three languages, by prefixed name, cached by tag."""

from typing import Any

import pytest

from enact_graph import terms
from tests.conftest import Site

LABELS = {"fr": "objectif", "en": "target", "de": "Zielvorgabe"}


def told(site: Site, lang: str) -> dict[str, Any]:
    answer = site.get(f"/terms.json?lang={lang}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-language"] == lang
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("lang", terms.LANGUAGES)
def test_a_class_has_its_name_label_and_definition(real_site: Site, lang: str) -> None:
    members = told(real_site, lang)
    by_name = {t["name"]: t for t in members["terms"] if "name" in t}
    target = by_name["enact:Target"]
    assert (target["iri"], target["kind"]) == (terms.ENACT + "Target", "class")
    assert target["label"] == LABELS[lang]
    assert target["gloss"].endswith(".")
    assert target["uses"] > 5
    assert by_name["org:member"]["kind"] == "property"
    assert by_name["v:role-member"]["kind"] == "concept"


def test_every_term_of_the_ontology_is_there_with_a_label(real_site: Site) -> None:
    rows = real_site.get(
        "/sparql?format=json&query=SELECT%20DISTINCT%20%3Fs%20WHERE%20%7B%20GRAPH%20%3Chttps%3A%2F"
        "%2Fw3id.org%2Fenact-graph%2Fgraph%2Fontology%3E%20%7B%20%3Fs%20a%20%3Ft%20%7D%20%7D"
    ).json()["results"]["bindings"]
    defined = {row["s"]["value"] for row in rows if "ontology#" in row["s"]["value"]}
    found = {t["iri"]: t for t in told(real_site, "de")["terms"]}
    assert len(defined) > 50
    assert defined <= set(found)
    assert all(found[iri].get("label") for iri in defined)


def test_the_prefixes_are_those_of_the_project_and_the_most_used_comes_first(site: Site) -> None:
    members = told(site, "en")
    assert members["prefixes"] == terms.PREFIXES
    uses = [t["uses"] for t in members["terms"]]
    assert uses == sorted(uses, reverse=True)
    assert uses[0] > 0


def test_it_is_the_same_again_and_kept_by_its_tag(site: Site) -> None:
    first = site.get("/terms.json?lang=fr")
    again = site.get("/terms.json?lang=fr", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert "Accept-Language" in first.headers["vary"]
    assert site.get("/terms.json?lang=fr").content == first.content
    assert site.get("/terms.json", accept_language="de").json()["language"] == "de"


def test_another_language_is_refused_by_name(site: Site) -> None:
    answer = site.get("/terms.json?lang=it")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "lang")
