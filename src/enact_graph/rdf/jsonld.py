"""JSON-LD 1.1 that reads like plain JSON: one context for all, and a compacting writer."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from enact_graph.errors import EnactGraphError
from enact_graph.terms import LANGUAGES, PREFIXES, shorten
from enact_graph.vocabulary import RDF, XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal

#: Kinds of coercion beside a datatype's IRI: values that are IRIs, texts by language, any value.
IRI: Final = "@id"
TEXT: Final = "@language"
ANY: Final = ""

_XSD: Final = PREFIXES["xsd"]
#: JSON itself says which of these a value is, so they need no coercion.
_NATIVE: Final = frozenset(_XSD + name for name in ("string", "boolean", "integer"))
#: Where two properties share a local name, the first of these namespaces gets it.
_FIRST: Final = ("enact", "skos", "schema", "org", "dcterms", "foaf", "prov", "dcat", "rdfs")
#: Beyond this, JSON readers lose digits of an integer.
_SAFE: Final = 2**53


@dataclass(frozen=True)
class Context:
    """Short names of properties and classes; `names` by IRI, `kinds` (coercion) by property."""

    names: Mapping[str, str]
    kinds: Mapping[str, str]

    @classmethod
    def of(cls, triples: Iterable[ox.Triple]) -> "Context":
        """Make the context that fits `triples`: every property and class in use has a name.

        A property is coerced to the kind most of its values have, so that one odd value does not
        change how all others look.
        """
        objects: dict[str, Counter[str]] = defaultdict(Counter)
        classes: set[str] = set()
        for triple in set(triples):
            if triple.predicate.value == RDF.type:
                classes.add(_text(triple.object))
            else:
                objects[triple.predicate.value][_kind(triple.object)] += 1
        names = _names({*objects, *classes})
        usual = {p: max(sorted(k), key=k.__getitem__) for p, k in objects.items() if p in names}
        return cls(names, {p: kind for p, kind in usual.items() if kind != ANY})

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Context":
        """Read a context that `to_json` made."""
        names: dict[str, str] = {}
        kinds: dict[str, str] = {}
        for name, entry in document["@context"].items():
            if name in PREFIXES:
                continue
            if isinstance(entry, str):
                names[_expand(entry)] = name
                continue
            iri = _expand(entry["@id"])
            names[iri] = name
            kinds[iri] = TEXT if "@container" in entry else _expand(entry["@type"])
        return cls(names, kinds)

    def to_json(self) -> dict[str, Any]:
        """Return the JSON-LD document that holds the context alone."""
        entries = {self.names[iri]: self._definition(iri) for iri in self.names}
        return {"@context": dict(sorted(PREFIXES.items())) | dict(sorted(entries.items()))}

    def reduced_to(self, iris: Iterable[str]) -> dict[str, Any]:
        """Return the document with only what is needed to read these IRIs."""
        used = set(iris)
        names = {iri: name for iri, name in self.names.items() if iri in used}
        used |= {self.kinds[iri] for iri in names if iri in self.kinds}
        prefixes = {shorten(iri).partition(":")[0] for iri in used}
        entries = {name: self._definition(iri) for iri, name in names.items()}
        kept = {prefix: PREFIXES[prefix] for prefix in sorted(prefixes & PREFIXES.keys())}
        return {"@context": kept | dict(sorted(entries.items()))}

    def _definition(self, iri: str) -> str | dict[str, str]:
        kind = self.kinds.get(iri, ANY)
        if kind == ANY:
            return shorten(iri)
        if kind == TEXT:
            return {"@id": shorten(iri), "@container": TEXT}
        return {"@id": shorten(iri), "@type": kind if kind == IRI else shorten(kind)}


def document(triples: Iterable[ox.Triple], context: Context) -> dict[str, Any]:
    """Return `triples` as a JSON-LD document, flat and sorted, with what it needs of the context.

    A value the context does not foresee is written in full under the property's IRI, so that
    reading the document gives exactly these triples. The object must be no triple term.
    """
    nodes: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    given = set(triples)
    for triple in given:
        nodes[_text(triple.subject)][triple.predicate.value].append(_plain(triple.object))
    graph = [_node(subject, nodes[subject], context) for subject in sorted(nodes)]
    head = context.reduced_to(iri for triple in given for iri in _iris(triple))
    return head | graph[0] if len(graph) == 1 else head | {"@graph": graph}


def write(triples: Iterable[ox.Triple], context: Context) -> bytes:
    """Return `triples` as the bytes of a JSON-LD document; equal triples give equal bytes."""
    return encode(document(triples, context))


def encode(value: Mapping[str, Any]) -> bytes:
    """Return JSON as UTF-8, indented, with a newline at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _names(iris: set[str]) -> dict[str, str]:
    def rank(iri: str) -> tuple[int, str]:
        prefix = shorten(iri).partition(":")[0]
        return (_FIRST.index(prefix) if prefix in _FIRST else len(_FIRST), iri)

    taken = set(PREFIXES)
    names: dict[str, str] = {}
    for iri in sorted(iris, key=rank):
        short = shorten(iri)
        if short == iri:
            continue  # no prefix fits: the IRI itself is the key
        local = short.partition(":")[2]
        names[iri] = short if local in taken else local
        taken.add(names[iri])
    return names


def _node(subject: str, properties: Mapping[str, list[Term]], context: Context) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for predicate, values in properties.items():
        kind = IRI if predicate == RDF.type else context.kinds.get(predicate, ANY)
        fitting = [v for v in values if kind in (ANY, _kind(v))]
        rest = [v for v in values if kind not in (ANY, _kind(v))]
        if predicate == RDF.type and fitting:
            types = (context.names.get(v.value) or _iri(_text(v)) for v in fitting)
            members["@type"] = _one_or_many(sorted(types))
        elif fitting:
            key = context.names.get(predicate) or _unconfused(predicate)
            members[key] = _texts(fitting) if kind == TEXT else _values(fitting, kind)
        if rest:
            members[_unconfused(predicate)] = _values(rest, ANY)
    head = {"@id": _iri(subject)}
    if "@type" in members:
        head["@type"] = members.pop("@type")
    return head | dict(sorted(members.items()))


def _texts(values: Iterable[Term]) -> dict[str, Any]:
    by_language: dict[str, list[str]] = defaultdict(list)
    for value in values:
        by_language[_language(value)].append(value.value)
    order = [*LANGUAGES, *sorted(by_language.keys() - set(LANGUAGES))]
    return {tag: _one_or_many(sorted(by_language[tag])) for tag in order if tag in by_language}


def _values(values: Iterable[Term], kind: str) -> Any:
    ordered = sorted(values, key=str)
    return _one_or_many([_value(v, kind) for v in ordered])


def _value(value: Term, kind: str) -> Any:
    if not isinstance(value, ox.Literal):
        return _iri(_text(value)) if kind == IRI else {"@id": _iri(_text(value))}
    if kind != ANY:
        return value.value
    if value.language is not None:
        return {"@value": value.value, "@language": value.language}
    return _native(value.value, value.datatype.value)


def _native(lexical: str, datatype: str) -> Any:
    if datatype == XSD.string:
        return lexical
    if datatype == XSD.boolean and lexical in ("true", "false"):
        return lexical == "true"
    if datatype == XSD.integer:
        digits = lexical.removeprefix("-")
        if digits.isascii() and digits.isdigit() and str(int(lexical)) == lexical:
            number = int(lexical)
            if abs(number) < _SAFE:
                return number
    return {"@value": lexical, "@type": shorten(datatype)}


def _kind(value: Any) -> str:
    if not isinstance(value, ox.Literal):
        return IRI
    if value.language is not None:
        return TEXT
    return ANY if value.datatype.value in _NATIVE else value.datatype.value


def _language(value: Term) -> str:
    return (value.language if isinstance(value, ox.Literal) else None) or "und"


def _iris(triple: ox.Triple) -> Iterator[str]:
    for node in (triple.subject, triple.predicate, triple.object):
        if isinstance(node, ox.Literal) and node.language is None:
            yield node.datatype.value
        elif isinstance(node, ox.NamedNode):
            yield node.value


def _plain(value: Any) -> Term:
    if isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal):
        return value
    raise EnactGraphError(f"{value}: JSON-LD has no form for a triple as a value; ask for Turtle")


def _text(value: Any) -> str:
    if isinstance(value, ox.BlankNode):
        return f"_:{value.value}"
    return str(value.value)


def _iri(iri: str) -> str:
    return shorten(_unconfused(iri))


def _unconfused(iri: str) -> str:
    scheme, _, rest = iri.partition(":")
    if scheme in PREFIXES and not rest.startswith("//"):
        raise EnactGraphError(f"<{iri}>: JSON-LD would read {scheme}: as a prefix; use another IRI")
    return iri


def _expand(short: str) -> str:
    prefix, _, local = short.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else short


def _one_or_many(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
