"""Dates known to the year, the month or the day."""

import pytest

from enact_graph.authoring.new.fields import PartialDate, Refusal


@pytest.mark.parametrize(
    ("written", "precision", "first", "last"),
    [
        ("2024", "year", "2024-01-01", "2024-12-31"),
        ("2024-02", "month", "2024-02-01", "2024-02-29"),
        ("2023-02", "month", "2023-02-01", "2023-02-28"),
        ("2024-05-22", "day", "2024-05-22", "2024-05-22"),
        (" 2024-11 ", "month", "2024-11-01", "2024-11-30"),
    ],
)
def test_a_date_reaches_from_the_first_to_the_last_day_it_may_be(
    written: str, precision: str, first: str, last: str
) -> None:
    read = PartialDate.read(written)
    assert (read.precision, read.first, read.last) == (precision, first, last)


@pytest.mark.parametrize("said", ["", "24", "2024-13", "2024-02-30", "0000", "2024-5", "2024/05"])
def test_what_is_no_date_is_refused(said: str) -> None:
    with pytest.raises(Refusal) as refused:
        PartialDate.read(said)
    assert (refused.value.code, refused.value.details) == ("bad-date", {"said": said})
