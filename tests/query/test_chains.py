"""The shortest chains, held against a search that tries everything on small graphs."""

from itertools import combinations, pairwise, permutations
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from enact_graph.topics.connections.chains import Found, Limits, chains

Graph: TypeAlias = dict[str, list[str]]
POINTS = "abcdefg"
PAIRS = list(combinations(POINTS, 2))


def graph(edges: set[tuple[str, str]]) -> Graph:
    near: Graph = {p: [] for p in POINTS}
    for one, other in sorted(edges):
        near[one].append(other)
        near[other].append(one)
    return near


def every_chain(
    near: Graph, start: str, end: str, length: int, without: str
) -> list[tuple[str, ...]]:
    """All chains that make no detour, found by trying every order of every choice of points."""
    inner = [p for p in POINTS if p not in (start, end) and p not in without]
    found = []
    for steps in range(1, length + 1):
        for middle in permutations(inner, steps - 1):
            chain = (start, *middle, end)
            if any(b not in near[a] for a, b in pairwise(chain)):
                continue
            apart = [
                (a, b)
                for n, a in enumerate(chain)
                for b in chain[n + 2 :]
                if (a, b) != (start, end)
            ]
            if all(b not in near[a] for a, b in apart):
                found.append(chain)
    return found


GRAPHS = st.sets(st.sampled_from(PAIRS)).map(graph)
ENDS = st.sampled_from(list(permutations(POINTS, 2)))


@given(GRAPHS, ENDS, st.integers(1, 6), st.sampled_from(["", "c", "cd"]))
@settings(deadline=None)
def test_they_are_all_the_chains_there_are_the_shortest_first(
    near: Graph, ends: tuple[str, str], length: int, without: str
) -> None:
    found = chains(near, *ends, Limits(1000, length, without))
    assert found.is_whole
    assert sorted(found.found) == sorted(every_chain(near, *ends, length, without))
    lengths = [len(chain) for chain in found.found]
    assert lengths == sorted(lengths)


@given(GRAPHS, ENDS, st.integers(1, 4))
@settings(deadline=None)
def test_no_chain_that_is_left_out_is_shorter(
    near: Graph, ends: tuple[str, str], most: int
) -> None:
    found = chains(near, *ends, Limits(most)).found
    every = every_chain(near, *ends, 6, "")
    assert len(found) == min(most, len(every))
    left = set(every) - set(found)
    assert not found or all(len(chain) >= len(found[-1]) for chain in left)


@given(GRAPHS, ENDS)
@settings(deadline=None)
def test_the_way_back_is_the_way_there_turned_round(near: Graph, ends: tuple[str, str]) -> None:
    there = chains(near, *ends, Limits(1000)).found
    back = chains(near, ends[1], ends[0], Limits(1000)).found
    assert {tuple(reversed(chain)) for chain in back} == set(there)


@given(GRAPHS, ENDS)
@settings(deadline=None)
def test_the_order_in_which_a_graph_is_told_changes_nothing(
    near: Graph, ends: tuple[str, str]
) -> None:
    shuffled = {point: sorted(near[point], reverse=True) for point in reversed(near)}
    assert chains(shuffled, *ends) == chains(near, *ends)


def test_a_search_that_is_cut_off_says_so() -> None:
    rows = [[f"{c}{n}" for n in range(9)] for c in "abcd"]
    near: Graph = {"start": rows[0], "end": rows[3], **{p: [] for row in rows for p in row}}
    for one, other in pairwise(rows):
        for point in one:
            near[point] += other
        for point in other:
            near[point] += one
    for point, row in (("start", rows[0]), ("end", rows[3])):
        for p in row:
            near[p].append(point)
    cut = chains(near, "start", "end", Limits(1000, steps=50))
    assert not cut.is_whole
    assert all(len(chain) == 6 for chain in cut.found)


def test_a_point_that_is_not_there_or_twice_the_same_has_no_chain() -> None:
    near = graph({("a", "b")})
    for ends in (("a", "a"), ("a", "z"), ("z", "a"), ("a", "c")):
        assert chains(near, *ends) == Found(())
