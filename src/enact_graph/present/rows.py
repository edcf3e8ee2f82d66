"""The direct statements of a thing, and those of others that lead to it, as rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from enact_graph import terms
from enact_graph.graph.entity import Object, Statement
from enact_graph.graph.provenance import HAS_SOURCE
from enact_graph.present.notes import Notary
from enact_graph.present.placement import DIFFERS, LABELS, SILENT
from enact_graph.present.sharing import rows
from enact_graph.present.ties import witnesses
from enact_graph.present.values import Wording
from enact_graph.present.view import Item, Part, Row
from enact_graph.vocabulary import DCTERMS, ENACT, ORG, PRECISION, RDF, SCHEMA, SKOS

_E: Final = terms.ENACT

#: What is told first; the rest follows by its label.
_ORDER: Final = (
    SKOS.definition,
    DCTERMS.description,
    SKOS.altLabel,
    SCHEMA.legalName,
    ORG.classification,
    ENACT.cardinality,
    ENACT.fieldOfAction,
    ENACT.hasAxis,
    ENACT.alignsWith,
    SCHEMA.position,
    DCTERMS.subject,
    ORG.unitOf,
    DCTERMS.isPartOf,
    DCTERMS.spatial,
    SCHEMA.url,
)
#: Told elsewhere on the page: names in the title and the table of names, the class at the end,
#: sources in the notes, and how precise a date is in the date itself.
_HIDDEN: Final = LABELS.union(
    PRECISION.values(),
    (RDF.type, DCTERMS.source, SKOS.hiddenLabel),
)


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
        """What rules lead to, further classes included, each with the nodes it rests on."""
        told = [s for s in self._told() if is_inferred(s)]
        said = self.wording.entity.statements
        if any(s.predicate == RDF.type and not is_inferred(s) for s in said):
            # Where rules alone give a class, it stands at the end of the page.
            told += [s for s in said if s.predicate == RDF.type and is_inferred(s)]
        return self._outgoing(told)

    def incoming(self, without: frozenset[str]) -> tuple[Row, ...]:
        """What is said of others with this thing as object, but not by the nodes `without`.

        The passages of a document are listed by themselves.
        """
        nodes = self.wording.entity.nodes
        differ = {o.value for o in self.wording.entity.objects(DIFFERS)}
        silent = SILENT - {DIFFERS}
        said = [
            s
            for s in self.wording.entity.incoming
            if s.subject not in without
            and s.predicate not in silent
            and not (s.predicate == DIFFERS and s.subject in differ)
            and not is_inferred(s)
            and not (s.predicate == HAS_SOURCE and s.subject in nodes)
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
