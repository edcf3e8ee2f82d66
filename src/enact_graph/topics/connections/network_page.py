"""The page of a neighbourhood, and the same as a drawing, as CSV and as JSON."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from markupsafe import escape

from enact_graph.graph.network import Network, Tie
from enact_graph.graph.relations import KINDS
from enact_graph.present.branches import WIDTHS, short, tree, trees
from enact_graph.present.drawing import standalone
from enact_graph.present.frame import Frame, Heading
from enact_graph.present.sentences import Teller
from enact_graph.present.view import address
from enact_graph.topics.connections.around import Around, View, among, inner_ties, ties_of

_COLUMNS: Final[tuple[str, ...]] = (
    *("kind", "relation", "reading", "thing", "name"),
    *("role", "start", "end", "origin", "node", "graphs"),
)
#: Texts that the widget shows.
_TEXTS: Final = ("graph", "tree", "graph-title", "graph-list", "busy", "keys")


def as_svg(around: Around) -> str:
    """The widest drawing as a file."""
    told = tree(around.stop.name.name.text, around.branches(around.groups()), WIDTHS[-1])
    marks = [f'<path class="s-thread {m.hue}" d="{m.thread}"/>' for m in told.marks]
    x, y, w, h = told.box
    marks.append(f'<rect class="s-box" x="{x}" y="{y}" width="{w}" height="{h}" rx="6"/>')
    marks += [
        f'<text x="{x}" y="{y}" text-anchor="middle" class="t-strong">{escape(t)}</text>'
        for x, y, t in told.lines
    ]
    marks += [
        f'<text class="s-group" x="{t.x}" y="{t.y}" text-anchor="{t.anchor}">'
        f"{escape(short(t.text, 52))}</text>"
        for t in told.titles
    ]
    marks += [
        f'<circle class="s-node {m.hue}" cx="{m.x}" cy="{m.y}" r="4"/>'
        f'<text x="{m.text_x}" y="{m.y + 5}" text-anchor="{m.anchor}">{escape(m.label)}</text>'
        for m in told.marks
    ]
    lang = around.teller.voice.lang
    return standalone("".join(marks), told.width, told.height, around.finding(), lang)


def as_rows(around: Around) -> list[tuple[str, ...]]:
    """The ties as lines of a CSV file, the names of the columns first."""
    rows = [_COLUMNS]
    for tie in ties_of(around.network, around.view):
        step = around.teller.step(around.view.thing, tie)
        other = tie.of(around.view.thing)
        name = around.teller.stop(other).name.name.text
        of_tie = (tie.role or "", tie.start, tie.end, step.origin, tie.node or "")
        told = (tie.relation.kind, tie.relation.key, step.verb, other, name)
        rows.append((*told, *of_tie, " ".join(step.note.graphs)))
    return rows


def as_json(around: Around) -> dict[str, Any]:
    """The ties as JSON, names and readings in the language of the teller.

    `ties` are those of the thing itself; `links` are these, those of what is unfolded, and those of
    the neighbours with each other, between the `things` named.
    """
    columns, *rows = as_rows(around)
    told = [dict(zip(columns, row, strict=True)) for row in rows]
    for row in told:
        row["page"] = address(row["thing"]) or ""
        row["kind_of_thing"] = around.teller.stop(row["thing"]).sort
    stop, view = around.stop, around.view
    opened = [t for thing in view.opened for t in inner_ties(around.network, view, thing)]
    every = [*ties_of(around.network, view), *opened, *among(around.network, view)]
    links = list(dict.fromkeys(every))
    return {
        "thing": {
            "iri": stop.iri,
            "name": stop.name.name.text,
            "kind": stop.sort,
            "page": address(stop.iri),
        },
        "finding": around.finding(),
        "kinds": list(around.view.kinds),
        "at": around.view.day or None,
        "ties": told,
        "links": [_link(around, tie) for tie in links],
        "things": {
            iri: {"name": stop.name.name.text, "kind": stop.sort, "page": address(iri)}
            for iri in sorted({end for tie in links for end in (tie.one, tie.other)})
            for stop in [around.teller.stop(iri)]
        },
    }


def _link(around: Around, tie: Tie) -> dict[str, str]:
    """A tie as it is read from its first end."""
    verb = around.teller.verb(tie, is_back=False)
    return {"one": tie.one, "other": tie.other, "reading": verb, "kind": tie.relation.kind}


@dataclass(frozen=True)
class Networks:
    """Renders the page of a neighbourhood."""

    frame: Frame

    def page(self, network: Network, view: View, teller: Teller, lang: str) -> str:
        """Picture, filters, table."""
        around = Around(network, view, teller)
        voice, stop, groups = teller.voice, around.stop, around.groups()
        counts = Counter(
            t.relation.kind
            for t in network.ties.get(view.thing, ())
            if not view.day or t.holds_on(view.day)
        )
        return self.frame.render(
            "connections/network.html",
            lang,
            Heading(
                voice.text("network.title", name=stop.name.name.text),
                around.finding(),
                "path",
                ("network",),
                view.path,
            ),
            kept=view.fields(),
            view=view,
            stop=stop,
            groups=groups,
            finding=around.finding(),
            drawings=trees(stop.name.name.text, around.branches(groups)),
            kinds=[(k, counts[k]) for k in KINDS if counts[k]],
            path_href="/path?" + urlencode({"from": stop.slug}),
            is_open=lambda thing: thing in view.opened,
            count_of=lambda thing: len(inner_ties(network, view, thing)),
            data=view.href(".json", lang=lang),
            texts={f"network.{key}": voice.text(f"network.{key}") for key in _TEXTS},
        )
