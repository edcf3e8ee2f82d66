"""What CONTRIBUTING answers to "where do I …?": each place exists and holds what it should."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLACES = (ROOT, ROOT / "src/enact_graph")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("### Where do I")[2]
ROWS = [line.strip("| ").split(" | ") for line in GUIDE.splitlines() if line.startswith("| ")][1:]
#: A path, and behind it what stands there.
PLACE = re.compile(r"`([\w./-]+(?:\.\w+|/))`(?: \(`([^`]+)`)?")


def test_every_change_that_is_made_often_is_answered() -> None:
    assert len(ROWS) >= 16
    assert all(len(row) == 3 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_place_holds_what_it_is_named_for(row: list[str]) -> None:
    _, first, then = row
    assert PLACE.search(first)
    for path, held in PLACE.findall(f"{first} {then}"):
        found = [place / path for place in PLACES if (place / path).exists()]
        if not found:
            # The file of that name in each topic.
            found = list((ROOT / "src/enact_graph/topics").glob(f"*/{path}"))
        assert found, path
        if held:
            assert held in found[0].read_text("utf-8"), f"{path}: {held}"
