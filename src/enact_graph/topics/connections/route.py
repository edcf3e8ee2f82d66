"""The ways from one thing to another: chains of ties, those through hubs apart, like by like."""

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from enact_graph.graph.network import Network, Tie
from enact_graph.topics.connections.chains import Limits, chains

#: Ways told for one question.
MOST: Final = 5
#: Steps of a way, unless asked otherwise, and the most that may be asked for.
LENGTH: Final = 6
LONGEST: Final = 8


@dataclass(frozen=True)
class Way:
    """One chain of things with the ties of each step; `hubs` are those it passes through.

    `alike` names the things each of which could stand in the place of one stop, all else the same;
    `place` is the position of that stop.
    """

    chain: tuple[str, ...]
    steps: tuple[tuple[Tie, ...], ...]
    hubs: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    place: int = 0

    @property
    def length(self) -> int:
        """How many steps it has."""
        return len(self.steps)


@dataclass(frozen=True)
class Ways:
    """What was found: ways that avoid hubs or need not, then those through hubs.

    `is_whole` unless the search was given up before everything was looked at.
    """

    found: tuple[Way, ...]
    by_hub: tuple[Way, ...] = ()
    is_whole: bool = True

    @property
    def all(self) -> tuple[Way, ...]:
        """All of them, in the order in which they are told."""
        return (*self.found, *self.by_hub)


@dataclass(frozen=True)
class Search:
    """How ways are looked for: whether hubs are avoided, what else is, how many steps at most."""

    avoids_hubs: bool = True
    without: tuple[str, ...] = ()
    length: int = LENGTH


def ways(network: Network, start: str, end: str, search: Search) -> Ways:
    """The shortest ways between two things; by a hub only the shortest, and only if shorter."""
    apart = frozenset(search.without)
    passed = network.hubs - {start, end}
    wanted = MOST * MOST
    hidden = apart | passed if search.avoids_hubs else apart
    plain = chains(
        network.near, start, end, Limits(wanted, search.length, hidden, network.promises)
    )
    found = _grouped(network, plain.found)[:MOST]
    if not search.avoids_hubs:
        return Ways(found, is_whole=plain.is_whole)
    best = found[0].length if found else search.length + 1
    crowded = chains(network.near, start, end, Limits(wanted, best - 1, apart, network.promises))
    by_hub = tuple(w for w in _grouped(network, crowded.found) if w.hubs)
    return Ways(found, by_hub[: 1 if found else MOST], plain.is_whole and crowded.is_whole)


def _grouped(network: Network, found: Collection[tuple[str, ...]]) -> tuple[Way, ...]:
    """Chains as ways; one that differs from an earlier one in a single stop joins it."""
    ways: list[Way] = []
    for chain in found:
        steps = tuple(network.between(one, other) for one, other in itertools.pairwise(chain))
        hubs = tuple(c for c in chain[1:-1] if c in network.hubs)
        new = Way(chain, steps, hubs)
        for n, way in enumerate(ways):
            place = _differs(way, new)
            if place and way.place in (0, place):
                alike = (*way.alike, chain[place])
                ways[n] = Way(way.chain, way.steps, way.hubs, alike, place)
                break
        else:
            ways.append(new)
    return tuple(ways)


def _differs(one: Way, other: Way) -> int:
    """The position of the only stop in which two ways of the same ties differ; 0 where none is."""
    if one.length != other.length or bool(one.hubs) != bool(other.hubs):
        return 0
    places = [n for n, (a, b) in enumerate(zip(one.chain, other.chain, strict=True)) if a != b]
    if len(places) != 1 or _shape(one) != _shape(other):
        return 0
    return places[0]


def _shape(way: Way) -> tuple[object, ...]:
    """By which ties a way goes, and in which direction, without what they tie."""
    return tuple(
        (ties[0].relation.key, ties[0].role, ties[0].one == start)
        for start, ties in zip(way.chain, way.steps, strict=False)
    )
