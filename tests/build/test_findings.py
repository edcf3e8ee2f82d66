"""Findings have an order, know whether they stop a build, and speak the language asked for."""

import re
from pathlib import Path

from enact_graph.authoring.checks.messages import CODES
from enact_graph.authoring.findings import Finding, Severity, from_fault, is_clean, ordered
from enact_graph.rdf.faults import MESSAGES
from enact_graph.rdf.statement import Fault, Place


def finding(
    place: Place | None, severity: Severity = "violation", code: str = "x", en: str = "wrong"
) -> Finding:
    return Finding(severity, code, place, None, None, None, None, {"en": en}, {"en": "mend it"})


def test_they_come_by_place_and_what_has_none_comes_last() -> None:
    late = finding(Place("b.trig", 1))
    early = finding(Place("a.trig", 9))
    first = finding(Place("a.trig", 2, 5))
    nowhere = finding(None)
    assert ordered([nowhere, late, early, first]) == (first, early, late, nowhere)


def test_at_one_place_the_weightier_comes_first() -> None:
    place = Place("a.trig", 1)
    warning, violation, note = (finding(place, s) for s in ("warning", "violation", "info"))
    assert ordered([note, warning, violation]) == (violation, warning, note)


def test_the_same_finding_twice_is_told_once() -> None:
    assert len(ordered([finding(Place("a.trig", 1)), finding(Place("a.trig", 1))])) == 1


def test_only_a_violation_stops() -> None:
    assert is_clean([])
    assert is_clean([finding(None, "warning"), finding(None, "info")])
    assert not is_clean([finding(None, "warning"), finding(None)])


def test_a_language_that_is_missing_falls_back() -> None:
    spoken = Finding("info", "x", None, None, None, None, None, {"en": "a", "fr": "b"}, {"de": "c"})
    assert [spoken.message(lang) for lang in ("fr", "en", "de")] == ["b", "a", "a"]
    assert spoken.remedy("fr") == "c"


def test_a_fault_becomes_a_finding_with_its_weight() -> None:
    place = Place("a.trig", 3, 7)
    assert from_fault(Fault(place, "comment", {"found": "# a"})).severity == "violation"
    mendable = from_fault(Fault(place, "language-case", {"found": "FR", "lower": "fr"}))
    assert (mendable.severity, mendable.place) == ("warning", place)
    assert "@fr" in mendable.remedy("fr")


def test_the_page_on_rules_names_only_codes_that_there_are() -> None:
    page = (Path(__file__).parents[2] / "docs/rules.md").read_text("utf-8")
    table = re.findall(
        r"^\| [^|]+ \| (`.*) \|$", page.partition("## What the engine")[2], re.MULTILINE
    )
    named = [code for row in table for code in re.findall(r"`([a-z-]+)…?`", row)]
    assert len(named) > 20
    codes = {*CODES, *MESSAGES}
    # A name that ends in a hyphen is that of a family: `links-…`.
    assert [
        n
        for n in named
        if n not in codes and not (n[-1] == "-" and any(c.startswith(n) for c in codes))
    ] == []
