"""The named queries: each answers as committed, on pyoxigraph and on rdflib."""

import csv
import io
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from enact_graph.build import dataset, describe
from enact_graph.build.infer import infer, rules
from enact_graph.build.sources import load
from enact_graph.terms import LANGUAGES

ROOT = Path(__file__).parents[1]
QUERIES = sorted((ROOT / "queries").glob("*.rq"))
ANSWERS = ROOT / "tests/answers"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = dataset.collect(s.quad for s in load(ROOT).statements)
    infer(made, rules(), describe.about(made).issued)
    return made


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


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_a_named_query_answers_as_committed(
    query: Path, store: ox.Store, second_opinion: rdflib.Dataset
) -> None:
    text = query.read_text("utf-8")
    expected = rows((ANSWERS / f"{query.stem}.csv").read_text("utf-8"))
    assert len(expected) > 1, "an answer without a row proves nothing"
    assert by_pyoxigraph(store, text) == expected
    assert by_rdflib(second_opinion, text) == expected


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_a_named_query_says_what_it_asks_in_three_languages(query: Path) -> None:
    titles = dict(re.findall(r"^# title@(\w+): (.+)$", query.read_text("utf-8"), re.MULTILINE))
    assert list(titles) == list(LANGUAGES)


def test_every_committed_answer_has_its_query() -> None:
    assert {p.stem for p in ANSWERS.glob("*.csv")} == {p.stem for p in QUERIES}
