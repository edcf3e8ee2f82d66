"""The alliances as an overlap picture: universities by alliances, a dot for each membership."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from markupsafe import escape

from enact_graph import terms
from enact_graph.graph.entity import Entity
from enact_graph.graph.relations import END, START
from enact_graph.present.branches import short, wrapped
from enact_graph.present.drawing import standalone
from enact_graph.present.frame import Frame, Heading
from enact_graph.present.notes import Notary
from enact_graph.present.ties import Ties
from enact_graph.present.values import Wording
from enact_graph.present.view import Note, Part
from enact_graph.present.words import Voice
from enact_graph.topics.alliances.read import Alliances, Membership

_COLUMNS: Final[tuple[str, ...]] = (
    *("member", "member_name", "alliance", "alliance_name", "roles"),
    *("start", "end", "holds_on", "holds", "node"),
)
_COLUMN: Final = 116
_NAMES: Final = 310
_ROW: Final = 30
_HEAD: Final = 62


@dataclass(frozen=True)
class Asked:
    """Whose alliances are compared, on which day; as usual where nothing is said."""

    members: tuple[str, ...]
    day: str
    named: bool = False
    dated: bool = False

    def href(self, suffix: str = "") -> str:
        """The address."""
        fields = self.fields()
        return "/alliances" + suffix + ("?" + urlencode(fields, safe=",") if fields else "")

    def fields(self) -> list[tuple[str, str]]:
        """The fields of the address."""
        members = ",".join(m.removeprefix(terms.ID) for m in self.members)
        found = [("members", members)] if self.named and members else []
        return [*found, ("date", self.day)] if self.dated else found


@dataclass(frozen=True)
class Row:
    """One university: its name; for each alliance `full`, `associated` or nothing; how many."""

    who: Part
    cells: tuple[str, ...]
    is_asked: bool
    is_home: bool
    number: int


@dataclass(frozen=True)
class Told:
    """One membership in words."""

    who: Part
    alliance: Part
    role: tuple[Part, ...]
    since: str
    until: str
    is_now: bool
    note: Note
    anchor: str


@dataclass(frozen=True)
class Overlap:
    """The picture on one day in one language."""

    alliances: Alliances
    asked: Asked
    voice: Voice
    today: date

    @cached_property
    def wording(self) -> Wording:
        """The words for memberships."""
        a = self.alliances
        return Wording(Entity("", (), (), 0, a.said, a.labels, a.sources), self.voice)

    @cached_property
    def held(self) -> dict[str, dict[str, Membership]]:
        """Who is in which alliance on the day."""
        return self.alliances.on(self.asked.day)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The alliances that have members on the day."""
        seated = {a for of in self.held.values() for a in of}
        asked = [self.held.get(m, {}) for m in self.asked.members]

        def place(alliance: str) -> tuple[list[bool], str]:
            return [alliance not in of for of in asked], self.name(alliance).casefold()

        return tuple(sorted(seated, key=place))

    @property
    def home(self) -> str:
        """The name of the cluster some of whose members are compared."""
        return self.name(self.alliances.cluster)

    def name(self, iri: str) -> str:
        """The name of a thing."""
        return self.wording.link(iri).name.text

    def shared(self) -> tuple[str, ...]:
        """The alliances that have everyone asked for as a member."""
        asked = [
            {a for a, membership in self.held.get(m, {}).items() if membership.is_full}
            for m in self.asked.members
        ]
        return tuple(sorted(set.intersection(*asked))) if len(asked) > 1 else ()

    def ever_shared(self) -> bool:
        """Whether two memberships of one alliance, one of each asked for, ever overlapped."""
        found = [
            [m for m in self.alliances.memberships if m.member == who] for who in self.asked.members
        ]
        days = {m.start for of in found for m in of}
        return any(
            set.intersection(
                *({m.alliance for m in of if m.is_full and m.holds_on(day)} for of in found)
            )
            for day in days
        )

    def finding(self) -> str:
        """What the picture shows of those asked for."""
        voice, asked = self.voice, self.asked.members
        day = voice.date(date.fromisoformat(self.asked.day))
        names = voice.listed([self.name(m) for m in asked])
        if len(asked) < 2:
            of = self.held.get(asked[0], {}) if asked else {}
            if not asked or not of:
                return voice.text("alliances.nothing", day=day)
            listed = voice.listed([self.name(a) for a in sorted(of)])
            return voice.text("alliances.of", who=names, what=listed, day=day)
        shared = self.shared()
        if shared:
            listed = voice.listed([self.name(a) for a in shared])
            return voice.text("alliances.shared", who=names, what=listed, day=day)
        return voice.text("alliances.none", who=names, day=day)

    def details(self) -> list[str]:
        """What each of those asked for is in, and whether it was ever otherwise."""
        voice, told = self.voice, []
        for who in self.asked.members:
            of = [self.name(a) for a in sorted(self.held.get(who, ()))]
            key = "alliances.in" if of else "alliances.in-none"
            told.append(voice.text(key, who=self.name(who), what=voice.listed(of)))
        if len(self.asked.members) > 1 and not self.shared():
            key = "alliances.once" if self.ever_shared() else "alliances.never"
            told.append(voice.text(key))
        several = sum(len(of) > 1 for of in self.held.values())
        told.append(voice.count("alliances.several", several))
        return told

    def rows(self) -> tuple[Row, ...]:
        """Those asked for first, then who is in most alliances, alike beside alike."""
        asked = {self.wording.link(m).href: n for n, m in enumerate(self.asked.members)}
        found = []
        for who in {*self.held, *self.asked.members}:
            of = self.held.get(who, {})
            cells = tuple(
                ("full" if of[a].is_full else "associated") if a in of else "" for a in self.columns
            )
            found.append(
                Row(
                    self.wording.link(who),
                    cells,
                    who in self.asked.members,
                    who in self.alliances.at_home,
                    sum(map(bool, cells)),
                )
            )
        return tuple(
            sorted(
                found,
                key=lambda r: (
                    asked.get(r.who.href, len(asked)),
                    -r.number,
                    [not c for c in r.cells],
                    r.who.name.text.casefold(),
                ),
            )
        )

    def memberships(self) -> tuple[Told, ...]:
        """Every membership, those of the day first, with its dates and sources."""
        wording = self.wording
        ties = Ties(wording, Notary(self.voice, self.alliances.sources, self.alliances.labels))
        order = {a: n for n, a in enumerate(self.alliances.alliances)}
        found = sorted(
            self.alliances.memberships,
            key=lambda m: (not m.holds_on(self.asked.day), order[m.alliance], m.start, m.member),
        )
        return tuple(
            Told(
                wording.link(m.member),
                wording.link(m.alliance),
                tuple(p for r in m.roles for p in [*wording.qualifiers(m.node), wording.link(r)]),
                wording.day(m.start, START, m.node)
                if m.start
                else self.voice.text("roster.unstated"),
                wording.day(m.end, END, m.node) if m.end else self.voice.text("roster.open"),
                m.holds_on(self.asked.day),
                ties.note(m.node),
                m.node.rpartition("/")[2],
            )
            for m in found
        )

    def csv(self) -> list[tuple[str, ...]]:
        """Every membership as a line, the names of the columns first."""
        rows = [_COLUMNS]
        for m in self.alliances.memberships:
            ends = (m.member, self.name(m.member), m.alliance, self.name(m.alliance))
            holds = "true" if m.holds_on(self.asked.day) else "false"
            rows.append((*ends, " ".join(m.roles), m.start, m.end, self.asked.day, holds, m.node))
        return rows

    def svg(self) -> str:
        """The matrix as a drawing of its own."""
        rows = self.rows()
        shared = self.shared()
        width = max(_NAMES + _COLUMN * len(self.columns), 760)
        height = _HEAD + _ROW * len(rows)
        marks = []
        for n, alliance in enumerate(self.columns):
            x = _NAMES + _COLUMN * n + _COLUMN // 2
            marks += [
                f'<text class="t-strong" x="{x}" y="{16 + 18 * place}" text-anchor="middle">'
                f"{escape(line)}</text>"
                for place, line in enumerate(wrapped(self.name(alliance), 13))
            ]
            if alliance in shared:
                marks.append(
                    f'<rect class="s-shared" x="{x - _COLUMN // 2 + 4}" y="2"'
                    f' width="{_COLUMN - 8}" height="{height}" rx="6"/>'
                )
        for n, row in enumerate(rows):
            y = _HEAD + _ROW * n
            style = ' class="t-strong"' if row.is_asked else ""
            name = escape(short(row.who.name.text, 40))
            marks.append(f'<path class="s-grid" d="M0 {y + _ROW}H{width}"/>')
            marks.append(f'<text{style} x="0" y="{y + 20}">{name}</text>')
            for place, is_in in enumerate(row.cells):
                x = _NAMES + _COLUMN * place + _COLUMN // 2
                look = {"full": "s-bar", "associated": "s-open2"}.get(is_in, "s-none")
                marks.append(
                    f'<circle class="{look}" cx="{x}" cy="{y + 15}" r="{7 if is_in else 5}"/>'
                )
        return standalone("".join(marks), width, height, self.finding(), self.voice.lang)


@dataclass(frozen=True)
class Overlaps:
    """Renders the page of the alliances."""

    frame: Frame

    def page(self, alliances: Alliances, asked: Asked, lang: str) -> str:
        """Finding, matrix, memberships with sources."""
        overlap = Overlap(alliances, asked, self.frame.voice(lang), self.frame.today)
        voice = overlap.voice
        values: dict[str, Any] = {
            "asked": asked,
            "overlap": overlap,
            "finding": overlap.finding(),
            "columns": [overlap.wording.link(a) for a in overlap.columns],
            "shared": {overlap.columns.index(a) for a in overlap.shared()},
            "rows": overlap.rows(),
            "memberships": overlap.memberships(),
            "choices": sorted(
                ((m.removeprefix(terms.ID), overlap.name(m)) for m in alliances.members),
                key=lambda c: c[1].casefold(),
            ),
            "slots": [*(m.removeprefix(terms.ID) for m in asked.members), ""],
        }
        return self.frame.render(
            "alliances/page.html",
            lang,
            Heading(voice.text("alliances.title"), overlap.finding(), "explore", path="/alliances"),
            kept=asked.fields(),
            **values,
        )
