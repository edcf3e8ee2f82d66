"""The cures of SHACL results: the words to type, and every value that stands in another's way."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import rdflib
from pyoxigraph import Literal
from rdflib.namespace import SH

from enact_graph.rdf.statement import Place, Statement
from enact_graph.terms import LANGUAGES, shorten

_TABLE: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
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
    return {tag: _TABLE[row][kind + tag].format(**words) for tag in LANGUAGES}
