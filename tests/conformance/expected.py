"""The tests of the W3C that do not pass as they stand, each by its name and with the reason.

fails     what comes back is not what the test demands; the test must go on failing
spelling  the values are right, but written otherwise (1 for 1.0); must go on so
refused   the endpoint does not do what the test asks for, and says so with 403 or 405
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from tests.conformance import suites
from tests.conformance.suites import Case
from tests.strata import some

TABLE: Final = Path(__file__).with_name("expected.tsv")
#: Of the tests that pass. One engine answers them all, whose version is pinned.
SHARE: Final = 0.25
OUTCOMES: Final = ("fails", "spelling", "refused")


def table() -> dict[str, tuple[str, str]]:
    """Outcome and reason under the id of each test that does not simply pass."""
    lines = TABLE.read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    assert all(row[1] in OUTCOMES and row[2] for row in rows)
    return {name: (outcome, reason) for name, outcome, reason in rows}


def outcome(case: Case) -> str:
    return table().get(case.id, ("passes", ""))[0]


def parameters(found: Iterable[Case]) -> list[object]:
    """Each test of the table as a parameter and some of those that pass; with EVERY all of them.

    One that fails must go on failing, else the table is wrong.
    """
    if not suites.ARCHIVE.is_file():
        return [pytest.param(None, marks=pytest.mark.skip(reason=suites.REASON), id="absent")]
    known, cases = table(), list(found)
    chosen = {case.id for case in some((c for c in cases if c.id not in known), SHARE)}
    return [
        pytest.param(case, id=case.id, marks=_marks(known, case))
        for case in cases
        if case.id in known or case.id in chosen
    ]


def _marks(known: dict[str, tuple[str, str]], case: Case) -> list[pytest.MarkDecorator]:
    kind, reason = known.get(case.id, ("passes", ""))
    if kind != "fails":
        return []
    return [pytest.mark.xfail(raises=AssertionError, reason=reason, strict=True)]
