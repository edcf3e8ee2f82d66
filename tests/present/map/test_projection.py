"""From the sphere to the sheet: laws of the projections, of clipping, of written paths."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enact_graph.topics.map.atlas import Point
from enact_graph.topics.map.draw import EUROPE, REACH
from enact_graph.topics.map.projection import Around, Mercator, clip_line, clip_ring, path

AT_LARGE = (3.1, 47.2, 9.1, 50.78)
REGION = Mercator(*AT_LARGE, 760)
STRASBOURG = Point(7.74553, 48.58392)
in_region = st.builds(Point, st.floats(3.2, 9), st.floats(47.3, 50.7))
spots = st.tuples(st.floats(-500, 1300), st.floats(-500, 1300))


@pytest.mark.parametrize("window", [AT_LARGE, EUROPE])
def test_the_corners_of_the_window_are_those_of_the_sheet(
    window: tuple[float, float, float, float],
) -> None:
    to = Mercator(*window, 760)
    west, south, east, north = window
    assert to(Point(west, north)) == pytest.approx((0, 0), abs=1e-6)
    assert to(Point(east, south)) == pytest.approx((760, to.height), abs=0.5)


@settings(deadline=None)
@given(in_region, in_region)
def test_the_region_keeps_distances_nearly(a: Point, b: Point) -> None:
    (x1, y1), (x2, y2) = REGION(a), REGION(b)
    drawn = ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5 * REGION.unit()
    assert drawn == pytest.approx(a.distance(b), rel=0.06, abs=0.5)


@settings(deadline=None)
@given(st.floats(0, 360), st.floats(1, REACH))
def test_around_a_point_every_distance_is_true(bearing: float, far: float) -> None:
    to = Around(STRASBOURG, REACH, 760)
    x, y = to(STRASBOURG.away(bearing, far))
    drawn = ((x - 380) ** 2 + (y - 380) ** 2) ** 0.5 * to.unit()
    assert drawn == pytest.approx(far, rel=1e-6, abs=0.01)


@settings(deadline=None)
@given(st.lists(spots, min_size=3, max_size=12))
def test_what_is_clipped_lies_on_the_sheet(ring: list[tuple[float, float]]) -> None:
    for x, y in clip_ring(ring, 760, 600):
        assert -4.001 <= x <= 764.001
        assert -4.001 <= y <= 604.001


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 760), st.floats(0, 600)), min_size=3, max_size=12))
def test_what_lies_on_the_sheet_is_left_alone(ring: list[tuple[float, float]]) -> None:
    assert clip_ring(ring, 760, 600) == ring
    assert clip_line(ring, 760, 600) == [ring]


@settings(deadline=None)
@given(st.lists(spots, min_size=2, max_size=20))
def test_a_line_loses_no_step_that_touches_the_sheet(line: list[tuple[float, float]]) -> None:
    kept = {(a, b) for run in clip_line(line, 760, 600) for a, b in itertools.pairwise(run)}
    for a, b in itertools.pairwise(line):
        on_sheet = any(0 <= x <= 760 and 0 <= y <= 600 for x, y in (a, b))
        assert not on_sheet or (a, b) in kept


@settings(deadline=None)
@given(st.lists(spots, min_size=2, max_size=20))
def test_a_written_path_leads_where_the_points_are(line: list[tuple[float, float]]) -> None:
    drawn = path([line])
    if not drawn:
        assert len({(round(x * 10), round(y * 10)) for x, y in line}) == 1
        return
    start, _, steps = drawn.removeprefix("M").partition("l")
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", steps)]
    x, y = map(float, re.findall(r"-?[\d.]+", start))
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
    assert (x, y) == pytest.approx(line[-1], abs=0.06)
