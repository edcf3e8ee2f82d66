"""The authored files of a repository: found, read and laid out as one dataset with places."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from enact_graph import site
from enact_graph.authoring import links, registry
from enact_graph.authoring.registry import Registry
from enact_graph.authoring.repository import ONTOLOGY
from enact_graph.authoring.strays import FOLDERS, QUERIES, is_passed_over, is_sayable, strays
from enact_graph.rdf.conflict import conflicts
from enact_graph.rdf.reader import read
from enact_graph.rdf.statement import Fault, Parsed, Place, Statement
from enact_graph.rdf.writer import write_parsed
from enact_graph.site import Site
from enact_graph.terms import (
    GRAPH,
    GRAPH_CATALOGUE,
    GRAPH_LINKS,
    GRAPH_ONTOLOGY,
    GRAPH_VOCABULARY,
)
from enact_graph.vocabulary import RDF

REUSED: Final = "ontology/reused.ttl"
CATALOGUE: Final = "data/catalog.ttl"
GRAPH_REUSED: Final = GRAPH + "reused"

_LINKS: Final = NamedNode(GRAPH_LINKS)
_FIRST: Final = NamedNode(RDF.first)
_REST: Final = NamedNode(RDF.rest)
#: The graph of each file of the dataset that names none itself; those of vocab/ share one.
_GRAPHS: Final = {
    ONTOLOGY: GRAPH_ONTOLOGY,
    REUSED: GRAPH_REUSED,
    CATALOGUE: GRAPH_CATALOGUE,
    links.FILE: GRAPH_LINKS,
}
#: What is read in data/ and is no RDF.
_APART: Final = (registry.FILE, site.FILE, site.OUTLINES)
#: How files begin that hold no Turtle and no TriG.
_OTHERS: Final = {
    "JSON": re.compile(r"\s*(?:\{\s*\"|\[\s*[\[{\"])"),
    "XML": re.compile(r"\s*<(?:\?xml|rdf:RDF)\b"),
    "HTML": re.compile(r"\s*<(?:!doctype )?html\b", re.IGNORECASE),
}


@dataclass(frozen=True)
class SourceFile:
    """One authored file: its name relative to the root, its bytes, its text with LF line ends,
    its triples."""

    name: str
    content: bytes
    text: str
    parsed: Parsed

    @property
    def is_plain(self) -> bool:
        """Were the bytes that text: no byte order mark, no CRLF?"""
        return self.text.encode() == self.content

    @property
    def has_windows_ends(self) -> bool:
        """Had the bytes CRLF at the ends of lines, and was nothing else in the way?"""
        return not self.is_plain and self.text.replace("\n", "\r\n").encode() == self.content

    @property
    def is_shapes(self) -> bool:
        """Does the file hold shapes, which are no part of the dataset?"""
        return self.name.startswith("shapes/")

    @cached_property
    def canonical(self) -> str:
        """The text as `enact-graph fmt` would write it; only meaningful without faults."""
        if self.name == links.FILE:
            return links.canonical(self.text)
        return write_parsed(self.parsed)

    @property
    def unmended(self) -> str:
        """The canonical form with its texts as they stand, to which other checks object."""
        return self.canonical if self.name == links.FILE else write_parsed(self.parsed, False)


@dataclass(frozen=True)
class Sources:
    """All authored files: `statements` is the dataset, each in its named graph; `shapes` apart."""

    root: Path
    files: tuple[SourceFile, ...]
    statements: tuple[Statement, ...]
    shapes: tuple[Statement, ...]
    faults: tuple[Fault, ...]

    @cached_property
    def further(self) -> Mapping[str, bytes | Fault]:
        """What else a build reads, by name: site, registry of names, queries; read once.

        A file that cannot be read is there with what is wrong with it.
        """
        return further(self.root)

    @cached_property
    def registry(self) -> Registry:
        """The registry of names, as it was read with the rest."""
        return registry.parse(self.further.get(registry.FILE, b""))

    @cached_property
    def site(self) -> Site:
        """What the site file says; a repository without one has all that it might leave out."""
        content = self.further.get(site.FILE, b"")
        return site.parse(content) if isinstance(content, bytes) else site.NOTHING_SAID

    @property
    def facts(self) -> Iterator[Quad]:
        """What conclusions are drawn from: every statement but the links to other datasets."""
        return (s.quad for s in self.statements if s.quad.graph_name != _LINKS)

    @property
    def links(self) -> Iterator[Quad]:
        """The links to other datasets, which no rule may see: what holds there need not here."""
        return (s.quad for s in self.statements if s.quad.graph_name == _LINKS)


def load(root: Path) -> Sources:
    """Read every authored file; all faults of all files are reported together.

    A file that lies beside them and is not read is one, too.
    """
    listed = names(root)
    read_files = [load_file(root, name) for name in listed]
    found = arrange(root, (*read_files, *strays(root, (*listed, *_APART))))
    _ = found.further  # read now, with the others: what is edited later is of a later state
    return found


def reload(sources: Sources) -> Sources:
    """Read again the files that have changed, among them new ones; the others stay as read."""
    root, known = sources.root, {file.name: file for file in sources.files}

    def read_again(name: str) -> SourceFile | Fault:
        file = known.get(name)
        is_same = file is not None and _content(root / name) == file.content
        return file if file and is_same else load_file(root, name)

    return arrange(root, map(read_again, names(root)))


def further(root: Path) -> dict[str, bytes | Fault]:
    """Return site, registry of names and queries by name, or what keeps them from being read."""
    queries = (path for path in (root / QUERIES).glob("*.rq") if is_sayable(path.name))
    chosen = sorted(path for path in queries if not is_passed_over(path.name))
    found: dict[str, bytes | Fault] = {}
    for path in (*(root / name for name in _APART), *chosen):
        name = path.relative_to(root).as_posix()
        try:
            found[name] = path.read_bytes()
        except FileNotFoundError:
            continue
        except OSError as error:
            details = {"reason": error.strerror or type(error).__name__}
            found[name] = Fault(Place(name, 1), "unreadable", details)
    return found


def arrange(root: Path, read_files: Iterable[SourceFile | Fault]) -> Sources:
    """Lay what was read out as one dataset."""
    files: list[SourceFile] = []
    faults: list[Fault] = []
    for found in read_files:
        if isinstance(found, SourceFile):
            files.append(found)
            faults += found.parsed.faults
            faults += _misplaced(found)
        else:
            faults.append(found)
    statements = tuple(placed(files))
    faults += _duplicates(statements)
    shapes = tuple(s for file in files if file.is_shapes for s in file.parsed.statements)
    ordered = tuple(sorted(faults, key=lambda fault: (fault.place, fault.code)))
    return Sources(root, tuple(files), statements, shapes, ordered)


def names(root: Path) -> list[str]:
    """Return the names of the files to read, sorted, with those that must exist."""
    found = {ONTOLOGY, REUSED, CATALOGUE}
    for folder in FOLDERS:
        for suffix in ("ttl", "trig"):
            paths = (root / folder).rglob(f"*.{suffix}")
            found.update(path.relative_to(root).as_posix() for path in paths)
    if (root / links.FILE).is_file():
        found.add(links.FILE)
    return sorted(name for name in found if not is_passed_over(name) and is_sayable(name))


def load_file(
    root: Path, name: str, assumed: Mapping[str, str] | None = None
) -> SourceFile | Fault:
    """Read one file; what keeps it from being read at all is returned as a fault.

    `assumed` are prefixes that need no declaration.
    """
    try:
        content = (root / name).read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Fault(Place(name, 1), "unreadable", {"reason": reason})
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        return Fault(Place(name, line, column), "not-utf-8")
    # A checkout with CRLF line ends must mean the same: a query in a shape would differ.
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return SourceFile(name, content, text, _parse(text, name, assumed))


def _parse(text: str, name: str, assumed: Mapping[str, str] | None) -> Parsed:
    """Read a text; of one that is no Turtle as it stands only the reason is told."""
    is_table = name == links.FILE
    faults = list(conflicts(text, name))
    if not faults and not is_table:
        formats = (form for form, start in _OTHERS.items() if start.match(text))
        faults += (Fault(Place(name, 1), "other-format", {"found": form}) for form in formats)
    if faults:
        return Parsed((), tuple(faults), {})
    return links.read(text, name).parsed if is_table else read(text, name, assumed)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def graph_of(name: str) -> str | None:
    """Return the graph that a file is read into; None for TriG, which names its own."""
    return GRAPH_VOCABULARY if name.startswith("vocab/") else _GRAPHS.get(name)


def placed(files: Iterable[SourceFile]) -> Iterator[Statement]:
    """Yield the statements of the dataset, each in its named graph."""
    for file in files:
        graph = graph_of(file.name)
        if file.is_shapes:
            continue
        for statement in file.parsed.statements:
            quad = statement.quad
            if graph is not None:
                named = Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph))
                yield replace(statement, quad=named)
            elif not isinstance(quad.graph_name, DefaultGraph):
                yield statement


def _misplaced(file: SourceFile) -> Iterator[Fault]:
    """Yield what a file may not hold where it lies: no graph, lists, or the file itself."""
    is_trig = file.name.endswith(".trig")
    if is_trig == (file.is_shapes or graph_of(file.name) is not None):
        yield Fault(Place(file.name, 1), "misplaced-file")
        return
    lists = {s.quad.subject for s in file.parsed.statements if s.quad.predicate == _FIRST}
    for statement in file.parsed.statements:
        quad = statement.quad
        if is_trig and isinstance(quad.graph_name, DefaultGraph):
            yield Fault(statement.place, "default-graph")
        is_head = isinstance(quad.object, BlankNode) and quad.predicate not in (_FIRST, _REST)
        if is_head and quad.object in lists and not file.is_shapes:
            yield Fault(statement.place, "list")


def _duplicates(statements: Iterable[Statement]) -> Iterator[Fault]:
    """Yield each repetition of a triple within one graph, in whichever files the two stand."""
    first: dict[Quad, Place] = {}
    for statement in statements:
        earlier = first.setdefault(statement.quad, statement.place)
        if earlier is not statement.place:
            details = {"first": f"{earlier.file}:{earlier.line}"}
            is_near = earlier.file == statement.place.file
            code = "duplicate" if is_near else "duplicate-elsewhere"
            yield Fault(statement.place, code, details)
