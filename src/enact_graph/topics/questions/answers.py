"""The answer of a named question as people read it: names linked, amounts and dates in words.

Columns that only say more of another one are told in it: a name with what it names, a hedge, a
currency or a precision with its value. Programs get every column as it is.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.entity import Entity, Labels, Name, Source
from enact_graph.present.notes import Notary
from enact_graph.present.table import column_title
from enact_graph.present.values import XSD, Wording
from enact_graph.present.view import Note, Part
from enact_graph.present.words import Voice
from enact_graph.topics.questions.grounds import Ground

_NUMBERS: Final = frozenset(XSD + k for k in ("integer", "decimal", "double", "float"))
_SAYS_NOTHING: Final = terms.VOCAB + "exactly"
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_EMPTY: Final = "–"
#: Sources that one note tells in full; a row counted from many has more.
_WITNESSES: Final = 8

Term = ox.NamedNode | ox.Literal
Record = Mapping[str, Term | None]


@dataclass(frozen=True)
class Answer:
    """The rows of an answer with what a page tells beside them.

    `labels` name every IRI in it, `sources` every graph; `behind` has the graphs that come from a
    passage or document in a cell, `grounds` what each row rests on, `ties` the nodes behind what
    rules conclude, each with its graphs.
    """

    variables: tuple[str, ...]
    rows: tuple[Record, ...]
    labels: Mapping[str, Labels] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    behind: Mapping[str, Sequence[str]] = field(default_factory=dict)
    grounds: Sequence[Ground] = ()
    ties: Mapping[tuple[str, str], Mapping[str, Sequence[str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """One column of the table: its variable, its title, and whether it holds numbers."""

    variable: str
    title: str
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in one cell: words, or the notes of sources."""

    parts: tuple[Part, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Line:
    """One row of the table, and who says so; None where a row is counted from many."""

    cells: tuple[Cell, ...]
    note: Note | None


@dataclass(frozen=True)
class Sheet:
    """A part of the table; `has_notes` where the sources of rows stand in a column of their own.

    There are `total` rows, told in `lines_total` lines: rows that differ in their sources alone
    are one line. The part is number `part` of `parts`.
    """

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    has_notes: bool
    total: int
    lines_total: int
    part: int = 1
    parts: int = 1


@dataclass(frozen=True)
class Reckoner:
    """Makes the table of an answer in one language."""

    answer: Answer
    voice: Voice
    question: str

    def sheet(self, part: int = 1, most: int = 60) -> Sheet:
        """Part number `part` of the table, in lines of `most` each."""
        told = [v for v in self.answer.variables if v not in self._folded]
        columns = tuple(
            Column(v, column_title(self.voice, self.question, v), v in self._numbers) for v in told
        )
        groups = self._groups(told)
        shown = groups[(part - 1) * most : part * most]
        lines = [self._line(told, rows) for rows in shown]
        cited = {g for line in lines for c in line.cells for note in c.notes for g in note.graphs}
        needed = {g for line in lines if line.note for g in line.note.graphs}
        parts = max(-(-len(groups) // most), 1)
        return Sheet(
            columns,
            tuple(lines),
            not needed <= cited,
            len(self.answer.rows),
            len(groups),
            part,
            parts,
        )

    def _groups(self, told: Sequence[str]) -> list[list[int]]:
        """The rows that differ only in the sources they name, each group by its row numbers."""
        found: dict[tuple[str, ...], list[int]] = {}
        for n, row in enumerate(self.answer.rows):
            cells = tuple("" if self._is_source(row[v]) else str(row[v]) for v in row if v in told)
            folded = tuple(str(row[v]) for v in self._folded)
            found.setdefault((*cells, *folded), []).append(n)
        return list(found.values())

    def _is_source(self, term: Term | None) -> bool:
        return isinstance(term, ox.NamedNode) and term.value in self.answer.behind

    def _line(self, told: Sequence[str], numbers: Sequence[int]) -> Line:
        rows = [self.answer.rows[n] for n in numbers]
        of_rows = [self.answer.grounds[n] for n in numbers if n < len(self.answer.grounds)]
        ground = of_rows[0] if of_rows else Ground()
        cells = []
        for v in told:
            terms_ = [t for row in rows if (t := row[v]) is not None and self._is_source(t)]
            if terms_:
                said = {g for t in terms_ for g in self.answer.behind[t.value]}
                cells.append(Cell(notes=(self._short(self._notary.note(said)),)))
            else:
                cells.append(Cell(tuple(self._parts(v, rows[0], ground))))
        graphs = frozenset(g for g_ in of_rows for g in g_.graphs)
        inferred = frozenset(p for g_ in of_rows for p in g_.inferred)
        return Line(tuple(cells), self._note(Ground(graphs, inferred)))

    def _short(self, note: Note) -> Note:
        """A note with no more sources than anybody reads; the rest is counted."""
        more = len(note.witnesses) - _WITNESSES
        if more <= 0:
            return note
        remark = self.voice.count("queries.more-sources", more)
        return replace(note, witnesses=note.witnesses[:_WITNESSES], remarks=(*note.remarks, remark))

    @cached_property
    def _wording(self) -> Wording:
        a = self.answer
        return Wording(Entity("", (), (), 0, {}, a.labels, a.sources), self.voice)

    @cached_property
    def _notary(self) -> Notary:
        return Notary(self.voice, self.answer.sources, self.answer.labels)

    @cached_property
    def _numbers(self) -> list[str]:
        return self._where(lambda t: isinstance(t, ox.Literal) and t.datatype.value in _NUMBERS)

    @cached_property
    def _dates(self) -> list[str]:
        return self._where(lambda t: isinstance(t, ox.Literal) and t.datatype.value == XSD + "date")

    @cached_property
    def _folded(self) -> dict[str, str]:
        """The columns told in another one, each with that one."""
        found: dict[str, str] = {}
        for variable in self.answer.variables:
            into = self._names(variable) or self._limits(variable)
            if into and into != variable and into not in found:
                found[variable] = into
        return found

    def _names(self, variable: str) -> str | None:
        """The column whose things a column of texts only names."""
        cells = [(row, row[variable]) for row in self.answer.rows]
        if not any(isinstance(t, ox.Literal) for _, t in cells):
            return None

        def is_named(row: Record, other: str, text: Term | None) -> bool:
            thing = row[other]
            if text is None:
                return True
            labels = self.answer.labels.get(thing.value, {}) if thing is not None else {}
            return isinstance(thing, ox.NamedNode) and text.value in labels.values()

        before = self.answer.variables[: self.answer.variables.index(variable)]
        fits = (o for o in reversed(before) if all(is_named(row, o, t) for row, t in cells))
        return next(fits, None)

    def _limits(self, variable: str) -> str | None:
        """The column whose values a column of hedges, currencies or precisions limits."""
        for ending, kind in (("hedge", self._numbers), ("precision", self._dates)):
            if not variable.lower().endswith(ending):
                continue
            stem = variable[: -len(ending)]
            if stem:
                return stem if stem in kind else None
            return kind[0] if kind else None
        if variable == "currency":
            return next((n for n in self._numbers if n.lower().endswith("amount")), None)
        return None

    def _where(self, is_so: Callable[[Term], bool]) -> list[str]:
        """The columns in which every value there is is so, and there is one."""
        found = []
        for v in self.answer.variables:
            terms_ = [t for row in self.answer.rows if (t := row[v]) is not None]
            if terms_ and all(map(is_so, terms_)):
                found.append(v)
        return found

    def _parts(self, variable: str, row: Record, ground: Ground) -> Iterable[Part]:
        term = row[variable]
        if term is None:
            yield self._wording.plain(_EMPTY)
        elif isinstance(term, ox.NamedNode):
            yield from self._wording.parts(term)
        else:
            yield from self._literal(variable, term, row, ground)

    def _literal(
        self, variable: str, term: ox.Literal, row: Record, ground: Ground
    ) -> Iterable[Part]:
        hedges = [t for v, into in self._folded.items() if into == variable for t in [row[v]] if t]
        for hedge in hedges:
            is_word = isinstance(hedge, ox.NamedNode) and "precision" not in hedge.value
            if is_word and hedge.value != _SAYS_NOTHING:
                name = self._wording.entity.name(hedge.value, self.voice.lang)
                yield self._wording.tag(name.text, "hedge", name.language)
        if variable in self._dates:
            yield self._wording.plain(self._day(variable, term.value, hedges, ground))
        elif variable in self._numbers:
            yield self._wording.plain(self._number(variable, term.value, row, ground))
        elif term.language:
            yield Part(Name(term.value, term.language))
        else:
            yield from self._wording.parts(term)

    def _day(self, variable: str, day: str, told: Sequence[Term], ground: Ground) -> str:
        stated = [t.value.rpartition("precision-")[2] for t in told if "precision-" in t.value]
        precision = next(iter(stated), ground.precision.get(variable, "day"))
        try:
            return self.voice.date(date.fromisoformat(day[:10]), precision)
        except ValueError:
            return day

    def _number(self, variable: str, value: str, row: Record, ground: Ground) -> str:
        try:
            number = round(Decimal(value), 2).normalize() + 0
        except InvalidOperation:
            return value
        told = row.get("currency") if variable.lower().endswith("amount") else None
        unit = told.value if told is not None else ground.units.get(variable, "")
        if _CURRENCY.fullmatch(unit):
            return self.voice.money(number, unit)
        written = self.voice.number(number)
        return f"{unit} {written}" if unit else written

    def _note(self, ground: Ground) -> Note | None:
        """Who says a row; of what rules conclude, the nodes it was concluded from as well."""
        if not ground.graphs:
            return None
        nodes: dict[str, Sequence[str]] = {}
        for pair in sorted(ground.inferred):
            nodes |= self.answer.ties.get(pair, {})
        links = tuple(self._wording.link(n) for n in nodes)
        return self._short(self._notary.note(ground.graphs, links))
