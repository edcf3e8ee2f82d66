"""A drawing as a file of its own: the same marks and colours, without the page around it."""

from typing import Final

from markupsafe import escape

from enact_graph.present.branches import wrapped
from enact_graph.present.resources import shared

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
