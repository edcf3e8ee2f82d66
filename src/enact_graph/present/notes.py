"""The note beside a statement: who says so, in which paragraph, when."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.entity import Facts, Labels, Name, Source, local_name, pick
from enact_graph.present.view import Note, Part, Witness, address, report
from enact_graph.present.words import Voice
from enact_graph.rdf.characters import FIXED
from enact_graph.vocabulary import DCTERMS, ENACT, OA, SCHEMA, SKOS

#: The licences of registries, by the address of their text.
_LICENCES: Final = re.compile(
    r"creativecommons\.org/(?:publicdomain/(?P<zero>zero)|licenses/(?P<by>[a-z-]+)/(?P<v>[\d.]+))"
)


def licence(iri: str, name: Name | None) -> Part:
    """A licence, by its common name where it has one, linked to its text."""
    known = _LICENCES.search(iri)
    text = name.text if name else iri.partition("://")[2].rstrip("/")
    if known:
        text = "CC0" if known["zero"] else f"CC {known['by'].upper()} {known['v']}"
    return Part(Name(text, name.language if name else ""), address(iri))


_GISTS: Final = (DCTERMS.description, SCHEMA.description)
_ABOUT: Final = terms.VOCAB + "about"
_RECORD: Final = terms.VOCAB + "document-registry-record"
#: A publisher that is known by the acronym behind its name.
_KNOWN_AS: Final = re.compile(r"\((?P<acronym>[A-Z][A-Za-z]+)\)$")
_TITLES: Final = (DCTERMS.title, SKOS.prefLabel)

#: Which of several origins is told first: what a source says outweighs what we wrote or inferred.
_RANK: Final = ("stated", "curated", "described", "inferred")


def status(source: Source) -> str:
    """The origin of a graph: stated, curated, described or inferred by a rule."""
    return "inferred" if source.graph.startswith(terms.GRAPH_INFERRED) else source.status


def texts(facts: Facts, predicates: Iterable[str]) -> Labels:
    """The literals of the first of these predicates that has any, by language."""
    for predicate in predicates:
        literals = (o for o in facts.get(predicate, ()) if isinstance(o, ox.Literal))
        found = {o.language or "": o.value for o in literals}
        if found:
            return found
    return {}


def _value(facts: Facts, *predicates: str) -> str | None:
    return next((o.value for p in predicates for o in facts.get(p, ())), None)


@dataclass(frozen=True)
class Notary:
    """Writes notes in one language from the sources and labels of one page.

    `about` is the IRI of what the page is about: errors are reported of its statements.
    """

    voice: Voice
    sources: Mapping[str, Source]
    labels: Mapping[str, Labels]
    about: str = ""

    def note(self, graphs: Iterable[str], links: tuple[Part, ...] = ()) -> Note:
        """The note of a statement that these graphs hold."""
        graphs = tuple(sorted(set(graphs)))
        by_status: dict[str, list[Source]] = defaultdict(list)
        for graph in graphs:
            source = self.sources.get(graph, Source(graph, "described"))
            by_status[status(source)].append(source)
        mark = next((s for s in _RANK if s in by_status), "described")
        chosen = by_status[mark]
        if mark == "stated":
            return self._stated(chosen, graphs)
        remarks = [self.voice.text(f"note.{mark}.remark")]
        if mark == "inferred":
            rules = [self._rule(s.graph) for s in chosen]
            said = (pick(texts(s.graph_facts, _GISTS), self.voice.lang) for s in chosen)
            remarks = [*(rule.text for rule in said if rule), *remarks]
            what = self.voice.text("note.inferred.rule", rule=self.voice.listed(rules))
        else:
            what = self.voice.text(f"note.{mark}.what")
        links += tuple(
            Part(Name(terms.shorten(s.graph), ""), address(s.graph), "code") for s in chosen
        )
        return Note(
            "curated" if mark == "described" else mark,
            what,
            self.voice.text(f"note.{mark}.how"),
            remarks=tuple(remarks),
            links=links,
            graphs=graphs,
            report=report(self.about, chosen[0].graph),
        )

    def is_open(self, graphs: Iterable[str], lists: Collection[str]) -> bool:
        """Whether one of these graphs says that one of its lists is not complete."""
        told = (self.sources[g].graph_facts for g in graphs if g in self.sources)
        return any(o.value in lists for facts in told for o in facts.get(ENACT.openListOf, ()))

    def witness(self, source: Source) -> Witness:
        """One source in full: title and paragraph, publisher, date, offsets, our paraphrase."""
        document = source.document_facts
        title = self._title(source)
        number = _value(source.passage_facts, ENACT.paragraph)
        text = title.text
        if number:
            text = self.voice.text("note.paragraph-of", title=text, n=number)
        start, end = (_value(source.passage_facts, p) for p in (OA.start, OA.end))
        publisher = _value(document, DCTERMS.publisher)
        day, when = self._issued(document)
        return Witness(
            Part(Name(text, title.language), address(source.passage or source.graph)),
            pick(self.labels.get(publisher, {}), self.voice.lang) if publisher else None,
            day,
            when,
            self.voice.text("note.characters", start=start, end=end) if start and end else "",
            pick(texts(source.passage_facts, _GISTS), self.voice.lang),
            self._read(document),
            self._licence(document),
            self._page(document),
        )

    def document(self, source: Source) -> Witness:
        """The document of a passage: title, publisher, date."""
        publisher = _value(source.document_facts, DCTERMS.publisher)
        day, when = self._issued(source.document_facts)
        return Witness(
            Part(self._title(source), address(source.document or source.graph)),
            pick(self.labels.get(publisher, {}), self.voice.lang) if publisher else None,
            day,
            when or self.voice.text("date.undated"),
        )

    def documents(self, graphs: Iterable[str]) -> set[str]:
        """The documents that some graphs come from, each once; those of ours left out."""
        found = (self.sources[g] for g in graphs if g in self.sources)
        return {s.document or s.graph for s in found if status(s) == "stated"}

    def disputed(self, note: Note, others: Iterable[str], links: tuple[Part, ...]) -> Note:
        """The note of a statement from which the documents of other graphs differ."""
        differing = self.documents(others) - self.documents(note.graphs)
        total = len(self.documents(note.graphs) | differing)
        voice = self.voice
        counted = voice.count("note.documents", total), voice.count("note.differ", len(differing))
        what = ", ".join(counted)
        return replace(
            note,
            mark="disputed",
            what=what,
            how=voice.text("note.disputed.how"),
            when="",
            plus=0,
            remarks=(*note.remarks, voice.text("note.disputed.remark")),
            links=(*note.links, *links),
        )

    def _stated(self, sources: list[Source], graphs: tuple[str, ...]) -> Note:
        by_document: dict[str, list[Source]] = defaultdict(list)
        for source in sources:
            by_document[source.document or source.graph].append(source)
        # The oldest document first, records of registries last; within it, the paragraphs in order.
        documents = sorted(
            by_document.values(),
            key=lambda s: (
                self._is_record(s[0]),
                self._latest(s[0].document_facts),
                s[0].graph,
            ),
        )
        first = documents[0]
        when = self._issued(first[0].document_facts)[1]
        if self._is_record(first[0]):
            when = self._read(first[0].document_facts)
        when = when or self.voice.text("date.undated")
        numbers = sorted(int(n) for s in first if (n := _value(s.passage_facts, ENACT.paragraph)))
        what = self._short(first[0])
        if numbers:
            listed = self.voice.listed([str(n) for n in numbers]).replace(" ", FIXED)
            what = self.voice.text("note.paragraphs", title=what, n=listed)
        ordered = [s for d in documents for s in sorted(d, key=lambda s: s.graph)]
        return Note(
            "stated",
            what,
            self.voice.text("note.stated.how"),
            self._latest(first[0].document_facts),
            when,
            len(documents) - 1,
            witnesses=tuple(self.witness(s) for s in ordered),
            graphs=graphs,
            report=report(self.about, ordered[0].graph),
        )

    def _title(self, source: Source) -> Name:
        named = pick(texts(source.document_facts, _TITLES), self.voice.lang)
        if named is None and source.document:
            named = pick(self.labels.get(source.document, {}), self.voice.lang)
        return named or Name(local_name(source.document or source.graph), "")

    def _short(self, source: Source) -> str:
        """The kind of a paragraphed document, the register of a record, else the publisher."""
        kind = _value(source.document_facts, DCTERMS.type)
        named = pick(self.labels.get(kind, {}), self.voice.lang) if kind else None
        publisher = _value(source.document_facts, DCTERMS.publisher)
        by = pick(self.labels.get(publisher, {}), self.voice.lang) if publisher else None
        if named and ENACT.paragraph in source.passage_facts:
            text = named.text
        elif by is None:
            text = self._title(source).text
        elif self._is_record(source):
            acronym = _KNOWN_AS.search(by.text)
            known_as = acronym["acronym"] if acronym else by.text
            text = self.voice.text("note.record", register=known_as)
        else:
            text = by.text
        return text[:1].upper() + text[1:]

    def _is_record(self, source: Source) -> bool:
        return _value(source.document_facts, DCTERMS.type) == _RECORD

    def _read(self, document: Facts) -> str:
        """When a document was read, in words."""
        day = _value(document, DCTERMS.date)
        return self.voice.text("note.read", day=self._written(day)) if day else ""

    def _licence(self, document: Facts) -> Part | None:
        """The licence of a record, by its common name where it has one."""
        iri = _value(document, DCTERMS.license)
        if iri is None:
            return None
        return licence(iri, pick(self.labels.get(iri, {}), self.voice.lang))

    def _page(self, document: Facts) -> Part | None:
        """The document itself on the web, by the host it is on."""
        href = address(_value(document, SCHEMA.url) or "")
        if href is None or href.startswith("/"):
            return None
        return Part(Name(urlsplit(href).netloc.removeprefix("www."), ""), href, "iri")

    def _rule(self, graph: str) -> str:
        named = pick(self.labels.get(graph, {}), self.voice.lang)
        if named:
            return named.text
        return local_name(graph).removeprefix("inferred-")

    def _issued(self, document: Facts) -> tuple[str, str]:
        """The day of issue and its words, no more precise than it is known; empty if undated."""
        day = _value(document, DCTERMS.issued)
        if day is None:
            return "", ""
        precision = (_value(document, ENACT.issuedPrecision) or "precision-day").rpartition(
            "precision-"
        )[2]
        when = self._written(day, precision)
        if _value(document, ENACT.qualifier) == _ABOUT:
            when = self.voice.text("date.about", date=when)
        return day, when

    def _latest(self, document: Facts) -> str:
        """By when a document was out, to be sorted by: what is known by its year counts last."""
        day, precision = (
            _value(document, p) or "" for p in (DCTERMS.issued, ENACT.issuedPrecision)
        )
        known = {"month": 7, "year": 4}.get(precision.rpartition("precision-")[2], 10)
        return day[:known] + "-99" if day else "99"

    def _written(self, day: str, precision: str = "day") -> str:
        try:
            return self.voice.date(date.fromisoformat(day[:10]), precision)
        except ValueError:
            return day
