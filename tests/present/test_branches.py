"""The two-sided tree at each width: every line once, none over another, all inside the box."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.present.branches import WIDTHS, Branch, Leaf, Width, short, tree, wrapped

NAMES = st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=90)
LEAVES = st.lists(st.tuples(NAMES, st.sampled_from([1, 1, 2])), min_size=1, max_size=12).map(
    lambda found: tuple(
        Leaf(name, f"/network/{n}", depth if n else 1) for n, (name, depth) in enumerate(found)
    )
)
BRANCHES = st.lists(st.builds(Branch, NAMES, st.sampled_from("abc"), LEAVES), max_size=8)


@pytest.mark.parametrize("width", WIDTHS, ids=lambda w: w.name)
@given(middle=NAMES, branches=BRANCHES)
def test_every_line_is_drawn_once_in_room_of_its_own(
    width: Width, middle: str, branches: list[Branch]
) -> None:
    drawn = tree(middle, branches, width)
    assert len(drawn.marks) == sum(len(b.leaves) for b in branches)
    assert len(drawn.titles) == len(branches)
    for anchor in ("start", "end"):
        heights = [m.y for m in drawn.marks if m.anchor == anchor]
        heights += [t.y for t in drawn.titles if t.anchor == anchor]
        heights.sort()
        assert all(b - a >= 14 for a, b in itertools.pairwise(heights))
        lines = sorted(m.y for m in drawn.marks if m.anchor == anchor)
        assert all(b - a >= 24 for a, b in itertools.pairwise(lines))
    assert all(0 < m.y < drawn.height and 0 < m.x < drawn.width for m in drawn.marks)
    x, y, w, h = drawn.box
    assert x >= 0
    assert y >= 0
    assert x + w <= drawn.width
    assert y + h <= drawn.height


@given(NAMES, st.integers(2, 40))
def test_a_label_keeps_to_its_letters(text: str, letters: int) -> None:
    assert len(short(text, letters)) <= letters
    lines = wrapped(text, letters)
    assert len(lines) <= 4
    assert all(len(line) <= letters + 4 for line in lines)


def test_a_short_label_stays_as_it_is() -> None:
    assert short("Inria", 5) == "Inria"
    assert short("Inria Nancy", 6) == "Inria…"
