"""The page to ask in SPARQL, over HTTP: answers by name, faults in words, programs that run."""

import html
import os
import re
import shutil
import subprocess
import sys
from urllib.parse import urlencode

import pytest

from enact_graph import terms
from enact_graph.present.words import Labels
from enact_graph.settings import Settings
from enact_graph.sparql.diagnostics import SAID
from tests.conftest import Site
from tests.patience import PATIENCE
from tests.present.outline import outline

HTML = "text/html"
MEMBERS = """PREFIX enact: <https://w3id.org/enact-graph/ontology#>
PREFIX id: <https://w3id.org/enact-graph/id/>
SELECT ?member ?note WHERE {
  id:enact enact:hasMember ?member .
  BIND("it's \\"quoted\\"" AS ?note)
} ORDER BY ?member"""
GRAPH = 'CONSTRUCT { <urn:a> <urn:b> "l\'été" } WHERE { }'


def page(site: Site, query: str, lang: str = "en", status: int = 200) -> str:
    answer = site.get("/sparql?" + urlencode({"query": query, "lang": lang}), HTML)
    assert answer.status_code == status
    outline(answer.text)
    return answer.text


def programs(text: str) -> dict[str, str]:
    """The programs on a page, by title."""
    found = re.findall(r'aria-label="(curl|Python|R)"><code>(.*?)</code>', text, re.DOTALL)
    return {title: html.unescape(code) for title, code in found}


@pytest.mark.parametrize(
    ("lang", "name"),
    [("fr", "Université de Lorraine"), ("en", "University of Lorraine")],
)
def test_things_in_an_answer_have_their_name_and_lead_to_their_page(
    real_site: Site, lang: str, name: str
) -> None:
    text = page(real_site, MEMBERS, lang)
    assert f'<a href="/doc/universite-de-lorraine?lang={lang}">{name}</a>' in text
    assert "it's &#34;quoted&#34;" in text or "it’s" in text


def test_what_has_no_name_keeps_its_short_form(site: Site) -> None:
    text = page(site, "SELECT ?s { VALUES ?s { <https://w3id.org/enact-graph/id/nobody> } }")
    assert "<code>id:nobody</code>" in text


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "Ligne 2, colonne 6\u00a0: «\u00a0}\u00a0» n’a pas sa place ici"),
        ("en", "Line 2, column 6: “}” does not belong here"),
        ("de", "Zeile 2, Spalte 6: „}“ gehört nicht hierher"),
    ],
)
def test_a_fault_is_told_in_the_language_with_its_place(site: Site, lang: str, said: str) -> None:
    text = page(site, "SELECT * {\n  ?s }", lang, 400)
    assert said in text
    assert 'id="problem" data-line="2" data-column="6"' in text
    assert 'aria-invalid="true" aria-describedby="problem"' in text


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "Ligne 1, colonne 31\u00a0: ?s a déjà une valeur là où ce BIND lui en donne une"),
        ("en", "Line 1, column 31: ?s has a value already where this BIND gives it one"),
        ("de", "Zeile 1, Spalte 31: ?s hat schon einen Wert, wo dieses BIND einen gibt"),
    ],
)
def test_a_fault_of_a_known_kind_is_told_in_the_language(site: Site, lang: str, said: str) -> None:
    assert said in page(site, "SELECT * { ?s ?p ?o BIND(1 AS ?s) }", lang, 400)


def test_the_english_words_of_the_page_are_those_of_the_problem_document() -> None:
    table = Labels.load().table
    told = {key: table[f"sparql.wrong.{key}"]["en"] for key in SAID}
    assert told == SAID


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "Personne ici ne connaît la fonction"),
        ("en", "Nobody here knows the function"),
        ("de", "Niemand kennt hier die Funktion"),
    ],
)
def test_a_silent_answer_has_a_hint_in_the_language(site: Site, lang: str, said: str) -> None:
    assert said in page(site, "SELECT (<urn:f>(1) AS ?x) {}", lang)
    assert "notice" not in page(site, "SELECT (1 AS ?x) {}", lang)


def test_having_without_rows_has_a_hint_with_the_expression_to_write(site: Site) -> None:
    asked = "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s HAVING(?n > 1)"
    assert "Write COUNT(?o) there instead" in page(site, asked)
    assert "there instead" not in page(site, asked.replace("?n > 1", "COUNT(?o) > 1"))


def test_a_mark_before_a_query_is_left_out_in_form_and_field(site: Site) -> None:
    text = page(site, "\ufeffSELECT * { ?s }", status=400)
    assert 'data-line="1" data-column="15"' in text
    assert "\ufeff" not in text


def test_a_prefix_that_is_not_declared_is_told_with_its_cure(site: Site) -> None:
    text = html.unescape(page(site, "SELECT * { ?s org:member ?o }", "de", 400))
    assert "das Präfix org: ist nicht erklärt; ergänzen Sie PREFIX org: <http" in text


def test_what_may_stand_at_a_place_is_told_in_the_language(site: Site) -> None:
    text = page(site, "SELECT * WHERE ?s ?p ?o }", "fr", 400)
    assert "attendu ici\u00a0: {" in text


@pytest.mark.parametrize("lang", terms.LANGUAGES)
def test_a_limit_is_told_with_what_helps(site: Site, lang: str) -> None:
    text = page(site, "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", lang, 403)
    cure = {"fr": "Ici, on ne fait que lire", "en": "Here one only reads", "de": "nur gelesen"}
    assert cure[lang] in text


def test_the_form_names_every_format_and_a_file_comes_in_it(site: Site) -> None:
    text = page(site, GRAPH)
    keys = re.findall(r'<option value="(\w*)">', text)
    assert keys[0] == ""
    assert {"csv", "tsv", "json", "xml", "turtle", "jsonld", "ntriples", "trig"} <= set(keys)
    for key in keys[1:]:
        query = GRAPH if key not in ("csv", "tsv") else "SELECT ?a { VALUES ?a { 1 } }"
        sent = site.get("/sparql?" + urlencode({"query": query, "format": key}), HTML)
        assert sent.status_code == 200, key
        assert 'filename="enact-graph-' in sent.headers["content-disposition"], key
    for href in re.findall(r'<li><a href="(/sparql\?[^"]*format=\w+[^"]*)"', text):
        sent = site.get(html.unescape(href), HTML)
        assert sent.headers["content-disposition"].startswith("attachment; "), href
    empty = site.get("/sparql?" + urlencode({"query": GRAPH, "format": ""}), HTML)
    assert empty.headers["content-type"].startswith(HTML)


def test_the_link_to_share_leads_to_the_same_answer(site: Site) -> None:
    text = page(site, MEMBERS)
    found = re.search(r'<a class="share" href="([^"]+)"', text)
    assert found
    again = site.get(html.unescape(found[1]), HTML).text
    assert again == text


def test_a_query_too_long_for_an_address_has_no_link_that_would_fail(site: Site) -> None:
    query = "ASK { ?s ?p ?o } #" + "é" * 11_000
    answer = site.client.post("/sparql?lang=en", data={"query": query}, headers={"Accept": HTML})
    assert answer.status_code == 200
    assert "Too long for an address" in answer.text
    assert not re.search(r'href="/sparql\?[^"]*query=', answer.text.partition('id="bench"')[2])
    assert answer.text.count("é" * 11_000) == 1
    assert "%C3%A9" * 11_000 not in answer.text


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
@pytest.mark.parametrize(("query", "said"), [(MEMBERS, "it's"), (GRAPH, "l'été")])
def test_the_curl_command_runs_and_answers(site: Site, query: str, said: str) -> None:
    command = programs(page(site, query))["curl"]
    run = subprocess.run(
        ["sh", "-c", command.replace("curl ", "curl -sS --noproxy '*' ", 1)],
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    assert said in run.stdout.decode()


@pytest.mark.parametrize(("query", "said"), [(MEMBERS, "universite-de-lorraine"), (GRAPH, "l'été")])
def test_the_python_program_runs_and_answers(site: Site, query: str, said: str) -> None:
    program = programs(page(site, query))["Python"]
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        timeout=PATIENCE,
        env=os.environ | {"PYTHONUTF8": "1", "no_proxy": "*"},
    )
    assert said in run.stdout.decode()


def test_the_page_says_its_limits(site: Site) -> None:
    text = site.get("/sparql?lang=en", HTML).text
    limits = Settings()
    said = f"Read only, {limits.query_timeout:g} seconds, {limits.answer_rows:,} rows."
    assert said in text


def test_a_workbook_has_a_tag_in_each_language(site: Site) -> None:
    asked = "/sparql?" + urlencode({"query": MEMBERS, "format": "xlsx"})
    tags = {site.get(f"{asked}&lang={lang}").headers["etag"] for lang in terms.LANGUAGES}
    assert len(tags) == len(terms.LANGUAGES)
