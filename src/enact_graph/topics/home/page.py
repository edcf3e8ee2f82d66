"""What the home page shows beside its answers: ways in with living counts, what was counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from enact_graph import terms
from enact_graph.formats import JSON_LD, N_QUADS, TRIG, TURTLE
from enact_graph.graph.entity import Entity
from enact_graph.graph.relations import DATE
from enact_graph.present.frame import Frame, Heading, verdict
from enact_graph.present.notes import Notary
from enact_graph.present.ties import Ties
from enact_graph.present.values import Wording
from enact_graph.present.view import File, Item, address
from enact_graph.present.words import Voice
from enact_graph.topics.home.answers import Front
from enact_graph.topics.home.read import Asked
from enact_graph.topics.home.tree import Planter
from enact_graph.topics.lists.page import Card, card
from enact_graph.topics.lists.read import Shelf
from enact_graph.vocabulary import RDF, SCHEMA

_DUMPS: Final = (TURTLE, JSON_LD, TRIG, N_QUADS)
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
    searches: Sequence[str] = ()

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
            types = {o.value for o in entity.objects(RDF.type, node)}
            days = [o.value for o in entity.objects(DATE, node)]
            if (
                SCHEMA.Observation in types
                and days
                and entity.objects(SCHEMA.observationAbout, node)
            ):
                dated.append((days[0], node))
        newest = sorted(dated, reverse=True)[:_SHOWN]
        return tuple(ties.item(node) for _, node in newest)


def page(frame: Frame, home: Home, lang: str) -> str:
    """The home page, from what is said of the cluster, what was asked beside it, and lists."""
    voice = frame.voice(lang)
    return frame.render(
        "home/page.html",
        lang,
        Heading(voice.text("home.title"), voice.text("home.description"), path="/"),
        home=home,
        answers=Front(home.cluster, home.asked, voice, frame.today).answers(),
        tree=Planter(home.cluster, voice, frame.today).tree(),
        cards=home.cards(voice),
        counted=home.counted(voice),
        cluster_href=address(home.cluster.iri),
        counts=frame.site.manifest.counts,
        verdict=verdict(frame, voice),
        files=[File(f.title, f"/download/enact-graph.{f.extension}", f.media_type) for f in _DUMPS],
        data_links=[
            File(f.title, f"/catalog.{f.extension}", f.media_type) for f in (TURTLE, JSON_LD)
        ],
    )
