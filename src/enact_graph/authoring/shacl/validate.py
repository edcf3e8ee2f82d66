"""Validation: SHACL shapes against the merge, every result with its file and line."""

import logging
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.graph_abstraction import OxigraphDataGraph
from rdflib.namespace import SH, XSD

from enact_graph.authoring.checks.messages import advise
from enact_graph.authoring.findings import Finding, Places, Severity, ordered
from enact_graph.authoring.shacl.arrange import flatten, hoist, narrow
from enact_graph.errors import SourceError
from enact_graph.terms import LANGUAGES

_SEVERITIES: Final[dict[str, Severity]] = {
    str(SH.Violation): "violation",
    str(SH.Warning): "warning",
    str(SH.Info): "info",
}
_VARIABLE: Final = re.compile(r"\{[$?]\w+\}")


class _Merge(OxigraphDataGraph):
    """The store as pySHACL shall see it: the default graph is the merge, GRAPH the named graphs.

    pySHACL asks for the union of all graphs, which counts a triple once for each graph that holds
    it, so that COUNT in a constraint would find two values where there is one.
    """

    @property
    def default_union(self) -> bool:
        return False

    @default_union.setter
    def default_union(self, value: bool) -> None:
        pass

    def __bool__(self) -> bool:
        # pySHACL asks at each result, nested ones too; the length behind it counts all triples.
        return True


def validate(
    store: ox.Store,
    shapes: rdflib.Graph,
    places: Places,
    changed: Collection[ox.Quad] | None = None,
) -> tuple[Finding, ...]:
    """Check the merge in `store` against `shapes` (SHACL 1.0 with SPARQL constraints).

    The classes of `store` decide what is an instance of what, so it must hold the ontology. The
    store is not changed. SourceError where the shapes themselves cannot be used. With `changed`,
    the quads that came and went since all conformed, only what these can alter is checked.
    """
    with _without_echo():
        typed = _with_typed_strings(shapes)
        hoist(typed)
        flatten(typed)
        if changed is not None:
            narrow(typed, changed)
        _, report, text = pyshacl.validate(_Merge(store), shacl_graph=typed, inplace=False)
        if not isinstance(report, rdflib.Graph):
            raise SourceError(f"shapes: they cannot be used: {text}")
        results = report.objects(None, SH.result)
        found = (_finding(report, result, typed, places) for result in results)
        return ordered(found)


@contextmanager
def _without_echo() -> Iterator[None]:
    """Keep rdflib from logging a traceback for each ill-typed literal, which is a finding here."""

    def hold(_: logging.LogRecord) -> bool:
        return False

    logger = logging.getLogger(rdflib.term.__name__)
    logger.addFilter(hold)
    try:
        yield
    finally:
        logger.removeFilter(hold)


def _finding(
    report: rdflib.Graph, result: rdflib.term.Node, shapes: rdflib.Graph, places: Places
) -> Finding:
    focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
    path, shape = report.value(result, SH.resultPath), report.value(result, SH.sourceShape)
    # A SPARQL constraint may have messages of its own; without, those of its shape count.
    sources = {report.value(result, SH.sourceConstraint), shape} - {None}
    component = str(report.value(result, SH.sourceConstraintComponent))
    path_node = ox.NamedNode(path) if isinstance(path, rdflib.URIRef) else None
    rule = str(shape) if isinstance(shape, rdflib.URIRef) else None
    severity = report.value(result, SH.resultSeverity)
    code = component.rpartition("#")[2].removesuffix("ConstraintComponent")
    said = places.said(_term(focus), path_node)
    advice = advise(code, shapes, shape, path_node.value if path_node else None, said)
    return Finding(
        severity=_SEVERITIES.get(str(severity), "violation"),
        code=code,
        place=advice.place or places.find(_term(focus), path_node, _term(value)),
        focus=_said(focus),
        path=path_node.value if path_node else None,
        value=_said(value) if value != focus else None,
        rule=rule,
        messages=advice.messages
        or _messages(
            list(report.objects(result, SH.resultMessage)),
            [template for source in sources for template in shapes.objects(source, SH.message)],
        ),
        cure=advice.cure,
    )


def _messages(
    messages: Iterable[rdflib.term.Node], templates: Sequence[rdflib.term.Node]
) -> dict[str, str]:
    """Return the messages by language.

    pySHACL drops the language of a message of a SPARQL constraint when it fills in variables;
    the template that the message fits tells which language it was.
    """
    found: dict[str, str] = {}
    for message in sorted(m for m in messages if isinstance(m, rdflib.Literal)):
        if message.language:
            found[message.language] = str(message)
            continue
        tags = [
            t.language for t in templates if isinstance(t, rdflib.Literal) and _fits(message, t)
        ]
        for tag in tags or ["und"]:
            found[tag or "und"] = str(message)
    plain = found.pop("und", "") or found.get("en") or next(iter(found.values()), "")
    return {tag: found.get(tag, plain) for tag in LANGUAGES}


def _fits(message: str, template: str) -> bool:
    pattern = ".*".join(map(re.escape, _VARIABLE.split(template)))
    return re.fullmatch(pattern, message, re.DOTALL) is not None


def _with_typed_strings(shapes: rdflib.Graph) -> rdflib.Graph:
    """Give every plain string its datatype, as the store does; rdflib tells the two apart."""
    typed = rdflib.Graph()
    for subject, predicate, value in shapes:
        is_text = isinstance(value, rdflib.Literal) and not (value.language or value.datatype)
        node = rdflib.Literal(str(value), datatype=XSD.string) if is_text else value
        typed.add((subject, predicate, node))
    return typed


def _term(node: rdflib.term.Node | None) -> ox.NamedNode | ox.Literal | None:
    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or XSD.string)))
    return None


def _said(node: rdflib.term.Node | None) -> str | None:
    if isinstance(node, rdflib.Literal):
        return str(_term(node))
    return None if node is None else str(node)
