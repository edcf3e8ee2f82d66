"""Findings: everything a check can object to, in one shape, whoever found it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import pyoxigraph as ox

from enact_graph.rdf.faults import MENDABLE
from enact_graph.rdf.statement import Fault, Place, Statement
from enact_graph.vocabulary import RDF

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


_TYPE = ox.NamedNode(RDF.type)


class Places:
    """The places of `statements`, by subject, by predicate, by object, first in file order."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._found: dict[tuple[object, ...], Place] = {}
        self._said: defaultdict[tuple[object, ...], list[Statement]] = defaultdict(list)
        for statement in sorted(statements, key=lambda s: s.place):
            quad, place = statement.quad, statement.place
            if quad.predicate == _TYPE:
                self._found.setdefault((quad.subject, _TYPE), place)
            self._found.setdefault((quad.subject,), place)
            self._found.setdefault((quad.subject, quad.predicate), place)
            self._found.setdefault((quad.subject, quad.predicate, quad.object), place)
            self._found.setdefault((None, None, quad.object), place)
            self._said[quad.subject, quad.predicate].append(statement)

    def said(
        self, focus: ox.NamedNode | ox.Literal | None, path: ox.NamedNode | None
    ) -> list[Statement]:
        """Return the values that a node has for a property, each once.

        Those of the file in which the node has its type come first, then by place.
        """
        home = self._found.get((focus, _TYPE))
        found = {s.quad.object: s for s in reversed(self._said.get((focus, path), ()))}.values()
        return sorted(found, key=lambda s: (home is None or s.place.file != home.file, s.place))

    def find(
        self,
        focus: ox.NamedNode | ox.Literal | None,
        path: ox.NamedNode | None = None,
        value: ox.NamedNode | ox.Literal | None = None,
    ) -> Place | None:
        """Return the nearest place: of the triple, of the property, of the node, of its first use.

        A node that has a type is placed at its type; None where no file speaks of it at all.
        """
        ways: tuple[tuple[object, ...], ...] = (
            (focus, path, value),
            (focus, path),
            (focus, _TYPE),
            (focus,),
            (None, None, focus),
        )
        return next((self._found[way] for way in ways if way in self._found), None)
