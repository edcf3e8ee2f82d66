"""The W3C test suites, read from their archive: which tests there are, and their files."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final
from zipfile import ZipFile

import pyoxigraph as ox

from tests.conftest import ROOT

ARCHIVE: Final = ROOT.parent / "shared" / "conformance" / "w3c-rdf-tests-sparql.zip"
REASON: Final = f"the W3C suites are not here: {ARCHIVE.name} is missing beside the repository"
#: The address under which the W3C publishes the folder that the archive holds.
BASE: Final = "https://w3c.github.io/rdf-tests/"

MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT: Final = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SYNTAX: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Graph:
    """The triples of a manifest, looked up by subject and predicate."""

    def __init__(self, content: bytes, iri: str) -> None:
        self._objects: dict[tuple[str, str], list[Node]] = {}
        self._nodes: dict[str, Node] = {}
        for quad in ox.parse(content, format=ox.RdfFormat.TURTLE, base_iri=iri):
            key = (str(quad.subject), quad.predicate.value)
            self._objects.setdefault(key, []).append(quad.object)
            self._nodes[str(quad.subject)] = quad.subject

    def all(self, subject: Node, predicate: str) -> list[Node]:
        return self._objects.get((str(subject), predicate), [])

    def one(self, subject: Node, predicate: str) -> Node | None:
        return next(iter(self.all(subject, predicate)), None)

    def subjects(self, predicate: str) -> list[Node]:
        return [self._nodes[s] for s, p in self._objects if p == predicate]

    def items(self, head: Node | None) -> Iterator[Node]:
        while head is not None and str(head) != f"<{RDF}nil>":
            first = self.one(head, RDF + "first")
            assert first is not None
            yield first
            head = self.one(head, RDF + "rest")


@dataclass(frozen=True)
class Case:
    """One test; files are addresses below `BASE`, `group` is the folder: sparql11/bind."""

    name: str
    group: str
    kind: str
    manifest: str
    query: str = ""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    result: str | None = None
    is_lax: bool = False

    @property
    def id(self) -> str:
        return f"{self.group}#{self.name}"


@cache
def archive() -> ZipFile:
    return ZipFile(ARCHIVE)


def read(address: str) -> bytes:
    return archive().read(address.removeprefix(BASE))


def text(address: str) -> str:
    return read(address).decode()


@cache
def cases() -> tuple[Case, ...]:
    """Every test of the archive, in the order of the folders; none without the archive."""
    if not ARCHIVE.is_file():
        return ()
    manifests = sorted(n for n in archive().namelist() if "/manifest" in n and n.endswith(".ttl"))
    return tuple(case for name in manifests for case in _cases(name))


def of_kind(*kinds: str) -> list[Case]:
    return [case for case in cases() if case.kind in kinds]


def quads(address: str, graph: str = "") -> Iterator[ox.Quad]:
    """The triples of a file in the graph of its address, or in `graph`.

    Named graphs in the file keep their names.
    """
    syntax = SYNTAX[address.rpartition(".")[2]]
    home = ox.NamedNode(graph or address)
    for q in ox.parse(read(address), format=syntax, base_iri=address, rename_blank_nodes=True):
        name = home if isinstance(q.graph_name, ox.DefaultGraph) else q.graph_name
        yield ox.Quad(q.subject, q.predicate, q.object, name)


def data() -> Iterator[str]:
    """The address of every file of data that a query may be asked of."""
    used = {address for case in cases() for address in case.default}
    for name in sorted(archive().namelist()):
        is_graph = name.rpartition(".")[2] in ("ttl", "nt", "rdf") and "manifest" not in name
        if is_graph or BASE + name in used:
            yield BASE + name


def manifest(folder: str, name: str = "manifest.ttl") -> Graph:
    path = f"sparql/{folder}/{name}"
    return Graph(archive().read(path), BASE + path)


def _cases(path: str) -> Iterator[Case]:
    folder, _, name = path.removeprefix("sparql/").rpartition("/")
    graph = manifest(folder, name)
    for entry in graph.items(graph.one(ox.NamedNode(BASE + path), MF + "entries")):
        kind = graph.one(entry, RDF + "type")
        assert isinstance(entry, ox.NamedNode)
        assert isinstance(kind, ox.NamedNode)
        case = Case(
            name=entry.value.rpartition("#")[2],
            group=folder,
            kind=kind.value.rpartition("#")[2],
            manifest=name,
            is_lax=graph.one(entry, MF + "resultCardinality") is not None,
        )
        yield _with_files(case, graph, entry)


def _with_files(case: Case, graph: Graph, entry: Node) -> Case:
    action = graph.one(entry, MF + "action")
    if action is None:
        return case
    if isinstance(action, ox.NamedNode):
        return replace(case, query=action.value)
    query = graph.one(action, QT + "query") or graph.one(action, UT + "request")
    result = graph.one(entry, MF + "result")
    default = tuple(_address(node) for node in graph.all(action, QT + "data"))
    named = [_address(node) for node in graph.all(action, QT + "graphData")]
    for dataset in (address for address in default if address.endswith(".trig")):
        names = {str(q.graph_name)[1:-1] for q in quads(dataset)}
        named += sorted(names - {dataset})
    return replace(
        case,
        query=_address(query),
        default=default,
        named=tuple(named),
        result=_address(result) if isinstance(result, ox.NamedNode) else None,
    )


def _address(node: Node | None) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""
