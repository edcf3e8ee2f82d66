"""One object of a statement as words: names, texts, dates as precise as they are known, amounts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.entity import Entity, Name, Object
from enact_graph.graph.relations import END, START
from enact_graph.present.view import Part, address
from enact_graph.present.words import Voice
from enact_graph.vocabulary import DCTERMS, ENACT, GEO, LOCN, ORG, PRECISION, RDF, SCHEMA, SKOS

_P: Final = terms.PREFIXES
XSD: Final = _P["xsd"]
_NUMBERS: Final = frozenset({"integer", "decimal", "nonNegativeInteger", "positiveInteger", "int"})

QUALIFIER: Final = ENACT.qualifier
NOT_STATED: Final = ENACT.notStated
VALUE: Final = SCHEMA.value
CURRENCY: Final = SCHEMA.currency
_DIGEST: Final = ENACT.sha256
NOTATION: Final = SKOS.notation
CONFORMS_TO: Final = DCTERMS.conformsTo
URL_TEMPLATE: Final = ENACT.urlTemplate

ISSUED: Final = DCTERMS.issued
_ABOUT: Final = ox.NamedNode(terms.VOCAB + "about")
#: Names that a source gives in its own language are shown to readers of every language.
_EVERY_LANGUAGE: Final = frozenset({SKOS.altLabel, SCHEMA.legalName, ENACT.officialName})
_SAYS_NOTHING: Final = frozenset({terms.VOCAB + "exactly"})
_POINT: Final = re.compile(r"POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)")


@dataclass(frozen=True)
class Wording:
    """Puts the objects of an entity's statements into the words of one language."""

    entity: Entity
    voice: Voice

    def link(self, iri: str, kind: str = "text") -> Part:
        """The name of a thing, linked to its page."""
        return Part(self.entity.name(iri, self.voice.lang), address(iri), kind)

    def plain(self, text: str) -> Part:
        """Words of the interface."""
        return Part(Name(text, self.voice.lang))

    def tag(self, text: str, style: str, lang: str = "") -> Part:
        """A word that limits a value."""
        return Part(Name(text, lang or self.voice.lang), None, "tag", style)

    def objects(self, predicate: str, subject: str | None = None) -> tuple[Object, ...]:
        """The objects of a predicate: of a text the best language, of a further name each."""
        found = self.entity.objects(predicate, subject)
        if predicate in _EVERY_LANGUAGE:
            # A name that is the same in several languages is told once, as the reader's if it is.
            told = sorted(found, key=lambda o: getattr(o, "language", None) == self.voice.lang)
            return tuple({o.value: o for o in told}.values())
        texts = [o for o in found if isinstance(o, ox.Literal) and o.language]
        if not texts:
            return found
        spoken = {o.language for o in texts}
        wanted = (self.voice.lang, "en", "fr", "de", *sorted(t for t in spoken if t))
        best = next(tag for tag in wanted if tag in spoken)
        return tuple(o for o in found if getattr(o, "language", None) in (None, best))

    def parts(self, term: Object, predicate: str = "", subject: str | None = None) -> list[Part]:
        """One object as the parts of a line; `subject` has the precision of a date."""
        if isinstance(term, ox.NamedNode):
            return self._thing(term.value)
        if term.language:
            return [Part(Name(term.value, term.language))]
        kind = term.datatype.value.removeprefix(XSD)
        if predicate == _DIGEST:
            return [Part(Name(term.value, ""), kind="code")]
        if kind == "anyURI":
            return [Part(Name(term.value, ""), address(term.value), "iri")]
        if kind == "date":
            return [self.plain(self.day(term.value, predicate, subject))]
        return [self.plain(self._literal(term.value, kind))]

    def _literal(self, text: str, kind: str) -> str:
        if kind in _NUMBERS:
            return self.amount(text)
        if kind == "boolean":
            return self.voice.text("value.true" if text in ("true", "1") else "value.false")
        return self.duration(text) if kind == "duration" else text

    def _thing(self, iri: str) -> list[Part]:
        if iri in self.entity.nodes:
            figure = self.figure(iri) or self._identifier(iri) or self._place(iri)
            if figure:
                return figure
        if iri.startswith(terms.BASE) or iri in self.entity.labels:
            return [self.link(iri)]
        shown = iri.removeprefix("https://").removeprefix("http://").rstrip("/")
        return [Part(Name(shown, ""), address(iri), "iri")]

    def figure(self, node: str) -> list[Part] | None:
        """An amount or a value with its qualifier; None where the node has no number."""
        numbers = self.entity.objects(VALUE, node)
        if not numbers:
            return None
        currency = next((o.value for o in self.entity.objects(CURRENCY, node)), "")
        parts = self.qualifiers(node)
        for number in numbers:
            if currency:
                try:
                    text = self.voice.money(Decimal(number.value), currency)
                except InvalidOperation:
                    text = f"{number.value} {currency}"
            else:
                text = self.amount(number.value)
            parts.append(self.plain(text))
        return parts

    def qualifiers(self, node: str) -> list[Part]:
        """The words that limit a node's value: about, nearly, at least."""
        return [
            self.tag(name.text, "hedge", name.language)
            for o in self.entity.objects(QUALIFIER, node)
            if o.value not in _SAYS_NOTHING
            for name in [self.entity.name(o.value, self.voice.lang)]
        ]

    def _identifier(self, node: str) -> list[Part] | None:
        notation = next((o.value for o in self.entity.objects(NOTATION, node)), None)
        schemes = [self.link(o.value) for o in self.entity.objects(CONFORMS_TO, node)]
        if notation is None or not schemes:
            return None  # a concept may have a notation, too, and is told by its name
        templates = [
            t.value
            for o in self.entity.objects(CONFORMS_TO, node)
            for t in self.entity.objects(URL_TEMPLATE, o.value)
        ]
        href = next((t.replace("{value}", notation) for t in templates if "{value}" in t), None)
        return [*schemes, Part(Name(notation, ""), href and address(href), "iri")]

    def _place(self, node: str) -> list[Part] | None:
        """A site as its address, place and coordinates, linked; a geometry as its coordinates."""
        objects = self.entity.objects
        if points := objects(GEO.asWKT, node):
            return [p for o in points for p in self.point(o.value)]
        if ORG.Site not in {o.value for o in objects(RDF.type, node)}:
            return None
        groups = [[Part(Name(o.value, ""))] for o in objects(LOCN.fullAddress, node)]
        groups += [[self.link(o.value)] for o in objects(DCTERMS.spatial, node)]
        for geometry in objects(GEO.hasGeometry, node):
            groups.append(self._place(geometry.value) or [])
        name = [self.link(node), self.plain(self.voice.text("value.colon"))]
        return [*(name if any(groups) else name[:1]), *joined(groups, self.plain(" · "))]

    def point(self, wkt: str) -> list[Part]:
        """A point as latitude and longitude; another geometry as it is written."""
        found = _POINT.search(wkt)
        if not found:
            return [Part(Name(wkt, ""), kind="code")]
        lon, lat = (self.voice.number(round(Decimal(n), 4)) for n in found.groups())
        return [self.plain(self.voice.text("value.point", lat=lat, lon=lon))]

    def amount(self, text: str) -> str:
        """A number as the language writes it; as it is where it is none."""
        try:
            return self.voice.number(Decimal(text))
        except InvalidOperation:
            return text

    def day(self, text: str, predicate: str = "", subject: str | None = None) -> str:
        """A date, no more precise than its neighbour in PRECISION says."""
        stated = self.entity.objects(PRECISION.get(predicate, ""), subject)
        precision = next((o.value.rpartition("precision-")[2] for o in stated), "day")
        try:
            written = self.voice.date(date.fromisoformat(text[:10]), precision)
        except ValueError:
            return text
        if predicate == ISSUED and self.is_about(subject):
            return self.voice.text("date.about", date=written)
        return written

    def is_about(self, subject: str | None) -> bool:
        """Whether the source gives the dates of a node, or of the thing itself, as round ones."""
        return _ABOUT in self.entity.objects(QUALIFIER, subject)

    def duration(self, text: str) -> str:
        """A duration in whole years, months or days; as it is where it is another."""
        for unit, key in (("Y", "value.years"), ("M", "value.months"), ("D", "value.days")):
            number = text.removeprefix("P").removesuffix(unit)
            if text == f"P{number}{unit}" and number.isdigit():
                return self.voice.count(key, int(number))
        return text

    def period(self, node: str | None) -> str | None:
        """From when until when, of a node or of the thing itself."""
        start, end = (
            next((self.day(o.value, p, node) for o in self.entity.objects(p, node)), None)
            for p in (START, END)
        )
        return self.voice.span(start, end)

    def gaps(self, node: str | None) -> list[Part]:
        """What the source leaves out, as tags: baseline not stated."""
        tags = []
        for o in self.entity.objects(NOT_STATED, node):
            name = self.entity.name(o.value, self.voice.lang)
            text = self.voice.text("value.not-stated", what=name.text)
            tags.append(self.tag(text, "open"))
        return tags


def joined(groups: Iterable[list[Part]], separator: Part) -> tuple[Part, ...]:
    """The parts of several groups in one line, `separator` between them."""
    line: list[Part] = []
    for group in groups:
        if line and group:
            line.append(separator)
        line += group
    return tuple(line)


def is_now(wording: Wording, node: str, today: date) -> bool:
    """Whether a tie has begun by a day and is not over, as far as anything is said of it."""
    objects, day = wording.entity.objects, today.isoformat()
    return all(o.value >= day for o in objects(END, node)) and all(
        o.value <= day for o in objects(START, node)
    )
