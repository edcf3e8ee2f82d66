"""The shortest chains between two points of a graph, and how much was looked at to find them.

chains({"a": ["b"], "b": ["a", "c"], "c": ["b"]}, "a", "c").found    # (("a", "b", "c"),)
"""

import itertools
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from enact_graph.graph.network import Network, Tie

#: Points looked at for one question before it is given up: some hundredths of a second.
STEPS: Final = 60_000
#: Chains of one length compared with each other before the best of them are told.
_COMPARED: Final = 400


@dataclass(frozen=True)
class Found:
    """Chains from point to point, the shortest first; `is_whole` unless the search was cut off."""

    found: tuple[tuple[str, ...], ...]
    is_whole: bool = True


@dataclass(frozen=True)
class Limits:
    """How many chains are wanted, how long at most, passing through none of which points.

    A chain through points of `later` comes after others of its length.
    """

    most: int = 5
    length: int = 6
    without: Collection[str] = ()
    later: Collection[str] = ()
    steps: int = STEPS


def chains(
    near: Mapping[str, Collection[str]], start: str, end: str, limits: Limits = Limits()
) -> Found:
    """The shortest chains that make no detour.

    `near` has for each point its neighbours, and each of two neighbours has the other. No chain
    passes a point twice or takes several steps between points that are neighbours, the two ends
    excepted. Of chains as long as each other, those whose points have the fewest neighbours come
    first: they tell more; then the order of names decides.
    """
    length, most = limits.length, limits.most
    if start == end or start not in near or end not in near:
        return Found(())
    apart = frozenset(limits.without) - {start, end}
    far = _distances(near, end, apart, length)
    found: list[tuple[str, ...]] = []
    left = limits.steps
    for exact in range(far.get(start, length + 1), length + 1):
        same: list[tuple[str, ...]] = []
        walk = _walk(near, start, end, far, exact)
        for point in walk:
            left -= 1
            if isinstance(point, tuple):
                same.append(point)
            if left <= 0 or len(same) >= _COMPARED:
                break
        same.sort(
            key=lambda chain: (
                sum(p in limits.later for p in chain[1:-1]),
                sum(len(near[p]) for p in chain[1:-1]),
                chain,
            )
        )
        found += same
        if left <= 0:
            return Found(tuple(found[:most]), is_whole=len(found) >= most)
        if len(found) >= most:
            break
    return Found(tuple(found[:most]))


def _distances(
    near: Mapping[str, Collection[str]], end: str, apart: Collection[str], length: int
) -> dict[str, int]:
    """How many steps each point is from the end, those of more than `length` left out."""
    far = {end: 0}
    waiting = deque([end])
    while waiting:
        point = waiting.popleft()
        if far[point] == length:
            break
        for other in near[point]:
            if other not in far and other not in apart:
                far[other] = far[point] + 1
                waiting.append(other)
    return far


def _walk(
    near: Mapping[str, Collection[str]], start: str, end: str, far: Mapping[str, int], exact: int
) -> Iterator[tuple[str, ...] | None]:
    """Every chain of exactly so many steps as a tuple, and None for each other point looked at."""
    chain = [start]
    on_chain = {start}
    ways = [iter(near[start])]
    around = _Around(near)
    while ways:
        left = exact - len(chain)
        for other in ways[-1]:
            if other in on_chain or far.get(other, exact) > left:
                continue
            # Whoever knew an earlier point on the way would have been reached from there.
            known = around[other]
            if any(p in known for p in chain[other == end : -1]):
                continue
            if other == end:
                if left == 0:
                    yield (*chain, end)
                continue
            if left > 0:
                yield None
                chain.append(other)
                on_chain.add(other)
                ways.append(iter(near[other]))
                break
        else:
            ways.pop()
            on_chain.discard(chain.pop())


class _Around(dict[str, frozenset[str]]):
    """The neighbours of points as sets, made when first asked for."""

    def __init__(self, near: Mapping[str, Collection[str]]) -> None:
        super().__init__()
        self._near = near

    def __missing__(self, point: str) -> frozenset[str]:
        found = self[point] = frozenset(self._near[point])
        return found


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
