"""Drawings: room on a sheet, and a drawing as a file of its own."""

from dataclasses import dataclass, field
from typing import Final

from markupsafe import escape

from enact_graph.present.assets import shared
from enact_graph.present.branches import wrapped

Box = tuple[float, float, float, float]


@dataclass
class Room:
    """A sheet and what is taken of it: left, top, right, bottom of each thing."""

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)

    def is_free(self, box: Box, margin: float = 1) -> bool:
        """Whether a rectangle lies on the sheet and on nothing else."""
        left, top, right, bottom = box
        if left < 3 or top < 3 or right > self.width - 3 or bottom > self.height - 3:
            return False
        return not any(
            left < r + margin and right > le - margin and top < b + margin and bottom > t - margin
            for le, t, r, b in self.taken
        )

    def take(self, box: Box) -> bool:
        """Take a rectangle if it is free; whether it was."""
        if not self.is_free(box):
            return False
        self.taken.append(box)
        return True

    def fill(self, box: Box) -> None:
        """Take a rectangle whatever is there."""
        self.taken.append(box)


def wide(text: str, size: float, *, is_bold: bool = False) -> float:
    """How wide a text is, about: half its size to a character."""
    return len(text) * size * (0.57 if is_bold else 0.52)


def box(x: float, y: float, width: float, size: float, anchor: str = "middle") -> Box:
    """The rectangle of a line of text whose baseline begins, ends or has its middle at a point."""
    left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
    return (left, y - size * 0.8, left + width, y + size * 0.25)


#: Where a drawing ends at its edge, text needs a little room.
_MARGIN: Final = 12
_LINE: Final = 24


def style() -> str:
    """The style sheet of a drawing that stands alone, in light and in dark."""
    sheet = shared("static", "drawing.css")
    return sheet.read_text(encoding="utf-8")


def standalone(drawing: str, width: int, height: int, title: str, lang: str) -> str:
    """A whole SVG document of a drawing's marks under its title, which says what it shows."""
    lines = wrapped(title, width // 10)
    top = _MARGIN + _LINE * len(lines) + 8
    tall = height + top + _MARGIN
    head = "".join(
        f'<text class="head" x="0" y="{_LINE * n - top + _MARGIN + 18}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{lang}" role="img"'
        f' width="{width + 2 * _MARGIN}" height="{tall}"'
        f' viewBox="{-_MARGIN} {-top} {width + 2 * _MARGIN} {tall}">'
        f"<title>{escape(title)}</title><style>{style()}</style>"
        f'<rect class="ground" x="{-_MARGIN}" y="{-top}" width="100%" height="100%"/>'
        f"{head}{drawing}</svg>\n"
    )
