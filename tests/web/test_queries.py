"""The named questions over HTTP: each page, each stable address, values by type and by name."""

import csv
import io
import re
import zipfile
from urllib.parse import urlencode

import openpyxl
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql.results.rdfresults import RDFResultParser

from enact_graph.authoring import questions
from enact_graph.present.table import column_title
from enact_graph.present.words import Labels, Voice
from enact_graph.release.questions import Question, find
from enact_graph.site import parse
from enact_graph.terms import LANGUAGES, PREFIXES
from tests.conftest import ROOT, Site
from tests.present.outline import outline
from tests.strata import turn

QUESTIONS = questions.read(ROOT)
SITE = parse((ROOT / "data/site.toml").read_bytes())
SUFFIXES = {
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "ttl": "text/turtle; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def ask(question: str) -> Question:
    return find(QUESTIONS, question)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", [q.name for q in QUESTIONS])
def test_every_question_has_a_page_in_every_language(real_site: Site, name: str) -> None:
    for lang in turn(LANGUAGES, [q.name for q in QUESTIONS].index(name)):
        answer = real_site.get(f"/queries/{name}?lang={lang}", "text/html")
        assert answer.status_code == 200
        assert answer.headers["content-language"] == lang
        assert len(answer.content) < 150_000, f"{name} weighs {len(answer.content)} bytes"
        page = outline(answer.text)
        assert page.headings[0] == 1
        assert len(set(page.ids)) == len(page.ids)
        counted = Voice(Labels.load(), lang).count(
            "queries.rows", len(rows(real_site.get(f"/queries/{name}.csv?lang={lang}").text)) - 1
        )
        caption = re.search(r"<caption>([^<]*)</caption>", answer.text)
        assert caption
        assert caption[1].replace("\u202f", " ").startswith(counted.replace("\u202f", " "))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_has_a_title(lang: str) -> None:
    voice = Voice(Labels.load(SITE), lang)
    for question in QUESTIONS:
        head = (ROOT / f"tests/answers/{question.name}.csv").read_text("utf-8").splitlines()[0]
        for variable in head.split(","):
            said = column_title(voice, question.name, variable)
            # A title that is the variable itself is a word of the language that begins a line.
            assert said[0].isupper() or said == "km", (question.name, variable)


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "xml"])
def test_an_address_answers_what_sparql_answers(real_site: Site, suffix: str) -> None:
    for name in ("members", "members-on-date", "public-money", "evidence"):
        query = ask(name).spoken("de")
        asked = real_site.client.get("/sparql", params={"query": query, "format": suffix})
        answer = real_site.get(f"/queries/{name}.{suffix}?lang=de")
        assert answer.content == asked.content
        assert answer.headers["content-type"] == SUFFIXES[suffix]


def test_the_turtle_is_a_result_set_that_others_read(real_site: Site) -> None:
    for name in ("members", "progress", "axes"):
        graph = rdflib.Graph().parse(data=real_site.get(f"/queries/{name}.ttl").text)
        told = real_site.get(f"/queries/{name}.json").json()
        root = graph.value(predicate=rdflib.RDF.type, object=rdflib.URIRef(RS + "ResultSet"))
        assert root is not None
        parser = RDFResultParser()  # type: ignore[no-untyped-call]
        result = parser.parse(io.BytesIO(graph.serialize(format="nt").encode()))
        assert {str(v) for v in result.vars or ()} == set(told["head"]["vars"])
        ours = sorted(
            tuple(sorted((str(k), str(v)) for k, v in row.items())) for row in result.bindings
        )
        theirs = sorted(
            tuple(sorted((k, v["value"]) for k, v in row.items()))
            for row in told["results"]["bindings"]
        )
        assert ours == theirs


RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def test_the_workbook_holds_types_links_and_where_it_comes_from(real_site: Site) -> None:
    answer = real_site.get("/queries/coordination-terms.xlsx?lang=fr")
    assert answer.headers["content-type"] == SUFFIXES["xlsx"]
    assert answer.headers["content-disposition"] == (
        'attachment; filename="enact-graph-coordination-terms-fr.xlsx"'
    )
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet, about = book.worksheets
    head = [cell.value for cell in sheet[1]]
    assert head[0] == "Personne"
    plain = rows(real_site.get("/queries/coordination-terms.csv?lang=fr").text)
    assert sheet.max_row == len(plain)
    since = head.index("Depuis") + 1
    dated = [sheet.cell(n, since) for n in range(2, sheet.max_row + 1)]
    assert any(
        cell.is_date and cell.value.isoformat()[:4] == "2025" for cell in dated if cell.value
    )
    person = sheet.cell(2, 1)
    assert person.hyperlink.target == person.value == plain[1][0]
    told = {row[0].value: row[1].value for row in about.iter_rows()}
    assert told["Version"] == real_site.release.manifest.version
    assert told["Nom de la requête"] == "coordination-terms"
    assert told["Adresse"].endswith("/queries/coordination-terms.xlsx?lang=fr")
    assert told["Licence"].startswith("https://creativecommons.org/")


def test_a_workbook_is_the_same_file_each_time(real_site: Site) -> None:
    address = "/queries/money.xlsx?lang=de"
    first = real_site.get(address)
    again = real_site.client.get(address, headers={"Cache-Control": "no-cache"})
    assert first.content == again.content
    inside = zipfile.ZipFile(io.BytesIO(first.content))
    assert {info.date_time for info in inside.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    amounts = openpyxl.load_workbook(io.BytesIO(first.content)).worksheets[0]
    head = [cell.value for cell in amounts[1]]
    column = head.index("Betrag") + 1
    assert {type(amounts.cell(n, column).value) for n in range(2, amounts.max_row + 1)} <= {
        int,
        float,
        type(None),
    }


def test_a_thing_is_given_by_prefix_by_iri_by_slug_and_by_name(real_site: Site) -> None:
    ways = (
        "id:universite-de-lorraine",
        PREFIXES["id"] + "universite-de-lorraine",
        "universite-de-lorraine",
        "Université de Lorraine",
        "université de lorraine",
        "UNIVERSITÄT LOTHRINGEN",
        "University of Lorraine",
    )
    answers = {real_site.get("/queries/evidence.csv?" + urlencode({"thing": w})).text for w in ways}
    assert len(answers) == 1
    assert len(rows(answers.pop())) > 5


def test_values_left_empty_are_the_defaults(real_site: Site) -> None:
    plain = real_site.get("/queries/members-on-date.csv").text
    assert real_site.get("/queries/members-on-date.csv?organisation=&day=").text == plain
    other = real_site.get("/queries/members-on-date.csv?organisation=eucor").text
    assert other != plain
    assert "id/eucor" not in other  # its members, not itself
    assert "universite-de-strasbourg" in other


@pytest.mark.parametrize(
    ("address", "parameter", "words"),
    [
        ("members-on-date.csv?day=yesterday", "day", ["date", "2023-06-30"]),
        ("members-on-date.csv?day=2023-02-30", "day", ["date"]),
        ("members-near.csv?radius=far", "radius", ["decimal", "0.5"]),
        ("due-within-months.json?months=1.5", "months", ["integer"]),
        ("members-near.xlsx?centre=Atlantis", "centre", ["Atlantis", "an identifier"]),
        ("members-near.csv?centre=id:atlantis", "centre", ["id:atlantis"]),
        ("members-near.csv?centre=https://example.org/x", "centre", ["example.org"]),
        ("members.csv?lang=it", "lang", ["fr, en, de"]),
        ("members.csv?colour=red", "colour", ["no such parameter", "lang"]),
        ("members-near.csv?radius=1&radius=2", "radius", ["twice"]),
        ("members.csv?download=../x", "download", ["letters"]),
        ("members?part=none", "part", ["numbered"]),
    ],
)
def test_a_wrong_value_is_named_with_its_cure(
    real_site: Site, address: str, parameter: str, words: list[str]
) -> None:
    accept = "application/json" if "." in address.partition("?")[0] else "text/html"
    answer = real_site.get(f"/queries/{address}", accept)
    assert answer.status_code == 400
    if accept == "text/html":
        assert words[0] in answer.text
        return
    problem = answer.json()
    assert problem["type"].endswith("/bad-parameter")
    assert problem["parameter"] == parameter
    assert all(word in problem["detail"] for word in words), problem["detail"]


def test_the_form_says_what_is_wrong_beside_the_field(real_site: Site) -> None:
    answer = real_site.get("/queries/members-on-date?day=nonsense&lang=fr", "text/html")
    assert answer.status_code == 400
    field = re.search(r"<input[^>]*name=\"day\"[^>]*>", answer.text)
    assert field
    assert 'aria-invalid="true"' in field[0]
    assert 'value="nonsense"' in field[0]
    assert 'role="alert"' in answer.text
    assert "<table" not in answer.text


def test_a_question_that_is_not_there_names_the_nearest(real_site: Site) -> None:
    answer = real_site.get("/queries/membres.csv", "application/json")
    assert answer.status_code == 404
    assert "members" in answer.json()["detail"]
    assert real_site.get("/queries/members.doc", "application/json").status_code == 404


@given(
    name=st.sampled_from(["organisation", "day", "centre", "radius", "thing", "lang"]),
    value=st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [
                '" } UNION { ?s ?p ?o } #',
                "> } ; DROP ALL",
                "id:x> <y",
                "1 } VALUES ?x { 2",
                "\\u0022",
            ]
        ),
    ),
)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_value_becomes_part_of_a_query(site: Site, name: str, value: str) -> None:
    plain = site.get("/queries/members.json?lang=en")
    encoded = urlencode({name: value}, errors="surrogatepass")
    answer = site.get(f"/queries/members.json?{encoded}")
    if answer.status_code == 200:
        assert value in ("", "en", "fr", "de")
        if value in ("", "en"):
            assert answer.json() == plain.json()
    else:
        assert answer.status_code == 400, answer.text


def test_an_answer_held_is_not_sent_again(real_site: Site) -> None:
    for suffix in (*SUFFIXES, None):
        address = "/queries/members" + (f".{suffix}" if suffix else "") + "?lang=fr"
        accept = None if suffix else "text/html"
        answer = real_site.get(address, accept)
        held = real_site.get(address, accept, if_none_match=answer.headers["etag"])
        assert held.status_code == 304
        assert held.content == b""
        head = real_site.client.head(address, headers={"Accept": accept or "*/*"})
        assert head.content == b""
        assert head.headers["etag"] == answer.headers["etag"]


def test_values_and_languages_have_tags_of_their_own(real_site: Site) -> None:
    addresses = [
        "/queries/members.csv?lang=fr",
        "/queries/members.csv?lang=de",
        "/queries/members.tsv?lang=fr",
        "/queries/members-near.csv",
        "/queries/members-near.csv?radius=10",
    ]
    assert len({real_site.get(a).headers["etag"] for a in addresses}) == len(addresses)


def test_the_other_formats_are_linked_and_there(real_site: Site) -> None:
    answer = real_site.get("/queries/members-near.csv?centre=Nancy&lang=fr")
    found = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', answer.headers["link"])
    assert len(found) == 7
    for address, media_type in found:
        assert "centre=id:nancy" in address
        other = real_site.get(address, media_type)
        assert other.status_code == 200
        assert other.headers["content-type"].startswith(media_type)
    saved = answer.headers["content-disposition"]
    assert saved == 'attachment; filename="enact-graph-members-near-fr.csv"'
    named = real_site.get("/queries/members.json?download=mine").headers["content-disposition"]
    assert named == 'attachment; filename="mine.json"'


def test_one_address_serves_each_as_it_asks(real_site: Site) -> None:
    for accept, media_type in (
        ("text/html", "text/html"),
        ("text/csv", "text/csv"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        (SUFFIXES["xlsx"], SUFFIXES["xlsx"]),
        ("text/turtle", "text/turtle"),
        ("*/*", "application/sparql-results+json"),
    ):
        answer = real_site.get("/queries/members", accept)
        assert answer.headers["content-type"].startswith(media_type)
        assert "Accept" in answer.headers["vary"]
    assert real_site.get("/queries/members", "image/png").status_code == 406


def test_the_list_groups_all_and_finds_by_plain_words(real_site: Site) -> None:
    page = real_site.get("/queries?lang=fr", "text/html")
    links = [a for a in outline(page.text).links if a.startswith("/queries/")]
    assert len(links) == len(QUESTIONS)
    assert len(page.content) < 150_000
    found = real_site.get("/queries?lang=fr&find=membres+strasbourg", "text/html").text
    assert "/queries/members-near" in found
    assert found.count("/queries/") < page.text.count("/queries/")
    english = real_site.get("/queries?lang=fr&find=MONEY", "text/html").text
    assert "/queries/money" in english
    accents = real_site.get("/queries?lang=de&find=universite", "text/html").text
    assert "/queries/" in accents
    none = real_site.get("/queries?lang=en&find=xyzzy", "text/html").text
    assert "No question has these words." in none


def test_the_list_for_programs_leads_to_each_answer(real_site: Site) -> None:
    listed = real_site.get("/queries.json").json()["questions"]
    assert [q["name"] for q in listed] == [q.name for q in QUESTIONS]
    first = listed[0]
    for suffix, address in first["answers"].items():
        assert real_site.get(address).headers["content-type"] == SUFFIXES[suffix]
    assert {p["type"] for q in listed for p in q["parameters"]} >= {"language", "date", "iri"}


def test_names_amounts_and_dates_are_told_in_the_language(real_site: Site) -> None:
    french = real_site.get("/queries/money?lang=fr", "text/html").text
    assert "30\u00a0M€" in french
    assert ">près de</span>" in french or "près de" in french
    german = real_site.get("/queries/coordination-terms?lang=de", "text/html").text
    assert "Januar 2026" in german
    assert "1. Januar 2026" not in german, "the source knows the month alone"
    ratio = real_site.get("/queries/progress?lang=en", "text/html").text
    assert "× 2" in ratio


def test_a_row_tells_its_sources(real_site: Site) -> None:
    page = real_site.get("/queries/partners?lang=en", "text/html").text
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    lines = body.split("</tr>")[:-1]
    assert lines
    assert all('<details class="note">' in line for line in lines)
    assert "press-release-2024-05-22-p" in body


def test_a_long_table_comes_in_parts(real_site: Site) -> None:
    first = real_site.get("/queries/founders-of-bodies?lang=en", "text/html").text
    second = real_site.get("/queries/founders-of-bodies?lang=en&part=2", "text/html").text
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    shown = first.count("<tr>") - 1 + second.count("<tr>") - 1
    assert shown == len(rows(real_site.get("/queries/founders-of-bodies.csv").text)) - 1
    assert real_site.get("/queries/founders-of-bodies?part=9", "text/html").status_code == 404
