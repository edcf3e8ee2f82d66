"""The direct statements of a thing, and those of others that lead to it, as rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.present.pages.kinds import GISTS, SILENT
from enact_graph.present.pages.notes import Notary
from enact_graph.present.pages.ties import rows, witnesses
from enact_graph.present.pages.values import Wording
from enact_graph.present.pages.view import Item, Part, Row
from enact_graph.query.entity import Object, Statement

_P: Final = terms.PREFIXES
_E: Final = terms.ENACT

#: What is told first; the rest follows by its label.
_ORDER: Final = (
    _P["skos"] + "definition",
    _P["dcterms"] + "description",
    _P["skos"] + "altLabel",
    _P["schema"] + "legalName",
    _P["org"] + "classification",
    _E + "cardinality",
    _E + "fieldOfAction",
    _E + "hasAxis",
    _E + "alignsWith",
    _P["schema"] + "position",
    _P["dcterms"] + "subject",
    _P["org"] + "unitOf",
    _P["dcterms"] + "isPartOf",
    _P["dcterms"] + "spatial",
    _P["schema"] + "url",
)
#: Said by the page's own frame: mapping sources, provenance, spelling variants for search.
_HIDDEN: Final = SILENT - frozenset(GISTS) | {
    _P["skos"] + "hiddenLabel",
    _P["skos"] + "topConceptOf",
    _P["skos"] + "hasTopConcept",
}


def is_inferred(statement: Statement) -> bool:
    """Whether rules alone lead to a statement."""
    return all(g.startswith(terms.GRAPH_INFERRED) for g in statement.graphs)


@dataclass(frozen=True)
class Rows:
    """Builds the rows of one page."""

    wording: Wording
    notary: Notary

    def stated(
        self, shown: Collection[Object] = (), apart: Collection[str] = ()
    ) -> tuple[Row, ...]:
        """What sources or the project say of the thing itself.

        Left out are the objects `shown` already and the properties told `apart`.
        """
        return self._outgoing(
            s
            for s in self._told()
            if not is_inferred(s) and s.object not in shown and s.predicate not in apart
        )

    def inferred(self) -> tuple[Row, ...]:
        """What rules lead to, each with the nodes it rests on."""
        return self._outgoing(
            s for s in self._told() if is_inferred(s) and isinstance(s.object, ox.NamedNode)
        )

    def incoming(self, without: frozenset[str]) -> tuple[Row, ...]:
        """What is said of others with this thing as object, but not by the nodes `without`."""
        said = [
            s
            for s in self.wording.entity.incoming
            if s.subject not in without and s.predicate not in SILENT and not is_inferred(s)
        ]
        labelled = []
        for statement in sorted(said, key=lambda s: (s.predicate, s.subject)):
            note = self.notary.note(statement.graphs)
            main = (self.wording.link(statement.subject),)
            labelled.append(
                (self.label(statement.predicate), Item(main, note=note), (statement.predicate,))
            )
        return rows(labelled, self.notary)

    def label(self, predicate: str) -> Part:
        """The name of a relation, linked to its definition where it is ours."""
        part = self.wording.link(predicate)
        is_ours = predicate.startswith(_E)
        return part if is_ours else Part(part.name)

    def _told(self) -> list[Statement]:
        return [s for s in self.wording.entity.statements if s.predicate not in _HIDDEN]

    def _outgoing(self, statements: Iterable[Statement]) -> tuple[Row, ...]:
        by_predicate: dict[str, list[Statement]] = defaultdict(list)
        for statement in statements:
            by_predicate[statement.predicate].append(statement)
        labelled = []
        for predicate in sorted(by_predicate, key=self._rank):
            chosen = set(self.wording.objects(predicate))
            for statement in by_predicate[predicate]:
                if statement.object in chosen:
                    labelled.append((self.label(predicate), self._item(statement), (predicate,)))
        return rows(labelled, self.notary)

    def _item(self, statement: Statement) -> Item:
        parts = self.wording.parts(statement.object, statement.predicate)
        graphs = witnesses([statement])
        links = self._grounds(statement) if is_inferred(statement) else ()
        return Item(tuple(parts), note=self.notary.note(graphs, links))

    def _grounds(self, statement: Statement) -> tuple[Part, ...]:
        """The nodes that tie both ends of a conclusion."""
        ends = {statement.subject, statement.object.value}
        return tuple(
            self.wording.link(node)
            for node, said in self.wording.entity.nodes.items()
            if ends <= {s.target for s in said}
        )

    def _rank(self, predicate: str) -> tuple[int, str]:
        place = _ORDER.index(predicate) if predicate in _ORDER else len(_ORDER)
        return place, self.label(predicate).name.text
