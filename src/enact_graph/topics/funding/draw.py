"""The drawing of some flows of money in one scale, for three widths.

A band is as thick as its amount; one without an amount is a dashed line, one that is not granted
yet is hatched. On narrow screens the bands become bars under one another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from enact_graph.present.drawing import wide

#: The thickness of the largest band, and of what is a line only.
_THICK: Final = 64.0
_THIN: Final = 2.0
_SLOT: Final = 25.0
_GAP: Final = 9.0
_NODE: Final = 9.0
_LINE: Final = 18.0


@dataclass(frozen=True)
class Flow:
    """One funding: from whom, to whom, the amount in words.

    `size` is None where no amount is stated, `kind` is solid, hatched or dashed; `is_ours` where
    the cluster itself receives it.
    """

    iri: str
    payer: str
    receiver: str
    amount: str
    size: Decimal | None
    kind: str
    is_ours: bool


@dataclass(frozen=True)
class Band:
    """A flow as drawn: the path of its outline, or of its line where it is dashed."""

    path: str
    kind: str
    is_ours: bool


@dataclass(frozen=True)
class Text:
    """A line of text."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    is_strong: bool = False


@dataclass(frozen=True)
class Node:
    """A bar at one end of bands."""

    x: float
    y: float
    height: float
    is_ours: bool


@dataclass(frozen=True)
class Sheet:
    """One size of the picture."""

    name: str
    width: float
    height: float
    size: int
    bands: tuple[Band, ...]
    nodes: tuple[Node, ...]
    texts: tuple[Text, ...]


def sheets(flows: Sequence[Flow]) -> tuple[Sheet, ...]:
    """The drawings for narrow, middle and wide screens."""
    return bars(flows, 262), bands("at-m", flows, 640, 14), bands("at-l", flows, 920, 15)


def _thickness(flows: Sequence[Flow], longest: float) -> list[float]:
    """How thick each band is, or how long each bar: all in one scale."""
    largest = max((f.size for f in flows if f.size), default=Decimal(1))
    return [max(float(f.size / largest) * longest, _THIN) if f.size else _THIN for f in flows]


def bars(flows: Sequence[Flow], width: float) -> Sheet:
    """Each flow as a bar under the words that say what it is."""
    size, lead = 13, 18.0
    y = 4.0
    found: list[Band] = []
    texts: list[Text] = []
    for flow, long in zip(flows, _thickness(flows, width - 8), strict=True):
        for line in _wrapped(f"{flow.payer} → {flow.receiver}", width - 8, size):
            y += lead
            texts.append(Text(4, y, line))
        y += lead
        texts.append(Text(4, y, flow.amount, is_strong=True))
        y += 7
        drawn = f"M4 {y:g}h{long:.1f}v12h-{long:.1f}z" if flow.size else f"M4 {y + 4:g}h90"
        found.append(Band(drawn, flow.kind, flow.is_ours))
        y += 22 if flow.size else 14
    return Sheet("at-s", width, round(y + 4), size, tuple(found), (), tuple(texts))


def bands(name: str, flows: Sequence[Flow], width: float, size: int) -> Sheet:
    """Bands from the payers at the left to the receivers at the right."""
    thick = dict(zip(flows, _thickness(flows, _THICK), strict=True))
    left, right = round(width * 0.29), round(width * 0.63)
    ends, nodes, texts, high = _receivers(flows, thick, right, width, size)
    starts, more_nodes, more_texts, low = _payers(flows, thick, left, high, size)
    found = tuple(
        Band(_curve(left, starts[f], right, ends[f], thick[f] if f.size else 0), f.kind, f.is_ours)
        for f in flows
    )
    height = round(max(high, low) + 4)
    return Sheet(name, width, height, size, found, (*nodes, *more_nodes), (*texts, *more_texts))


_Side = tuple[dict[Flow, float], list[Node], list[Text], float]


def _receivers(
    flows: Sequence[Flow], thick: Mapping[Flow, float], right: float, width: float, size: int
) -> _Side:
    """Where each band ends, with the receivers' bars and names, and how high that is."""
    ends: dict[Flow, float] = {}
    nodes: list[Node] = []
    texts: list[Text] = []
    y = 8.0
    for receiver, of in _grouped(flows, "receiver"):
        top = y
        if len(of) > 1:
            texts.append(Text(right + 18, y + 14, receiver, is_strong=True))
            y += _SLOT
        for flow in of:
            lines = []
            if len(of) == 1:
                room = width - right - 30 - wide(flow.amount, size + 1)
                lines = _wrapped(receiver, room, size)[:3]
            slot = max(thick[flow], _SLOT - 4, len(lines) * _LINE)
            middle = y + slot / 2
            ends[flow] = middle - thick[flow] / 2
            first = middle + 5 - max(len(lines) - 1, 0) * _LINE / 2
            texts += [
                Text(right + 18, round(first + i * _LINE, 1), line, is_strong=True)
                for i, line in enumerate(lines)
            ]
            at, anchor = (width - 4, "end") if lines else (right + 18, "start")
            texts.append(Text(at, round(middle + 5, 1), flow.amount, anchor))
            y += slot + _GAP
        nodes.append(Node(right, top, round(y - top - _GAP, 1), of[0].is_ours))
        y += 4
    return ends, nodes, texts, y


def _payers(
    flows: Sequence[Flow], thick: Mapping[Flow, float], left: float, high: float, size: int
) -> _Side:
    """Where each band begins, with the payers' bars and names, spread over the height."""
    starts: dict[Flow, float] = {}
    nodes: list[Node] = []
    texts: list[Text] = []
    groups = _grouped(flows, "payer")
    named = [_wrapped(payer, left - 30, size) for payer, _ in groups]
    totals = [sum(thick[f] + 1 for f in of) for _, of in groups]
    needs = [max(t, len(n) * _LINE + 8) for t, n in zip(totals, named, strict=True)]
    spare = max(high - sum(needs) - 16, 0) / max(len(groups), 1)
    y = 8.0
    for (_, of), lines, total, need in zip(groups, named, totals, needs, strict=True):
        middle = y + (need + spare) / 2
        top = middle - total / 2
        nodes.append(Node(left - _NODE, round(top, 1), round(total, 1), False))
        first = middle - (len(lines) - 1) * _LINE / 2 + 5
        texts += [
            Text(left - 18, round(first + i * _LINE, 1), line, "end", True)
            for i, line in enumerate(lines)
        ]
        for flow in of:
            starts[flow] = top
            top += thick[flow] + 1
        y += need + spare
    return starts, nodes, texts, y


def _grouped(flows: Sequence[Flow], side: str) -> list[tuple[str, list[Flow]]]:
    """The flows by one of their ends, each group in the order in which its end is first met.

    Within a group they follow the order of the other ends, so that few bands cross.
    """
    payers = list(dict.fromkeys(f.payer for f in flows))
    groups: dict[str, list[Flow]] = {}
    for flow in flows:
        groups.setdefault(flow.payer if side == "payer" else flow.receiver, []).append(flow)
    if side == "receiver":
        for of in groups.values():
            of.sort(key=lambda f: payers.index(f.payer))
    return list(groups.items())


def _curve(x0: float, y0: float, x1: float, y1: float, thick: float) -> str:
    """The outline of a band between two heights, or its middle line where it has no thickness."""
    middle = (x0 + x1) / 2
    out = f"M{x0:g} {y0:.1f}C{middle:g} {y0:.1f} {middle:g} {y1:.1f} {x1:g} {y1:.1f}"
    if not thick:
        return out
    low0, low1 = y0 + thick, y1 + thick
    return f"{out}V{low1:.1f}C{middle:g} {low1:.1f} {middle:g} {low0:.1f} {x0:g} {low0:.1f}z"


def _wrapped(text: str, width: float, size: float) -> list[str]:
    """The lines of a text that fit a width; a word that is longer stands alone."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and wide(longer, size, is_bold=True) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
