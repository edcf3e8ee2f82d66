"""Who is tied to one thing: a tree, the same as a table with sources, as CSV and as JSON."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from markupsafe import escape

from enact_graph import terms
from enact_graph.present.pages.branches import WIDTHS, Branch, Leaf, short, tree, trees
from enact_graph.present.pages.frame import Frame, Heading
from enact_graph.present.pages.picture import standalone
from enact_graph.present.pages.steps import Step, Stop, Teller
from enact_graph.present.pages.view import address
from enact_graph.query.network import Network, Tie
from enact_graph.query.relations import KINDS

#: Which of the three hues a kind of tie is drawn in.
_HUES: Final = {
    "member": "a",
    "function": "a",
    "partner": "b",
    "agreement": "b",
    "event": "b",
}
#: Lines of a group in the picture; the table has the rest.
_DRAWN: Final = 14
#: Things hung below one of the first ring.
_HUNG: Final = 12
_COLUMNS: Final[tuple[str, ...]] = (
    *("kind", "relation", "reading", "thing", "name"),
    *("role", "start", "end", "origin", "node", "graphs"),
)


@dataclass(frozen=True)
class View:
    """What is looked at: a thing, the kinds of ties, a day on which they hold, what is unfolded."""

    thing: str
    kinds: tuple[str, ...] = ()
    day: str = ""
    opened: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The address without its fields."""
        return "/network/" + self.thing.removeprefix(terms.ID)

    def fields(self, **changed: object) -> list[tuple[str, str]]:
        """The fields of its address, with some changed."""
        told = {"kind": self.kinds, "at": (self.day,), "open": self.opened} | changed
        return [
            (k, v.removeprefix(terms.ID))
            for k, vs in told.items()
            for v in (vs if isinstance(vs, tuple) else (str(vs),))
            if v
        ]

    def href(self, suffix: str = "", **changed: object) -> str:
        """Its address, with some fields changed."""
        fields = urlencode(self.fields(**changed))
        return self.path + suffix + ("?" + fields if fields else "")

    def toggled(self, thing: str) -> str:
        """Its address with a thing unfolded, or folded where it is open."""
        rest = tuple(t for t in self.opened if t != thing)
        return self.href(open=rest if thing in self.opened else (*rest, thing))


@dataclass(frozen=True)
class Line:
    """One tie in the table: the other end, how it reads, who says so, what hangs below it."""

    stop: Stop
    step: Step
    inner: tuple["Line", ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Group:
    """The ties that read alike from the thing: the words, the kind, the lines."""

    anchor: str
    verb: str
    kind: str
    lines: tuple[Line, ...]


def shown(network: Network, view: View) -> list[Tie]:
    """The ties that a view shows, of the thing and of what is unfolded."""
    first = ties_of(network, view)
    return first + [t for thing in view.opened for t in _inner(network, view, thing)]


def ties_of(network: Network, view: View, thing: str = "") -> list[Tie]:
    """The ties of a thing that hold on the day looked at and are of the kinds asked for."""
    return [
        t
        for t in network.ties.get(thing or view.thing, ())
        if (not view.kinds or t.relation.kind in view.kinds)
        and (not view.day or t.holds_on(view.day))
    ]


def _inner(network: Network, view: View, thing: str) -> list[Tie]:
    return [t for t in ties_of(network, view, thing) if t.of(thing) != view.thing]


@dataclass(frozen=True)
class Around:
    """Tells the neighbourhood of a thing in one language."""

    network: Network
    view: View
    teller: Teller

    @property
    def stop(self) -> Stop:
        """The thing in the middle."""
        return self.teller.stop(self.view.thing)

    def groups(self) -> tuple[Group, ...]:
        """The ties in groups, in the order of kinds; within one, by name."""
        thing = self.view.thing
        found: dict[tuple[str, str], list[Tie]] = {}
        for tie in sorted(ties_of(self.network, self.view), key=lambda t: t.order[1:]):
            verb = self.teller.verb(tie, is_back=tie.one != thing)
            found.setdefault((tie.relation.kind, verb), []).append(tie)
        folded = set(self.view.opened)
        groups = []
        for n, ((kind, verb), ties) in enumerate(found.items(), 1):
            lines = [self._line(thing, tie) for tie in ties]
            lines.sort(key=lambda x: (x.stop.name.name.text.casefold(), x.step.tie.start))
            # What is tied in several ways is unfolded where it first stands.
            for place, line in enumerate(lines):
                if line.stop.iri in folded:
                    folded.remove(line.stop.iri)
                    lines[place] = self._unfolded(line)
            groups.append(Group(f"g{n}", verb.rstrip(",:"), kind, tuple(lines)))
        return tuple(groups)

    def _line(self, thing: str, tie: Tie) -> Line:
        return Line(self.teller.stop(tie.of(thing)), self.teller.step(thing, tie))

    def _unfolded(self, line: Line) -> Line:
        thing = line.stop.iri
        hung = _inner(self.network, self.view, thing)
        inner = tuple(self._line(thing, tie) for tie in hung[:_HUNG])
        return replace(line, inner=inner, more=len(hung) - len(inner))

    def branches(self, groups: Iterable[Group]) -> tuple[Branch, ...]:
        """The groups as they are drawn; a thing tied twice in the same words is drawn once."""
        found = []
        for group in groups:
            by_thing = {line.stop.iri: line for line in reversed(group.lines)}
            lines = sorted(by_thing.values(), key=group.lines.index)
            leaves: list[Leaf] = []
            for line in lines[:_DRAWN]:
                name = line.stop.name.name.text
                leaves.append(Leaf(name, "/network/" + line.stop.slug))
                leaves += [
                    Leaf(f"{i.step.verb} {i.stop.name.name.text}", "/network/" + i.stop.slug, 2)
                    for i in line.inner
                ]
            if len(lines) > _DRAWN:
                more = self.teller.voice.count("network.more", len(lines) - _DRAWN)
                leaves.append(Leaf(more, "#" + group.anchor))
            title = f"{group.verb} ({len(lines)})"
            found.append(Branch(title, _HUES.get(group.kind, "c"), tuple(leaves)))
        return tuple(found)

    def finding(self) -> str:
        """What the picture shows, in a sentence."""
        voice, name = self.teller.voice, self.stop.name.name.text
        ties = ties_of(self.network, self.view)
        others = {t.of(self.view.thing) for t in ties}
        if not others:
            return voice.text("network.nobody", name=name)
        counts = Counter(t.relation.kind for t in ties)
        most = max(counts, key=lambda k: (counts[k], -KINDS.index(k)))
        tied = voice.count("network.tied", len(others))
        key = "network.finding" if len(counts) > 1 else "network.only"
        return voice.text(key, name=name, tied=tied, kind=voice.text(f"tie.kind.{most}"))

    def svg(self) -> str:
        """The widest drawing as a file."""
        told = tree(self.stop.name.name.text, self.branches(self.groups()), WIDTHS[-1])
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
        lang = self.teller.voice.lang
        return standalone("".join(marks), told.width, told.height, self.finding(), lang)

    def rows(self) -> list[tuple[str, ...]]:
        """The ties as lines of a CSV file, the names of the columns first."""
        rows = [_COLUMNS]
        for tie in ties_of(self.network, self.view):
            step = self.teller.step(self.view.thing, tie)
            other = tie.of(self.view.thing)
            name = self.teller.stop(other).name.name.text
            of_tie = (tie.role or "", tie.start, tie.end, step.origin, tie.node or "")
            told = (tie.relation.kind, tie.relation.key, step.verb, other, name)
            rows.append((*told, *of_tie, " ".join(step.note.graphs)))
        return rows

    def data(self) -> dict[str, Any]:
        """The ties as JSON, names and readings in the language of the teller."""
        columns, *rows = self.rows()
        told = [dict(zip(columns, row, strict=True)) for row in rows]
        for row in told:
            row["page"] = address(row["thing"]) or ""
            row["kind_of_thing"] = self.teller.stop(row["thing"]).sort
        stop = self.stop
        return {
            "thing": {
                "iri": stop.iri,
                "name": stop.name.name.text,
                "kind": stop.sort,
                "page": address(stop.iri),
            },
            "finding": self.finding(),
            "kinds": list(self.view.kinds),
            "at": self.view.day or None,
            "ties": told,
        }


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
            "network.html",
            lang,
            Heading(
                voice.text("network.title", name=stop.name.name.text),
                around.finding(),
                "path",
                ("network",),
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
            count_of=lambda thing: len(_inner(network, view, thing)),
            asked=urlencode([*view.fields(), ("lang", lang)]),
        )
