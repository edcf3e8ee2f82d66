"""The tree of a cluster: who is in it on the left, what it works with on the right, as a drawing.

Labels are horizontal and links; where the page is narrow a list takes the place of the drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from enact_graph import terms
from enact_graph.graph.entity import Entity, Name
from enact_graph.graph.relations import ROLES
from enact_graph.present.notes import Notary
from enact_graph.present.ties import Ties
from enact_graph.present.values import Wording, is_now
from enact_graph.present.view import Note, Part
from enact_graph.present.words import Voice
from enact_graph.vocabulary import ENACT, ORG

_AGENTS: Final = (ORG.member, ENACT.agent)
_WHOLES: Final = (ORG.organization, ENACT.consortium)
#: The groups of each side, from the top: their key, colour and roles, the first role known wins.
_LEFT: Final = (
    ("members", "a", ("role-lead", "role-member", "role-coordinating-member")),
    ("territories", "b", ("role-territorial-partner", "role-included-body")),
    ("supporters", "c", ("role-supporter",)),
    ("laboratories", "a", ("role-participating-laboratory",)),
    ("industry", "c", ("role-industrial-partner",)),
)
_RIGHT: Final = (
    ("alliances", "b", ("role-supporting-alliance",)),
    ("abroad", "c", ("role-international-partner",)),
    ("coordinated", "a", ("role-coordinated-body",)),
    ("founders", "b", ("role-entrepreneurship-programme",)),
)
#: Measures of the drawing, in units of its view box: 15 of them are the size of a label.
WIDTH: Final = 980
_STEP: Final = 25
_LINE: Final = 17
_HEAD: Final = 22
_GAP: Final = 24
_HUB: Final = (414, 152, 88)
#: Node and label of each side, and the characters that fit beside the node.
_NODE: Final = {"left": (336, 318), "right": (644, 662)}
_ROOM: Final = 42


@dataclass(frozen=True)
class Group:
    """Those tied to the cluster in one way: a key for its title, a colour, the names as links."""

    key: str
    colour: str
    parts: tuple[Part, ...]
    is_open: bool = False


@dataclass(frozen=True)
class Leaf:
    """One name in the drawing: where its node is, its thread, the lines of its label."""

    part: Part
    colour: str
    x: int
    y: float
    text_x: int
    anchor: str
    thread: str
    lines: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Title:
    """The title of a group in the drawing."""

    key: str
    count: int
    x: int
    y: float
    anchor: str
    is_open: bool


@dataclass(frozen=True)
class Tree:
    """The groups of both sides, the drawing of them, and who says so."""

    groups: tuple[Group, ...]
    titles: tuple[Title, ...]
    leaves: tuple[Leaf, ...]
    height: int
    hub: Part
    note: Note

    @property
    def total(self) -> int:
        """How many are tied to the cluster."""
        return len(self.leaves)


@dataclass(frozen=True)
class Planter:
    """Draws the tree of a cluster as of a day, in one language."""

    cluster: Entity
    voice: Voice
    today: date

    def tree(self) -> Tree | None:
        """The tree; None where nothing is tied to the cluster."""
        wording = Wording(self.cluster, self.voice)
        ties = Ties(wording, Notary(self.voice, self.cluster.sources, self.cluster.labels))
        nodes = self._by_role(ties)
        told: set[str] = set()
        sides = {}
        graphs: set[str] = set()
        for side, kinds in (("left", _LEFT), ("right", _RIGHT)):
            groups = []
            for key, colour, roles in kinds:
                agents: dict[str, Part] = {}
                said: set[str] = set()
                for role in roles:
                    for node, agent in nodes.get(terms.VOCAB + role, ()):
                        if agent not in told:
                            agents[agent] = self._part(wording, agent, role)
                            said.update(ties.graphs(node))
                        told.add(agent)
                graphs |= said
                lists = [terms.VOCAB + role for role in roles]
                if agents:
                    is_open = ties.notary.is_open(said, lists)
                    groups.append(Group(key, colour, tuple(agents.values()), is_open))
            sides[side] = groups
        every = [g for groups in sides.values() for g in groups]
        if not every:
            return None
        hub = wording.link(self.cluster.iri)
        return _drawn(sides["left"], sides["right"], hub, ties.notary.note(graphs))

    def _by_role(self, ties: Ties) -> dict[str, list[tuple[str, str]]]:
        """The ties of today by role: node and agent, by name."""
        objects = self.cluster.objects
        found: dict[str, list[tuple[str, str]]] = {}
        for node in ties.nodes():
            if not any(o.value == self.cluster.iri for p in _WHOLES for o in objects(p, node)):
                continue
            if not is_now(ties.wording, node, self.today):
                continue
            for agent in (o.value for p in _AGENTS for o in objects(p, node)):
                for role in (o.value for p in ROLES for o in objects(p, node)):
                    found.setdefault(role, []).append((node, agent))
        lang = self.voice.lang
        return {
            role: sorted(pairs, key=lambda p: self.cluster.name(p[1], lang).text.casefold())
            for role, pairs in found.items()
        }

    def _part(self, wording: Wording, agent: str, role: str) -> Part:
        link = wording.link(agent)
        if role != "role-lead":
            return link
        text = self.voice.text("tree.lead", name=link.name.text)
        return Part(Name(text, link.name.language), link.href)


def _drawn(left: Sequence[Group], right: Sequence[Group], hub: Part, note: Note) -> Tree:
    height = max(_height(left), _height(right), _HUB[2] + 2 * _GAP)
    titles: list[Title] = []
    leaves: list[Leaf] = []
    for side, groups in (("left", left), ("right", right)):
        titles_of, leaves_of = _side(side, groups, height)
        titles += titles_of
        leaves += leaves_of
    return Tree((*left, *right), tuple(titles), tuple(leaves), round(height), hub, note)


def _side(side: str, groups: Sequence[Group], height: float) -> tuple[list[Title], list[Leaf]]:
    node, text = _NODE[side]
    anchor = "end" if side == "left" else "start"
    total = sum(len(g.parts) for g in groups)
    y = (height - _height(groups)) / 2
    titles: list[Title] = []
    leaves: list[Leaf] = []
    for group in groups:
        y += _HEAD
        titles.append(Title(group.key, len(group.parts), text, y - 4, anchor, group.is_open))
        for part in group.parts:
            lines = _lines(part.name.text)
            tall = _STEP + (len(lines) - 1) * _LINE
            middle = y + tall / 2
            first = middle + 5 - (len(lines) - 1) * _LINE / 2
            leaves.append(
                Leaf(
                    part,
                    group.colour,
                    node,
                    middle,
                    text,
                    anchor,
                    _thread(side, middle, len(leaves), total, height),
                    tuple((first + n * _LINE, line) for n, line in enumerate(lines)),
                )
            )
            y += tall
        y += _GAP
    return titles, leaves


def _thread(side: str, y: float, number: int, total: int, height: float) -> str:
    """A curve from a node to its place on the edge of the hub."""
    share = (number + 0.5) / total - 0.5
    end = height / 2 + share * min(64, total * 3.4)
    start = _NODE[side][0]
    edge = _HUB[0] + 2 if side == "left" else _HUB[0] + _HUB[1] - 2
    bend = (start + edge) / 2
    return f"M{start} {y:g}C{bend:g} {y:g} {bend:g} {end:.1f} {edge} {end:.1f}"


def _height(groups: Sequence[Group]) -> float:
    rows = sum(_STEP + (len(_lines(p.name.text)) - 1) * _LINE for g in groups for p in g.parts)
    return rows + len(groups) * (_HEAD + _GAP)


def _lines(text: str) -> list[str]:
    """A label in lines that fit, broken between words."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) > _ROOM and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = joined
    return lines
