"""Shelving: drafts go into their files, in canonical form, and their names into the registry."""

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from enact_graph.authoring import registry
from enact_graph.authoring.form import Change
from enact_graph.authoring.new.fields import Refusal
from enact_graph.authoring.new.skeleton import Draft, document_of
from enact_graph.authoring.sources import SourceFile, Sources
from enact_graph.errors import SourceError
from enact_graph.rdf.faults import MENDABLE
from enact_graph.rdf.writer import write_authored
from enact_graph.terms import PREFIXES
from enact_graph.vocabulary import RDF


def shelve(sources: Sources, drafts: Iterable[Draft]) -> tuple[Change, ...]:
    """Return the files that hold the drafts, and the registry with every new name.

    Nothing is lost and nothing replaced: Refusal `exists` where a file that a draft begins is there
    already; SourceError where a file holds what its canonical form has no place for, such as a
    comment between its lines. A file gets its canonical form by the way.
    """
    quads: dict[str, list[Quad]] = {}
    headers: dict[str, str] = {}
    prefixes: dict[str, dict[str, str]] = {}
    new: list[Quad] = []
    read = {file.name: file for file in sources.files}
    for draft in drafts:
        new += draft.quads
        if draft.header and (draft.file in quads or (sources.root / draft.file).exists()):
            raise Refusal("exists", name=draft.file, place=draft.file)
        if draft.file not in quads:
            parsed = _whole(read[draft.file]).parsed if draft.file in read else None
            quads[draft.file] = [s.quad for s in parsed.statements] if parsed else []
            headers[draft.file] = parsed.header if parsed else draft.header
            prefixes[draft.file] = {**parsed.prefixes, **PREFIXES} if parsed else PREFIXES
        for quad in draft.quads:
            _insert(quads[draft.file], quad)
    changes = []
    for name, found in quads.items():
        before = read[name].content if name in read else b""
        text = write_authored(found, prefixes[name], headers[name])
        changes.append(Change(name, before, text.encode()))
    known = sources.registry
    if known.lost:
        raise SourceError("\n".join(map(str, known.lost)), faults=known.lost)
    names = registry.write([*known.lines, *minted(new)])
    names += "".join(f"{line}\n" for line in known.faulty.values())
    if names.encode() != known.content:
        changes.append(Change(registry.FILE, known.content, names.encode()))
    return tuple(changes)


def minted(quads: Iterable[Quad]) -> list[str]:
    """Return the IRIs that statements describe, that is, give a type."""
    return [
        quad.subject.value
        for quad in quads
        if quad.predicate.value == RDF.type and isinstance(quad.subject, NamedNode)
    ]


def _whole(file: SourceFile) -> SourceFile:
    """Return a file that loses nothing when it is written anew, as `fmt` would do it."""
    lost = [fault for fault in file.parsed.faults if fault.code not in MENDABLE]
    if lost:
        raise SourceError("\n".join(map(str, lost)), faults=lost)
    return file


def _insert(quads: list[Quad], quad: Quad) -> None:
    """Add a statement; a graph that is new comes before the later paragraphs of its document."""
    graph = quad.graph_name
    if isinstance(graph, NamedNode) and all(q.graph_name != graph for q in quads):
        document = document_of(graph.value)
        for at, other in enumerate(quads):
            name = getattr(other.graph_name, "value", "")
            if document_of(name) == document and name > graph.value:
                quads.insert(at, quad)
                return
    quads.append(quad)
