"""The shapes of a release: merged into one graph, and listed for pages."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import pyoxigraph as ox
import rdflib
from pyoxigraph import NamedNode

from enact_graph.authoring.checks.messages import finding
from enact_graph.authoring.dataset import term
from enact_graph.authoring.findings import Finding
from enact_graph.authoring.sources import Sources
from enact_graph.rdf.statement import Place, Statement
from enact_graph.rdf.writer import write
from enact_graph.terms import LANGUAGES, PREFIXES, shorten
from enact_graph.vocabulary import RDF, SH

_SH: Final = PREFIXES["sh"]
_KINDS: Final = (SH.NodeShape, SH.PropertyShape)
_AIMS: Final = frozenset(
    _SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
)


def check(sources: Sources) -> Iterator[Finding]:
    """Yield each file of shapes without a term of SHACL, and each shape that nothing applies."""
    shacl = {s.place.file for s in sources.shapes if s.quad.predicate.value.startswith(_SH)}
    for file in sources.files:
        if file.is_shapes and not file.parsed.faults and file.name not in shacl:
            yield finding("no-shapes", Place(file.name, 1))
    shapes: dict[str, Statement] = {}
    used: defaultdict[str, set[str]] = defaultdict(set)
    applied: set[str] = set()
    for statement in sources.shapes:
        quad = statement.quad
        subject, value = _iri(quad.subject), _iri(quad.object)
        if quad.predicate.value == RDF.type and value in _KINDS:
            shapes.setdefault(subject, statement)
        elif quad.predicate.value in _AIMS:
            applied.add(subject)
        else:
            used[subject].add(value)
    # A list has no name, so whatever stands in one counts as used.
    rest = [*applied, ""]
    while rest:
        for value in used.pop(rest.pop(), ()):
            applied.add(value)
            rest.append(value)
    for shape in sorted(shapes.keys() - applied):
        yield finding("idle-shape", shapes[shape], None, shape, name=shorten(shape))


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


_SHAPES: Final = frozenset({term("sh:NodeShape"), term("sh:PropertyShape")})
_CONSTRAINT: Final = term("sh:SPARQLConstraint")
_TARGETS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")

Said: TypeAlias = Mapping[ox.NamedNode, list[ox.NamedNode | ox.Literal]]


def graph(statements: Iterable[Statement]) -> rdflib.Graph:
    """Return the shapes as the graph that SHACL validators take."""
    lines = "".join(f"{statement.quad.triple} .\n" for statement in statements)
    return rdflib.Graph().parse(data=lines, format="nt")


def turtle(statements: Iterable[Statement]) -> bytes:
    """Return the shapes of all files as one Turtle document in canonical form."""
    return write([statement.quad for statement in statements], PREFIXES).encode()


def count(statements: Iterable[Statement]) -> int:
    """Return how many node and property shapes there are."""
    return len({s.quad.subject for s in statements if s.quad.object in _SHAPES})


def listing(statements: Iterable[Statement]) -> bytes:
    """Return the list of shapes and SPARQL constraints as JSON, sorted by IRI.

    Each has `iri`, `kind`, `file` and `line`, `targets` and `path` (shortened IRIs), `properties`
    and `constraints` (IRIs), `severity`, and `names`, `descriptions` and `messages` by language.
    """
    said: dict[ox.NamedNode, dict[ox.NamedNode, list[Any]]] = defaultdict(lambda: defaultdict(list))
    first: dict[ox.NamedNode, Statement] = {}
    for statement in sorted(statements, key=lambda s: s.place):
        quad = statement.quad
        if isinstance(quad.subject, ox.NamedNode):
            said[quad.subject][quad.predicate].append(quad.object)
            first.setdefault(quad.subject, statement)
    kinds = {*_SHAPES, _CONSTRAINT}
    shapes = (s for s in said if kinds & set(said[s][ox.NamedNode(RDF.type)]))
    rows = [_row(s, said[s], first[s]) for s in sorted(shapes, key=lambda s: s.value)]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def _row(shape: ox.NamedNode, said: Said, first: Statement) -> dict[str, Any]:
    paths = [v for v in said.get(term("sh:path"), ()) if isinstance(v, ox.NamedNode)]
    severity = _iris(said, "sh:severity")
    return {
        "iri": shape.value,
        "kind": shorten(said[ox.NamedNode(RDF.type)][0].value).partition(":")[2],
        "file": first.place.file,
        "line": first.place.line,
        "targets": [shorten(iri) for name in _TARGETS for iri in _iris(said, f"sh:{name}")],
        "path": shorten(paths[0].value) if paths else None,
        "properties": _iris(said, "sh:property"),
        "constraints": _iris(said, "sh:sparql"),
        "severity": severity[0].rpartition("#")[2].lower() if severity else "violation",
        "names": _words(said, "sh:name"),
        "descriptions": _words(said, "sh:description"),
        "messages": _words(said, "sh:message"),
    }


def _iris(said: Said, short: str) -> list[str]:
    return sorted(v.value for v in said.get(term(short), ()) if isinstance(v, ox.NamedNode))


def _words(said: Said, short: str) -> dict[str, str]:
    values: Sequence[ox.NamedNode | ox.Literal] = said.get(term(short), ())
    found = {v.language: v.value for v in values if isinstance(v, ox.Literal)}
    return {tag: found[tag] for tag in LANGUAGES if tag in found}
