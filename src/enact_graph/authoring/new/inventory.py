"""The inventory of what the authored files describe, by name, class and place."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from enact_graph.authoring import registry
from enact_graph.authoring.dataset import term
from enact_graph.authoring.registry import Registry
from enact_graph.authoring.sources import Sources, load
from enact_graph.errors import SourceError
from enact_graph.rdf.collection import Collections
from enact_graph.rdf.faults import LOSSLESS, MENDABLE
from enact_graph.rdf.statement import Place, Statement
from enact_graph.terms import (
    GRAPH,
    GRAPH_CURATION,
    ID,
    VOCAB,
)
from enact_graph.vocabulary import ENACT, FOAF, OA, ORG, PROV, RDF, RDFS, SKOS

AGENT: Final = FOAF.Agent
ORGANIZATION: Final = ORG.Organization
PERSON: Final = FOAF.Person

_CURATION: Final = "data/curation"


@dataclass(frozen=True)
class Inventory:
    """Everything that is described; every look-up is by IRI unless it says otherwise."""

    sources: Sources

    @classmethod
    def of(cls, root: Path) -> "Inventory":
        """Read the files under `root`; SourceError while any of them cannot be read in full."""
        return cls.over(load(root))

    @classmethod
    def over(cls, sources: Sources) -> "Inventory":
        """Take what was read; SourceError while any file could not be read in full."""
        lost = [f for f in sources.faults if f.code not in LOSSLESS | MENDABLE]
        if lost:
            raise SourceError("\n".join(map(str, lost)), faults=lost)
        return cls(sources)

    @cached_property
    def _said(self) -> dict[str, list[Statement]]:
        said: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.sources.statements:
            if isinstance(statement.quad.subject, NamedNode):
                said[statement.quad.subject.value].append(statement)
        return said

    @cached_property
    def registry(self) -> Registry:
        """The registry of names, as it was read with the files."""
        return self.sources.registry

    @cached_property
    def taken(self) -> frozenset[str]:
        """Every IRI that is described, or was once and is frozen."""
        return frozenset(self.registry.lines) | self._said.keys()

    def values(self, iri: str, predicate: str) -> list[str]:
        """Return what is said of a thing by a predicate (an IRI), in the order of the files."""
        found = [s.quad.object for s in self._said[iri] if s.quad.predicate.value == predicate]
        return [v.value for v in found if isinstance(v, NamedNode | Literal)]

    def name(self, iri: str, language: str) -> str:
        """Return the preferred name in a language, else the end of the IRI."""
        for statement in self._said[iri]:
            value = statement.quad.object
            is_name = statement.quad.predicate.value == SKOS.prefLabel
            if is_name and isinstance(value, Literal) and value.language == language:
                return value.value
        return iri.rpartition("/")[2]

    def place(self, iri: str) -> Place | None:
        """Return where a thing gets its type, else where it is first spoken of."""
        said = self._said.get(iri, [])
        typed = (s.place for s in said if s.quad.predicate.value == RDF.type)
        return next(typed, said[0].place if said else None)

    def where(self, iri: str) -> str:
        """Return file and line of a thing, for people; the registry where nothing describes it."""
        place = self.place(iri)
        return f"{place.file}:{place.line}" if place else registry.FILE

    @cached_property
    def _above(self) -> dict[str, set[str]]:
        above: dict[str, set[str]] = defaultdict(set)
        for iri, said in self._said.items():
            above[iri] = {
                s.quad.object.value
                for s in said
                if s.quad.predicate.value == RDFS.subClassOf
                and isinstance(s.quad.object, NamedNode)
            }
        return above

    def classes(self, iri: str) -> set[str]:
        """Return the classes of a thing and all above them."""
        return self.above(*self.values(iri, RDF.type))

    def above(self, *classes: str) -> set[str]:
        """Return these classes and all above them."""
        found: set[str] = set()
        rest = set(classes)
        while rest:
            found |= rest
            rest = {above for kind in rest for above in self._above.get(kind, ())} - found
        return found

    def is_a(self, iri: str, *kinds: str) -> bool:
        """Is the thing an instance of one of these classes (IRIs)?"""
        return not self.classes(iri).isdisjoint(kinds)

    def things(self, namespace: str, *kinds: str) -> list[str]:
        """Return the described IRIs of a namespace that are of one of these classes, sorted."""
        return sorted(i for i in self._said if i.startswith(namespace) and self.is_a(i, *kinds))

    def concepts(self, scheme: str) -> list[str]:
        """Return the concepts of the scheme of this name, sorted."""
        return sorted(i for i in self._said if VOCAB + scheme in self.values(i, SKOS.inScheme))

    def precedent(self, kind: str) -> str | None:
        """Return the class that most things of a kind have, first by name where two tie."""
        node = NamedNode(kind)
        return self._most(
            found
            for iri, said in self._said.items()
            if iri.startswith(ID) and any(s.quad.object == node for s in said)
            for found in self.values(iri, RDF.type)
        )

    def shelf(self, predicate: str, value: str) -> str:
        """Return the curation file that says this of most things."""
        node = NamedNode(value)
        files = (
            statement.place.file
            for said in self._said.values()
            for statement in said
            if statement.quad.predicate.value == predicate
            and statement.quad.object == node
            and statement.place.file.startswith(_CURATION)
        )
        return self._most(files) or f"{_CURATION}.trig"

    def curation_file(self, iri: str) -> str | None:
        """Return the file that holds what the project itself says of a thing."""
        graph = NamedNode(GRAPH_CURATION)
        said = (s.place.file for s in self._said[iri] if s.quad.graph_name == graph)
        return next(said, None)

    def graphs(self, document: str) -> dict[str, str]:
        """Return the graphs of what a document says, by number of paragraph, or by `""`."""
        found: dict[str, str] = {}
        for graph in self.things(GRAPH, ENACT.AssertionGraph):
            for source in self.values(graph, PROV.wasDerivedFrom):
                if source == document:
                    found[""] = graph
                elif document in self.values(source, OA.hasSource):
                    found.update((number, graph) for number in self.values(source, ENACT.paragraph))
        return found

    def document(self, graph: str) -> str | None:
        """Return the source document that a graph is read from; None of what none says."""
        for source in self.values(graph, PROV.wasDerivedFrom):
            return next(iter(self.values(source, OA.hasSource)), source)
        return None

    def file_of(self, graph: str) -> str:
        """Return the file that holds a graph, else the one that describes it."""
        node = NamedNode(graph)
        held = (s.place.file for s in self.sources.statements if s.quad.graph_name == node)
        place = self.place(graph)
        return next(held, place.file if place else f"{_CURATION}.trig")

    def roles(self, kind: str) -> list[str]:
        """Return the roles that the shapes allow in a membership of a class; none if all are."""
        quads = [s.quad for s in self.sources.shapes]
        lists = Collections(quads)
        shapes = {q.subject for q in quads if q.object == NamedNode(kind)}
        parts = {q.object for q in quads if q.subject in shapes}
        on_role = {q.subject for q in quads if q.object == term("org:role")} & parts
        found = (
            item
            for q in quads
            if q.subject in on_role and q.predicate == term("sh:in")
            for item in lists.items(q.object) or ()
        )
        return sorted(item.value for item in found if isinstance(item, NamedNode))

    @staticmethod
    def _most(values: Iterable[str]) -> str | None:
        counts = Counter(values)
        return min(counts, key=lambda v: (-counts[v], v)) if counts else None
