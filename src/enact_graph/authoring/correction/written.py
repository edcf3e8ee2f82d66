"""What people write, read as a value of the kind that a statement has: a text, a number, a date."""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from enact_graph.authoring.correction.proof import Unusable
from enact_graph.authoring.new import fields
from enact_graph.authoring.new.fields import PartialDate, Refusal
from enact_graph.authoring.new.inventory import Inventory
from enact_graph.proposal import Proposal
from enact_graph.rdf.characters import typographic
from enact_graph.rdf.lexical import is_valid
from enact_graph.rdf.statement import Statement
from enact_graph.terms import VOCAB
from enact_graph.vocabulary import ENACT, PRECISION, SCHEMA, XSD

_DATE: Final = ox.NamedNode(XSD.date)
END: Final = SCHEMA.endDate
#: Dates that mean the last day of a month or year that is known no better.
_LAST: Final = frozenset({END, ENACT.dueBy})
_NUMBERS: Final = frozenset({XSD.integer, XSD.decimal, XSD.double, XSD.nonNegativeInteger})

Term = ox.NamedNode | ox.Literal
#: Properties, each with its value.
Said = list[tuple[ox.NamedNode, Term]]


@dataclass(frozen=True)
class Written:
    """The new value of a proposal, of the kind that the statement in question has."""

    inventory: Inventory
    proposal: Proposal
    statement: Statement

    @property
    def old(self) -> Term:
        """The value there is."""
        value = self.statement.quad.object
        assert isinstance(value, ox.NamedNode | ox.Literal), "no authored statement has another"
        return value

    def read(self) -> Said:
        """Return the new value with its property, and after it, of a date, its precision.

        Unusable where it is none of the kind of the old one.
        """
        predicate = ox.NamedNode(self.proposal.predicate)
        value, precision = self._read()
        said: Said = [(predicate, value)]
        if precision is not None:
            said.append((ox.NamedNode(PRECISION[predicate.value]), precision))
        return said

    def _read(self) -> tuple[Term, ox.NamedNode | None]:
        said, old = self.proposal.value, self.old
        if isinstance(old, ox.NamedNode):
            return self._node(said), None
        if not said:
            raise Unusable("value", Refusal("empty"))
        kind = old.datatype.value
        try:
            if kind == XSD.date:
                return self._date(PartialDate.read(said))
            # Thousands may be apart, and a comma may stand before decimals.
            text = "".join(said.split()).replace(",", ".") if kind in _NUMBERS else said
            text = fields.line(text)
        except Refusal as refusal:
            raise Unusable("value", refusal) from refusal
        if old.language:
            language = self.proposal.language or old.language
            return ox.Literal(typographic(text, language), language=language), None
        if not is_valid(text, old.datatype.value):
            raise Unusable("value", Refusal("bad-value", said=said))
        return ox.Literal(text, datatype=old.datatype), None

    def _node(self, said: str) -> ox.NamedNode:
        if self.proposal.target:
            return ox.NamedNode(self.proposal.target)
        try:
            return ox.NamedNode(fields.url(said))
        except Refusal as refusal:
            raise Unusable("value", Refusal("empty") if not said else refusal) from refusal

    def _date(self, day: PartialDate) -> tuple[ox.Literal, ox.NamedNode | None]:
        name = self.proposal.predicate
        literal = ox.Literal(day.last if name in _LAST else day.first, datatype=_DATE)
        if name in PRECISION and (self.precisions() or day.precision != "day"):
            return literal, _precision(day)
        if day.precision != "day":
            raise Refusal("not-a-day", said=day.written)
        return literal, None

    def precisions(self) -> list[Statement]:
        """What the same graph says of how precisely the date is known."""
        wanted = PRECISION.get(self.proposal.predicate)
        return [
            s
            for s in self.inventory.sources.statements
            if s.quad.subject == self.statement.quad.subject
            and s.quad.predicate.value == wanted
            and s.quad.graph_name == self.statement.quad.graph_name
        ]


def ended(day: PartialDate) -> Said:
    """Return the end of something, and how precisely it is known."""
    end = ox.Literal(day.last, datatype=_DATE)
    return [(ox.NamedNode(END), end), (ox.NamedNode(PRECISION[END]), _precision(day))]


def _precision(day: PartialDate) -> ox.NamedNode:
    return ox.NamedNode(f"{VOCAB}precision-{day.precision}")
