"""The reader and the checks of query files."""

import re
from pathlib import Path

import pytest

from enact_graph.authoring import questions
from enact_graph.authoring.findings import Finding
from enact_graph.authoring.sources import Sources
from enact_graph.terms import LANGUAGES
from tests.authored import read_sources

ROOT = Path(__file__).parents[2]
HEAD = """\
# title@fr: Quoi ?
# title@en: What?
# title@de: Was?
# about@fr: Tout.
# about@en: All.
# about@de: Alles.
# topic: trust
# question: 7
# param: day date @fr Jour @en Day @de Tag
"""
QUERY = """\
PREFIX id: <https://w3id.org/enact-graph/id/>
PREFIX schema: <https://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

SELECT ?s WHERE {
  VALUES ?day { "2023-06-30"^^xsd:date }
  ?s ?p id:enact . # id:enough is only a remark, VALUES ?day { 7 } too
  ?s schema:startDate ?from .
  FILTER(?from <= ?day && ?s != "id:nothing")
}
"""


@pytest.fixture(scope="module")
def real() -> Sources:
    return read_sources()


def check(real: Sources, root: Path, text: str) -> list[Finding]:
    """What is wrong with one query file, beside the real sources."""
    folder = root / "queries"
    folder.mkdir()
    (folder / "asked.rq").write_text(text, "utf-8")
    beside = Sources(root, real.files, real.statements, real.shapes, real.faults)
    return list(questions.check(beside))


def test_a_question_is_read(real: Sources, tmp_path: Path) -> None:
    assert check(real, tmp_path, HEAD + QUERY) == []
    (asked,) = questions.read(tmp_path)
    assert (asked.name, asked.topic, asked.number) == ("asked", "trust", 7)
    assert asked.titles == {"fr": "Quoi ?", "en": "What?", "de": "Was?"}
    assert asked.abouts["de"] == "Alles."
    assert asked.text == QUERY
    (day,) = asked.parameters
    assert (day.name, day.kind, day.default) == ("day", "date", "2023-06-30")
    assert day.titles == {"fr": "Jour", "en": "Day", "de": "Tag"}
    assert '"2021-01-01"' in asked.fill({"day": "2021-01-01"})


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "said"),
    [
        ("# title@de: Was?\n", "", "query-text", 1, "title"),
        ("# about@fr: Tout.\n", "", "query-text", 1, "about"),
        ("# topic: trust", "# topic: weather", "query-topic", 1, "weather"),
        ("# topic: trust\n", "", "query-topic", 1, "–"),
        ("# question: 7", "# question: seven", "query-head", 1, "seven"),
        ("# topic: trust", "# topik: trust", "query-head", 7, "topik"),
        ("@de Tag", "", "query-text", 9, "de"),
        ("day date", "day hour", "query-type", 9, "hour"),
        ("VALUES ?day {", "VALUES ?other {", "query-default", 9, "day"),
        ("?s ?p id:enact", "VALUES ?day { 7 } ?s ?p id:enact", "query-default", 9, "day"),
        ('"2023-06-30"^^xsd:date', "7", "query-value", 15, "7"),
        ('"2023-06-30"^^xsd:date', "id:enact", "query-value", 15, "id:enact"),
        ("FILTER(", "FILTR(", "query-syntax", 18, "expected"),
        ("xsd:date", "xs:date", "query-syntax", 15, "Prefix not found"),
        ("id:enact", "id:enat", "dangling-iri", 16, "id:enat"),
        (" id:enact", " <https://w3id.org/enact-graph/id/enat>", "dangling-iri", 16, "id:enat"),
        ("schema:startDate", "schema:startDat", "unknown-reused-term", 17, "startDat"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    real: Sources, tmp_path: Path, old: str, new: str, code: str, line: int, said: str
) -> None:
    text = HEAD + QUERY
    assert old in text
    found = [f for f in check(real, tmp_path, text.replace(old, new, 1)) if f.code == code]
    assert found, f"no {code}"
    assert found[0].place is not None
    assert (found[0].place.file, found[0].place.line) == ("queries/asked.rq", line)
    assert found[0].severity == "violation"
    for language in LANGUAGES:
        assert said in found[0].message(language) + found[0].remedy(language)


def test_an_unknown_term_of_the_ontology_is_named_with_the_nearest(
    real: Sources, tmp_path: Path
) -> None:
    wrong = QUERY.replace("?s ?p id:enact", "?s a <https://w3id.org/enact-graph/ontology#Targt>")
    (found,) = check(real, tmp_path, HEAD + wrong)
    assert found.code == "unknown-term"
    assert "enact:Targt" in found.message("en")
    assert "enact:Target" in found.remedy("en")


def test_a_file_that_is_no_text_is_a_finding(real: Sources, tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries/asked.rq").write_bytes((HEAD + QUERY).encode("utf-16"))
    beside = Sources(tmp_path, real.files, real.statements, real.shapes, real.faults)
    (found,) = questions.check(beside)
    assert found.code == "not-utf-8"


def test_a_file_with_windows_line_ends_says_the_same(real: Sources, tmp_path: Path) -> None:
    text = (HEAD + QUERY).replace("\n", "\r\n")
    assert check(real, tmp_path, text) == []
    assert questions.read(tmp_path)[0].text == QUERY


def test_where_there_is_no_query_there_is_no_question(tmp_path: Path) -> None:
    assert questions.read(tmp_path) == ()


def test_every_parameter_is_used_beside_its_default() -> None:
    unused = [
        (question.name, parameter.name)
        for question in questions.read(ROOT)
        for parameter in question.parameters
        if len(re.findall(rf"[?$]{parameter.name}\b", question.text)) < 2
    ]
    assert unused == []


def test_questions_come_by_topic_then_number_then_name() -> None:
    real = questions.read(ROOT)
    assert real == questions.ordered(reversed(real))
    assert [q.name for q in real[:2]] == ["identity", "members"]


def test_a_prefix_of_the_project_means_in_a_query_what_it_means_elsewhere(
    real: Sources, tmp_path: Path
) -> None:
    text = HEAD + QUERY.replace("<https://schema.org/>", "<http://schema.org/>")
    (found,) = check(real, tmp_path, text)
    assert found.code == "prefix-namespace"
    assert found.place
    assert found.place.line == HEAD.count("\n") + 2
    assert "https://schema.org/" in found.message("en")
