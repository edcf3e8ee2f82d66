"""What a dataset says about itself: version, date, licence, titles, and how much it holds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyoxigraph as ox

from enact_graph.authoring import dataset
from enact_graph.authoring.dataset import Value, term
from enact_graph.errors import SourceError
from enact_graph.terms import (
    ENACT,
    GRAPH_CATALOGUE,
    GRAPH_LINKS,
    ID,
    PREFIXES,
)
from enact_graph.vocabulary import RDF

_WHERE: Final = "data/catalog.ttl"
_VERSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]*")
_TYPE: Final = ox.NamedNode(RDF.type)


@dataclass(frozen=True)
class About:
    """The authored description of the dataset: its IRI, version, day of issue and all triples."""

    iri: ox.NamedNode
    version: str
    issued: str
    triples: tuple[ox.Triple, ...]

    def values(self, predicate: ox.NamedNode) -> list[Value]:
        """Return what the authored description says of the dataset by `predicate`, sorted."""
        chosen = (
            t.object
            for t in self.triples
            if t.subject == self.iri and t.predicate == predicate and isinstance(t.object, Value)
        )
        return sorted(chosen, key=str)


def about(store: dataset.Store) -> About:
    """Read the description in the catalogue graph; SourceError where a needed part lacks."""
    graph = ox.NamedNode(GRAPH_CATALOGUE)
    triples = sorted((q.triple for q in store.quads_for_pattern(None, None, None, graph)), key=str)
    kind = term("dcat:Dataset")
    datasets = [t.subject for t in triples if (t.predicate, t.object) == (_TYPE, kind)]
    if len(datasets) != 1 or not isinstance(datasets[0], ox.NamedNode):
        raise SourceError(f"{_WHERE}: one dcat:Dataset is needed, {len(datasets)} are there")
    described = About(datasets[0], "", "", tuple(triples))
    version = _text(described, "dcat:version")
    if not _VERSION.fullmatch(version):
        raise SourceError(f"{_WHERE}: {version!r} is no version; write it like 1.0.0")
    issued = _text(described, "dcterms:modified", "dcterms:issued")
    try:
        date.fromisoformat(issued)
    except ValueError as error:
        raise SourceError(
            f"{_WHERE}: {issued!r} is no xsd:date; write it like 2024-05-22"
        ) from error
    return About(datasets[0], version, issued, tuple(triples))


def count(store: dataset.Store, inferred: int, warnings: int) -> dict[str, int]:
    """Count what the dataset holds, under the names of the manifest.

    `statements` are the quads in graphs derived from a passage, `entities` the typed things of
    the id namespace, `terms` the classes and properties of the ontology, `links` the quads of
    the graph of links, `inferred` the triples that follow from the others.
    """
    quads = dataset.named(store)
    things = {
        q.subject for q in quads if q.predicate == _TYPE and str(q.subject)[1:].startswith(ID)
    }
    assertions = _passage_graphs(store)
    links = ox.NamedNode(GRAPH_LINKS)
    return {
        "quads": len(quads),
        "triples": len(dataset.merge(store)),
        "graphs": len({q.graph_name for q in quads}),
        "entities": len(things),
        "sources": len(_instances(store, "SourceDocument")),
        "passages": len(_instances(store, "Passage")),
        "statements": sum(q.graph_name in assertions for q in quads),
        "terms": len(_minted(quads)),
        "concepts": _concepts(store),
        "links": sum(q.graph_name == links for q in quads),
        "inferred": inferred,
        "violations": 0,  # a violation stops the build, so a release has none
        "warnings": warnings,
    }


def _text(described: About, *choices: str) -> str:
    for short in choices:
        if values := described.values(term(short)):
            return values[0].value
    raise SourceError(f"{_WHERE}: the dataset has no {choices[-1]}; add it")


def _instances(store: dataset.Store, name: str) -> set[object]:
    kind = ox.NamedNode(ENACT + name)
    return {q.subject for q in store.quads_for_pattern(None, _TYPE, kind, dataset.DEFAULT)}


def _passage_graphs(store: dataset.Store) -> set[object]:
    derived = term("prov:wasDerivedFrom")
    graphs = _instances(store, "AssertionGraph")
    return {
        q.subject
        for q in store.quads_for_pattern(None, derived, None, dataset.DEFAULT)
        if q.subject in graphs
    }


def _minted(quads: Iterable[ox.Quad]) -> set[object]:
    kinds = {term(f"owl:{name}") for name in ("Class", "ObjectProperty", "DatatypeProperty")}
    kinds.add(term("owl:AnnotationProperty"))
    return {
        q.subject
        for q in quads
        if q.predicate == _TYPE and q.object in kinds and str(q.subject)[1:].startswith(ENACT)
    }


def _concepts(store: dataset.Store) -> int:
    kind = term("skos:Concept")
    prefix = "<" + PREFIXES["v"]
    found = {q.subject for q in store.quads_for_pattern(None, _TYPE, kind, dataset.DEFAULT)}
    return sum(str(s).startswith(prefix) for s in found)
