"""The named questions: what each asks in three languages, its query, and parameters with a type.

A parameter is a variable that one clause `VALUES ?name { term }` of the query binds; that term is
its default. Another value is read by the type of the parameter and written as a term, so no text
of a user ever becomes part of a query.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from enact_graph.errors import BadParameter, CorruptRelease
from enact_graph.terms import BASE, LANGUAGES, PREFIXES

#: The topics by which questions are grouped, in the order they are shown.
TOPICS: Final = (
    "people",
    "money",
    "science",
    "targets",
    "ecosystem",
    "abroad",
    "territory",
    "trust",
)
#: The types of parameters, each with an example of a value.
KINDS: Final[Mapping[str, str]] = {
    "date": "2023-06-30",
    "integer": "150",
    "decimal": "0.5",
    "iri": "id:enact",
    "language": "fr",
}

_XSD: Final = PREFIXES["xsd"]
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_LOCAL: Final = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
_OWN: Final = {prefix: iri for prefix, iri in PREFIXES.items() if iri.startswith(BASE)}


@dataclass(frozen=True)
class Parameter:
    """A value that a question can be asked with; `titles` names it in each language.

    `default` is a value as a user writes it, `clause` the one place of the query that binds it.
    """

    name: str
    kind: str
    titles: Mapping[str, str]
    default: str
    clause: str

    def bound(self, value: str) -> str:
        """Return the clause with another value; BadParameter unless it is of the type."""
        try:
            written = term(self.kind, value)
        except ValueError:
            raise BadParameter(
                f"{self.name}: “{value[:80]}” is no {self.kind}; write it like {KINDS[self.kind]}.",
                parameter=self.name,
                allowed=list(LANGUAGES) if self.kind == "language" else KINDS[self.kind],
            ) from None
        return f"VALUES ?{self.name} {{ {written} }}"


@dataclass(frozen=True)
class Question:
    """A named query; `titles` and `abouts` are by language, `number` that of its requirement."""

    name: str
    titles: Mapping[str, str]
    text: str
    abouts: Mapping[str, str] = field(default_factory=dict)
    topic: str = ""
    number: int | None = None
    parameters: tuple[Parameter, ...] = ()

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the query with these values instead of its defaults.

        BadParameter for a parameter it does not have, or a value that is not of its type.
        """
        known = {p.name: p for p in self.parameters}
        text = self.text
        for name, value in values.items():
            if name not in known:
                others = ", ".join(known) or "none"
                raise BadParameter(
                    f"{self.name} has no parameter {name[:80]}; it has {others}.",
                    parameter=name[:80],
                    allowed=list(known),
                )
            text = text.replace(known[name].clause, known[name].bound(value))
        return text

    def spoken(self, language: str) -> str:
        """Return the query so that names come in a language, if it lets one be chosen."""
        spoken = [p.name for p in self.parameters if p.kind == "language"]
        return self.fill(dict.fromkeys(spoken, language))


def term(kind: str, value: str) -> Literal | NamedNode:
    """Return the term that a value of a type stands for; ValueError if it is not of the type.

    An IRI is one of this graph, in full or with its prefix; its existence is not checked.
    """
    match kind:
        case "date" if _DATE.fullmatch(value):
            return Literal(date.fromisoformat(value).isoformat(), datatype=_xsd("date"))
        case "integer" if _INTEGER.fullmatch(value):
            return Literal(str(int(value)), datatype=_xsd("integer"))
        case "decimal" if _DECIMAL.fullmatch(value):
            return Literal(value.removeprefix("+"), datatype=_xsd("decimal"))
        case "language" if value in LANGUAGES:
            return Literal(value)
        case "iri":
            return NamedNode(_expand(value))
    raise ValueError(value)


def find(questions: Iterable[Question], name: str) -> Question:
    """Return the question of a name; BadParameter names the nearest ones."""
    known = {question.name: question for question in questions}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, 3, 0.5) or sorted(known)
    raise BadParameter(f"There is no question {name}; there is {', '.join(near)}.")


def write(questions: Iterable[Question]) -> bytes:
    """Return questions as the JSON of a release."""
    listed = [asdict(question) for question in questions]
    return (json.dumps(listed, ensure_ascii=False, indent=2) + "\n").encode()


def read(content: bytes) -> tuple[Question, ...]:
    """Read the questions of a release; CorruptRelease if the text is not what `write` makes."""
    try:
        listed: list[dict[str, Any]] = json.loads(content)
        return tuple(
            Question(**entry | {"parameters": tuple(Parameter(**p) for p in entry["parameters"])})
            for entry in listed
        )
    except (ValueError, TypeError, KeyError) as error:
        raise CorruptRelease(
            f"queries.json: these are no questions ({error}); build again with `enact-graph build`"
        ) from error


def _expand(value: str) -> str:
    for prefix, namespace in _OWN.items():
        for start in (prefix + ":", namespace):
            local = value.removeprefix(start)
            if local != value and _LOCAL.fullmatch(local):
                return namespace + local
    raise ValueError(value)


def _xsd(name: str) -> NamedNode:
    return NamedNode(_XSD + name)
