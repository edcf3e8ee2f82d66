"""The check of idleness: shapes that look at nothing, so that a rule is lost without a word."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from enact_graph.authoring.checks.messages import finding
from enact_graph.authoring.findings import Finding
from enact_graph.authoring.sources import Sources
from enact_graph.rdf.statement import Place, Statement
from enact_graph.terms import PREFIXES, shorten
from enact_graph.vocabulary import RDF, SH

_SH: Final = PREFIXES["sh"]
_SHAPES: Final = (SH.NodeShape, SH.PropertyShape)
_TARGETS: Final = frozenset(
    _SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
)


def check(sources: Sources) -> Iterator[Finding]:
    """Yield each file of shapes without a term of SHACL, and each shape that nothing applies."""
    shacl = {s.place.file for s in sources.shapes if s.quad.predicate.value.startswith(_SH)}
    for file in sources.files:
        if file.is_shapes and not file.parsed.faults and file.name not in shacl:
            yield finding("no-shapes", Place(file.name, 1))
    shapes: dict[str, Statement] = {}
    used: defaultdict[str, set[str]] = defaultdict(set)
    applied: set[str] = set()
    for statement in sources.shapes:
        quad = statement.quad
        subject, value = _iri(quad.subject), _iri(quad.object)
        if quad.predicate.value == RDF.type and value in _SHAPES:
            shapes.setdefault(subject, statement)
        elif quad.predicate.value in _TARGETS:
            applied.add(subject)
        else:
            used[subject].add(value)
    # A list has no name, so whatever stands in one counts as used.
    rest = [*applied, ""]
    while rest:
        for value in used.pop(rest.pop(), ()):
            applied.add(value)
            rest.append(value)
    for shape in sorted(shapes.keys() - applied):
        yield finding("idle-shape", shapes[shape], None, shape, name=shorten(shape))


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""
