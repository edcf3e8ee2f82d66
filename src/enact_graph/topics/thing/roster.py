"""The members of an alliance over time: those of today, those who left, and bars on a time axis."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.relations import END, START
from enact_graph.present.notes import Notary
from enact_graph.present.ties import Ties
from enact_graph.present.values import Wording
from enact_graph.present.view import Note, Part
from enact_graph.vocabulary import ENACT, ORG, RDF

_ASSOCIATED: Final = terms.VOCAB + "role-associated-member"

_TOP: Final = 30


@dataclass(frozen=True)
class Size:
    """What one width of the picture allows; `left` is where its axis begins, labels before it."""

    name: str
    width: int
    left: int
    letters: int
    font: int
    line: int
    step: int


#: One drawing for each width of the page, so that text never shrinks.
_SIZES: Final = (
    Size("at-s", 340, 0, 38, 15, 56, 6),
    Size("at-m", 740, 270, 34, 15, 38, 4),
    Size("at-l", 960, 330, 38, 16, 38, 4),
)


@dataclass(frozen=True)
class Member:
    """One membership: who, in which role, since and until when in words, what, who says so."""

    anchor: str
    who: Part
    role: tuple[Part, ...]
    since: str
    until: str
    start: date | None
    end: date | None
    seen: date | None
    is_associated: bool
    gist: tuple[Part, ...]
    note: Note


@dataclass(frozen=True)
class Bar:
    """One line of the picture, in its units: the label and the spans attested and open."""

    label: str
    text_x: float
    text_y: float
    y: float
    solid: tuple[float, float] | None
    dashed: tuple[float, float] | None
    is_other: bool


@dataclass(frozen=True)
class Drawing:
    """The picture for one width: its box, the years on its axis, its bars."""

    name: str
    width: int
    height: int
    size: int
    years: tuple[tuple[float, int, str], ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Roster:
    """All memberships of an alliance, with the picture where there are dates to draw."""

    present: tuple[Member, ...]
    former: tuple[Member, ...]
    drawings: tuple[Drawing, ...]

    @property
    def members(self) -> int:
        """How many are members today, those associated not counted."""
        return sum(not m.is_associated for m in self.present)


@dataclass(frozen=True)
class Rosters:
    """Reads the roster of an alliance as of `today`, an xsd:date."""

    wording: Wording
    notary: Notary
    today: date

    def roster(self) -> Roster | None:
        """The roster; None of a thing without memberships of an alliance."""
        entity = self.wording.entity
        nodes = [
            n
            for n, said in entity.nodes.items()
            if any(s.predicate == ORG.organization and s.target == entity.iri for s in said)
            and ENACT.AllianceMembership in {o.value for o in entity.objects(RDF.type, n)}
        ]
        members = sorted((self._member(n) for n in nodes), key=_order)
        if not members:
            return None
        former = tuple(m for m in members if m.end and m.end < self.today)
        present = tuple(m for m in members if m not in former)
        dated = [m for m in (*present, *former) if m.start]
        drawings = tuple(self._drawing(dated, s) for s in _SIZES) if len(dated) > 1 else ()
        return Roster(present, former, drawings)

    def _member(self, node: str) -> Member:
        wording, objects = self.wording, self.wording.entity.objects
        ties = Ties(wording, self.notary)
        start, end = (_day(objects(p, node)) for p in (START, END))
        seen = _day(sorted(objects(ENACT.attestedOn, node), key=str, reverse=True))
        roles = [o.value for o in objects(ORG.role, node)]
        return Member(
            node.rpartition("/")[2],
            next((wording.link(o.value) for o in objects(ORG.member, node)), wording.link(node)),
            tuple(p for r in roles for p in [*wording.qualifiers(node), wording.link(r)]),
            self._words(START, node) or wording.voice.text("roster.unstated"),
            self._words(END, node) or self._open(seen),
            start,
            end,
            seen,
            _ASSOCIATED in roles,
            ties.gist(node),
            ties.note(node),
        )

    def _words(self, predicate: str, node: str) -> str:
        found = self.wording.entity.objects(predicate, node)
        return next((self.wording.day(o.value, predicate, node) for o in found), "")

    def _open(self, seen: date | None) -> str:
        """What stands for an end that is not known: when a dated document last named the tie."""
        voice = self.wording.voice
        known = voice.text("roster.seen", year=seen.year) if seen else voice.text("roster.unseen")
        return f"{voice.text('roster.open')}, {known}"

    def _drawing(self, members: Sequence[Member], size: Size) -> Drawing:
        left, step = size.left, size.step
        first = min(m.start.year for m in members if m.start)
        last = self.today.year + 1
        scale = (size.width - 10 - left) / (last - first)
        while (last - first) / step > 6:
            step *= 2

        def x(day: date) -> float:
            return round(left + (day.year - first + (day.month - 1) / 12) * scale, 1)

        above = left == 0
        bars = []
        for n, m in enumerate(members):
            top = _TOP + n * size.line
            bars.append(
                Bar(
                    _short(m.who.name.text, size.letters),
                    0,
                    top + (20 if above else 22),
                    top + (28 if above else 10),
                    *self._spans(m, x),
                    m.is_associated,
                )
            )
        years = tuple(
            (round(left + (y - first) * scale, 1), y, "start" if y == first else "middle")
            for y in range(first, last, step)
        )
        return Drawing(
            size.name,
            size.width,
            _TOP + len(members) * size.line + 4,
            size.font,
            years,
            tuple(bars),
        )

    def _spans(
        self, m: Member, x: Callable[[date], float]
    ) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
        """Solid to the last day a dated document attests, or to a stated end; dashed beyond."""
        assert m.start is not None
        begin, end = x(m.start), x(m.end or self.today)
        last = m.end or m.seen
        seen = x(min(last, m.end or self.today)) if last else begin
        solid = (begin, round(max(seen - begin, 2), 1)) if last else None
        rest = round(end - seen, 1)
        return solid, (seen, rest) if rest > 1 else None


def _day(found: Iterable[ox.NamedNode | ox.Literal]) -> date | None:
    for o in found:
        try:
            return date.fromisoformat(o.value[:10])
        except ValueError:
            continue
    return None


def _order(m: Member) -> tuple[bool, date, str]:
    return m.is_associated, m.start or date.max, m.who.name.text


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
