"""What the home page shows beside its answers: ways in with living counts, what was counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from enact_graph import terms
from enact_graph.present.labels import Voice
from enact_graph.present.pages.listing import Card, card
from enact_graph.present.pages.notes import Notary
from enact_graph.present.pages.ties import Ties
from enact_graph.present.pages.values import DATE, Wording
from enact_graph.present.pages.view import Item
from enact_graph.query.entity import Entity
from enact_graph.query.portal import Asked
from enact_graph.query.shelf import Shelf

_OBSERVATION: Final = terms.PREFIXES["schema"] + "Observation"
_ABOUT: Final = terms.PREFIXES["schema"] + "observationAbout"
#: Counts shown on the home page, the newest first; all are on the page of the cluster.
_SHOWN: Final = 4
#: The lists the home page leads to, and those of which it names every entry.
LISTS: Final = (
    "organisations",
    "alliances",
    "clusters",
    "people",
    "promises",
    "fundings",
    "places",
    "documents",
)
_NAMED: Final = frozenset({"alliances", "clusters"})
_EVERY: Final = 12


@dataclass(frozen=True)
class Home:
    """All the home page is made from; `origin` is where the reader is."""

    cluster: Entity
    origin: str = terms.BASE.rstrip("/")
    asked: Asked = field(default_factory=Asked)
    shelves: Mapping[str, Shelf] = field(default_factory=dict)

    def cards(self, voice: Voice) -> list[Card]:
        """The lists to begin with, those without entries left out."""
        found = (self.shelves.get(key) for key in LISTS)
        return [
            card(s, voice.lang, _EVERY if s.kind.key in _NAMED else None)
            for s in found
            if s and s.entries
        ]

    def counted(self, voice: Voice) -> tuple[Item, ...]:
        """What was counted of the cluster or of its promises, the newest first."""
        entity, wording = self.cluster, Wording(self.cluster, voice)
        ties = Ties(wording, Notary(voice, entity.sources, entity.labels, entity.iri))
        dated = []
        for node in entity.nodes:
            types = {o.value for o in entity.objects(terms.RDF_TYPE, node)}
            days = [o.value for o in entity.objects(DATE, node)]
            if _OBSERVATION in types and days and entity.objects(_ABOUT, node):
                dated.append((days[0], node))
        newest = sorted(dated, reverse=True)[:_SHOWN]
        return tuple(ties.item(node) for _, node in newest)
