"""The dataset as a store: every named graph, and their RDF merge as the default graph."""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from enact_graph.rdf.writer import write
from enact_graph.terms import LANGUAGES, PREFIXES

#: What holds a dataset; the other modules of authoring know it by this name alone.
Store = ox.Store
Value = ox.NamedNode | ox.Literal


class Document:
    """Triples under construction; the order in which they are said does not matter."""

    def __init__(self, triples: Iterable[ox.Triple] = ()) -> None:
        self._triples = set(triples)

    def add(self, triple: ox.Triple) -> None:
        """Add a triple that is said elsewhere already."""
        self._triples.add(triple)

    def say(self, subject: ox.NamedNode, predicate: str, *values: Value | str | int) -> None:
        """Add a triple for each value; `predicate` is `prefix:local`, a text is an xsd:string."""
        for value in values:
            node = value if isinstance(value, ox.NamedNode | ox.Literal) else ox.Literal(value)
            self._triples.add(ox.Triple(subject, term(predicate), node))

    def say_in_words(self, subject: ox.NamedNode, predicate: str, words: Mapping[str, str]) -> None:
        """Add a text in each of the three languages."""
        self.say(subject, predicate, *(ox.Literal(words[tag], language=tag) for tag in LANGUAGES))

    def objects(self, predicate: str) -> list[ox.NamedNode]:
        """Return every IRI that is said of anything by `predicate`, sorted."""
        found = {t.object for t in self._triples if t.predicate == term(predicate)}
        return sorted((n for n in found if isinstance(n, ox.NamedNode)), key=str)

    def turtle(self) -> bytes:
        """Return the Turtle of the triples: equal triples give equal bytes."""
        ordered = sorted(self._triples, key=str)
        return write(as_quads(ordered), PREFIXES).encode()


def term(short: str) -> ox.NamedNode:
    """Return the IRI that `prefix:local` stands for."""
    prefix, _, local = short.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def typed(value: str, datatype: str) -> ox.Literal:
    """Return a literal of a datatype given as `prefix:local`."""
    return ox.Literal(value, datatype=term(datatype))


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
