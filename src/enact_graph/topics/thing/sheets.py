"""Documents, passages and graphs: what a source holds, subject by subject."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Final

from enact_graph.graph.entity import Entity, Name, Statement
from enact_graph.graph.relations import DATE
from enact_graph.present.notes import Notary
from enact_graph.present.rows import Rows
from enact_graph.present.sharing import rows
from enact_graph.present.values import Wording
from enact_graph.present.view import Item, Part, Row, Witness, address
from enact_graph.present.words import Voice
from enact_graph.vocabulary import DCTERMS, ENACT, PRECISION, RDF, SCHEMA

_GISTS: Final = (
    DCTERMS.description,
    SCHEMA.description,
)


@dataclass(frozen=True)
class Extract:
    """One passage of a document: its number, its address, our paraphrase."""

    number: str
    href: str
    gist: tuple[Part, ...]


@dataclass(frozen=True)
class Subject:
    """One thing a graph speaks of, with the rows of what it says."""

    anchor: str
    name: Part
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Sheets:
    """Reads a document (its passages as nodes) or a graph (its subjects as nodes)."""

    entity: Entity
    voice: Voice

    @property
    def _wording(self) -> Wording:
        return Wording(self.entity, self.voice)

    @property
    def _notary(self) -> Notary:
        return Notary(self.voice, self.entity.sources, self.entity.labels, self.entity.iri)

    def passages(self) -> list[Extract]:
        """The passages of a document, in order."""
        found = []
        for node in self.entity.nodes:
            types = {o.value for o in self.entity.objects(RDF.type, node)}
            if ENACT.Passage not in types:
                continue
            number = next((o.value for o in self.entity.objects(ENACT.paragraph, node)), "")
            gist = tuple(
                p
                for g in _GISTS
                for o in self._wording.objects(g, node)
                for p in self._wording.parts(o)
            )
            found.append(Extract(number, address(node) or node, gist))
        return sorted(found, key=lambda e: (len(e.number), e.number, e.href))

    def witness(self) -> Witness | None:
        """The passage behind a graph; None where it has none."""
        source = self.entity.sources.get(self.entity.iri)
        return self._notary.witness(source) if source and source.passage else None

    def documents(self) -> tuple[Part, ...]:
        """The document of the passage behind a graph, where it is not that itself."""
        source = self.entity.sources.get(self.entity.iri)
        if not source or not source.document or source.document == source.passage:
            return ()
        return (self._notary.document(source).title,)

    def read(self) -> str:
        """When a document was read, in words; empty where that is not known."""
        days = self.entity.objects(DATE)
        day = self._wording.day(days[0].value) if days else ""
        return self.voice.text("note.read", day=day) if day else ""

    def title(self, of: Entity) -> Name:
        """The name of a passage or graph: its own, else that of its document and paragraph."""
        if of.labels.get(of.iri):
            return of.name(of.iri, self.voice.lang)
        witness = self.witness()
        return witness.title.name if witness else of.name(of.iri, self.voice.lang)

    def subjects(self) -> list[Subject]:
        """What the graph says, by subject; amounts and the like stand with what they belong to."""
        inner = {
            s.target
            for said in self.entity.nodes.values()
            for s in said
            if s.target in self.entity.nodes and self._wording.figure(s.target or "")
        }
        return [
            Subject(
                node.rpartition("/")[2].replace("#", "-"),
                self._wording.link(node),
                self._rows(node, said),
            )
            for node, said in sorted(self.entity.nodes.items())
            if node not in inner
        ]

    def _rows(self, node: str, said: tuple[Statement, ...]) -> tuple[Row, ...]:
        one = replace(self.entity, iri=node, statements=said, incoming=())
        wording, notary = Wording(one, self.voice), replace(self._notary, about=node)
        labels = Rows(wording, notary)
        by_predicate: dict[str, list[Statement]] = defaultdict(list)
        for statement in said:
            if statement.predicate in PRECISION.values():
                continue  # the date is written no more precisely than it says
            by_predicate[statement.predicate].append(statement)
        labelled = []
        for predicate, statements in by_predicate.items():
            chosen = set(wording.objects(predicate))
            for s in statements:
                if s.object in chosen:
                    item = Item(
                        tuple(wording.parts(s.object, predicate)), note=notary.note(s.graphs)
                    )
                    labelled.append((labels.label(predicate), item, (predicate,)))
        # Two properties may have one label: what has it stands together.
        places = {label.name.text: n for n, (label, *_) in reversed(list(enumerate(labelled)))}
        labelled.sort(key=lambda told: places[told[0].name.text])
        return rows(labelled, notary)
