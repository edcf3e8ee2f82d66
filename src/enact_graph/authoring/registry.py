"""The registry of names: every IRI this graph has minted, frozen, one a line in data/iris.txt."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from enact_graph.rdf.conflict import conflicts, is_marker
from enact_graph.rdf.statement import Fault, Place, Statement
from enact_graph.terms import (
    ENACT,
    GRAPH,
    ID,
    PREFIXES,
    SOURCE,
    VOCAB,
    shorten,
)
from enact_graph.vocabulary import OWL, RDF

FILE: Final = "data/iris.txt"

#: The namespaces whose names are slugs.
SLUGGED: Final = (ID, VOCAB, SOURCE, GRAPH)
_MINTED: Final = (*SLUGGED, ENACT)
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TERM: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")


@dataclass(frozen=True)
class Registry:
    """What the registry file says: the name of each line, and the lines that hold none.

    `content` are its bytes. With one of the `faults` the file may say more than was read.
    """

    lines: dict[str, int]
    faulty: dict[int, str]
    content: bytes = b""
    faults: tuple[Fault, ...] = ()

    @property
    def is_canonical(self) -> bool:
        """Are the bytes those that hold these names and no other line?"""
        return self.content == write(self.lines).encode()

    @property
    def has_windows_ends(self) -> bool:
        """Would they be, but for the line ends?"""
        return self.content == write(self.lines).replace("\n", "\r\n").encode() != b""

    @property
    def lost(self) -> tuple[Fault, ...]:
        """The faults with which nobody knows what the file says; of a conflict both sides count."""
        return tuple(fault for fault in self.faults if fault.code != "conflict")


def read(root: Path) -> Registry:
    """Read the registry; one that is not there is empty."""
    path = root / FILE
    try:
        return parse(path.read_bytes() if path.exists() else b"")
    except OSError as error:
        details = {"reason": error.strerror or type(error).__name__}
        return parse(Fault(Place(FILE, 1), "unreadable", details))


def parse(content: bytes | Fault) -> Registry:
    """Read a registry from its bytes, in UTF-8 or in UTF-16 with its mark, or from what is wrong
    with the file."""
    if isinstance(content, Fault):
        return Registry({}, {}, faults=(content,))
    try:
        text = content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(FILE, content.count(b"\n", 0, error.start) + 1)
        return Registry({}, {}, content, (Fault(place, "not-utf-8"),))
    lines: dict[str, int] = {}
    faulty: dict[int, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if is_marker(line):
            continue  # both sides of a conflict have minted their names
        prefix, _, local = line.strip().partition(":")
        iri = PREFIXES.get(prefix, "") + local
        if is_well_formed(iri):
            lines.setdefault(iri, number)
        elif line.strip():
            faulty[number] = line.strip()
    return Registry(lines, faulty, content, tuple(conflicts(text.replace("\r\n", "\n"), FILE)))


def write(iris: Iterable[str]) -> str:
    """Return the text of a registry that holds these IRIs."""
    return "".join(f"{line}\n" for line in sorted({shorten(iri) for iri in iris}))


def minted(statements: Iterable[Statement]) -> Iterator[str]:
    """Yield the well-formed IRIs that the statements describe, that is, give a type or withdraw."""
    for statement in statements:
        subject = statement.quad.subject
        is_described = statement.quad.predicate.value in (RDF.type, OWL.deprecated)
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
