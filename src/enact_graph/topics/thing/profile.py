"""The page of one thing, put together: head, sections, the documents it rests on, its data."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

from enact_graph import terms
from enact_graph.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from enact_graph.graph.entity import Entity, Name, Statement
from enact_graph.present.notes import Notary, status
from enact_graph.present.placement import ICONS, LABELS
from enact_graph.present.rows import is_inferred
from enact_graph.present.ties import witnesses
from enact_graph.present.values import Wording
from enact_graph.present.view import File, Note, Part, Section, Witness
from enact_graph.present.words import Voice
from enact_graph.topics.thing.key_facts import Brief, Fact
from enact_graph.topics.thing.sections import Sections
from enact_graph.vocabulary import DCTERMS, ENACT, ORG, RDF, SCHEMA, SKOS

_FULL: Final = (SCHEMA.legalName, SKOS.altLabel)
#: Classes whose members have a kind of their own: a city, a press article.
_KINDRED: Final = frozenset({DCTERMS.Location, ENACT.SourceDocument})
_LEADS: Final = (
    SCHEMA.description,
    SKOS.definition,
    DCTERMS.description,
    DCTERMS.abstract,
)
_DATA: Final = (TURTLE, JSON_LD, TRIG, N_TRIPLES, N_QUADS, RDF_XML)


@dataclass(frozen=True)
class Head:
    """The top of a page: what kind of thing, its name, its full name, a sentence, who says it."""

    icon: str
    kinds: tuple[Name, ...]
    name: Name
    full: Name | None
    full_note: Note | None
    lead: Name | None
    note: Note | None
    is_term: bool = False


@dataclass(frozen=True)
class Profile:
    """A whole page of a thing; `named` says who gave it its name and class."""

    head: Head
    brief: tuple[Fact, ...]
    sections: tuple[Section, ...]
    documents: tuple[tuple[Witness, int], ...]
    files: tuple[File, ...]
    types: tuple[Part, ...]
    named: Note | None


@dataclass(frozen=True)
class Profiler:
    """Puts the page of an entity together in one language, as of the day of the release."""

    entity: Entity
    voice: Voice
    today: date

    @property
    def wording(self) -> Wording:
        """The words for this entity's objects."""
        return Wording(self.entity, self.voice)

    @property
    def notary(self) -> Notary:
        """The writer of this page's notes."""
        return Notary(self.voice, self.entity.sources, self.entity.labels, self.entity.iri)

    def profile(self) -> Profile:
        """The page."""
        lead, full = self._lead(), self._full()
        shown = {s.object for s in (lead, full) if s}
        sections = Sections(self.wording, self.notary, self.today).all(shown)
        return Profile(
            self.head(),
            Brief(self.wording, self.notary, self.today).facts(),
            sections,
            self.documents(),
            self.files(),
            tuple(self.wording.link(t) for t in self.stated_types()),
            self.named(),
        )

    def named(self) -> Note | None:
        """Who gave the thing its name and its class."""
        told = [
            s for s in self.entity.statements if s.predicate in LABELS or s.predicate == RDF.type
        ]
        graphs = witnesses(told)
        return self.notary.note(graphs) if graphs else None

    def stated_types(self) -> list[str]:
        """The classes that people gave the thing, else those that follow."""
        said = [s for s in self.entity.statements if s.predicate == RDF.type]
        chosen = [s for s in said if not is_inferred(s)] or said
        return [s.object.value for s in chosen]

    def head(self) -> Head:
        """The top of the page."""
        lang, entity = self.voice.lang, self.entity
        types = self.stated_types()
        icon = next((sign for c, sign in ICONS.items() if c in {*types, *entity.types}), "concept")
        kinds = [entity.name(o.value, lang) for o in entity.objects(ORG.classification)]
        if not kinds and _KINDRED.intersection(entity.types):
            kinds = [entity.name(o.value, lang) for o in entity.objects(DCTERMS.type)]
        kinds = kinds or [entity.name(t, lang) for t in types[:1]]
        name = entity.name(entity.iri, lang)
        full, lead = self._full(), self._lead()
        notes = {s: self.notary.note(witnesses([s])) for s in (full, lead) if s}
        return Head(
            icon,
            tuple(kinds),
            name,
            _said(full) if full else None,
            notes.get(full) if full and (not lead or notes[full] != notes[lead]) else None,
            _said(lead) if lead else None,
            notes.get(lead) if lead else None,
            entity.iri.startswith((terms.VOCAB, terms.ENACT)),
        )

    def _full(self) -> Statement | None:
        """The statement of the longest name, where it tells more than the name itself."""
        name = self.entity.name(self.entity.iri, self.voice.lang).text
        best = {o for p in _FULL for o in self.wording.objects(p)}
        found = [
            s
            for s in self.entity.statements
            if s.predicate in _FULL and s.object in best and len(s.object.value) > len(name)
        ]
        return max(found, key=lambda s: len(s.object.value), default=None)

    def _lead(self) -> Statement | None:
        """The statement that says in a sentence what the thing is."""
        for predicate in _LEADS:
            chosen = self.wording.objects(predicate)
            for statement in self.entity.statements:
                if statement.predicate == predicate and statement.object in chosen:
                    return statement
        return None

    def documents(self) -> tuple[tuple[Witness, int], ...]:
        """The documents behind the page and how many statements each supports, most first."""
        entity, counts = self.entity, Counter[str]()
        told = {*entity.statements, *entity.incoming}
        for said in entity.nodes.values():
            told.update(said)
        first: dict[str, str] = {}
        for statement in told:
            said_by = set()
            for graph in sorted(statement.graphs):
                source = entity.sources.get(graph)
                if source and source.document and status(source) == "stated":
                    said_by.add(source.document)
                    first[source.document] = min(first.get(source.document, graph), graph)
            counts.update(said_by)
        notary = self.notary
        ordered = sorted(counts, key=lambda d: (-counts[d], d))
        return tuple((notary.document(entity.sources[first[d]]), counts[d]) for d in ordered)

    def files(self) -> tuple[File, ...]:
        """The same page in the formats of programs."""
        iri = self.entity.iri
        if not iri.startswith(terms.BASE):
            return ()
        stem = "/" + iri.removeprefix(terms.BASE).partition("#")[0]
        stem = "/doc/" + iri.removeprefix(terms.ID) if iri.startswith(terms.ID) else stem
        return tuple(File(f.title, f"{stem}.{f.extension}", f.media_type) for f in _DATA)


def _said(statement: Statement) -> Name:
    return Name(statement.object.value, getattr(statement.object, "language", None) or "")
