"""The correction of one statement: which lines go and come, in which files."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from enact_graph.authoring import links, sssom
from enact_graph.authoring.correction import proof
from enact_graph.authoring.correction.proof import Proof, Unusable
from enact_graph.authoring.correction.variant import Variant
from enact_graph.authoring.correction.written import Said, Term, Written, ended
from enact_graph.authoring.form import Change
from enact_graph.authoring.new import fields
from enact_graph.authoring.new.fields import PartialDate, Refusal
from enact_graph.authoring.new.inventory import Inventory
from enact_graph.authoring.new.save import shelve
from enact_graph.authoring.new.skeleton import Draft
from enact_graph.authoring.sources import Sources, graph_of
from enact_graph.proposal import Proposal
from enact_graph.rdf.statement import Statement
from enact_graph.terms import ENACT, GRAPH_CURATION
from enact_graph.vocabulary import ORG, SCHEMA

_MODIFIER: Final = sssom.COLUMNS.index("predicate_modifier")
_OBJECT: Final = sssom.COLUMNS.index("object_id")
_LABEL: Final = sssom.COLUMNS.index("object_label")
_COMMENT: Final = sssom.COLUMNS.index("comment")


def reject(sources: Sources, statement: Statement, proposal: Proposal) -> tuple[Change, ...]:
    """Return the table with the link rejected and, if another is meant, that one asserted."""
    if proposal.change not in ("value", "source"):
        raise Unusable("", Refusal("link-change"))
    file = next(file for file in sources.files if file.name == links.FILE)
    sheet = sssom.part(file.text)
    rows = dict(sheet.rows)
    cells = rows.pop(statement.place.line)
    rejected = list(cells)
    rejected[_MODIFIER] = links.REJECTED
    rejected[_COMMENT] = "does not denote the same thing"
    if url := proposal.evidence.url:
        rejected[_COMMENT] += f" ({_address('url', url)})"
    further = [tuple(rejected)]
    if proposal.change == "value":
        fresh = list(cells)
        fresh[_OBJECT] = _name(file.text, _address("value", proposal.value))
        if fresh[_OBJECT] == cells[_OBJECT]:
            raise Unusable("value", Refusal("same-value"))
        fresh[_LABEL] = ""
        further.append(tuple(fresh))
    text = sssom.write(replace(sheet, rows=(*rows.items(), *((0, row) for row in further))))
    before = (sources.root / links.FILE).read_bytes()
    return (Change(links.FILE, before, text.encode()),)


def _address(field: str, said: str) -> str:
    try:
        return fields.url(said)
    except Refusal as refusal:
        raise Unusable(field, refusal) from refusal


def _name(text: str, iri: str) -> str:
    """The IRI as the table writes it; Unusable where no prefix of the table fits."""
    ox.NamedNode(iri)
    prefixes = links.read(text).prefixes
    fits = [(ns, p) for p, ns in prefixes.items() if iri.startswith(ns) and iri != ns]
    if not fits:
        raise Unusable("value", Refusal("no-prefix", said=iri))
    namespace, prefix = max(fits, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri[len(namespace) :]}"


#: Classes of which each thing may end.
_DATED: Final = (
    *(ENACT + name for name in ("Involvement", "Commitment", "Funding")),
    ORG.Membership,
)


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
        return reject(inventory.sources, statement, proposal)
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
        self.written = Written(inventory, proposal, statement)
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
        come, known = self.written.read(), self.written.precisions()
        is_dated = len(come) > 1
        there = {self.statement.quad.object, *(s.quad.object for s in known if is_dated)}
        if {value for _, value in come} == there:
            raise Unusable("value", Refusal("same-value"))
        if self.proposal.evidence.url and self._own:
            found = proof.find(self.inventory, self.proposal.evidence, self.proposal.graph)
            if self._is_elsewhere(found):
                try:
                    return self._beside(found, come)
                except Refusal as refusal:
                    raise Unusable("url", refusal) from refusal
        gone = [self.statement, *(known if is_dated else ())]
        return _Edit(tuple(gone), (self._draft(self.file, self.proposal.graph, come),))

    def _beside(self, found: Proof, come: Said) -> _Edit:
        drafts = Variant(self.inventory, self.statement, found).drafts(come)
        return _Edit((), (*found.drafts, *drafts))

    @property
    def _own(self) -> str | None:
        """The document that makes the statement; None of our own words."""
        return self.inventory.document(self.proposal.graph)

    def _is_elsewhere(self, found: Proof) -> bool:
        """Does another document say so than the one that makes the statement?"""
        return self._own not in (None, self.inventory.document(found.graph))

    def _ended(self) -> _Edit:
        """The end of what the statement is about is stated, where the evidence is."""
        if not self._has_dates():
            raise Unusable("", Refusal("not-dated"))
        try:
            end = PartialDate.read(self.proposal.value)
        except Refusal as refusal:
            raise Unusable("value", refusal) from refusal
        found = proof.find(self.inventory, self.proposal.evidence, self.proposal.graph)
        come = self._draft(found.file, found.graph, ended(end))
        return _Edit((), (*found.drafts, come))

    def _missing(self) -> _Edit:
        """A further value is stated, where the evidence is.

        A further number or date of one fact is another account of it, and stands beside the first.
        """
        come = self.written.read()
        fresh = come[0][1]
        found = proof.find(self.inventory, self.proposal.evidence, self.proposal.graph)
        is_measured = isinstance(fresh, ox.Literal) and not fresh.language
        if is_measured and self._is_elsewhere(found):
            with suppress(Refusal):
                return self._beside(found, come)
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
        quad = self._quad(meant, self.predicate, self.written.old, self.proposal.graph, self.file)
        return _Edit((self.statement,), (Draft(self.file, (quad,)),))

    def _source(self) -> _Edit:
        """The source does not say so: the line goes; it comes back where the evidence is."""
        if not self.proposal.evidence.url:
            return _Edit((self.statement,))
        found = proof.find(self.inventory, self.proposal.evidence, self.proposal.graph)
        if found.graph == self.proposal.graph:
            raise Unusable("url", Refusal("same-source"))
        come = self._draft(found.file, found.graph, [(self.predicate, self.written.old)])
        return _Edit((self.statement,), (*found.drafts, come))

    def _has_dates(self) -> bool:
        """Whether things of this kind have a beginning and an end."""
        inventory, subject = self.inventory, self.proposal.subject
        has_start = bool(inventory.values(subject, SCHEMA.startDate))
        return has_start or inventory.is_a(subject, *_DATED)

    def _draft(self, file: str, graph: str, said: Said) -> Draft:
        return Draft(file, tuple(self._quad(self.subject, p, o, graph, file) for p, o in said))

    @staticmethod
    def _quad(
        subject: ox.NamedNode, predicate: ox.NamedNode, value: Term, graph: str, file: str
    ) -> ox.Quad:
        if graph_of(file) is not None:  # such a file names no graph itself
            return ox.Quad(subject, predicate, value)
        return ox.Quad(subject, predicate, value, ox.NamedNode(graph))
