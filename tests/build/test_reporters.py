"""The reports: each says all that a finding holds, in the form its readers expect."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from enact_graph.authoring.findings import Finding
from enact_graph.authoring.reporters import REPORTERS, block
from enact_graph.authoring.review import review
from enact_graph.rdf.statement import Place
from enact_graph.terms import PREFIXES
from tests.build.sample import TINY
from tests.cli.commands import CURATION, RELEASE, edit


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def report(root: Path, form: str) -> str:
    return REPORTERS[form](review(root).findings, "en")


def broken_twice(root: Path) -> None:
    edit(root, RELEASE, "org:member id:inria ;", "org:member id:inrai ;")
    edit(root, CURATION, "        skos:prefLabel", "        skos:prefLabel ")
    edit(root, RELEASE, "org:role v:role-lead", "org:role v:role")


def test_the_report_as_json(tiny: Path) -> None:
    broken_twice(tiny)
    told = json.loads(report(tiny, "json"))
    assert told["conforms"] is False
    by_code = {finding["code"]: finding for finding in told["findings"]}
    assert set(by_code) == {"dangling-iri", "not-canonical", "In"}
    dangling = by_code["dangling-iri"]
    assert dangling["severity"] == "violation"
    assert dangling["focus"] == "https://w3id.org/enact-graph/id/enact-membership-inria"
    assert dangling["path"] == PREFIXES["org"] + "member"
    assert dangling["value"] == "https://w3id.org/enact-graph/id/inrai"
    assert set(dangling["messages"]) == set(dangling["cure"]) == {"fr", "en", "de"}
    assert by_code["In"]["rule"] == PREFIXES["shape"] + "ConsortiumMembership-role"


def test_the_report_as_shacl(tiny: Path) -> None:
    broken_twice(tiny)
    edit(tiny, RELEASE, '"2024-05-22"^^xsd:date', '"2024"^^xsd:gYear')
    text = report(tiny, "turtle")
    quads = list(parse(text.encode(), format=RdfFormat.TURTLE))
    shacl = PREFIXES["sh"]

    def values(name: str) -> set[Any]:
        return {quad.object for quad in quads if quad.predicate == NamedNode(shacl + name)}

    assert values("conforms") == {Literal(False)}
    assert len(values("result")) == 4
    assert NamedNode(shacl + "InConstraintComponent") in values("sourceConstraintComponent")
    assert values("resultSeverity") == {
        NamedNode(shacl + "Violation"),
        NamedNode(shacl + "Warning"),
    }
    assert values("sourceShape") == {NamedNode(PREFIXES["shape"] + "ConsortiumMembership-role")}
    year = Literal("2024", datatype=NamedNode(PREFIXES["xsd"] + "gYear"))
    assert year in values("value")
    assert "sh:conforms true" in report(TINY, "turtle")


def test_the_report_as_sarif(tiny: Path) -> None:
    broken_twice(tiny)
    log = json.loads(report(tiny, "sarif"))
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    rules = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    assert {result["level"] for result in only["results"]} == {"error", "warning"}
    for result in only["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert (tiny / physical["artifactLocation"]["uri"]).is_file()
        assert physical["region"]["startLine"] >= 1
        assert result["message"]["text"]


def test_an_address_in_sarif_is_a_uri_reference() -> None:
    place = Place("data/été 50%.trig", 1)
    finding = Finding("violation", "x", place, None, None, None, None, {"en": "a"}, {"en": "b"})
    (result,) = json.loads(REPORTERS["sarif"]([finding], "en"))["runs"][0]["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "data/%C3%A9t%C3%A9%2050%25.trig"}


def test_the_report_as_github_commands(tiny: Path) -> None:
    broken_twice(tiny)
    edit(tiny, RELEASE, "oa:start 7180", r'oa:start "50%\n"^^xsd:integer')
    lines = report(tiny, "github").splitlines()
    assert all(line.startswith(("::error file=", "::warning file=")) for line in lines)
    (dangling,) = (line for line in lines if "dangling-iri" in line)
    assert f"::error file={RELEASE},line=" in dangling
    assert dangling.endswith("the nearest name is id:inria")
    (value,) = (line for line in lines if "title=bad-value" in line)
    assert "“50%25%0A”" in value


def test_a_block_says_what_where_the_cure_and_the_rule() -> None:
    finding = Finding(
        severity="warning",
        code="MinCount",
        place=Place("data/a.trig", 41, 9),
        focus="https://w3id.org/enact-graph/id/kit",
        path=PREFIXES["schema"] + "startDate",
        value=f'"2024"^^<{PREFIXES["xsd"]}gYear>',
        rule=PREFIXES["shape"] + "Start-date",
        messages={"en": "A date is needed.", "de": "Ein Datum fehlt."},
        cure={"en": "write it", "de": "es schreiben"},
    )
    assert block(finding, "en") == (
        "data/a.trig:41: id:kit: A date is needed; write it",
        '    warning · shape:Start-date · id:kit schema:startDate "2024"^^xsd:gYear',
    )
    assert block(finding, "de")[1].startswith("    Warnung · ")
    assert block(finding, "fr")[0].endswith("id:kit: A date is needed ; write it")


def test_a_finding_without_place_or_thing_is_told_too() -> None:
    finding = Finding("info", "x", None, None, None, None, None, {"en": "All is well"}, {"en": "-"})
    assert block(finding, "en") == ("All is well; -", "    note · x")
    for form, reporter in REPORTERS.items():
        text = reporter([finding], "en")
        assert "All is well" in text, form
