"""The dataset as a store: every named graph, and their RDF merge as the default graph."""

from collections.abc import Iterable

import pyoxigraph as ox

DEFAULT = ox.DefaultGraph()


def collect(quads: Iterable[ox.Quad]) -> ox.Store:
    """Put `quads` of named graphs and their merge into a new store in memory."""
    store = ox.Store()
    extend(store, quads)
    return store


def extend(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    """Add `quads` of named graphs and keep the merge complete."""
    for quad in quads:
        store.add(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT))


def merge(store: ox.Store) -> list[ox.Triple]:
    """Return the triples of the merge, each once, sorted by their N-Triples form."""
    return sorted((q.triple for q in store.quads_for_pattern(None, None, None, DEFAULT)), key=str)


def named(store: ox.Store) -> list[ox.Quad]:
    """Return the quads of the named graphs, sorted by their N-Quads form: the canonical order."""
    return sorted((q for q in store if q.graph_name != DEFAULT), key=str)


def as_quads(triples: Iterable[ox.Triple]) -> list[ox.Quad]:
    """Return `triples` as quads of the default graph, for writers of datasets."""
    return [ox.Quad(t.subject, t.predicate, t.object, DEFAULT) for t in triples]
