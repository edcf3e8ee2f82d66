"""The authored files read for the tests of the data, once a process."""

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from enact_graph.authoring import sources
from enact_graph.publishing.derived import Derived
from enact_graph.rdf.statement import Statement
from enact_graph.terms import ENACT, GRAPH_LINKS, PREFIXES, SOURCE
from enact_graph.vocabulary import OWL

ROOT: Final = Path(__file__).resolve().parents[1]
DOCUMENT: Final = SOURCE + "press-release-2024-05-22"
#: A copy of the document, where somebody has put one beside the checkout.
TEXT: Final = ROOT.parent / "shared/source/enact-press-release-2024-05-22.txt"
#: Where the last paragraph that has a graph ends; personal contact details follow.
LAST_PUBLIC: Final = 7891
#: Where copies of documents were read, which the data name without a link, and the document.
_COPIES: Final = ROOT / "tests/copies.csv"
_FIRST_DOCUMENT: Final = "data/documents/press-release-2024-05-22.trig"

Quads: TypeAlias = frozenset[ox.Quad]


def copies() -> dict[str, set[str]]:
    """The IRIs of the documents that were read in a copy, by the address of the copy."""
    found: dict[str, set[str]] = defaultdict(set)
    with _COPIES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["copy"]].add(SOURCE + row["document"])
    return dict(found)


def withdrawn(quads: Iterable[ox.Quad]) -> set[str]:
    """The names that were given up."""
    return {iri(quad.subject) for quad in quads if quad.predicate.value == OWL.deprecated}


@cache
def read_sources() -> sources.Sources:
    """Read the authored files as a build does; once a process, since nothing changes them."""
    return sources.load(ROOT)


@cache
def read_shapes() -> tuple[Statement, ...]:
    """Read the shapes alone, which are soon read."""
    names = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "shapes").glob("*.ttl"))
    files = [sources.load_file(ROOT, name) for name in names]
    return tuple(s for f in files if isinstance(f, sources.SourceFile) for s in f.parsed.statements)


def definitions_and(named: Collection[object]) -> list[ox.Quad]:
    """The definitions, the first document, and what all say of the things that are named.

    A fifth of the data, yet whole enough for rules to judge by: for tests of the engine.
    """
    files = ("ontology/", "vocab/", "data/catalog.ttl", "data/curation.trig", _FIRST_DOCUMENT)
    return [
        s.quad
        for s in read_sources().statements
        if s.place.file.startswith(files) or s.quad.subject in named
    ]


@cache
def draw_conclusions() -> Derived:
    """What follows from the authored files; its store is for questions alone."""
    return Derived.of(read_sources())


@cache
def read_quads() -> Quads:
    """Read the dataset, each Turtle file into its graph; by another parser than the build's."""
    return frozenset(_quads())


def _quads() -> Iterator[ox.Quad]:
    for path in sorted((ROOT / "data").rglob("*.trig")):
        yield from ox.parse(path=str(path), format=ox.RdfFormat.TRIG)
    for path in sorted(p for d in ("data", "ontology", "vocab") for p in (ROOT / d).rglob("*.ttl")):
        graph = sources.graph_of(path.relative_to(ROOT).as_posix())
        assert graph is not None, path
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph))
    yield from _links()


def _links() -> Iterator[ox.Quad]:
    """Read the asserted lines of the table of links, with prefixes as its header declares them."""
    text = (ROOT / "data/links.sssom.tsv").read_text("utf-8")
    prefixes = PREFIXES | dict(re.findall(r"^#  (\w+): (\S+)$", text, re.MULTILINE))
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for row in csv.DictReader(lines, delimiter="\t"):
        if not row["predicate_modifier"]:
            names = (row[f"{part}_id"].split(":", 1) for part in ("subject", "predicate", "object"))
            subject, predicate, other = (ox.NamedNode(prefixes[p] + local) for p, local in names)
            yield ox.Quad(subject, predicate, other, ox.NamedNode(GRAPH_LINKS))


def iri(term: object) -> str:
    """The IRI of a term; empty for anything else."""
    return term.value if isinstance(term, ox.NamedNode) else ""


def objects(quads: Iterable[ox.Quad], predicate: str) -> dict[str, set[str]]:
    """The values of one property, by subject."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if quad.predicate.value == predicate:
            assert isinstance(quad.object, ox.NamedNode | ox.Literal)
            found[iri(quad.subject)].add(quad.object.value)
    return found


def types(quads: Iterable[ox.Quad]) -> dict[str, set[str]]:
    """The classes of each thing."""
    return objects(quads, PREFIXES["rdf"] + "type")


def literals(quads: Iterable[ox.Quad]) -> Iterator[tuple[ox.Quad, ox.Literal]]:
    """The statements whose object is a literal, with it."""
    for quad in quads:
        if isinstance(quad.object, ox.Literal):
            yield quad, quad.object


def runs(text: str, without: Iterable[str] = (), length: int = 8) -> set[tuple[str, ...]]:
    """Every run of so many words, in lower case, none of them across one of the names left out."""
    words = " ".join(re.findall(r"\w+", text.lower()))
    for name in without:
        words = words.replace(" ".join(re.findall(r"\w+", name.lower())), "|")
    parts = (part.split() for part in words.split("|"))
    return {tuple(p[i : i + length]) for p in parts for i in range(len(p) - length + 1)}


def passages(quads: Quads) -> list[tuple[str, tuple[int, int], int]]:
    """The passages of the press release in their order: IRI, offsets, paragraph number."""
    starts = objects(quads, PREFIXES["oa"] + "start")
    ends = objects(quads, PREFIXES["oa"] + "end")
    numbers = objects(quads, ENACT + "paragraph")
    selectors = objects(quads, PREFIXES["oa"] + "hasSelector")
    found = []
    for passage, documents in objects(quads, PREFIXES["oa"] + "hasSource").items():
        if documents == {DOCUMENT}:
            ((selector,), (number,)) = selectors[passage], numbers[passage]
            ((start,), (end,)) = starts[selector], ends[selector]
            assert passage == f"{DOCUMENT}-p{int(number):02}"
            found.append((passage, (int(start), int(end)), int(number)))
    return sorted(found)
