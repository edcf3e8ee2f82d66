"""What the home page shows beside its answers: ways in, what was counted lately, a first query."""

from dataclasses import dataclass, field
from typing import Final

from enact_graph import terms
from enact_graph.present.labels import Voice
from enact_graph.present.pages.notes import Notary
from enact_graph.present.pages.table import Example, Table
from enact_graph.present.pages.ties import Ties
from enact_graph.present.pages.values import DATE, Wording
from enact_graph.present.pages.view import Item, Part, address
from enact_graph.query.entity import Entity, Name, pick
from enact_graph.query.portal import Door, Ways

_OBSERVATION: Final = terms.PREFIXES["schema"] + "Observation"
_ABOUT: Final = terms.PREFIXES["schema"] + "observationAbout"
#: Counts shown on the home page, the newest first; all are on the page of the cluster.
_SHOWN: Final = 4


@dataclass(frozen=True)
class Card:
    """A way in: a thing, a few words about it, how many members it has."""

    name: Part
    gist: Name | None
    members: int


@dataclass(frozen=True)
class Told:
    """The ways in and the counts, in one language."""

    alliances: tuple[Card, ...]
    clusters: tuple[Card, ...]
    counted: tuple[Item, ...]


@dataclass(frozen=True)
class Home:
    """All the home page is made from; `origin` is where the reader is."""

    cluster: Entity
    first: Example
    answer: Table
    origin: str = terms.BASE.rstrip("/")
    ways: Ways = field(default_factory=lambda: Ways((), ()))

    def told(self, voice: Voice) -> Told:
        """The ways in, in the language of the voice."""
        return Told(
            tuple(_card(d, voice) for d in self.ways.alliances if d.members),
            tuple(_card(d, voice) for d in self.ways.clusters),
            self._counted(voice),
        )

    def _counted(self, voice: Voice) -> tuple[Item, ...]:
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


def _card(door: Door, voice: Voice) -> Card:
    name = pick(door.labels, voice.lang) or Name(door.iri.rpartition("/")[2], "")
    return Card(Part(name, address(door.iri)), pick(door.gists, voice.lang), door.members)
