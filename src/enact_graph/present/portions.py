"""A long page in several: sections are dealt out so that no page weighs too much.

Nothing is left out: what does not fit stands on the next page, in its order, and a page names the
sections that follow on another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Final

from enact_graph.graph.entity import Name
from enact_graph.present.view import Note, Part, Row, Section, Witness

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
