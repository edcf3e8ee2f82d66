"""A two-sided tree: one thing in the middle, on both sides what is tied to it, labels level."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Height of a line and of the heading of a group, and what lies between two groups.
_LINE: Final = 26
_HEADING: Final = 28
_GAP: Final = 14
_INDENT: Final = 20


@dataclass(frozen=True)
class Leaf:
    """One line: its words, where it leads, how deep it hangs: 1 below a heading, 2 below a leaf."""

    label: str
    href: str
    depth: int = 1


@dataclass(frozen=True)
class Branch:
    """A group of lines under a heading; `hue` is a, b or c."""

    title: str
    hue: str
    leaves: tuple[Leaf, ...]

    @property
    def height(self) -> int:
        """How much of a side it takes."""
        return _HEADING + len(self.leaves) * _LINE + _GAP


@dataclass(frozen=True)
class Width:
    """What one width of the page allows: the middle as (left, right), the letters of a line."""

    name: str
    width: int
    middle: tuple[int, int]
    letters: int


#: One drawing for each width of the page, so that text never shrinks.
WIDTHS: Final = (
    Width("at-s", 300, (0, 300), 34),
    Width("at-m", 680, (278, 402), 28),
    Width("at-l", 980, (416, 564), 43),
)


@dataclass(frozen=True)
class Mark:
    """A line as it is drawn: dot, thread to what it hangs on, label."""

    x: float
    y: float
    thread: str
    hue: str
    text_x: float
    anchor: str
    label: str
    full: str
    href: str
    depth: int


@dataclass(frozen=True)
class Title:
    """The heading of a group as it is drawn."""

    x: float
    y: float
    anchor: str
    text: str


@dataclass(frozen=True)
class Tree:
    """The drawing for one width: its box, that of the middle, the lines of its name, all marks."""

    name: str
    width: int
    height: int
    box: tuple[float, float, float, float]
    lines: tuple[tuple[float, float, str], ...]
    titles: tuple[Title, ...]
    marks: tuple[Mark, ...]


def trees(middle: str, branches: Sequence[Branch]) -> tuple[Tree, ...]:
    """The drawings for all widths."""
    return tuple(tree(middle, branches, width) for width in WIDTHS)


def tree(middle: str, branches: Sequence[Branch], width: Width) -> Tree:
    """The drawing for one width; the narrowest has one side, below the middle."""
    left, right = width.middle
    lines = wrapped(middle, 14 if right - left < 200 else 32)
    tall = 22 + 20 * len(lines)
    if right - left == width.width:
        box = (0.5, 0.5, width.width - 1.0, float(tall))
        stem = _Side(14, tall + 22, 1, 14, tall + 0.5, 0, is_stem=True)
        titles, marks, height = _hung(branches, width, stem)
    else:
        sides = _balanced(branches)
        tallest = max(sum(b.height for b in side) for side in sides)
        height = max(tallest, tall + 20) + 6
        box = (left + 0.5, (height - tall) / 2, right - left - 1.0, float(tall))
        titles, marks = [], []
        for side, edge, towards in ((sides[0], left, -1), (sides[1], right, 1)):
            top = (height - sum(b.height for b in side)) // 2
            gap = (right - left) // 2
            hangs = _Side(edge + towards * gap, top, towards, edge, height / 2, tall - 18)
            found = _hung(side, width, hangs)
            titles += found[0]
            marks += found[1]
    centre = box[0] + box[2] / 2
    first = box[1] + box[3] / 2 - 10 * (len(lines) - 1) + 5.5
    placed = tuple((round(centre, 1), round(first + 20 * n, 1), t) for n, t in enumerate(lines))
    box = (box[0], round(box[1], 1), box[2], box[3])
    return Tree(width.name, width.width, int(height), box, placed, tuple(titles), tuple(marks))


@dataclass(frozen=True)
class _Side:
    """One side: where its lines begin, which way they go (1: right), and what they hang on.

    That is the edge of the middle, at `edge`, over `tall` units around `centre`; or one stem down
    from there, where `is_stem`.
    """

    x: float
    top: float
    towards: int
    edge: float
    centre: float
    tall: float
    is_stem: bool = False

    def thread(self, x: float, y: float, part: float, last: float) -> str:
        """From a line to what it hangs on; `part` of the edge lies above where it arrives."""
        if self.is_stem:
            return f"M{self.edge} {last}V{y}"
        end = round(self.centre + (part - 0.5) * self.tall, 1)
        half = round((x + self.edge) / 2, 1)
        return f"M{x} {y}C{half} {y} {half} {end} {self.edge} {end}"


def _hung(
    branches: Sequence[Branch], width: Width, side: _Side
) -> tuple[list[Title], list[Mark], int]:
    """Everything on one side, from the top, and where it ends."""
    towards = side.towards
    titles: list[Title] = []
    marks: list[Mark] = []
    anchor = "start" if towards > 0 else "end"
    total = sum(len(b.leaves) for b in branches) or 1
    y, seen, last = side.top, 0, side.centre
    for branch in branches:
        y += _HEADING
        title = short(branch.title, width.letters + 4)
        titles.append(Title(side.x + towards * 14, y - 8, anchor, title))
        for leaf in branch.leaves:
            y += _LINE
            seen += 1
            at = side.x + towards * _INDENT * (leaf.depth - 1), y - 12
            if leaf.depth > 1:
                thread = f"M{at[0] - towards * _INDENT} {at[1] - _LINE}V{at[1]}H{at[0]}"
            else:
                thread = side.thread(*at, seen / (total + 1), last)
                last = at[1]
            letters = width.letters - 2 * (leaf.depth - 1)
            marks.append(
                Mark(
                    at[0],
                    at[1],
                    thread,
                    branch.hue,
                    at[0] + towards * 14,
                    anchor,
                    short(leaf.label, letters),
                    leaf.label,
                    leaf.href,
                    leaf.depth,
                )
            )
        y += _GAP
    return titles, marks, int(y)


def _balanced(branches: Sequence[Branch]) -> tuple[list[Branch], list[Branch]]:
    """The groups on the left and on the right, in their order, as evenly as they allow."""
    total, best, cut = sum(b.height for b in branches), float("inf"), 0
    height = 0
    for n, branch in enumerate(branches, 1):
        height += branch.height
        if abs(total - 2 * height) < best:
            best, cut = abs(total - 2 * height), n
    return list(branches[:cut]), list(branches[cut:])


def short(text: str, letters: int) -> str:
    """A label that fits into its line."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def wrapped(text: str, letters: int) -> list[str]:
    """A name in lines of so many letters, at most four."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += " " + word
        else:
            lines.append(word)
    if len(lines) > 4:
        lines = [*lines[:3], short(" ".join(lines[3:]), letters)]
    return [short(line, letters + 4) for line in lines]
