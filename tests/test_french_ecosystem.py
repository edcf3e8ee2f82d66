"""The French bodies, programmes and policies: every attested row has its page, both sides stand."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from enact_graph.terms import ENACT, ID, PREFIXES, SOURCE, VOCAB
from tests.authored import DOCUMENT, ROOT, Quads, copies, iri, read_quads

#: The tables of attested facts, where somebody has put them beside the checkout.
FACTS: Final = ROOT.parent / "shared" / "facts"
KEYS: Final = ROOT / "tests/facts_keys.csv"
RELEASE: Final = "enact-press-release-2024-05-22"
#: What a register or a code list says is tested with the identifiers and the places.
REGISTERS: Final = re.compile(
    r"^(npm package|Python package|Eurostat|French ministry|European Commission|UN SDG|github)"
    r"|github\.com/|(via |: ?)github:|^see |^https://ror\.org/\w+$"
)
#: The subjects of the second table that are French; the first table has no others.
FRENCH: Final = (
    "anr", "biovalley-france", "chru-de-nancy", "cnrs", "enact", "etat-francais", "france-2030",
    "gouvernement-francais", "hopitaux-universitaires-de-strasbourg", "ia-cluster-programme",
    "ihu-infiny", "ihu-strasbourg", "inria", "inria-centre-universite-de-lorraine", "inserm",
    "institut-polytechnique-de-paris", "loria", "materalia", "metropole-du-grand-nancy",
    "ministere-de-la-culture", "ministere-education-nationale-jeunesse", "pui-alsace",
    "pui-polaris", "region-academique-grand-est", "region-grand-est", "satt-conectus",
    "satt-sayens", "sorbonne-universite", "strategie-nationale-ia", "un-sdg", "un-sdg-12",
    "universite-cote-dazur", "universite-de-haute-alsace", "universite-de-lorraine",
    "universite-de-rennes", "universite-de-strasbourg", "universite-de-toulouse",
    "universite-grenoble-alpes", "universite-paris-saclay", "universite-psl",
)  # fmt: skip
NAMING: Final = ("label@", "altLabel@", "official_name@", "preferred_short_label@")
#: Subjects of other tables too, whose names these rows do not exhaust.
ELSEWHERE: Final = (
    "universite-de-lorraine", "universite-de-strasbourg", "universite-de-haute-alsace", "inria",
    "cnrs", "centre-inria-universite-de-lorraine", "loria", "enact", "ia-cluster-programme",
)  # fmt: skip
#: The facts of which two values contradict each other.
DATED: Final = ("founded", "phase_2_start")
URL: Final = PREFIXES["schema"] + "url"
#: What is told otherwise elsewhere: who says it, and as of when.
DIFFERING: Final = """
SELECT DISTINCT ?a ?source ?date ?document WHERE {
    { SELECT DISTINCT ?a { GRAPH ?any { ?a (enact:differsFrom|^enact:differsFrom) ?b . } } }
    GRAPH ?graph { ?a a ?kind . }
    ?graph prov:wasDerivedFrom/oa:hasSource? ?source .
    ?source a enact:SourceDocument .
    OPTIONAL { ?source schema:url ?url . }
    BIND(COALESCE(?url, ?source) AS ?document)
    OPTIONAL { ?a dcterms:date|schema:startDate ?date . }
}
"""


@dataclass(frozen=True)
class Row:
    """One row of a table: what is attested of a subject, by which source, how surely."""

    subject: str
    fact: str
    value: str
    source: str
    status: str

    @property
    def is_attested(self) -> bool:
        """Was it read in a source, agreed or not?"""
        return self.status in ("verified", "conflict")

    @property
    def pages(self) -> tuple[str, ...]:
        """The addresses of the pages it cites, as the graph compares them."""
        if REGISTERS.search(self.source):
            return ()
        found = re.findall(r"https?://\S+", self.source.rpartition("pages seen: ")[2])
        return tuple(address(f) for f in found if "ror.org" not in f)


def address(text: str) -> str:
    """An address without what follows it in a sentence, scheme, www. and last slash."""
    text = text.rstrip(";,")
    while text.endswith(")") and text.count("(") < text.count(")"):
        text = text[:-1]
    return re.sub(r"^https?://(www\.)?", "", text).rstrip("/")


#: The address of the copy in which a document was read.
SEEN_AT: Final = {
    name: address(copy)
    for copy, documents in copies().items()
    for name in documents
    if "fr-esr" not in name
}


def plain(text: str) -> str:
    """A name with one form of apostrophe, without the remark in brackets that ends it."""
    return re.sub(r" \((until|name in use|2016|nine|MIX|project)[^()]*(\([^()]*\))?[^()]*\)$", "",
                  text).replace("’", "'")  # fmt: skip


def read_rows() -> Iterator[Row]:
    """Read the rows on French subjects."""
    for name in ("french-ecosystem", "names-and-ids"):
        with (FACTS / f"{name}.tsv").open(encoding="utf-8") as file:
            for fields in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if fields[0] in FRENCH or (
                    name == "french-ecosystem" and fields[0] != "subject_key"
                ):
                    yield Row(*fields)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    if not FACTS.is_dir():
        pytest.skip(f"the tables of facts are not beside the checkout ({FACTS})")
    return list(read_rows())


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    """The IRI of each subject of the tables."""
    with KEYS.open(encoding="utf-8") as file:
        return {key: name.replace("id:", ID).replace("v:", VOCAB) for key, name in csv.reader(file)}


@pytest.fixture(scope="module")
def quads() -> Quads:
    return read_quads()


@pytest.fixture(scope="module")
def store(quads: Quads) -> ox.Store:
    """The authored statements, each in its graph."""
    found = ox.Store()
    found.bulk_extend(quads)
    return found


@pytest.fixture(scope="module")
def by_page(quads: Quads) -> dict[str, set[ox.Quad]]:
    """What each page of the web says, by address."""
    pages: dict[str, str] = {}
    for quad in quads:
        if iri(quad.subject).startswith(SOURCE) and quad.predicate.value == URL:
            graph = iri(quad.subject).replace("/source/", "/graph/")
            pages[address(iri(quad.object))] = graph
    for copy, documents in copies().items():
        pages |= {address(copy): name.replace("/source/", "/graph/") for name in documents}
    told: dict[str, set[ox.Quad]] = defaultdict(set)
    for quad in quads:
        told[iri(quad.graph_name)].add(quad)
    return {page: told[graph] for page, graph in pages.items()}


def test_every_page_that_is_cited_speaks_of_its_subject(
    rows: list[Row], names: dict[str, str], by_page: dict[str, set[ox.Quad]]
) -> None:
    cited = [(row, page) for row in rows if row.is_attested for page in row.pages]
    assert len(cited) > 200
    silent = []
    for row, page in cited:
        told = by_page.get(page, set())
        if not any(names[row.subject] in (iri(q.subject), iri(q.object)) for q in told):
            silent.append((row.subject, row.fact, page))
    assert silent == [], silent


def is_date(text: str) -> bool:
    """Is it a year, a month or a day?"""
    return re.fullmatch(r"\d{4}(-\d\d){0,2}", text) is not None


def pairs(rows: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Two rows that contradict each other: of one subject and fact, one at least in conflict.

    A selection is no founding, so its day contradicts none.
    """
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if "(selection announced)" in row.source:
            continue
        if row.is_attested and (row.fact in DATED or row.fact == "budget_total"):
            groups[row.subject, row.fact].append(row)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if "conflict" in (one.status, other.status) and one.value != other.value:
                yield one, other


def sources(row: Row) -> set[str]:
    """The addresses of the sources of a row, registers included; the release by its own IRI."""
    if RELEASE in row.source:
        return {address(DOCUMENT)}
    if row.source.startswith("github:cpesr"):
        return {"github:cpesr"}
    return {address(found) for found in re.findall(r"https?://\S+", row.source)}


def test_both_sides_of_every_contradiction_are_there_with_their_sources(
    rows: list[Row], store: ox.Store, quads: Quads
) -> None:
    told: dict[str, list[tuple[str, str]]] = defaultdict(list)
    prefixes = "".join(f"PREFIX {p}: <{i}>\n" for p, i in PREFIXES.items())
    solutions = store.query(prefixes + DIFFERING, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    for solution in solutions:
        date, page = solution["date"], address(solution["document"].value)
        page = "github:cpesr" if "cpesr" in page or "fr-esr" in page else page
        page = SEEN_AT.get(solution["source"].value, page)
        told[solution["a"].value].append((date.value if date else "", page))
    found: set[tuple[tuple[str, str], tuple[str, str]]] = set()
    for quad in quads:
        if quad.predicate.value == ENACT + "differsFrom":
            for sides in product(told[iri(quad.subject)], told[iri(quad.object)]):
                found |= {sides, sides[::-1]}
    wanted = list(pairs(rows))
    assert len(wanted) > 15
    missing = []
    for one, other in wanted:
        pages = [(row, sources(row)) for row in (one, other)]
        if not any(
            all(
                page in said and (date.startswith(row.value) or not is_date(row.value))
                for (row, said), (date, page) in zip(pages, sides, strict=True)
            )
            for sides in found
        ):
            missing.append((one.subject, one.value, other.value))
    assert missing == [], missing


def test_official_names_are_those_of_the_table(
    rows: list[Row], names: dict[str, str], quads: Quads
) -> None:
    stated: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for quad in quads:
        if quad.predicate.value == PREFIXES["enact"] + "officialName":
            assert isinstance(quad.object, ox.Literal)
            stated[iri(quad.subject)].add((quad.object.language or "", plain(quad.object.value)))
    attested: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        if row.is_attested and row.fact.startswith(NAMING):
            kind, _, language = row.fact.partition("@")
            name = (language, plain(row.value))
            attested[names[row.subject]].add(name)
            if kind == "official_name" and row.status == "verified":
                assert name in stated[names[row.subject]], row
    french = {names[row.subject] for row in rows} - {names[s] for s in ELSEWHERE}
    assert any(stated[subject] for subject in french)
    assert {s: stated[s] - attested[s] for s in french if stated[s] - attested[s]} == {}


def test_no_name_from_memory_is_given_to_a_page(
    rows: list[Row], names: dict[str, str], quads: Quads
) -> None:
    attested: set[tuple[str, str, str]] = set()
    doubtful: set[tuple[str, str, str]] = set()
    for row in rows:
        if row.fact.startswith(NAMING):
            name = (names[row.subject], row.fact.partition("@")[2], plain(row.value))
            (attested if row.is_attested else doubtful).add(name)
    assert len(doubtful - attested) > 5
    naming = {PREFIXES["skos"] + "altLabel", PREFIXES["rdfs"] + "label",
              PREFIXES["enact"] + "officialName"}  # fmt: skip
    told = {
        (iri(quad.subject), quad.object.language or "", plain(quad.object.value))
        for quad in quads
        if quad.predicate.value in naming and isinstance(quad.object, ox.Literal)
        and not iri(quad.graph_name).endswith("/graph/curation")
    }  # fmt: skip
    assert told & (doubtful - attested) == set()


def test_a_page_is_described_once(quads: Quads) -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for path in sorted(Path(ROOT / "data/documents").glob("*.trig")):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TRIG):
            if iri(quad.subject).startswith(SOURCE) and quad.predicate.value == URL:
                seen[address(iri(quad.object))].add(iri(quad.subject))
    assert len(seen) > 100
    assert {page: found for page, found in seen.items() if len(found) > 1} == {}
