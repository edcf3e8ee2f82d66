"""A tie as words: a verb, since when, how much, what it is called, and who says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from enact_graph.graph.entity import Entity, Name
from enact_graph.graph.network import Evidence, Network, Tie
from enact_graph.present.notes import Notary
from enact_graph.present.placement import AMOUNTS, NAMED, SILENT
from enact_graph.present.ties import Ties, witnesses
from enact_graph.present.values import Wording, joined
from enact_graph.present.view import Note, Part, address
from enact_graph.present.words import Voice


@dataclass(frozen=True)
class Step:
    """One tie read from one of its ends: `verb`, then the name of the other end; who says so.

    `told` is its own name, when it held, how much it is worth. `is_back` where it is read against
    its direction.
    """

    tie: Tie
    verb: str
    told: tuple[Part, ...]
    note: Note
    is_back: bool

    @property
    def origin(self) -> str:
        """Whether a source says it, the project does, or a rule leads to it."""
        return self.note.mark


@dataclass(frozen=True)
class Stop:
    """A thing on the way: its name, what kind of thing it is and where."""

    iri: str
    name: Part
    sort: str

    @property
    def slug(self) -> str:
        """The end of its address."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True)
class Teller:
    """Tells the ties of one network in one language, as of the day of the release."""

    network: Network
    evidence: Evidence
    voice: Voice
    today: date

    @property
    def notary(self) -> Notary:
        """The writer of the notes."""
        return Notary(self.voice, self.evidence.sources, self.evidence.labels)

    @property
    def ties(self) -> Ties:
        """The nodes, as the pages of things tell them."""
        nodes = Entity(
            "", (), (), 0, self.evidence.said, self.evidence.labels, self.evidence.sources
        )
        return Ties(Wording(nodes, self.voice), self.notary)

    def stop(self, iri: str) -> Stop:
        """A thing with its kind and place."""
        name = self._name(iri)
        told = [self.network.kinds.get(iri), self.network.places.get(iri)]
        sort = ", ".join(self._name(t).text for t in told if t)
        return Stop(iri, Part(name, address(iri)), sort)

    def steps(self, start: str, ties: Iterable[Tie]) -> tuple[Step, ...]:
        """Ties read from one end; those that say the same again are left out."""
        return tuple(self.step(start, tie) for tie in ties)

    def step(self, start: str, tie: Tie) -> Step:
        """One tie read from one of its ends."""
        is_back = start != tie.one
        ties = self.ties
        aside: list[list[Part]] = []
        if tie.node and tie.relation.is_site:
            note = ties.notary.note(self._direct(tie.one, tie.node) or ties.graphs(tie.node))
        elif tie.node:
            aside = self._told(ties, tie.node)
            note = ties.note(tie.node)
        else:
            note = ties.notary.note(self._direct(tie.one, tie.other))
        today = self.today.isoformat()
        lasts = tie.relation.kind not in ("event", "history")
        if tie.end and tie.end < today and lasts:
            aside.append([ties.wording.tag(self.voice.text("tie.past"), "open")])
        if tie.start and tie.start > today:
            aside.append([ties.wording.tag(self.voice.text("tie.ahead"), "open")])
        told = joined(aside, ties.wording.plain(" · "))
        return Step(tie, self.verb(tie, is_back=is_back), told, note, is_back)

    def verb(self, tie: Tie, *, is_back: bool) -> str:
        """What stands between the names of the two ends."""
        way = "back" if is_back else "to"
        key = tie.relation.key
        if not tie.role:
            return self.voice.text(f"tie.{key}.{way}", role="–")
        own = f"tie.role.{tie.role.rpartition('/')[2]}.{way}"
        if key in ("member", "partner") and self.voice.has(own):
            return self.voice.text(own)
        return self.voice.text(f"tie.{key}.{way}", role=self._name(tie.role).text)

    def _told(self, ties: Ties, node: str) -> list[list[Part]]:
        """The name that a tie has of its own, when it held, its amount, its hedges."""
        wording = ties.wording
        objects = wording.entity.objects
        told: list[list[Part]] = []
        if ties.kind(node) in NAMED:
            told.append([wording.link(node)])
        if when := ties.when(node):
            told.append([wording.plain(when)])
        for predicate in AMOUNTS:
            told += [f for o in objects(predicate, node) if (f := wording.figure(o.value))]
        tags = [*wording.qualifiers(node), *wording.gaps(node)]
        told += [[tag] for tag in tags]
        return told

    def _direct(self, one: str, other: str) -> tuple[str, ...]:
        """The graphs that tie two things by one statement, either way round."""
        return witnesses(
            s
            for subject, object_ in ((one, other), (other, one))
            for s in self.evidence.said.get(subject, ())
            if s.target == object_ and s.predicate not in SILENT
        )

    def _name(self, iri: str) -> Name:
        entity = Entity(iri, (), (), 0, {}, {**self.network.labels, **self.evidence.labels}, {})
        return entity.name(iri, self.voice.lang)
