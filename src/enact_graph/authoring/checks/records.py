"""Records: the graph of a record says what the records of its register say, and nothing else."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from enact_graph.authoring.checks.messages import finding
from enact_graph.authoring.dataset import term
from enact_graph.authoring.findings import Finding
from enact_graph.authoring.sources import Sources
from enact_graph.terms import VOCAB, shorten
from enact_graph.vocabulary import RDF, VOID

#: What is said of each thing by each property, in whatever graph: IRIs and lexical forms.
_Said: TypeAlias = Mapping[tuple[str, str], set[str]]

_DERIVED: Final = term("prov:wasDerivedFrom").value
_IS_RECORD: Final = (term("dcterms:type").value, VOCAB + "document-registry-record")
_REGISTER: Final = term("enact:Register").value
_CLASS: Final = term("enact:recordClass").value
_PROPERTY: Final = term("enact:recordProperty").value
_ABOVE: Final = term("rdfs:subClassOf").value


def check(sources: Sources) -> Iterator[Finding]:
    """Yield each statement that a record of its register does not hold, at its own line.

    A record belongs to the `enact:Register` whose `void:uriSpace` its address begins with, the
    longest beginning first; a record of no register is told, too.
    """
    said: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    drawn: defaultdict[str, set[str]] = defaultdict(set)
    rows = [(s, _iri(s.quad.subject), s.quad.predicate.value) for s in sources.statements]
    for statement, subject, predicate in rows:
        value = _iri(statement.quad.object)
        said[subject, predicate].add(value)
        if predicate == _DERIVED:
            drawn[value].add(subject)
    registers = _registers(said)
    keeper: dict[str, str] = {}
    for statement, subject, predicate in rows:
        if (predicate, _iri(statement.quad.object)) == _IS_RECORD:
            if fits := [space for space in registers if subject.startswith(space)]:
                keeper.update((graph, registers[max(fits, key=len)]) for graph in drawn[subject])
            else:
                yield finding("record-register", statement, about=subject, name=shorten(subject))
    for statement, subject, predicate in rows:
        register = keeper.get(_iri(statement.quad.graph_name))
        if register is None:
            continue
        keeping = shorten(register)
        if predicate not in said[register, _PROPERTY]:
            yield finding("record-property", statement, register=keeping, name=shorten(predicate))
        elif not _is_among(said[register, _CLASS], subject, said):
            name = shorten(subject)
            yield finding("record-class", statement, about=subject, register=keeping, name=name)


def _iri(node: object) -> str:
    return str(getattr(node, "value", node))


def _registers(said: _Said) -> dict[str, str]:
    """Return each register by the beginning of the addresses of its records."""
    return {
        space: subject
        for (subject, predicate), spaces in said.items()
        if predicate == VOID.uriSpace and _REGISTER in said.get((subject, RDF.type), ())
        for space in spaces
    }


def _is_among(classes: set[str], thing: str, said: _Said) -> bool:
    """Is a thing of one of the classes, or of none at all, like a region that others describe?"""
    kinds = set(said.get((thing, RDF.type), ()))
    rest = list(kinds)
    while rest:
        above = said.get((rest.pop(), _ABOVE), set()) - kinds
        kinds |= above
        rest.extend(above)
    return not kinds or bool(kinds & classes)
