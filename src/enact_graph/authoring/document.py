"""A description the build adds to a release: a few triples, written in the canonical form."""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from enact_graph.authoring import dataset
from enact_graph.rdf.writer import write
from enact_graph.terms import LANGUAGES, PREFIXES

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
        return write(dataset.as_quads(ordered), PREFIXES).encode()


def term(short: str) -> ox.NamedNode:
    """Return the IRI that `prefix:local` stands for."""
    prefix, _, local = short.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def typed(value: str, datatype: str) -> ox.Literal:
    """Return a literal of a datatype given as `prefix:local`."""
    return ox.Literal(value, datatype=term(datatype))
