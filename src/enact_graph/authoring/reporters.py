"""Reports of findings: as text, JSON, SHACL report in Turtle, SARIF 2.1.0 or GitHub commands."""

import json
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from enact_graph.authoring.checks.messages import CODES
from enact_graph.authoring.findings import Finding, is_clean
from enact_graph.rdf.faults import MESSAGES
from enact_graph.rdf.writer import write
from enact_graph.terms import BASE, LANGUAGES, PREFIXES, shorten
from enact_graph.vocabulary import DCTERMS, RDF, SH

Reporter: TypeAlias = Callable[[Sequence[Finding], str], str]

#: The namespaces of a report in Turtle: its results, and the checks that are not SHACL's.
REPORT: Final = BASE + "report#"
CHECKS: Final = BASE + "checks#"

_SH: Final = PREFIXES["sh"]
_SEVERITY: Final[Mapping[str, Mapping[str, str]]] = {
    "violation": {"fr": "erreur", "en": "violation", "de": "Fehler"},
    "warning": {"fr": "avertissement", "en": "warning", "de": "Warnung"},
    "info": {"fr": "remarque", "en": "note", "de": "Hinweis"},
}
_SARIF_LEVEL: Final = {"violation": "error", "warning": "warning", "info": "note"}
_GITHUB_COMMAND: Final = {"violation": "error", "warning": "warning", "info": "notice"}
_SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def text(findings: Sequence[Finding], language: str) -> str:
    """Return two lines a finding: place, thing, message and cure; then severity, rule, triple."""
    return "".join(f"{head}\n{tail}\n" for head, tail in (block(f, language) for f in findings))


def block(finding: Finding, language: str) -> tuple[str, str]:
    """Return the two lines of a finding.

    The first begins as compilers write it, `file:line: …`, so that editors make it a link.
    """
    place = finding.place
    where = f"{place.file}:{place.line}: " if place else ""
    message = finding.message(language)
    focus = shorten(finding.focus) if finding.focus else ""
    thing = f"{focus}: " if focus and focus not in message else ""
    rule = shorten(finding.rule) if finding.rule else finding.code
    triple = " ".join(_name(part) for part in (finding.focus, finding.path, finding.value) if part)
    tail = (_SEVERITY[finding.severity][language], rule, triple)
    return (
        f"{where}{thing}{_advice(finding, language)}",
        "    " + " · ".join(part for part in tail if part),
    )


def as_json(findings: Sequence[Finding], _: str) -> str:
    """Return the findings as one JSON object, with every language."""
    rows = [
        {
            "severity": finding.severity,
            "code": finding.code,
            "file": finding.place.file if finding.place else None,
            "line": finding.place.line if finding.place else None,
            "column": finding.place.column if finding.place else None,
            "focus": finding.focus,
            "path": finding.path,
            "value": finding.value,
            "rule": finding.rule,
            "messages": dict(finding.messages),
            "cure": dict(finding.cure),
        }
        for finding in findings
    ]
    return _json({"conforms": is_clean(findings), "findings": rows})


def turtle(findings: Sequence[Finding], _: str) -> str:
    """Return a SHACL validation report, without blank nodes; results without a shape have a check.

    As SHACL 1.0 has it, a report with any result at all does not conform.
    """
    report = NamedNode(BASE + "report")
    quads = [
        Quad(report, NamedNode(RDF.type), NamedNode(SH.ValidationReport)),
        Quad(report, NamedNode(SH.conforms), Literal(not findings)),
    ]
    for number, finding in enumerate(findings, 1):
        result = NamedNode(f"{REPORT}{number}")
        quads.append(Quad(report, NamedNode(SH.result), result))
        quads += (
            Quad(result, NamedNode(name), value)
            for name, values in _result(finding).items()
            for value in values
        )
    return write(quads, PREFIXES)


def sarif(findings: Sequence[Finding], language: str) -> str:
    """Return a SARIF 2.1.0 log, which code hosts and editors show beside the lines."""
    rules = sorted({finding.rule or CHECKS + finding.code for finding in findings})
    results = [
        {
            "ruleId": finding.rule or CHECKS + finding.code,
            "ruleIndex": rules.index(finding.rule or CHECKS + finding.code),
            "level": _SARIF_LEVEL[finding.severity],
            "message": {"text": _advice(finding, language)},
            "locations": _locations(finding),
        }
        for finding in findings
    ]
    driver = {
        "name": "enact-graph",
        "version": version("enact-graph"),
        "informationUri": BASE,
        "rules": [{"id": rule} for rule in rules],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _json({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def github(findings: Sequence[Finding], language: str) -> str:
    """Return workflow commands, which GitHub shows as annotations of the changed lines."""
    lines = []
    for finding in findings:
        place = finding.place
        values = {"title": shorten(finding.rule) if finding.rule else finding.code}
        if place:
            values = {
                "file": place.file,
                "line": str(place.line),
                "col": str(place.column),
                **values,
            }
        properties = ",".join(f"{key}={_escape(value, ':,')}" for key, value in values.items())
        command = _GITHUB_COMMAND[finding.severity]
        lines.append(f"::{command} {properties}::{_escape(_advice(finding, language))}\n")
    return "".join(lines)


#: The reports by the name under which `--format` asks for them.
REPORTERS: Final[Mapping[str, Reporter]] = {
    "text": text,
    "json": as_json,
    "turtle": turtle,
    "sarif": sarif,
    "github": github,
}


def _result(finding: Finding) -> dict[str, list[NamedNode | Literal]]:
    """Return what a SHACL validation result says of a finding."""
    is_own = finding.code in CODES or finding.code in MESSAGES
    component = CHECKS + finding.code if is_own else f"{_SH}{finding.code}ConstraintComponent"
    said: dict[str, list[NamedNode | Literal]] = {
        RDF.type: [NamedNode(SH.ValidationResult)],
        SH.resultSeverity: [NamedNode(_SH + finding.severity.capitalize())],
        SH.sourceConstraintComponent: [NamedNode(component)],
        SH.resultMessage: [
            Literal(finding.message(language), language=language) for language in LANGUAGES
        ],
    }
    optional = {"focusNode": finding.focus, "resultPath": finding.path, "value": finding.value}
    optional["sourceShape"] = finding.rule
    said |= {_SH + name: [_term(value)] for name, value in optional.items() if value}
    if finding.place:
        said[DCTERMS.source] = [Literal(str(finding.place))]
    return said


def _term(said: str) -> NamedNode | Literal:
    """Return the term that a finding writes as an IRI or as an N-Triples literal."""
    if not said.startswith('"'):
        return NamedNode(said)
    triple = f"<x:s> <x:p> {said} ."
    (quad,) = parse(triple, format=RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, Literal)
    return quad.object


def _locations(finding: Finding) -> list[dict[str, Any]]:
    place = finding.place
    if place is None:
        return []
    region = {"startLine": place.line, "startColumn": place.column}
    # A URI reference (SARIF 2.1.0, section 3.4.3), so other letters and spaces are encoded.
    artifact = {"uri": quote(place.file)}
    return [{"physicalLocation": {"artifactLocation": artifact, "region": region}}]


def _advice(finding: Finding, language: str) -> str:
    mark = " ; " if language == "fr" else "; "
    return finding.message(language).strip().removesuffix(".") + mark + finding.remedy(language)


def _name(said: str) -> str:
    """Return an IRI or literal as the files write it."""
    if not said.startswith('"'):
        return shorten(said)
    text, mark, datatype = said.rpartition("^^<")
    return f"{text}^^{shorten(datatype[:-1])}" if mark else said


def _escape(value: str, marks: str = "") -> str:
    for char in "%\r\n" + marks:
        value = value.replace(char, f"%{ord(char):02X}")
    return value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
