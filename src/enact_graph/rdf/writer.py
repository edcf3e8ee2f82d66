"""Writer of the one form in which authored files are kept: one line, one triple."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from enact_graph.errors import SourceError
from enact_graph.rdf.characters import is_text, mend, quote, quote_long, typographic
from enact_graph.rdf.collection import NIL, Collections
from enact_graph.rdf.faults import MENDABLE
from enact_graph.rdf.lexer import is_local_name
from enact_graph.rdf.reader import read
from enact_graph.rdf.statement import Parsed
from enact_graph.terms import LANGUAGES, PREFIXES
from enact_graph.vocabulary import RDF, XSD

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


_INDENT: Final = "    "
#: The literals that are written without quotation marks, if they have this shape.
_SHORTHAND: Final = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.double: re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
#: The properties whose value is a query, which alone may take several lines.
_QUERIES: Final = frozenset(PREFIXES["sh"] + name for name in ("select", "ask", "construct"))


def write(quads: Iterable[Quad], prefixes: Mapping[str, str], header: str = "") -> str:
    """Return quads in canonical form; graphs keep their order, only used prefixes are declared."""
    return _Writer(list(dict.fromkeys(quads)), prefixes).write(header)


def write_authored(quads: Iterable[Quad], prefixes: Mapping[str, str], header: str = "") -> str:
    """Return quads as `write` does, their texts with the marks of their language."""
    return write(map(typeset, quads), prefixes, header)


def write_parsed(parsed: Parsed, is_mended: bool = True) -> str:
    """Return what was read in canonical form; the project's prefixes win over the file's own.

    Its texts are mended unless they shall stay as they are: composed, without hidden characters.
    """
    quads: Iterable[Quad] = (statement.quad for statement in parsed.statements)
    if is_mended:
        quads = map(_mended, quads)
    return write_authored(quads, {**parsed.prefixes, **PREFIXES}, parsed.header)


def canonical(text: str, file: str) -> str:
    """Return a text in canonical form (SourceError with every fault that a person must mend)."""
    parsed = read(text, file, assumed=PREFIXES)
    faults = [fault for fault in parsed.faults if fault.code not in MENDABLE]
    if faults:
        raise SourceError("\n".join(map(str, faults)), faults=faults)
    return write_parsed(parsed)


def _mended(quad: Quad) -> Quad:
    value = quad.object
    if not isinstance(value, Literal) or value.value.isascii():
        return quad
    text = mend(value.value)
    if text == value.value or not is_text(quad.predicate, value):
        return quad
    mended = Literal(text, language=value.language) if value.language else Literal(text)
    return Quad(quad.subject, quad.predicate, mended, quad.graph_name)


def typeset(quad: Quad) -> Quad:
    """Return a quad, its text with the marks of its language."""
    text = quad.object
    if not isinstance(text, Literal) or text.language is None:
        return quad
    set_text = Literal(typographic(text.value, text.language), language=text.language)
    return Quad(quad.subject, quad.predicate, set_text, quad.graph_name)


class _Writer:
    def __init__(self, quads: list[Quad], prefixes: Mapping[str, str]) -> None:
        self.quads = quads
        self.collections = Collections(quads)
        self.used: dict[str, str] = {}
        # Of two prefixes for one namespace the project's own is taken, then the first by name.
        by_worth = sorted(prefixes.items(), key=lambda item: (item not in PREFIXES.items(), item))
        self.prefix_of: dict[str, str] = {}
        for prefix, namespace in by_worth:
            self.prefix_of.setdefault(namespace, prefix)
        self.namespaces = sorted(self.prefix_of, key=len, reverse=True)
        self.names: dict[str, str] = {}

    def write(self, header: str) -> str:
        by_graph: dict[Node | DefaultGraph, list[Quad]] = {DefaultGraph(): []}
        for quad in self.quads:
            by_graph.setdefault(quad.graph_name, []).append(quad)
        blocks = self._subjects(by_graph.pop(DefaultGraph()), "")
        for graph, quads in by_graph.items():
            body = "\n".join(self._subjects(quads, _INDENT))
            blocks.append(f"GRAPH {self._term(graph)} {{\n{body}}}\n")
        declared = sorted(self.used.items())
        lines = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in declared)
        top = f"{header.rstrip()}\n" if header.strip() else ""
        return "\n".join(part for part in (top, lines, *blocks) if part)

    def _subjects(self, quads: list[Quad], indent: str) -> list[str]:
        by_subject: dict[Node, list[Quad]] = {}
        for quad in quads:
            by_subject.setdefault(quad.subject, []).append(quad)
        return [
            self._subject(subject, by_subject[subject], indent)
            for subject in subjects(quads)
            if not self.collections.holds(subject)
        ]

    def _subject(self, subject: Node, quads: list[Quad], indent: str) -> str:
        inner = indent + _INDENT
        rows = sorted(
            (
                property_key(quad.predicate.value, self._predicate(quad.predicate)),
                value_key(quad.object, self._value),
                f"{inner}{self._predicate(quad.predicate)} {self._object(quad)} ;\n",
            )
            for quad in quads
        )
        return f"{indent}{self._term(subject)}\n{''.join(row for _, _, row in rows)}{inner}.\n"

    def _predicate(self, predicate: NamedNode) -> str:
        return "a" if predicate.value == RDF.type else self._term(predicate)

    def _object(self, quad: Quad) -> str:
        value = quad.object
        if quad.predicate.value in _QUERIES and isinstance(value, Literal):
            is_long = "\n" in value.value and value.datatype.value == XSD.string
            return quote_long(value.value) if is_long else self._value(value)
        return self._value(value)

    def _value(self, value: Term) -> str:
        return "()" if value == NIL else self._term(value)

    def _term(self, term: Term | DefaultGraph) -> str:
        if isinstance(term, NamedNode):
            return self._name(term.value)
        if isinstance(term, Literal):
            return self._literal(term)
        if not isinstance(term, BlankNode):
            raise SourceError(f"{term} is an RDF 1.2 term, which these files do not use")
        items = self.collections.items(term)
        if items is None:
            return f"_:{term.value}"
        return f"( {' '.join(map(self._value, items))} )"

    def _literal(self, literal: Literal) -> str:
        if literal.language is not None:
            return f"{quote(literal.value)}@{literal.language}"
        datatype = literal.datatype.value
        if datatype == XSD.string:
            return quote(literal.value)
        shape = _SHORTHAND.get(datatype)
        if shape and shape.fullmatch(literal.value):
            return literal.value
        return f"{quote(literal.value)}^^{self._name(datatype)}"

    def _name(self, iri: str) -> str:
        if iri not in self.names:
            self.names[iri] = self._shorten(iri)
        return self.names[iri]

    def _shorten(self, iri: str) -> str:
        for namespace in self.namespaces:
            local = iri[len(namespace) :]
            if iri.startswith(namespace) and is_local_name(local):
                prefix = self.prefix_of[namespace]
                self.used[prefix] = namespace
                return f"{prefix}:{local}"
        return f"<{iri}>"
