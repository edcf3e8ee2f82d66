"""Names, identifiers and the same thing elsewhere: what is told in tables of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.entity import Name
from enact_graph.present.notes import Notary
from enact_graph.present.placement import DIFFERS, LABELS, STATUS
from enact_graph.present.rows import is_inferred
from enact_graph.present.ties import Ties
from enact_graph.present.values import CONFORMS_TO, NOTATION, Wording
from enact_graph.present.view import Note, Part, address
from enact_graph.vocabulary import ADMS, ENACT, OWL, SCHEMA, SKOS

IDENTIFIER: Final = ADMS.identifier
NAMES: Final = frozenset({ENACT.officialName, SCHEMA.legalName, SKOS.altLabel, ENACT.acronym})
#: The same thing elsewhere, by the strength of the claim.
ELSEWHERE: Final = (
    OWL.sameAs,
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SCHEMA.sameAs,
)
#: Hosts that readers know by another name.
_HOSTS: Final = {
    "ror.org": "ROR",
    "www.wikidata.org": "Wikidata",
    "sws.geonames.org": "GeoNames",
    "data.europa.eu": "data.europa.eu",
    "isni.org": "ISNI",
    "metadata.un.org": "UN",
    "scanr.enseignementsup-recherche.gouv.fr": "scanR",
}


@dataclass(frozen=True)
class NameRow:
    """A name and its language, whether a source calls it official, and who says so."""

    name: Name
    kind: str
    note: Note


@dataclass(frozen=True)
class Identifier:
    """A scheme, the value in it, a link where it has one, tags, and who says so."""

    scheme: tuple[Part, ...]
    value: Part
    tags: tuple[Part, ...]
    note: Note


@dataclass(frozen=True)
class Elsewhere:
    """A link to the same thing in another data set, and what the link claims."""

    link: Part
    claim: Part
    note: Note


@dataclass(frozen=True)
class Lists:
    """Builds these tables of one page."""

    wording: Wording
    notary: Notary

    def names(self) -> tuple[NameRow, ...]:
        """All names but ours in the reader's language, the official first; none if it has one."""
        entity, lang = self.wording.entity, self.wording.voice.lang
        found: dict[Name, NameRow] = {}
        for kind, predicate in (
            ("official", ENACT.officialName),
            ("official", SCHEMA.legalName),
            ("acronym", ENACT.acronym),
            ("ours", SKOS.prefLabel),
            ("further", SKOS.altLabel),
            *(("further", p) for p in sorted(LABELS - {SKOS.prefLabel})),
            ("sought", SKOS.hiddenLabel),
        ):
            said = [s for s in entity.statements if s.predicate == predicate]
            if predicate in LABELS and predicate != SKOS.prefLabel:
                # What rules make of a name is no further one.
                said = [s for s in said if not is_inferred(s)]
            for s in sorted(said, key=lambda s: (s.object.value, str(s.object))):
                tag = getattr(s.object, "language", None) or ""
                name = Name(s.object.value, tag)
                known = name in found or any(
                    n.text == name.text and kind != "ours" for n in found if kind == "further"
                )
                if not known and not (kind == "ours" and tag == lang):
                    found[name] = NameRow(name, kind, self.notary.note(s.graphs))
        rows = list(found.values())
        if all(row.kind == "ours" and row.name.text == self._title() for row in rows):
            return ()
        return tuple(rows)

    def identifiers(self) -> tuple[Identifier, ...]:
        """The identifiers of the thing, by scheme."""
        entity = self.wording.entity
        nodes = {s.target for s in entity.statements if s.predicate == IDENTIFIER} - {None}
        rows = [r for n in nodes if n and (r := self._identifier(n))]
        return tuple(
            sorted(
                rows, key=lambda r: ([p.name.text.casefold() for p in r.scheme], r.value.name.text)
            )
        )

    def elsewhere(self) -> tuple[Elsewhere, ...]:
        """Links to other data sets."""
        return tuple(self._elsewhere())

    def _identifier(self, node: str) -> Identifier | None:
        entity, wording = self.wording.entity, self.wording
        notation = next((o.value for o in entity.objects(NOTATION, node)), None)
        if notation is None:
            return None
        href = next((o.value for o in entity.objects(SCHEMA.url, node)), None)
        ties = Ties(wording, self.notary)
        tags = [
            wording.tag(n.text, "hedge", n.language)
            for o in entity.objects(STATUS, node)
            for n in [entity.name(o.value, wording.voice.lang)]
        ]
        if entity.objects(DIFFERS, node):
            tags.append(wording.tag(wording.voice.text("note.differs"), "bad"))
        return Identifier(
            tuple(wording.link(o.value) for o in entity.objects(CONFORMS_TO, node)),
            Part(Name(notation, ""), href and address(href), "iri"),
            tuple(tags),
            ties.note(node),
        )

    def _elsewhere(self) -> Iterator[Elsewhere]:
        entity = self.wording.entity
        for predicate in ELSEWHERE:
            for s in entity.statements:
                if s.predicate != predicate or not isinstance(s.object, (ox.NamedNode, ox.Literal)):
                    continue
                iri = s.object.value
                if iri.startswith(terms.BASE) or not address(iri):
                    continue
                yield Elsewhere(
                    Part(self._host(iri), iri),
                    Part(entity.name(predicate, self.wording.voice.lang)),
                    self.notary.note(s.graphs),
                )

    def _host(self, iri: str) -> Name:
        parts = urlsplit(iri)
        host = parts.netloc
        name = iri.rstrip("/").rpartition("/")[2].rpartition("#")[2]
        if host.endswith("wikipedia.org"):
            return Name(f"Wikipedia ({host.partition('.')[0]}) · {name.replace('_', ' ')}", "")
        return Name(f"{_HOSTS.get(host, host.removeprefix('www.'))} · {name}", "")

    def _title(self) -> str:
        entity = self.wording.entity
        return entity.name(entity.iri, self.wording.voice.lang).text
