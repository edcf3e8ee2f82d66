"""The outlines: closed, light, and with each town on its own side of the border."""

import itertools
import json
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enact_graph.terms import ID
from enact_graph.topics.map.atlas import Point
from enact_graph.topics.map.outlines import Line, Outlines

REGION = "grand-est"
OUTLINES = Outlines.load(f"{ID}{REGION}")
FILE = files("enact_graph.topics.map").joinpath("outlines.json")


def inside(ring: Line, point: Point) -> bool:
    """Whether a ring goes round a point (even and odd crossings of a ray)."""
    is_in = False
    for a, b in itertools.pairwise(ring):
        if (a.lat > point.lat) != (b.lat > point.lat):
            lon = a.lon + (point.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)
            is_in ^= point.lon < lon
    return is_in


def shape(name: str) -> list[Line]:
    of = Outlines(OUTLINES.arcs, {name: OUTLINES.shapes[name]}, {}, (), {}, name)
    return list(of.region)


@pytest.mark.parametrize(
    ("country", "town"),
    [
        ("grand-est", Point(7.7455, 48.5839)),  # Strasbourg
        ("grand-est", Point(6.9, 49.18)),  # Forbach
        ("grand-est", Point(7.79, 48.81)),  # Haguenau
        ("grand-est", Point(7.33, 47.75)),  # Mulhouse
        ("grand-est", Point(6.16, 49.36)),  # Thionville
        ("grand-est", Point(4.03, 49.26)),  # Reims
        ("grand-est", Point(4.08, 48.3)),  # Troyes
        ("germany", Point(7.83, 48.57)),  # Kehl
        ("germany", Point(7.0098, 49.24)),  # Saarbrücken
        ("germany", Point(6.64, 49.757)),  # Trier
        ("luxembourg", Point(6.13, 49.61)),
        ("switzerland", Point(7.59, 47.54)),  # Basel
        ("france", Point(5.04, 47.32)),  # Dijon
        ("france", Point(2.35, 48.86)),  # Paris
        ("belgium", Point(5.57, 50.63)),  # Liège
        ("japan", Point(140.1, 36.1)),  # Tsukuba
    ],
)
def test_each_town_is_on_its_side_of_the_border(country: str, town: Point) -> None:
    assert sum(inside(ring, town) for ring in shape(country)) % 2 == 1
    others = set(OUTLINES.shapes) - {country, "elsewhere"}
    for other in others:
        assert sum(inside(ring, town) for ring in shape(other)) % 2 == 0, other


def test_every_ring_is_closed() -> None:
    for rings in (OUTLINES.coasts, OUTLINES.region, *(shape(n) for n in OUTLINES.shapes)):
        for ring in rings:
            assert ring[0] == ring[-1]


def test_every_arc_lies_between_two_shapes_or_a_shape_and_water() -> None:
    assert set(OUTLINES._uses) == set(range(len(OUTLINES.arcs)))
    assert {len(uses) for uses in OUTLINES._uses.values()} == {1, 2}
    assert len(OUTLINES.inner_border) == 1


def test_the_file_is_light_and_says_whence_it_is() -> None:
    text = FILE.read_text("utf-8")
    told = json.loads(text)
    assert len(text.encode()) < 80_000
    about = " ".join(told["about"])
    for said in ("Natural Earth 4.1.0", "public domain", "Simplified", "drawn by the project"):
        assert said in about
    assert told["licence"] == "public domain"


@settings(deadline=None)
@given(st.sampled_from(OUTLINES.arcs))
def test_every_point_is_on_the_earth(arc: Line) -> None:
    assert all(abs(p.lon) <= 180 and abs(p.lat) <= 90 for p in arc)
