"""Who is tied to one thing: a tree, the same as a table with sources, as CSV and as JSON."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.network import Network, Tie
from enact_graph.graph.relations import KINDS
from enact_graph.present.branches import Branch, Leaf
from enact_graph.present.sentences import Step, Stop, Teller


def query(chain: Sequence[str], ties: Sequence[Tie]) -> str:
    """The query for chains tied in the same ways between the same ends; `ties` has one a step.

    Its columns are stop1 … for the things between the ends, tie1 … for the nodes between them.
    """
    last = len(chain) - 1
    names = {0: _name(chain[0]), last: _name(chain[-1])}
    lines, columns = [], []
    for step, tie in enumerate(ties, 1):
        here, there = (names.get(n, f"?stop{n}") for n in (step - 1, step))
        node = f"?tie{step}"
        ends = (here, there) if tie.one == chain[step - 1] else (there, here)
        lines.append("  " + tie.relation.pattern(*ends, node))
        if tie.relation.through:
            columns.append(node)
        if step < last:
            columns.append(there)
    stops = [c for c in columns if c.startswith("?stop")]
    things = [*stops, *names.values()]
    apart = [
        f"{one} != {other}"
        for n, one in enumerate(things)
        for other in things[n + 1 :]
        if one.startswith("?")
    ]
    if apart:
        lines.append(f"  FILTER({' && '.join(apart)})")
    body = "\n".join(lines)
    used = {p: ns for p, ns in terms.PREFIXES.items() if f"{p}:" in body}
    prologue = "\n".join(f"PREFIX {p}: <{ns}>" for p, ns in sorted(used.items()))
    if not columns:
        return f"{prologue}\n\nASK {{\n{body}\n}}\n"
    chosen = " ".join(columns)
    return f"{prologue}\n\nSELECT DISTINCT {chosen} WHERE {{\n{body}\n}}\nORDER BY {chosen}\n"


def _name(iri: str) -> str:
    short = terms.shorten(iri)
    return short if short != iri else str(ox.NamedNode(iri))


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


def among(network: Network, view: View) -> list[Tie]:
    """The ties of the things tied to the middle with each other."""
    around = {t.of(view.thing) for t in ties_of(network, view)}
    found = {t for thing in around for t in ties_of(network, view, thing)}
    return sorted((t for t in found if {t.one, t.other} <= around), key=lambda t: t.order[1:])


def shown(network: Network, view: View) -> list[Tie]:
    """The ties that a view shows, of the thing and of what is unfolded."""
    first = ties_of(network, view)
    return first + [t for thing in view.opened for t in inner_ties(network, view, thing)]


def ties_of(network: Network, view: View, thing: str = "") -> list[Tie]:
    """The ties of a thing that hold on the day looked at and are of the kinds asked for."""
    return [
        t
        for t in network.ties.get(thing or view.thing, ())
        if (not view.kinds or t.relation.kind in view.kinds)
        and (not view.day or t.holds_on(view.day))
    ]


def inner_ties(network: Network, view: View, thing: str) -> list[Tie]:
    """What is told of a thing that is unfolded: its ties to others than the one in the middle."""
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
        hung = inner_ties(self.network, self.view, thing)
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
