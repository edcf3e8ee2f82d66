"""The flows as drawn: thickness in one scale, nothing off the sheet, nothing lost."""

import re
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from enact_graph.topics.funding.draw import Band, Flow, sheets

names = st.sampled_from(["France 2030", "Région Grand Est", "Horizon 2020, Science", "Erasmus+"])
takers = st.sampled_from(["ENACT", "EPICUR", "Université de la Grande Région"])
amounts = st.one_of(st.none(), st.integers(1, 75_000_000).map(Decimal))


@st.composite
def flow_lists(draw: st.DrawFn) -> list[Flow]:
    number = draw(st.integers(1, 12))
    found = []
    for i in range(number):
        size = draw(amounts)
        kind = "dashed" if size is None else draw(st.sampled_from(["solid", "hatched"]))
        taker = draw(takers)
        found.append(Flow(str(i), draw(names), taker, f"{size} €", size, kind, taker == "ENACT"))
    return found


def thickness(band: Band) -> float:
    """The thickness of a band with an outline, where it begins."""
    heights = re.match(r"M[\d.]+ ([\d.]+)C.*V([\d.]+)C.* ([\d.]+)z$", band.path)
    assert heights is not None
    return float(heights[3]) - float(heights[1])


@settings(deadline=None)
@given(flow_lists())
def test_every_flow_is_drawn_once_at_each_width(flows: list[Flow]) -> None:
    for sheet in sheets(flows):
        assert len(sheet.bands) == len(flows)
        assert [b.kind for b in sheet.bands] == [f.kind for f in flows]
        told = [t.text for t in sheet.texts]
        for flow in flows:
            assert flow.amount in told


@settings(deadline=None)
@given(flow_lists())
def test_bands_are_as_thick_as_their_amounts(flows: list[Flow]) -> None:
    largest = max((f.size for f in flows if f.size), default=None)
    for sheet in sheets(flows)[1:]:
        for flow, band in zip(flows, sheet.bands, strict=True):
            if flow.size is None:
                assert "z" not in band.path
                continue
            assert largest is not None
            expected = max(float(flow.size / largest) * 64, 2)
            assert abs(thickness(band) - expected) < 0.2


@settings(deadline=None)
@given(flow_lists())
def test_nothing_is_drawn_beyond_the_sheet(flows: list[Flow]) -> None:
    for sheet in sheets(flows):
        for text in sheet.texts:
            assert 0 <= text.x <= sheet.width
            assert 0 < text.y <= sheet.height
        for node in sheet.nodes:
            assert node.y >= 0
            assert node.y + node.height <= sheet.height
        for band in sheet.bands:
            for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", band.path):
                assert 0 <= float(x) <= sheet.width
                assert -1 <= float(y) <= sheet.height + 1


def test_bands_of_one_payer_to_one_receiver_do_not_cross() -> None:
    flows = [
        Flow("a", "A", "X", "1", Decimal(10), "solid", False),
        Flow("b", "B", "X", "2", None, "dashed", False),
        Flow("c", "A", "X", "3", None, "dashed", False),
    ]
    sheet = sheets(flows)[2]
    starts = [float(b.path.split("C")[0].split()[1]) for b in sheet.bands]
    ends = [float(b.path.split("C")[1].split("V")[0].split()[-1]) for b in sheet.bands]
    by_start = sorted(range(3), key=lambda i: starts[i])
    assert by_start == sorted(range(3), key=lambda i: ends[i])
