"""Findings: everything a check can object to, in one shape, whoever found it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from enact_graph.rdf.faults import MENDABLE
from enact_graph.rdf.statement import Fault, Place

Severity: TypeAlias = Literal["violation", "warning", "info"]

_WEIGHT: dict[str, int] = {"violation": 0, "warning": 1, "info": 2}


@dataclass(frozen=True)
class Finding:
    """One objection: what is wrong, where, by which rule, and what to do about it.

    `focus`, `path` and `rule` are IRIs; `value` is an IRI or a literal in N-Triples form; `code`
    names the check, for SHACL the constraint component without its suffix (`MinCount`).
    `messages` and `cure` are by language.
    """

    severity: Severity
    code: str
    place: Place | None
    focus: str | None
    path: str | None
    value: str | None
    rule: str | None
    messages: Mapping[str, str] = field(hash=False)
    cure: Mapping[str, str] = field(hash=False)

    def message(self, language: str) -> str:
        """Return what is wrong, in a language or else in English."""
        return _in(self.messages, language)

    def remedy(self, language: str) -> str:
        """Return what to do, in a language or else in English."""
        return _in(self.cure, language)


def from_fault(fault: Fault) -> Finding:
    """Return the finding that a fault of reading amounts to."""
    severity: Severity = "warning" if fault.code in MENDABLE else "violation"
    return Finding(
        severity=severity,
        code=fault.code,
        place=fault.place,
        focus=None,
        path=None,
        value=None,
        rule=None,
        messages=fault.messages(),
        cure=fault.cures(),
    )


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings by place, without repetition; what has no place comes last."""
    return tuple(sorted(dict.fromkeys(findings), key=_key))


def is_clean(findings: Iterable[Finding]) -> bool:
    """Is there no violation? Warnings do not count."""
    return all(finding.severity != "violation" for finding in findings)


def _key(finding: Finding) -> tuple[bool, Place, int, str, str, str]:
    place = finding.place or Place("", 0)
    weight = _WEIGHT[finding.severity]
    spoken = finding.message("en")
    return (finding.place is None, place, weight, finding.code, finding.focus or "", spoken)


def _in(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
