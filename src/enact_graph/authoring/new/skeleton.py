"""Skeletons of new things: the statements of a document, organisation, person or membership."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Quad

from enact_graph.authoring.dataset import term, typed
from enact_graph.authoring.new.fields import PartialDate
from enact_graph.terms import (
    GRAPH,
    GRAPH_CURATION,
    GRAPH_PROVENANCE,
    ID,
    LANGUAGES,
    SOURCE,
    VOCAB,
)

Value = NamedNode | Literal
Words = Mapping[str, str]
Said = tuple[str, str, Value]

_PARAGRAPH: Final = re.compile(r"-p\d+$")

_SAYS: Final = {
    "fr": "Ce que dit le document « {name} »",
    "en": "What the document “{name}” says",
    "de": "Was das Dokument „{name}“ sagt",
}
_READING: Final = {
    "fr": "Relevé du document « {name} »",
    "en": "Reading of the document “{name}”",
    "de": "Auswertung des Dokuments „{name}“",
}


@dataclass(frozen=True)
class Draft:
    """Statements for one file; `header` is for a file that does not exist yet."""

    file: str
    quads: tuple[Quad, ...]
    header: str = ""


@dataclass(frozen=True)
class Named:
    """A new thing: its slug, its names and, if there is one, its description in each language."""

    slug: str
    names: Words
    descriptions: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A new source document; IRIs but for `url`, `language`, an RFC 5646 tag, and the dates."""

    named: Named
    url: str
    publisher: str
    kind: str
    language: str
    read: PartialDate
    issued: PartialDate | None = None


@dataclass(frozen=True)
class Role:
    """Who (`member`) is what (`role`) in which organisation, all IRIs, of which class, and when."""

    named: Named
    kind: str
    member: str
    organization: str
    role: str
    start: PartialDate | None = None
    end: PartialDate | None = None


def document(source: Source, file: str, curator: str) -> Draft:
    """Return the document, its graph and the activity that fills it, all in a file of their own.

    `curator` is the IRI of who reads it; empty where the site names nobody.
    """
    slug, names = source.named.slug, source.named.names
    told, graph, activity = SOURCE + slug, GRAPH + slug, f"{ID}curation-{slug}"
    about = [
        *_typed(told, "enact:SourceDocument"),
        *_words(told, "skos:prefLabel", names),
        *_words(told, "dcterms:description", source.named.descriptions),
        (told, "dcterms:date", typed(source.read.written, "xsd:date")),
        (told, "dcterms:publisher", NamedNode(source.publisher)),
        (told, "dcterms:type", NamedNode(source.kind)),
        (told, "schema:inLanguage", Literal(source.language)),
        (told, "schema:url", NamedNode(source.url)),
        *_typed(graph, "enact:AssertionGraph"),
        *_words(graph, "skos:prefLabel", _filled(_SAYS, names)),
        (graph, "prov:wasDerivedFrom", NamedNode(told)),
        (graph, "prov:wasGeneratedBy", NamedNode(activity)),
        *_typed(activity, "prov:Activity"),
        *_words(activity, "skos:prefLabel", _filled(_READING, names)),
        (activity, "prov:used", NamedNode(told)),
    ]
    if curator:
        about.append((activity, "prov:wasAssociatedWith", NamedNode(curator)))
    if source.issued:
        about += _dated(told, "dcterms:issued", "enact:issuedPrecision", source.issued)
    header = f"# {names['en']}: what it says."
    return Draft(file, _quads(about, GRAPH_PROVENANCE), header)


def publishing(publisher: str, url: str) -> Draft:
    """Return where a new publisher publishes: at the host of its first document."""
    host = urlsplit(url).netloc.removeprefix("www.")
    said = [(publisher, "enact:addressSpace", Literal(host))]
    return Draft("data/curation/addresses.trig", _quads(said, GRAPH_CURATION))


def organization(
    named: Named, classes: tuple[str, ...], kind: str, file: str, unit_of: str | None = None
) -> Draft:
    """Return what the project itself says of an organisation: class, names, kind, description."""
    iri = ID + named.slug
    said = [
        *((iri, "rdf:type", NamedNode(each)) for each in classes),
        *_words(iri, "skos:prefLabel", named.names),
        (iri, "org:classification", NamedNode(kind)),
        *_words(iri, "schema:description", named.descriptions),
    ]
    if unit_of:
        said.append((iri, "org:unitOf", NamedNode(unit_of)))
    return Draft(file, _quads(said, GRAPH_CURATION))


def mention(slug: str, kind: str, url: str | None, graph: str, file: str) -> Draft:
    """Return what a document says of an organisation: of what kind it is, and its web address."""
    said: list[Said] = [(ID + slug, "org:classification", NamedNode(kind))]
    if url:
        said.append((ID + slug, "schema:url", NamedNode(url)))
    return Draft(file, _quads(said, graph))


def person(named: Named, file: str) -> Draft:
    """Return what the project itself says of a person: the name, and nothing private."""
    iri = ID + named.slug
    said = [
        *_typed(iri, "foaf:Person", "schema:Person"),
        *_words(iri, "skos:prefLabel", named.names),
        *_words(iri, "schema:description", named.descriptions),
    ]
    return Draft(file, _quads(said, GRAPH_CURATION))


def membership(role: Role, graph: str, file: str, curation: str) -> tuple[Draft, Draft]:
    """Return the membership as a document's `graph` states it, and its names as we word them."""
    iri = ID + role.named.slug
    stated = [
        (iri, "rdf:type", NamedNode(role.kind)),
        (iri, "org:member", NamedNode(role.member)),
        (iri, "org:organization", NamedNode(role.organization)),
        (iri, "org:role", NamedNode(role.role)),
        *_words(iri, "dcterms:description", role.named.descriptions),
    ]
    if role.start:
        stated += _dated(iri, "schema:startDate", "enact:startPrecision", role.start)
    if role.end:
        stated += _dated(iri, "schema:endDate", "enact:endPrecision", role.end, is_end=True)
    names = _quads(tuple(_words(iri, "skos:prefLabel", role.named.names)), GRAPH_CURATION)
    return Draft(file, _quads(stated, graph)), Draft(curation, names)


def ended(iri: str, end: PartialDate, graph: str, file: str) -> Draft:
    """Return the end of what is described already, as a document's `graph` states it."""
    dated = tuple(_dated(iri, "schema:endDate", "enact:endPrecision", end, is_end=True))
    return Draft(file, _quads(dated, graph))


def document_of(graph: str) -> str:
    """Return the graph, without its paragraph, that all graphs of a document begin with."""
    return _PARAGRAPH.sub("", graph)


def _typed(iri: str, *classes: str) -> Iterator[Said]:
    return ((iri, "rdf:type", term(name)) for name in classes)


def _words(iri: str, predicate: str, words: Words) -> Iterator[Said]:
    for language in LANGUAGES:
        if words.get(language):
            yield iri, predicate, Literal(words[language], language=language)


def _filled(templates: Words, names: Words) -> Words:
    return {tag: template.format(name=names[tag]) for tag, template in templates.items()}


def _dated(
    iri: str, predicate: str, precision: str, day: PartialDate, is_end: bool = False
) -> Iterator[Said]:
    yield iri, predicate, typed(day.last if is_end else day.first, "xsd:date")
    yield iri, precision, NamedNode(f"{VOCAB}precision-{day.precision}")


def _quads(said: Sequence[Said], graph: str) -> tuple[Quad, ...]:
    return tuple(Quad(NamedNode(s), term(p), o, NamedNode(graph)) for s, p, o in said)
