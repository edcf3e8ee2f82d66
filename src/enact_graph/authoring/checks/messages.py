"""The table of consistency checks: code, message and cure in each language, made into findings."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.resources import files
from typing import Final

from enact_graph.authoring.findings import Finding, Severity
from enact_graph.rdf.faults import MENDABLE
from enact_graph.rdf.statement import Place, Statement
from enact_graph.terms import LANGUAGES

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
