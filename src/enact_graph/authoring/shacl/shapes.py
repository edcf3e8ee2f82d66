"""The shapes of a release: merged into one graph, and listed for pages."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import pyoxigraph as ox
import rdflib

from enact_graph.authoring.document import term
from enact_graph.rdf.statement import Statement
from enact_graph.rdf.writer import write
from enact_graph.terms import LANGUAGES, PREFIXES, shorten
from enact_graph.vocabulary import RDF

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
