"""The correction of one statement: which lines go and come, in which files."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from enact_graph.build import answers, links, proof, rejection
from enact_graph.build.form import Change
from enact_graph.build.inventory import Inventory
from enact_graph.build.lexical import is_valid
from enact_graph.build.partial import PartialDate
from enact_graph.build.proof import Proof, Unusable
from enact_graph.build.refusal import Refusal
from enact_graph.build.shelving import shelve
from enact_graph.build.skeleton import Draft
from enact_graph.build.sources import Sources, graph_of
from enact_graph.build.variant import Variant
from enact_graph.proposal import Proposal
from enact_graph.terms import ENACT, GRAPH_CURATION, PREFIXES, VOCAB
from enact_graph.trig.statement import Statement
from enact_graph.trig.typography import typographic

_XSD: Final = PREFIXES["xsd"]
_SCHEMA: Final = PREFIXES["schema"]
_END: Final = _SCHEMA + "endDate"
#: Each date, and the property that says how precisely it is known.
_PRECISION: Final = {
    _SCHEMA + "startDate": ENACT + "startPrecision",
    _END: ENACT + "endPrecision",
    ENACT + "dueBy": ENACT + "duePrecision",
    PREFIXES["dcterms"] + "date": ENACT + "datePrecision",
    PREFIXES["dcterms"] + "issued": ENACT + "issuedPrecision",
}
#: Classes of which each thing may end.
_DATED: Final = (
    *(ENACT + name for name in ("Involvement", "Commitment", "Funding")),
    PREFIXES["org"] + "Membership",
)
#: Dates that mean the last day of a month or year that is known no better.
_LAST: Final = frozenset({_END, ENACT + "dueBy"})
_NUMBERS: Final = frozenset(
    _XSD + name for name in ("integer", "decimal", "double", "nonNegativeInteger")
)

Term = ox.NamedNode | ox.Literal


@dataclass(frozen=True)
class _Edit:
    """Statements that go, and statements that come, each with its file."""

    gone: tuple[Statement, ...] = ()
    drafts: tuple[Draft, ...] = ()


def correct(inventory: Inventory, proposal: Proposal) -> tuple[Change, ...]:
    """Return the changed files, in canonical form; the first is that of the statement.

    Unusable where an answer of the form cannot be used, or nothing authored says the statement.
    """
    statement = _find(inventory.sources, proposal)
    if statement.place.file == links.FILE:
        return rejection.correct(inventory.sources, statement, proposal)
    edit = _Corrector(inventory, proposal, statement).edit()
    changes = shelve(_without(inventory.sources, edit.gone), _with_files(edit))
    return tuple(sorted(changes, key=lambda c: (*_rank(c.name, statement), c.name)))


def _rank(name: str, statement: Statement) -> tuple[bool, bool]:
    """The file of the statement first, then that of a document, then what is named by the way."""
    return (name != statement.place.file, not name.startswith("data/documents/"))


def _find(sources: Sources, proposal: Proposal) -> Statement:
    triple = (proposal.subject, proposal.predicate, proposal.object, proposal.graph)
    for statement in sources.statements:
        quad = statement.quad
        graph = quad.graph_name
        named = graph.value if isinstance(graph, ox.NamedNode) else ""
        subject = getattr(quad.subject, "value", "")
        if (subject, quad.predicate.value, str(quad.object), named) == triple:
            return statement
    raise Unusable("", Refusal("not-authored"))


def _without(sources: Sources, gone: Iterable[Statement]) -> Sources:
    lost = set(gone)
    files = {s.place.file for s in lost}
    places = {(s.place, s.quad.predicate, s.quad.object) for s in lost}
    return replace(
        sources,
        files=tuple(
            replace(
                file,
                parsed=replace(
                    file.parsed,
                    statements=tuple(
                        s
                        for s in file.parsed.statements
                        if (s.place, s.quad.predicate, s.quad.object) not in places
                    ),
                ),
            )
            if file.name in files
            else file
            for file in sources.files
        ),
    )


def _with_files(edit: _Edit) -> list[Draft]:
    """The drafts, with an empty one for each file that only loses lines."""
    files = {s.place.file for s in edit.gone}
    return [*(Draft(name, ()) for name in sorted(files)), *edit.drafts]


class _Corrector:
    def __init__(self, inventory: Inventory, proposal: Proposal, statement: Statement) -> None:
        self.inventory = inventory
        self.proposal = proposal
        self.statement = statement
        self.file = statement.place.file
        self.subject = ox.NamedNode(proposal.subject)
        self.predicate = ox.NamedNode(proposal.predicate)

    def edit(self) -> _Edit:
        return {
            "value": self._value,
            "ended": self._ended,
            "missing": self._missing,
            "thing": self._thing,
            "source": self._source,
        }[self.proposal.change]()

    def _value(self) -> _Edit:
        """Another value stands in the place of the one there is.

        What another document says stands beside it: no source is made to say what it does not.
        """
        fresh, precision = self._read()
        known = self._precisions()
        if fresh == self.statement.quad.object and (
            precision is None or {s.quad.object for s in known} == {precision}
        ):
            raise Unusable("value", Refusal("same-value"))
        come = self._said(fresh, precision)
        if found := self._elsewhere():
            try:
                beside = Variant(self.inventory, self.statement, found).drafts(come)
            except Refusal as refusal:
                raise Unusable("url", refusal) from refusal
            return _Edit((), (*found.drafts, *beside))
        gone = [self.statement, *(known if precision is not None else ())]
        return _Edit(tuple(gone), (self._draft(self.file, self.proposal.graph, come),))

    def _elsewhere(self) -> Proof | None:
        """The evidence, where it is another document than the one that makes the statement."""
        evidence, own = self.proposal.evidence, self.inventory.document(self.proposal.graph)
        if not evidence.url or own is None:
            return None
        found = proof.find(self.inventory, evidence, self.proposal.graph)
        return None if self.inventory.document(found.graph) == own else found

    def _ended(self) -> _Edit:
        """The end of what the statement is about is stated, where the evidence is."""
        if not self._has_dates():
            raise Unusable("", Refusal("not-dated"))
        try:
            end = PartialDate.read(self.proposal.value)
        except Refusal as refusal:
            raise Unusable("value", refusal) from refusal
        found = proof.find(self.inventory, self.proposal.evidence, self.proposal.graph)
        come: list[tuple[ox.NamedNode, Term]] = [
            (ox.NamedNode(_END), ox.Literal(end.last, datatype=ox.NamedNode(_XSD + "date"))),
            (ox.NamedNode(_PRECISION[_END]), _precision(end)),
        ]
        return _Edit((), (*found.drafts, self._draft(found.file, found.graph, come)))

    def _missing(self) -> _Edit:
        """A further value is stated, where the evidence is."""
        fresh, precision = self._read()
        found = proof.find(self.inventory, self.proposal.evidence, self.proposal.graph)
        come = self._said(fresh, precision)
        file = found.file
        if found.graph == GRAPH_CURATION:
            file = self.inventory.curation_file(self.proposal.subject) or file
        graph = ox.NamedNode(found.graph)
        if any(
            s.quad == ox.Quad(self.subject, self.predicate, fresh, graph)
            for s in self.inventory.sources.statements
        ):
            raise Unusable("value", Refusal("same-value"))
        return _Edit((), (*found.drafts, self._draft(file, found.graph, come)))

    def _thing(self) -> _Edit:
        """Another thing is meant: the statement is said of that one."""
        if not self.proposal.target:
            raise Unusable("thing", Refusal("empty"))
        meant = ox.NamedNode(self.proposal.target)
        if meant == self.subject:
            raise Unusable("thing", Refusal("same-value"))
        quad = self._quad(meant, self.predicate, self._object, self.proposal.graph, self.file)
        return _Edit((self.statement,), (Draft(self.file, (quad,)),))

    def _source(self) -> _Edit:
        """The source does not say so: the line goes; it comes back where the evidence is."""
        if not self.proposal.evidence.url:
            return _Edit((self.statement,))
        found = proof.find(self.inventory, self.proposal.evidence, self.proposal.graph)
        if found.graph == self.proposal.graph:
            raise Unusable("url", Refusal("same-source"))
        come = self._draft(found.file, found.graph, [(self.predicate, self._object)])
        return _Edit((self.statement,), (*found.drafts, come))

    def _said(self, fresh: Term, precision: ox.NamedNode | None) -> list[tuple[ox.NamedNode, Term]]:
        """The new value and, of a date, its precision, each with its property."""
        said: list[tuple[ox.NamedNode, Term]] = [(self.predicate, fresh)]
        if precision is not None:
            said.append((ox.NamedNode(_PRECISION[self.predicate.value]), precision))
        return said

    @property
    def _object(self) -> Term:
        value = self.statement.quad.object
        assert isinstance(value, ox.NamedNode | ox.Literal), "no authored statement has another"
        return value

    def _read(self) -> tuple[Term, ox.NamedNode | None]:
        """The new value, of the kind of the one there is; of a date its precision too."""
        said, old = self.proposal.value, self._object
        if isinstance(old, ox.NamedNode):
            return self._node(said), None
        if not said:
            raise Unusable("value", Refusal("empty"))
        kind = old.datatype.value
        try:
            if kind == _XSD + "date":
                return self._date(PartialDate.read(said))
            # Thousands may be apart, and a comma may stand before decimals.
            text = "".join(said.split()).replace(",", ".") if kind in _NUMBERS else said
            text = answers.line(text)
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
            return ox.NamedNode(answers.url(said))
        except Refusal as refusal:
            raise Unusable("value", Refusal("empty") if not said else refusal) from refusal

    def _date(self, day: PartialDate) -> tuple[ox.Literal, ox.NamedNode | None]:
        name = self.predicate.value
        text = day.last if name in _LAST else day.first
        literal = ox.Literal(text, datatype=ox.NamedNode(_XSD + "date"))
        if name in _PRECISION and (self._precisions() or day.precision != "day"):
            return literal, _precision(day)
        if day.precision != "day":
            raise Refusal("not-a-day", said=day.written)
        return literal, None

    def _precisions(self) -> list[Statement]:
        """What the same graph says of how precisely the date is known."""
        wanted = _PRECISION.get(self.predicate.value)
        return [
            s
            for s in self.inventory.sources.statements
            if s.quad.subject == self.subject
            and s.quad.predicate.value == wanted
            and s.quad.graph_name == self.statement.quad.graph_name
        ]

    def _has_dates(self) -> bool:
        """Whether things of this kind have a beginning and an end."""
        inventory, subject = self.inventory, self.proposal.subject
        has_start = bool(inventory.values(subject, _SCHEMA + "startDate"))
        return has_start or inventory.is_a(subject, *_DATED)

    def _draft(self, file: str, graph: str, said: Iterable[tuple[ox.NamedNode, Term]]) -> Draft:
        return Draft(file, tuple(self._quad(self.subject, p, o, graph, file) for p, o in said))

    @staticmethod
    def _quad(
        subject: ox.NamedNode, predicate: ox.NamedNode, value: Term, graph: str, file: str
    ) -> ox.Quad:
        if graph_of(file) is not None:  # such a file names no graph itself
            return ox.Quad(subject, predicate, value)
        return ox.Quad(subject, predicate, value, ox.NamedNode(graph))


def _precision(day: PartialDate) -> ox.NamedNode:
    return ox.NamedNode(f"{VOCAB}precision-{day.precision}")
