"""The table of consistency checks: code, message and cure in each language, made into findings."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Final

import rdflib
from pyoxigraph import Literal
from rdflib.namespace import SH

from enact_graph.authoring.findings import Finding, Severity
from enact_graph.rdf.faults import MENDABLE
from enact_graph.rdf.statement import Place, Statement
from enact_graph.terms import LANGUAGES, shorten

_CURES: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
    files("enact_graph.authoring.checks").joinpath("cures.toml").read_text(encoding="utf-8")
)
#: The constraints that one value too many breaks.
_COUNTED: Final = ("MaxCount", "UniqueLang")
#: So many values are written out; the rest is an ellipsis.
_LISTED: Final = 12


@dataclass(frozen=True)
class Advice:
    """What to do, by language; with `messages` and `place` if they fit better than the shape's."""

    cure: Mapping[str, str]
    messages: Mapping[str, str] | None = None
    place: Place | None = None


def advise(
    code: str,
    shapes: rdflib.Graph,
    shape: rdflib.term.Node | None,
    path: str | None,
    said: Sequence[Statement],
) -> Advice:
    """Return the advice on a result: of which constraint, by which shape, on which statements.

    `said` are those about the focus node with the property in question.
    """
    if code == "In" and shape is not None:
        allowed = [
            shorten(str(v)) for o in shapes.objects(shape, SH["in"]) for v in shapes.items(o)
        ]
        return Advice(_filled("allowed", values=_listed(sorted(allowed))))
    most = shapes.value(shape, SH.maxCount)
    if code not in _COUNTED or len(said) < 2 or most == rdflib.Literal(0):
        return Advice(_filled("line"))
    values = _listed(f"{_value(s)} ({s.place.file}:{s.place.line})" for s in said)
    sources = {s.quad.graph_name for s in said}
    if code == "MaxCount" and most == rdflib.Literal(1) and len(sources) > 1:
        words = {"values": values, "path": shorten(path or "")}
        messages = _filled("differing", "said-", **words)
        return Advice(_filled("differing", **words), messages, said[-1].place)
    return Advice(_filled("several", values=values), None, said[-1].place)


def _value(statement: Statement) -> str:
    value = statement.quad.object
    if isinstance(value, Literal):
        return f"“{value.value}”@{value.language}" if value.language else value.value
    return shorten(getattr(value, "value", str(value)))


def _listed(values: Iterable[str]) -> str:
    every = list(values)
    return ", ".join(every[:_LISTED]) + (", …" if len(every) > _LISTED else "")


def _filled(row: str, kind: str = "", **words: str) -> dict[str, str]:
    return {tag: _CURES[row][kind + tag].format(**words) for tag in LANGUAGES}


_TABLE: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
    files("enact_graph.authoring.checks").joinpath("messages.toml").read_text(encoding="utf-8")
)
_NEAR: Final = {
    "fr": " ; nom le plus proche : {near}",
    "en": "; the nearest name is {near}",
    "de": "; der ähnlichste Name ist {near}",
}
#: Checks of form alone, whose findings do not stop a build.
_OF_FORM: Final = frozenset({"line-ends", "not-canonical"})

#: The code of every check.
CODES: Final = tuple(_TABLE)


def finding(
    code: str,
    where: Statement | Place,
    near: str | None = None,
    about: str | None = None,
    **details: str,
) -> Finding:
    """Return what a check found at a place, or at the value of a statement.

    `near` is the name that may be meant; `about` the subject or graph of the statement, if that is
    at fault and not the value.
    """
    severity: Severity = "warning" if code in _OF_FORM else "violation"
    quad = where.quad if isinstance(where, Statement) else None
    subject = getattr(quad.subject, "value", None) if quad else None
    row = _TABLE[code]
    hint = {lang: _NEAR[lang].format(near=near) if near else "" for lang in LANGUAGES}
    return Finding(
        severity=severity,
        code=code,
        place=_place(where, is_subject=about is not None and about == subject),
        focus=about or subject,
        path=quad.predicate.value if quad and not about else None,
        value=_said(quad.object) if quad and not about else None,
        rule=None,
        messages={lang: row[lang].format(**details) for lang in LANGUAGES},
        cure={lang: row[f"cure-{lang}"].format(**details) + hint[lang] for lang in LANGUAGES},
    )


def insist(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings, those that `enact-graph fmt` would mend as violations."""
    codes = _OF_FORM | MENDABLE
    return tuple(replace(f, severity="violation") if f.code in codes else f for f in findings)


def _place(where: Statement | Place, is_subject: bool) -> Place:
    if isinstance(where, Place):
        return where
    return where.subject_place if is_subject else where.place


def _said(term: object) -> str:
    value = getattr(term, "value", None)
    return value if isinstance(value, str) and str(term).startswith("<") else str(term)
