"""The figures that the documentation gives are those of the suites and of the table."""

from collections import Counter
from typing import Final

import pytest

from tests.conformance import suites
from tests.conformance.expected import OUTCOMES, table
from tests.conformance.suites import Case
from tests.conftest import ROOT

PAGE: Final = ROOT / "docs" / "conformance.md"
KINDS: Final = {
    "QueryEvaluationTest": "query evaluation",
    "CSVResultFormatTest": "query evaluation",
    "PositiveSyntaxTest": "syntax",
    "PositiveSyntaxTest11": "syntax",
    "NegativeSyntaxTest": "syntax",
    "NegativeSyntaxTest11": "syntax",
    "ProtocolTest": "protocol",
    "ServiceDescriptionTest": "service description",
    "GraphStoreProtocolTest": "graph store protocol",
    "PositiveUpdateSyntaxTest": "update",
    "PositiveUpdateSyntaxTest11": "update",
    "NegativeUpdateSyntaxTest": "update",
    "NegativeUpdateSyntaxTest11": "update",
    "UpdateEvaluationTest": "update",
}
NAMES: Final = {"sparql10": "SPARQL 1.0", "sparql11": "SPARQL 1.1", "sparql12": "SPARQL 1.2"}


def suite(case: Case) -> str:
    return f"{NAMES[case.group.partition('/')[0]]} {KINDS[case.kind]}"


def outcome(case: Case) -> str:
    if KINDS[case.kind] == "update":
        return "refused"
    return table().get(case.id, ("passes", ""))[0]


@pytest.mark.skipif(not suites.ARCHIVE.is_file(), reason=suites.REASON)
def test_the_documentation_gives_the_figures() -> None:
    counts = Counter((suite(case), outcome(case)) for case in suites.cases())
    columns = ("passes", *OUTCOMES)
    rows = []
    for name in sorted({suite(case) for case in suites.cases()}):
        numbers = [counts[name, column] for column in columns]
        rows.append((name, sum(numbers), *numbers))
    rows.append(("all", *map(sum, zip(*(row[1:] for row in rows), strict=True))))
    wanted = ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    found = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| SPARQL 1")]
    found += [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| all")]
    assert found == wanted, "\n".join(wanted)


def test_the_documentation_gives_every_reason_and_how_often() -> None:
    reasons = Counter(table().values())
    wanted = {f"| {kind} | {number} | {why} |" for (kind, why), number in reasons.items()}
    lines = PAGE.read_text("utf-8").splitlines()
    found = {line for line in lines if line.startswith(tuple(f"| {o} |" for o in OUTCOMES))}
    assert found == wanted, "\n".join(sorted(wanted))


@pytest.mark.skipif(not suites.ARCHIVE.is_file(), reason=suites.REASON)
def test_every_line_of_the_table_names_a_test() -> None:
    assert not table().keys() - {case.id for case in suites.cases()}
    assert len({case.id for case in suites.cases()}) == len(suites.cases())
