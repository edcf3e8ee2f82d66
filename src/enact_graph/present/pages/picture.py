"""A drawing as a file of its own: the same marks and colours, without the page around it."""

from typing import Final

from markupsafe import escape

from enact_graph.present.pages.tree import wrapped

#: Where a drawing ends at its edge, text needs a little room.
_MARGIN: Final = 12
_LINE: Final = 24
_STYLE: Final = """
:root{--ink:#14211d;--soft:#46554f;--paper:#fcfdfc;--line:#d3dcd7;--edge:#71807a;--fill-1:#0f6a56;--fill-2:#2c5490;--fill-3:#a8741a;--gold:#e3a91f}
@media (prefers-color-scheme:dark){:root{--ink:#e7eeea;--soft:#aebdb6;--paper:#0f1614;--line:#2f3d38;--edge:#84968e;--fill-1:#5fbfa4;--fill-2:#8db4ef;--fill-3:#e0b04c;--gold:#f0c258}}
.ground{fill:var(--paper)}
text{font-family:"Source Sans 3","Segoe UI",Arial,sans-serif;font-size:15px;fill:var(--ink)}
text.head{font-family:"Source Serif 4",Georgia,serif;font-size:19px;font-weight:600}
text.s-group,text.s-axis{font-size:13px;fill:var(--soft)}
text.t-soft{fill:var(--soft)}.t-strong{font-weight:650}
a text{text-decoration:underline}
.s-thread{fill:none;stroke:var(--fill-1);stroke-width:1.3;opacity:.55}.s-thread.b{stroke:var(--fill-2)}.s-thread.c{stroke:var(--fill-3)}
.s-node{fill:var(--fill-1)}.s-node.b{fill:var(--fill-2)}.s-node.c{fill:var(--fill-3)}
.s-box{fill:none;stroke:var(--fill-1);stroke-width:2}
.s-bar{fill:var(--fill-1)}.s-bar2{fill:var(--fill-2)}.s-bar3{fill:var(--fill-3)}.s-grid{stroke:var(--line);stroke-width:1}
.s-link{fill:none;stroke:var(--edge);stroke-width:1.4}.s-none{fill:none;stroke:var(--edge)}
.s-open{fill:none;stroke:var(--fill-1);stroke-width:1.5;stroke-dasharray:4 3}
.s-open2{fill:none;stroke:var(--fill-2);stroke-width:1.5;stroke-dasharray:4 3}
.s-open3{fill:none;stroke:var(--fill-3);stroke-width:1.5;stroke-dasharray:4 3}
.s-now{stroke:var(--gold);stroke-width:3}
.s-shared{fill:none;stroke:var(--fill-3);stroke-width:2}
"""


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
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
        f'<rect class="ground" x="{-_MARGIN}" y="{-top}" width="100%" height="100%"/>'
        f"{head}{drawing}</svg>\n"
    )
