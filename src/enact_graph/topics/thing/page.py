"""The pages of things: entities and terms, documents, passages and graphs, the ontology."""

from dataclasses import dataclass
from typing import Final

from enact_graph import terms
from enact_graph.errors import NotFound
from enact_graph.graph.entity import Entity, Name
from enact_graph.graph.relations import THROUGH
from enact_graph.present.frame import Frame, Heading
from enact_graph.present.placement import SHELVES
from enact_graph.present.view import Part, Section, address
from enact_graph.present.words import Voice
from enact_graph.topics.thing.profile import Profiler
from enact_graph.topics.thing.sections import deal, weigh
from enact_graph.topics.thing.sheets import Sheets
from enact_graph.topics.thing.term_lists import Catalogue
from enact_graph.vocabulary import ENACT

#: What ties things is shown on their pages, and has no network of its own.
_TIES: Final = frozenset(r.through for r in THROUGH)


@dataclass(frozen=True)
class Things:
    """Renders the page of any IRI of ours."""

    frame: Frame

    def thing(
        self,
        entity: Entity,
        lang: str,
        said: Entity | None = None,
        parts: tuple[int, int] | None = None,
    ) -> str:
        """The page of any IRI of ours, in the form that fits what it is.

        For a passage or a graph, `said` is the graph that holds what it says, or the part of it
        that `parts` numbers: (this part, the last). Of a thing that takes several pages, `parts`
        numbers the one; NotFound where there is no such page.
        """
        iri = entity.iri
        if iri == terms.ONTOLOGY_IRI:
            return self.ontology(entity, lang)
        if iri.startswith(terms.GRAPH):
            return self.sheet(entity, said or entity, lang, parts)
        if iri.startswith(terms.SOURCE):
            if said is not None:
                return self.sheet(entity, said, lang, parts)
            if parts and parts[0] > 1:
                raise NotFound(f"{iri} is told in one part; there is no part {parts[0]}.")
            return self.document(entity, lang)
        return self.entity(entity, lang, parts[0] if parts else 1)

    def entity(self, entity: Entity, lang: str, number: int = 1) -> str:
        """The page of a thing: head, sections, sources, data; of a long one that part of it."""
        voice = self.frame.voice(lang)
        page = Profiler(entity, voice, self.frame.today).profile()
        name = page.head.name.text
        sections = list(page.sections)
        if page.documents:
            title = voice.text("entity.sources")
            sections.append(Section("sources", title, form="documents", content=page.documents))
        portions = deal(sections, weigh(page.brief))
        if number > len(portions):
            raise NotFound(f"{entity.iri} has {len(portions)} parts; there is no part {number}.")
        portion = portions[number - 1]
        there = {s.anchor: f"?part={n}&lang={lang}#{s.anchor}" for s, n in portion.elsewhere}
        entries = [
            (there.get(s.anchor, f"#{s.anchor}"), s.title)
            for p in portions
            for s in p.sections
            if not s.goes_on or p is portion
        ]
        entries.append(("#data", voice.text("entity.data")))
        return self.frame.render(
            "thing/page.html",
            lang,
            Heading(
                name,
                page.head.lead.text
                if page.head.lead
                else voice.text("entity.description", name=name),
                "vocabulary" if entity.iri.startswith(terms.VOCAB) else None,
                path=address(entity.iri) or "",
            ),
            crumbs=self._crumbs(entity, voice),
            crumb_here=name,
            kept=[("part", str(number))] if number > 1 else [],
            page=page,
            portion=portion,
            part_no=number,
            last=len(portions),
            entries=entries,
            further=self._further(entity, name, voice),
            iri=entity.iri,
            data_links=page.files,
        )

    def _further(self, entity: Entity, name: str, voice: Voice) -> list[Part]:
        """Where else a thing is shown: its network, the path finder, its dates."""
        is_tie = not _TIES.isdisjoint(entity.types)
        if not entity.iri.startswith(terms.ID) or is_tie or not entity.labels.get(entity.iri):
            return []
        slug = entity.iri.removeprefix(terms.ID)
        ways = [("network", f"/network/{slug}"), ("path", f"/path?from={slug}")]
        if ENACT.Cluster in entity.types:
            ways.append(("timeline", f"/timeline?of={slug}"))
        return [
            Part(Name(voice.text(f"further.{key}", name=name), voice.lang), href)
            for key, href in ways
        ]

    def document(self, entity: Entity, lang: str) -> str:
        """A source document: what it is and its passages."""
        voice = self.frame.voice(lang)
        page = Profiler(entity, voice, self.frame.today).profile()
        sheets = Sheets(entity, voice)
        passages = sheets.passages()
        return self.frame.render(
            "thing/document.html",
            lang,
            Heading(
                page.head.name.text,
                voice.text("document.description", name=page.head.name.text),
                path=address(entity.iri) or "",
            ),
            crumbs=self._crumbs(entity, voice),
            crumb_here=page.head.name.text,
            page=page,
            passages=passages,
            read=sheets.read(),
            iri=entity.iri,
            data_links=page.files,
        )

    def sheet(
        self,
        entity: Entity,
        said: Entity,
        lang: str,
        parts: tuple[int, int] | None = None,
    ) -> str:
        """A passage or a graph: everything it says, subject by subject."""
        voice = self.frame.voice(lang)
        sheets = Sheets(said, voice)
        page = Profiler(entity, voice, self.frame.today).profile()
        name = sheets.title(entity)
        return self.frame.render(
            "thing/sheet.html",
            lang,
            Heading(
                name.text,
                voice.text("sheet.description", name=name.text),
                path=address(entity.iri) or "",
            ),
            crumbs=self._crumbs(entity, voice, *sheets.documents()),
            crumb_here=name.text,
            page=page,
            name=name,
            witness=sheets.witness(),
            subjects=sheets.subjects(),
            part_no=parts[0] if parts else 1,
            last=parts[1] if parts else 1,
            kept=[("part", str(parts[0]))] if parts and parts[0] > 1 else [],
            iri=entity.iri,
            data_links=page.files,
        )

    def ontology(self, entity: Entity, lang: str) -> str:
        """All classes and properties, with their definitions and nearest standard terms."""
        voice = self.frame.voice(lang)
        groups = Catalogue(entity, voice).groups()
        page = Profiler(entity, voice, self.frame.today).profile()
        return self.frame.render(
            "thing/ontology.html",
            lang,
            Heading(
                voice.text("ontology.title"),
                voice.text("ontology.description"),
                "ontology",
                path="/ontology",
            ),
            page=page,
            groups=groups,
            entries=[
                *((k, voice.text(f"ontology.{k}")) for k, _ in groups),
                ("data", voice.text("entity.data")),
            ],
            iri=entity.iri,
            data_links=page.files,
        )

    def _crumbs(self, entity: Entity, voice: Voice, *more: Part) -> list[Part]:
        """The way to a page: from the home page over the list the thing stands in."""
        home = Part(Name(voice.text("nav.home"), voice.lang), "/")
        if entity.iri.startswith(terms.VOCAB):
            title = Name(voice.text("nav.vocabulary"), voice.lang)
            return [home, Part(title, "/vocab"), *more]
        key = next((k for c, k in SHELVES.items() if c in entity.types), None)
        if key is None:
            return [home, *more]
        title = Name(voice.text(f"list.{key}"), voice.lang)
        return [home, Part(title, f"/list/{key}"), *more]
