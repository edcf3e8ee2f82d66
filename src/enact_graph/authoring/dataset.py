"""The dataset as a store: every named graph, and their RDF merge as the default graph."""

from collections.abc import Iterable

import pyoxigraph as ox

#: What holds a dataset; the other modules of authoring know it by this name alone.
Store = ox.Store
DEFAULT = ox.DefaultGraph()


def collect(quads: Iterable[ox.Quad]) -> Store:
    """Put `quads` of named graphs and their merge into a new store in memory."""
    store = Store()
    extend(store, quads)
    return store


def extend(store: Store, quads: Iterable[ox.Quad]) -> None:
    """Add `quads` of named graphs and keep the merge complete."""
    for quad in quads:
        store.add(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT))


def merge(store: Store) -> list[ox.Triple]:
    """Return the triples of the merge, each once, sorted by their N-Triples form."""
    return sorted((q.triple for q in store.quads_for_pattern(None, None, None, DEFAULT)), key=str)


def named(store: Store) -> list[ox.Quad]:
    """Return the quads of the named graphs, sorted by their N-Quads form: the canonical order."""
    return sorted((q for q in store if q.graph_name != DEFAULT), key=str)


def as_quads(triples: Iterable[ox.Triple]) -> list[ox.Quad]:
    """Return `triples` as quads of the default graph, for writers of datasets."""
    return [ox.Quad(t.subject, t.predicate, t.object, DEFAULT) for t in triples]


def computed(query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Return what a query answers where nothing is said; SyntaxError where it is none."""
    return Store().query(query)
