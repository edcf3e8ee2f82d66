"""The registry of names: every IRI this graph has minted, frozen, one a line in data/iris.txt."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from enact_graph.terms import (
    DEPRECATED,
    ENACT,
    GRAPH,
    ID,
    PREFIXES,
    RDF_TYPE,
    SOURCE,
    VOCAB,
    shorten,
)
from enact_graph.trig.statement import Statement

FILE: Final = "data/iris.txt"

#: The namespaces whose names are slugs.
SLUGGED: Final = (ID, VOCAB, SOURCE, GRAPH)
_MINTED: Final = (*SLUGGED, ENACT)
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TERM: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")


@dataclass(frozen=True)
class Registry:
    """What the registry file says: the name of each line, and the lines that hold none."""

    lines: dict[str, int]
    faulty: dict[int, str]
    text: str


def read(root: Path) -> Registry:
    """Read the registry; one that does not exist yet is empty, what is no UTF-8 is no name."""
    path = root / FILE
    text = path.read_bytes().decode("utf-8", "replace") if path.exists() else ""
    lines: dict[str, int] = {}
    faulty: dict[int, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        prefix, _, local = line.strip().partition(":")
        iri = PREFIXES.get(prefix, "") + local
        if is_well_formed(iri):
            lines.setdefault(iri, number)
        elif line.strip():
            faulty[number] = line.strip()
    return Registry(lines, faulty, text)


def write(iris: Iterable[str]) -> str:
    """Return the text of a registry that holds these IRIs."""
    return "".join(f"{line}\n" for line in sorted({shorten(iri) for iri in iris}))


def minted(statements: Iterable[Statement]) -> Iterator[str]:
    """Yield the well-formed IRIs that the statements describe, that is, give a type or withdraw."""
    for statement in statements:
        subject = statement.quad.subject
        is_described = statement.quad.predicate.value in (RDF_TYPE, DEPRECATED)
        if is_described and isinstance(subject, NamedNode) and is_well_formed(subject.value):
            yield subject.value


def namespace_of(iri: str) -> str | None:
    """Return the namespace of this graph that an IRI belongs to."""
    return next((ns for ns in _MINTED if iri.startswith(ns) and iri != ns), None)


def is_well_formed(iri: str) -> bool:
    """Has the IRI a namespace of this graph and a name in the form that namespace asks for?"""
    namespace = namespace_of(iri)
    if namespace is None:
        return False
    form = _TERM if namespace == ENACT else _SLUG
    return form.fullmatch(iri[len(namespace) :]) is not None
