"""Where things are written: from a node, property and value back to file and line."""

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from enact_graph.rdf.statement import Place, Statement
from enact_graph.vocabulary import RDF

_TYPE = ox.NamedNode(RDF.type)


class Places:
    """The places of `statements`, by subject, by predicate, by object, first in file order."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._found: dict[tuple[object, ...], Place] = {}
        self._said: defaultdict[tuple[object, ...], list[Statement]] = defaultdict(list)
        for statement in sorted(statements, key=lambda s: s.place):
            quad, place = statement.quad, statement.place
            if quad.predicate == _TYPE:
                self._found.setdefault((quad.subject, _TYPE), place)
            self._found.setdefault((quad.subject,), place)
            self._found.setdefault((quad.subject, quad.predicate), place)
            self._found.setdefault((quad.subject, quad.predicate, quad.object), place)
            self._found.setdefault((None, None, quad.object), place)
            self._said[quad.subject, quad.predicate].append(statement)

    def said(
        self, focus: ox.NamedNode | ox.Literal | None, path: ox.NamedNode | None
    ) -> list[Statement]:
        """Return the values that a node has for a property, each once.

        Those of the file in which the node has its type come first, then by place.
        """
        home = self._found.get((focus, _TYPE))
        found = {s.quad.object: s for s in reversed(self._said.get((focus, path), ()))}.values()
        return sorted(found, key=lambda s: (home is None or s.place.file != home.file, s.place))

    def find(
        self,
        focus: ox.NamedNode | ox.Literal | None,
        path: ox.NamedNode | None = None,
        value: ox.NamedNode | ox.Literal | None = None,
    ) -> Place | None:
        """Return the nearest place: of the triple, of the property, of the node, of its first use.

        A node that has a type is placed at its type; None where no file speaks of it at all.
        """
        ways: tuple[tuple[object, ...], ...] = (
            (focus, path, value),
            (focus, path),
            (focus, _TYPE),
            (focus,),
            (None, None, focus),
        )
        return next((self._found[way] for way in ways if way in self._found), None)
