"""A membership of an alliance: on which days it holds, as far as its dates are known."""

import pytest

from enact_graph.topics.alliances.read import Alliances, Membership


@pytest.mark.parametrize(
    ("start", "end", "held"),
    [
        ("2020-01-01", "2022-12-31", ("2020-01-01", "2022-12-31")),
        ("2020-01-01", "", ("2020-01-01", "2022-12-31", "2023-01-01")),
        ("", "2022-12-31", ("2019-12-31", "2020-01-01", "2022-12-31")),
        ("", "", ("2019-12-31", "2020-01-01", "2022-12-31", "2023-01-01")),
    ],
)
def test_it_holds_from_its_first_day_to_its_last(
    start: str, end: str, held: tuple[str, ...]
) -> None:
    of = Membership("urn:m", "urn:a", "urn:alliance", (), start, end)
    alliances = Alliances((of,), "", (), {}, {}, {})
    days = ("2019-12-31", "2020-01-01", "2022-12-31", "2023-01-01")
    assert tuple(day for day in days if of.holds_on(day)) == held
    assert tuple(day for day in days if alliances.on(day)) == held
