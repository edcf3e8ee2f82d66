"""The named questions: each answers as committed, on pyoxigraph and on rdflib."""

import csv
import io
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
import rdflib

from enact_graph.authoring import dataset, questions
from enact_graph.publishing.derived import ANSWERS, Derived
from enact_graph.release.questions import TOPICS, Question, find
from tests.authored import draw_conclusions
from tests.strata import some

ROOT = Path(__file__).parents[1]
QUESTIONS = questions.read(ROOT)

#: What rdflib cannot run, and why.
ONLY_PYOXIGRAPH: Final = {
    "members-near": "rdflib knows no function of GeoSPARQL",
}
#: What to do where the data have changed and an answer with them.
ANEW: Final = "the data have changed: `make data` writes the answers anew; review what changed"
#: The requirements: what the graph must be able to answer.
NUMBERS: Final = range(1, 41)


@pytest.fixture(scope="module")
def derived() -> Derived:
    return draw_conclusions()


@pytest.fixture(scope="module")
def store(derived: Derived) -> ox.Store:
    return derived.store


@pytest.fixture(scope="module")
def second_opinion(store: ox.Store) -> rdflib.Dataset:
    made = rdflib.Dataset(default_union=True)
    lines = "\n".join(f"{quad} ." for quad in dataset.named(store))
    made.parse(data=lines, format="nquads")
    return made


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def by_pyoxigraph(store: ox.Store, query: str) -> list[list[str]]:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    answer = found.serialize(format=ox.QueryResultsFormat.CSV)
    assert answer is not None
    return rows(answer.decode())


def by_rdflib(data: rdflib.Dataset, query: str) -> list[list[str]]:
    answer = data.query(query).serialize(format="csv")
    assert answer is not None
    return rows(answer.decode())


def committed(question: Question) -> list[list[str]]:
    return rows((ROOT / ANSWERS / f"{question.name}.csv").read_text("utf-8"))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_a_question_answers_as_committed(question: Question, derived: Derived) -> None:
    expected = committed(question)
    assert len(expected) > 1, "an answer without a row proves nothing"
    assert rows(derived.answer(question.text)) == expected, ANEW


@pytest.mark.parametrize(
    "question",
    some((q for q in QUESTIONS if q.name not in ONLY_PYOXIGRAPH), 0.5),
    ids=lambda q: q.name,
)
def test_another_engine_gives_the_same_answer(
    question: Question, second_opinion: rdflib.Dataset
) -> None:
    assert by_rdflib(second_opinion, question.text) == committed(question), ANEW


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_no_answer_says_the_same_twice(question: Question) -> None:
    answer = committed(question)
    assert len({tuple(row) for row in answer}) == len(answer)


def test_every_committed_answer_has_its_question() -> None:
    assert {p.stem for p in (ROOT / ANSWERS).glob("*.csv")} == {q.name for q in QUESTIONS}
    assert {q.name for q in QUESTIONS} == {p.stem for p in (ROOT / "queries").glob("*.rq")}


def test_every_requirement_has_its_question() -> None:
    assert {q.number for q in QUESTIONS if q.number} == set(NUMBERS)
    assert {q.topic for q in QUESTIONS} == set(TOPICS)


def test_what_one_engine_cannot_run_is_among_the_questions() -> None:
    assert set(ONLY_PYOXIGRAPH) <= {q.name for q in QUESTIONS}


def first_column(store: ox.Store, name: str, **values: str) -> list[str]:
    answer = by_pyoxigraph(store, find(QUESTIONS, name).fill(values))
    return [row[0].rpartition("/")[2] for row in answer[1:]]


def test_membership_is_asked_as_of_a_day(store: ox.Store) -> None:
    before = set(first_column(store, "members-on-date", day="2022-06-30"))
    after = set(first_column(store, "members-on-date", day="2023-06-30"))
    assert before - after == {"tu-kaiserslautern"}
    assert after - before == {"rptu-kaiserslautern-landau"}


@pytest.mark.parametrize(
    ("day", "number", "joined"),
    [
        ("2019-12-31", 0, set()),
        ("2022-04-25", 7, set()),
        ("2022-06-30", 8, {"hasselt-university"}),
        ("2023-06-30", 9, {"hasselt-university", "universite-de-lorraine"}),
    ],
)
def test_an_alliance_grows(store: ox.Store, day: str, number: int, joined: set[str]) -> None:
    members = set(first_column(store, "members-on-date", organisation="id:eureca-pro", day=day))
    assert len(members) == number
    assert joined <= members


def test_members_joined_since_a_day(store: ox.Store) -> None:
    answer = by_pyoxigraph(
        store, find(QUESTIONS, "arrivals-and-departures").fill({"since": "2023-01-01"})
    )
    assert answer[1:]
    assert all(row[0] >= "2023-01-01" for row in answer[1:])
    assert len(answer) < len(committed(find(QUESTIONS, "arrivals-and-departures")))


def test_names_come_in_the_language_asked_for(store: ox.Store) -> None:
    members = find(QUESTIONS, "members")
    names = {
        lang: [row[1] for row in by_pyoxigraph(store, members.fill({"lang": lang}))[1:]]
        for lang in ("fr", "en", "de")
    }
    assert names["en"] == [row[1] for row in committed(members)[1:]]
    assert "Université de Lorraine" in names["fr"]
    assert names["de"] not in (names["fr"], names["en"])
    assert len(names["de"]) == len(names["fr"]) == len(names["en"])


def test_a_radius_and_a_centre_can_be_chosen(store: ox.Store) -> None:
    assert first_column(store, "members-near", radius="50") == [
        "hopitaux-universitaires-de-strasbourg",
        "universite-de-strasbourg",
    ]
    assert set(first_column(store, "members-near", centre="id:paris", radius="30")) == {
        "cnrs",
        "inria",
        "inserm",
    }
