"""The laws of great circles, and distances that agree with the engine's."""

import math

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from enact_graph.topics.map.atlas import FARTHEST, RADIUS, Point, written

points = st.builds(
    Point,
    st.floats(-180, 180, allow_nan=False, allow_infinity=False),
    st.floats(-90, 90, allow_nan=False, allow_infinity=False),
)
STRASBOURG, TSUKUBA = Point(7.74553, 48.58392), Point(140.11667, 36.08333)
#: Rounding of double precision, in km: below a metre.
CLOSE = 1e-3


@settings(deadline=None)
@given(points, points)
def test_it_is_as_far_there_as_back(a: Point, b: Point) -> None:
    assert math.isclose(a.distance(b), b.distance(a), abs_tol=CLOSE)
    assert 0 <= a.distance(b) <= FARTHEST + CLOSE


@settings(deadline=None)
@given(points)
def test_a_point_is_nowhere_else_than_where_it_is(a: Point) -> None:
    assert a.distance(a) == pytest.approx(0, abs=CLOSE)


@settings(deadline=None)
@given(points, points, points)
def test_no_way_round_is_shorter(a: Point, b: Point, c: Point) -> None:
    assert a.distance(c) <= a.distance(b) + b.distance(c) + CLOSE


@settings(deadline=None)
@given(points)
def test_the_other_side_of_the_earth_is_half_way_round(a: Point) -> None:
    other = Point(a.lon - 180 if a.lon > 0 else a.lon + 180, -a.lat)
    # Near the antipode the formula loses digits: half a metre of twenty thousand kilometres.
    assert a.distance(other) == pytest.approx(math.pi * RADIUS, abs=0.5)


@settings(deadline=None)
@given(points, st.floats(0, 360), st.floats(0, 19_000))
def test_who_goes_so_far_is_so_far_away(a: Point, bearing: float, far: float) -> None:
    assert a.distance(a.away(bearing, far)) == pytest.approx(far, abs=0.01)


@settings(deadline=None)
@given(
    st.builds(Point, st.floats(-179, 179), st.floats(-85, 85)),
    st.floats(0, 359.99),
    st.floats(1, 15_000),
)
def test_the_bearing_leads_there(a: Point, bearing: float, far: float) -> None:
    there = a.away(bearing, far)
    turn = abs(a.bearing(there) - bearing)
    assert min(turn, 360 - turn) == pytest.approx(0, abs=0.01)


@settings(deadline=None)
@given(points, points)
@example(STRASBOURG, TSUKUBA)
def test_the_engine_measures_the_same(a: Point, b: Point) -> None:
    wkt = "http://www.opengis.net/ont/geosparql#wktLiteral"
    one, other = (f'"POINT({p.lon:.6f} {p.lat:.6f})"^^<{wkt}>' for p in (a, b))
    rows = ox.Store().query(
        "SELECT (<http://www.opengis.net/def/function/geosparql/distance>("
        f"{one}, {other}, <http://www.opengis.net/def/uom/OGC/1.0/metre>) AS ?m) {{}}"
    )
    assert isinstance(rows, ox.QuerySolutions)
    (row,) = rows
    metres = float(row["m"].value)
    rounded = (Point(round(p.lon, 6), round(p.lat, 6)) for p in (a, b))
    first, second = rounded
    assert first.distance(second) == pytest.approx(metres / 1000, abs=0.5)


def test_known_distances() -> None:
    nancy = Point(6.18496, 48.68439)
    assert written(STRASBOURG.distance(nancy)) == 115
    assert written(STRASBOURG.distance(TSUKUBA)) == 9488
    assert (written(0.49), written(0.5), written(1.5)) == (0, 1, 2)


@pytest.mark.parametrize(
    ("wkt", "expected"),
    [
        ("POINT(7.5 48)", Point(7.5, 48)),
        (" POINT (-1.25 -0) ", Point(-1.25, 0)),
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(1 2)", Point(1, 2)),
        ("POINT(190 2)", None),
        ("POINT(2 91)", None),
        ("POINT EMPTY", None),
        ("LINESTRING(1 2, 3 4)", None),
    ],
)
def test_points_are_read_and_nothing_else(wkt: str, expected: Point | None) -> None:
    assert Point.of(wkt) == expected
