"""The table of mutants fits the code: each changes one place, and has tests to kill it."""

import re
from collections import Counter

import pytest

from tests.mutants import ROOT, Mutant, main, read

MUTANTS = read()


def test_there_are_enough_of_them_with_names_of_their_own() -> None:
    assert len(MUTANTS) >= 25
    assert [name for name, times in Counter(m.name for m in MUTANTS).items() if times > 1] == []
    assert len({m.breaks for m in MUTANTS}) == len(MUTANTS)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: m.name)
def test_a_mutant_changes_one_place_and_has_tests(mutant: Mutant) -> None:
    assert mutant.occurrences(ROOT) == 1
    assert mutant.before != mutant.after
    assert mutant.tests
    for test in mutant.tests:
        file, _, name = test.partition("::")
        said = (ROOT / file).read_text("utf-8")
        called = name.partition("[")[0]
        assert not name or re.search(rf"^ *(?:def|class) {called}\b", said, re.MULTILINE)


def test_a_name_that_no_mutant_has_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such-mutant"]) == 1
    assert MUTANTS[0].name in capsys.readouterr().out
