"""What the guides show live: the dataset's own words, hedges, an example of each kind, linksets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.entity import Labels
from enact_graph.graph.provenance import facts
from enact_graph.graph.reader import Reader
from enact_graph.vocabulary import ADMS, DCTERMS, ENACT, SKOS, VOID

#: The schemes of identifiers that are shown first, and how many are shown.
_FIRST: Final = ("ror", "wikidata", "isni", "siren", "openalex")
_SHOWN: Final = 10
#: Pages are counted up to here; a sitemap has parts beyond.
PAGES: Final = 1_000_000


@dataclass(frozen=True)
class Dataset:
    """What the catalogue says of the dataset: titles, description, who made it, the licence."""

    iri: str
    titles: Labels
    descriptions: Labels
    creator: Labels
    licence: str


@dataclass(frozen=True)
class Word:
    """A concept with its names and definitions."""

    iri: str
    labels: Labels
    definitions: Labels


@dataclass(frozen=True)
class Identified:
    """A thing with one of its identifiers: the scheme, the value, the address it leads to."""

    thing: str
    labels: Labels
    scheme: str
    scheme_labels: Labels
    value: str
    href: str


@dataclass(frozen=True)
class Linkset:
    """How many links of a kind lead to a dataset of others."""

    dataset: str
    labels: Labels
    predicate: str
    links: int


@dataclass(frozen=True)
class Links:
    """What leads in and out: identifiers that things here have, and links to datasets of others."""

    identified: tuple[Identified, ...]
    linksets: tuple[Linkset, ...]


async def links(reader: Reader, thing: str) -> Links:
    """The identifiers of a thing's members, one a scheme, and all linksets."""
    return Links(await _identified(reader, thing), await _linksets(reader))


async def dataset(reader: Reader, iri: str) -> Dataset:
    """The dataset, as far as the data describe it."""
    said = facts(await reader.about([iri])).get(iri, {})
    creators = [o.value for o in said.get(DCTERMS.creator, ())]
    licence = next((o.value for o in said.get(DCTERMS.license, ())), "")
    names = await reader.labels(creators)
    creator = names.get(creators[0], {}) if creators else {}
    return Dataset(
        iri,
        _spoken(said.get(DCTERMS.title, ())),
        _spoken(said.get(DCTERMS.description, ())),
        creator,
        licence,
    )


async def words(reader: Reader, scheme: str) -> tuple[Word, ...]:
    """The concepts of a scheme, with their definitions."""
    concepts = await reader.subjects(SKOS.inScheme, scheme)
    labels = await reader.labels(concepts)
    said = facts(await reader.about(concepts))
    return tuple(
        Word(iri, labels.get(iri, {}), _spoken(said.get(iri, {}).get(SKOS.definition, ())))
        for iri in concepts
    )


async def _identified(reader: Reader, thing: str) -> tuple[Identified, ...]:
    """The identifiers of a thing's members, one a scheme: live examples of looking things up."""
    rows = await reader.select(
        "SELECT ?scheme (SAMPLE(?found) AS ?id) WHERE {"
        f" {ox.NamedNode(thing)} <{ENACT.hasMember}> ?member ."
        f" ?member <{ADMS.identifier}> ?found ."
        f" ?found <{DCTERMS.conformsTo}> ?scheme ; <{SKOS.notation}> ?n }}"
        " GROUP BY ?scheme ORDER BY ?scheme"
    )
    chosen = " ".join(str(row["id"]) for row in rows)
    if not chosen:
        return ()
    told = await reader.select(
        f"SELECT ?id ?thing ?scheme ?n ?t WHERE {{ VALUES ?id {{ {chosen} }}"
        f" ?thing <{ADMS.identifier}> ?id ."
        f" ?id <{DCTERMS.conformsTo}> ?scheme ; <{SKOS.notation}> ?n ."
        f" OPTIONAL {{ ?scheme <{ENACT.urlTemplate}> ?t }} }} ORDER BY ?scheme ?thing"
    )
    labels = await reader.labels(
        iri for row in told for iri in (row["thing"].value, row["scheme"].value)
    )
    found: dict[str, Identified] = {}
    for row in told:
        scheme, template = row["scheme"].value, row["t"]
        href = template.value.replace("{value}", row["n"].value) if template else ""
        found.setdefault(
            scheme,
            Identified(
                row["thing"].value,
                labels.get(row["thing"].value, {}),
                scheme,
                labels.get(scheme, {}),
                row["n"].value,
                href,
            ),
        )
    known = sorted(found, key=lambda s: (_rank(s), s))
    return tuple(found[scheme] for scheme in known[:_SHOWN])


def _rank(scheme: str) -> int:
    """The registers that most people use come first."""
    name = scheme.removeprefix(terms.VOCAB + "scheme-")
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)


async def _linksets(reader: Reader) -> tuple[Linkset, ...]:
    """The links to other datasets, by dataset and property, the most first."""
    rows = await reader.select(
        "SELECT ?dataset ?p (COUNT(*) AS ?n) WHERE {"
        f" ?dataset <{VOID.uriSpace}> ?space ."
        f" GRAPH <{terms.GRAPH_LINKS}> {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?o), STR(?space))) }}"
        " GROUP BY ?dataset ?p ORDER BY DESC(?n) ?dataset ?p"
    )
    labels = await reader.labels(row["dataset"].value for row in rows)
    return tuple(
        Linkset(d, labels.get(d, {}), row["p"].value, int(row["n"].value))
        for row in rows
        for d in (row["dataset"].value,)
    )


async def pages(reader: Reader) -> list[str]:
    """Every IRI that has a page of its own, sorted."""
    rows = await reader.select(
        "SELECT DISTINCT ?s WHERE { ?s a ?type"
        f' FILTER(STRSTARTS(STR(?s), "{terms.BASE}")) }} LIMIT {PAGES}'
    )
    shelves = (terms.ID, terms.VOCAB, terms.SOURCE, terms.GRAPH)
    iris = (row["s"].value for row in rows)
    return sorted(iri for iri in iris if iri.startswith(shelves) and "#" not in iri)


def _spoken(objects: Sequence[ox.NamedNode | ox.Literal]) -> Labels:
    literals = (o for o in objects if isinstance(o, ox.Literal))
    return {o.language or "": o.value for o in literals}
