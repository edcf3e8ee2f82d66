"""The sections of the page of one thing, in their order; what has nothing to tell is left out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, Final

from enact_graph.graph.entity import Name, Object
from enact_graph.graph.relations import DATE, START
from enact_graph.present.notes import Notary
from enact_graph.present.rows import Rows
from enact_graph.present.sharing import rows
from enact_graph.present.ties import Ties
from enact_graph.present.values import Wording
from enact_graph.present.view import Item, Note, Part, Row, Section, Witness
from enact_graph.topics.thing.disputes import Disputes
from enact_graph.topics.thing.roster import Rosters
from enact_graph.topics.thing.tables import ELSEWHERE, IDENTIFIER, NAMES, Lists
from enact_graph.vocabulary import ENACT

#: What the marks around a note, a source and some words take, about, in characters.
_MARKS: Final = {Note: 420, Witness: 190, Part: 25, Name: 0}
_OTHER: Final = 40
#: What no page shows, or shows as a mark alone.
_SILENT: Final = frozenset({"graphs", "order", "mark", "style", "kind", "language"})
#: Characters of sections on one page; the frame of a page takes ten thousand more.
LIMIT: Final = 159_000
#: What goes to a further page first where there is too much: what few look for, the last foremost.
_LAST: Final = (
    "disputes",
    "names",
    "identifiers",
    "elsewhere",
    "mentions",
    "sources",
    "inferred",
)
#: Rows below which a section is not parted.
_FEWEST: Final = 12
#: Forms whose rows stand for themselves, so that a section may go on elsewhere.
_PARTED: Final = frozenset({"facts", "inline"})


@dataclass(frozen=True)
class Portion:
    """One page: the sections on it, and those told elsewhere with the number of their page."""

    sections: tuple[Section, ...]
    elsewhere: tuple[tuple[Section, int], ...] = ()


def weigh(value: Any) -> int:
    """About how many characters something takes on a page."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, tuple | list):
        return sum(map(weigh, value))
    if isinstance(value, Row):
        # The items of a row share its note.
        return weigh(value.note) + weigh([replace(i, note=None) for i in value.items]) + 90
    if not is_dataclass(value):
        return 0
    held = sum(weigh(getattr(value, f.name)) for f in fields(value) if f.name not in _SILENT)
    return held + _MARKS.get(type(value), _OTHER)


def deal(sections: Iterable[Section], taken: int = 0, limit: int = LIMIT) -> list[Portion]:
    """The sections on as many pages as they need, one where they fit.

    The first page has as much as it holds of what most look for; all keep their order. Of the
    first, `taken` is filled already.
    """
    pieces = [piece for section in sections for piece in _pieces(section, limit)]
    first, rest = _first(pieces, limit - taken)
    pages = [first]
    left = 0
    for piece in rest:
        weight = _weight(piece)
        if weight > left:
            pages.append([])
            left = limit
        pages[-1].append(piece)
        left -= weight
    return [
        Portion(
            tuple(page),
            tuple(
                (s, number)
                for number, other in enumerate(pages, 1)
                for s in other
                if other is not page and not s.goes_on
            ),
        )
        for page in pages
    ]


def _first(pieces: Sequence[Section], limit: int) -> tuple[list[Section], list[Section]]:
    """What stands on the first page, and the rest; the pieces of a section keep their order."""
    chosen: set[str] = set()
    closed: set[str] = set()
    left = limit
    for piece in sorted(pieces, key=_rank):
        weight, key = _weight(piece), piece.title
        if key not in closed and (weight <= left or not chosen):
            chosen.add(piece.anchor)
            left -= weight
        else:
            closed.add(key)
    first = [p for p in pieces if p.anchor in chosen]
    return first, [p for p in pieces if p.anchor not in chosen]


def _rank(piece: Section) -> int:
    anchor = piece.anchor.partition("-")[0]
    return _LAST.index(anchor) + 1 if anchor in _LAST else 0


def _weight(section: Section) -> int:
    if section.form == "goals":
        items = [i for r in section.rows for i in r.items]
        return weigh(items) + weigh(section.content)
    return weigh(section.rows) + weigh(section.content)


def _pieces(section: Section, limit: int) -> Sequence[Section]:
    """A section whole, or where it is too long for one page in pieces that fit."""
    if section.form not in _PARTED or _weight(section) <= limit // 2:
        return [section]
    pieces: list[list[Row]] = [[]]
    left = limit // 2
    for row in section.rows:
        weight = weigh(row)
        if weight > left and len(pieces[-1]) >= _FEWEST:
            pieces.append([])
            left = limit // 2
        pieces[-1].append(row)
        left -= weight
    return [
        replace(
            section,
            anchor=section.anchor if n == 0 else f"{section.anchor}-{n + 1}",
            # The label of a row that stood above is said again.
            rows=(replace(rows[0], again=False), *rows[1:]),
            goes_on=n > 0,
        )
        for n, rows in enumerate(pieces)
    ]


#: Told in a table of its own, not among the facts.
_APART: Final = NAMES.union(ELSEWHERE, (IDENTIFIER,))


@dataclass(frozen=True)
class Sections:
    """Builds the sections of one page; `today` is the day of the release."""

    wording: Wording
    notary: Notary
    today: date

    def all(self, shown: Collection[Object]) -> tuple[Section, ...]:
        """The sections; what is `shown` in the head already is not told again."""
        ties = Ties(self.wording, self.notary)
        lines = Rows(self.wording, self.notary)
        nodes = ties.nodes()
        # The day on which a document was read stands in its head.
        apart = _APART | {DATE} if ENACT.SourceDocument in self.wording.entity.types else _APART
        roster = Rosters(self.wording, self.notary, self.today).roster()
        by_key = {
            key: [n for n in nodes if ties.section(n) == key]
            for key in set(map(ties.section, nodes))
        }
        if roster:
            by_key["alliances"] = []
        found = [
            self._section("roster", content=roster, form="roster"),
            self._section("facts", lines.stated(shown, apart)),
        ]
        found += [
            self._tied(ties, key, by_key.get(key, [])) for key in ("who", "alliances", "money")
        ]
        lists = Lists(self.wording, self.notary)
        identifiers = lists.identifiers()
        disputes = Disputes(self.wording, self.notary)
        about = {*nodes, *(o.value for o in self.wording.entity.objects(IDENTIFIER))}
        found.append(self._section("disputes", content=disputes.groups(about), form="disputes"))
        promises = self._promises(ties, by_key.get("promises", []))
        found.insert(1 if self._is_target() else len(found), promises)
        # What was counted after a promise stands beside it.
        counted = [] if self._is_target() else by_key.get("figures", [])
        found.append(self._tied(ties, "figures", counted))
        found.append(self._history(ties, by_key.get("history", [])))
        found.append(self._tied(ties, "here", by_key.get("here", [])))
        found.append(self._section("names", content=lists.names(), form="names"))
        found.append(self._section("identifiers", content=identifiers, form="identifiers"))
        found.append(self._section("elsewhere", content=lists.elsewhere(), form="elsewhere"))
        mentions = lines.incoming(frozenset(nodes))
        found.append(self._section("mentions", mentions, intro=True))
        found.append(self._section("inferred", lines.inferred(), form="inline", intro=True))
        return tuple(s for s in found if s.rows or s.content)

    def _section(
        self,
        key: str,
        told: tuple[Row, ...] = (),
        *,
        form: str = "facts",
        intro: bool = False,
        content: object = None,
    ) -> Section:
        voice = self.wording.voice
        said = voice.text(f"entity.{key}.intro") if intro else ""
        return Section(key, voice.text(f"entity.{key}"), told, form, said, content)

    def _tied(self, ties: Ties, key: str, nodes: list[str]) -> Section:
        return self._section(key, rows([ties.line(n) for n in nodes], self.notary))

    def _promises(self, ties: Ties, nodes: list[str]) -> Section:
        entity = self.wording.entity
        if self._is_target() and ties.later(entity.iri):
            nodes = [entity.iri]
        goals = [ties.promise(n) for n in nodes]
        return self._section("promises", rows(goals, self.notary), form="goals")

    def _history(self, ties: Ties, nodes: list[str]) -> Section:
        """What happened, the earliest first, the undated last."""
        objects = self.wording.entity.objects

        def day(node: str) -> tuple[str, str]:
            dates = [o.value for p in (DATE, START) for o in objects(p, node)]
            return min(dates, default="9"), node

        moments: tuple[Item, ...] = tuple(ties.item(n, dated=False) for n in sorted(nodes, key=day))
        return self._section("history", content=moments, form="history")

    def _is_target(self) -> bool:
        return ENACT.Target in self.wording.entity.types
