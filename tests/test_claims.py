"""The 94 claims of the founding press release are carried by the data, each in its paragraph."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
import rdflib

from enact_graph.terms import GRAPH, PREFIXES, shorten

ROOT: Final = Path(__file__).resolve().parents[1]
DOCUMENTS: Final = ROOT / "data/documents/press-release-2024-05-22.trig"
CURATION: Final = ROOT / "data/curation.trig"
CLAIMS: Final = tuple(f"C{number:03}" for number in range(1, 95))
#: The claims that the second engine is asked about: those that carry a figure, a date or a hedge.
SAMPLE: Final = (
    "C001", "C004", "C009", "C010", "C023", "C047", "C049", "C055", "C072", "C077", "C085", "C092",
)  # fmt: skip
PROLOGUE: Final = "".join(f"PREFIX {p}: <{ns}>\n" for p, ns in sorted(PREFIXES.items()))
PASSAGES: Final = GRAPH + "press-release-2024-05-22-p"


@dataclass(frozen=True)
class Row:
    """One triple that a claim needs; an empty object stands for any."""

    claim: str
    graph: str
    subject: str
    predicate: str
    object: str

    @property
    def question(self) -> str:
        """The row as an ASK query."""
        pattern = f"{self.subject} {self.predicate} {self.object or '?any'}"
        return f"{PROLOGUE}ASK {{ GRAPH {self.graph} {{ {pattern} }} }}"


def read_rows() -> Iterator[Row]:
    with (ROOT / "tests/claims.csv").open(encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file, strict=True):
            yield Row(**record)


ROWS: Final = tuple(read_rows())


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    for path in (DOCUMENTS, CURATION):
        found.load(path=str(path), format=ox.RdfFormat.TRIG)
    return found


@pytest.fixture(scope="module")
def dataset() -> rdflib.Dataset:
    found = rdflib.Dataset()
    found.parse(data=DOCUMENTS.read_text(encoding="utf-8"), format="trig")
    return found


def test_the_table_has_rows_for_every_claim_and_for_no_other() -> None:
    assert {row.claim for row in ROWS} == set(CLAIMS)


def test_no_row_stands_twice() -> None:
    assert len(ROWS) == len(set(ROWS))


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_is_stated_in_its_graphs(store: ox.Store, claim: str) -> None:
    rows = [row for row in ROWS if row.claim == claim]
    assert rows
    assert [row for row in rows if not store.query(row.question)] == []


# rdflib's own readers use what rdflib deprecates.
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("claim", SAMPLE)
def test_a_second_engine_finds_the_claim_too(dataset: rdflib.Dataset, claim: str) -> None:
    rows = [row for row in ROWS if row.claim == claim and row.graph != "g:curation"]
    assert rows
    assert [row for row in rows if not dataset.query(row.question).askAnswer] == []


def test_a_claim_that_is_not_there_is_not_found(store: ox.Store) -> None:
    graph = "g:press-release-2024-05-22-p05"
    row = Row("C009", graph, "id:enact-budget-amount", "schema:value", "67000001")
    assert not store.query(row.question)


def test_the_claims_are_those_of_the_list_they_were_agreed_in() -> None:
    path = ROOT.parent / "shared/claims.tsv"
    if not path.is_file():
        pytest.skip(f"no {path.name} beside this checkout to compare with")
    with path.open(encoding="utf-8", newline="") as file:
        assert tuple(record["id"] for record in csv.DictReader(file, delimiter="\t")) == CLAIMS


def test_nothing_is_stated_that_no_claim_carries(store: ox.Store) -> None:
    carried: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in ROWS:
        predicate = "a" if row.predicate == "rdf:type" else row.predicate
        carried[row.graph].add((row.subject, predicate))
    own_words = PREFIXES["dcterms"] + "description"
    for quad in store:
        graph = quad.graph_name
        assert isinstance(graph, ox.NamedNode)
        assert isinstance(quad.subject, ox.NamedNode)
        if graph.value.startswith(PASSAGES):
            subject, predicate = shorten(quad.subject.value), shorten(quad.predicate.value)
            here = carried[shorten(graph.value)]
            if predicate in ("rdf:type", shorten(own_words)):
                assert subject in {carrier for carrier, _ in here}, (graph.value, subject)
            else:
                assert (subject, predicate) in here, (graph.value, subject, predicate)


def test_no_more_objects_are_stated_than_the_claims_name(store: ox.Store) -> None:
    named: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in ROWS:
        named[row.graph, row.subject, row.predicate].add(row.object)
    for (graph, subject, predicate), objects in named.items():
        if "" in objects or graph in ("g:curation", "g:provenance"):
            continue
        query = f"{PROLOGUE}SELECT ?o {{ GRAPH {graph} {{ {subject} {predicate} ?o }} }}"
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        assert len(list(found)) == len(objects), (graph, subject, predicate)


def test_no_sum_is_drawn_that_the_source_leaves_undrawn(store: ox.Store) -> None:
    amounts = "SELECT DISTINCT ?n { GRAPH ?g { ?a a schema:MonetaryAmount ; schema:value ?n } }"
    found = store.query(PROLOGUE + amounts)
    assert isinstance(found, ox.QuerySolutions)
    assert sorted(row["n"].value for row in found) == ["30000000", "67000000"]


def test_the_budget_has_the_one_part_that_the_source_gives_it(store: ox.Store) -> None:
    parts = f"{PROLOGUE}SELECT ?part {{ GRAPH ?g {{ id:enact-budget dcterms:hasPart ?part }} }}"
    found = store.query(parts)
    assert isinstance(found, ox.QuerySolutions)
    assert [shorten(row["part"].value) for row in found] == ["id:enact-funding-france-2030"]
