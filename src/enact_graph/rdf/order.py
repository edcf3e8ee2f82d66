"""The order of the canonical form: which triple stands before which."""

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from enact_graph.terms import LANGUAGES, PREFIXES
from enact_graph.vocabulary import RDF

Node: TypeAlias = NamedNode | BlankNode | Triple
Term: TypeAlias = Node | Literal
Key: TypeAlias = tuple[int, float, Decimal, str, str]

#: Properties that name a thing, in the order in which they follow its type.
_NAMING: Final = (
    "skos:prefLabel",
    "rdfs:label",
    "dcterms:title",
    "schema:name",
    "foaf:name",
    "sh:name",
    "skos:altLabel",
    "skos:hiddenLabel",
    "schema:legalName",
    "schema:alternateName",
)
#: What a whole file or block is about: ontology, scheme, document, dataset.
_MAIN_CLASSES: Final = (
    "owl:Ontology",
    "skos:ConceptScheme",
    "enact:SourceDocument",
    "dcat:Catalog",
    "dcat:Dataset",
)
_NUMERIC: Final = frozenset(
    PREFIXES["xsd"] + name
    for name in (
        "integer", "decimal", "double", "float", "long", "int", "short", "byte",
        "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger",
        "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
_ZERO: Final = Decimal(0)


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


_NAMING_RANK: Final = {_expand(name): rank for rank, name in enumerate(_NAMING)}
_MAIN_RANK: Final = {_expand(name): rank for rank, name in enumerate(_MAIN_CLASSES)}


def subjects(quads: Iterable[Quad]) -> list[Node]:
    """Return the subjects of one graph: what it is about first, then by IRI, blank nodes last."""
    rank: dict[Node, int] = {}
    for quad in quads:
        own = 1 + len(_MAIN_RANK)
        if quad.predicate.value == RDF.type and isinstance(quad.object, NamedNode):
            own = _MAIN_RANK.get(quad.object.value, own)
        if not isinstance(quad.graph_name, DefaultGraph) and _name(quad) == _name(quad, True):
            own = -1
        rank[quad.subject] = min(own, rank.get(quad.subject, own))
    return sorted(rank, key=lambda node: (isinstance(node, BlankNode), rank[node], _iri(node)))


def _name(quad: Quad, is_graph: bool = False) -> str:
    """Return the last part of the IRI of the subject or of the graph."""
    node = quad.graph_name if is_graph else quad.subject
    return node.value.rpartition("/")[2] if isinstance(node, NamedNode) else ""


def _iri(node: Node) -> str:
    return str(node) if isinstance(node, Triple) else node.value


def property_key(iri: str, written: str) -> tuple[int, int, str]:
    """Return the key of a property: the type, then names, then the rest by its written name."""
    if iri == RDF.type:
        return (0, 0, "")
    if iri in _NAMING_RANK:
        return (1, _NAMING_RANK[iri], "")
    return (2, 0, written)


def value_key(term: Term, write: Callable[[Term], str]) -> Key:
    """Return the key of a value: names, numbers by value, texts, then texts by language."""
    if not isinstance(term, Literal):
        is_list = isinstance(term, BlankNode)
        return (int(is_list), 0.0, _ZERO, write(term), "")
    if term.language is not None:
        known = LANGUAGES.index(term.language) if term.language in LANGUAGES else len(LANGUAGES)
        return (4, float(known), _ZERO, term.language, term.value)
    if term.datatype.value in _NUMERIC:
        number = _number(term.value)
        if number is not None:
            return (2, *number, term.datatype.value, term.value)
    return (3, 0.0, _ZERO, term.value, term.datatype.value)


def _number(lexical: str) -> tuple[float, Decimal] | None:
    """Return a sortable value: infinities and NaN in the first member, the rest in the second."""
    try:
        number = Decimal(lexical.strip().replace("INF", "Infinity"))
    except InvalidOperation:
        return None
    if number.is_nan():
        return (2.0, _ZERO)
    if number.is_infinite():
        return (1.0 if number > 0 else -1.0, _ZERO)
    return (0.0, number)
