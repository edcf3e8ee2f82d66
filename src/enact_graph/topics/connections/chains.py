"""The shortest chains between two points of a graph, and how much was looked at to find them.

chains({"a": ["b"], "b": ["a", "c"], "c": ["b"]}, "a", "c").found    # (("a", "b", "c"),)
"""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

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
