"""The answer of a named question as a workbook: a sheet of rows, and one that says what they are.

Dates and numbers are cells of their own type, IRIs are links. Texts are written as strings, so
that one that begins with =, +, - or @ is never taken for a formula. The same answer of the same
release is the same file, byte for byte: the date in it is that of the release.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import pyoxigraph as ox
import xlsxwriter

from enact_graph.present.table import column_title
from enact_graph.present.values import XSD
from enact_graph.present.words import Voice

#: What the format holds: more rows, longer texts and further links are left out or cut.
_ROWS, _LETTERS, _LINKS, _ADDRESS = 1_048_575, 32_767, 65_000, 2_079
#: Digits that a cell keeps of a number.
_DIGITS: Final = 15
_WIDTHS: Final = (8, 60)
_NUMBERS: Final = frozenset(XSD + k for k in ("integer", "decimal", "double", "float"))


@dataclass(frozen=True)
class About:
    """What the second sheet says: question, address, release, licence, values asked with.

    What is empty is left out.
    """

    title: str
    about: str
    address: str
    version: str
    issued: str
    licence: str
    values: Sequence[tuple[str, str]] = ()


def write(body: bytes, about: About, voice: Voice, question: str) -> bytes:
    """SPARQL results in JSON as a workbook with its header in the language of `voice`."""
    answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties(
        {
            "title": about.title,
            "subject": about.about,
            "company": voice.text("frame.site"),
            "created": datetime.fromisoformat(about.issued),
        }
    )
    sheet = _Sheet(book, voice.text("workbook.answer"))
    if isinstance(answer, ox.QueryBoolean):
        sheet.header([voice.text("workbook.answer")])
        sheet.row([bool(answer)])
    else:
        assert isinstance(answer, ox.QuerySolutions)
        variables = [v.value for v in answer.variables]
        sheet.header([column_title(voice, question, v) for v in variables])
        for solution in answer:
            sheet.row([solution[v] for v in variables])
    sheet.finish()
    _describe(_Sheet(book, voice.text("workbook.about")), about, voice, question)
    book.close()
    return out.getvalue()


def _describe(sheet: "_Sheet", about: About, voice: Voice, question: str) -> None:
    told: list[tuple[str, object]] = [
        ("dataset", voice.text("frame.site")),
        ("version", about.version),
        ("issued", ox.Literal(about.issued, datatype=ox.NamedNode(XSD + "date"))),
        ("question", about.title),
        ("meaning", about.about),
        ("name", question),
        ("address", ox.NamedNode(about.address)),
        ("licence", ox.NamedNode(about.licence) if about.licence else ""),
    ]
    sheet.header([voice.text("workbook.what"), voice.text("workbook.value")])
    for key, value in told:
        if value:
            sheet.row([voice.text(f"workbook.{key}"), value])
    for name, value in about.values:
        sheet.row([name, value])
    sheet.finish()


class _Sheet:
    """One sheet, filled row by row."""

    def __init__(self, book: Any, name: str) -> None:
        self._sheet = book.add_worksheet(name)
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._date = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._link = book.get_default_url_format()
        self._widths: list[int] = []
        self._links = 0
        self._next = 0

    def header(self, titles: Sequence[str]) -> None:
        """The first row, which stays in sight."""
        for column, text in enumerate(titles):
            self._sheet.write_string(0, column, text, self._bold)
        self._widths = [len(t) + 2 for t in titles]
        self._sheet.freeze_panes(1, 0)
        self._next = 1

    def row(self, cells: Sequence[object]) -> None:
        """One row; beyond what a sheet holds it is left out, and the other formats have it."""
        if self._next > _ROWS:
            return
        for column, cell in enumerate(cells):
            shown = self._cell(self._next, column, cell)
            self._widths[column] = max(self._widths[column], len(shown) + 1)
        self._next += 1

    def finish(self) -> None:
        """Set the widths, and filters over the columns."""
        least, most = _WIDTHS
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, min(max(width, least), most))
        self._sheet.autofilter(0, 0, max(self._next - 1, 0), max(len(self._widths) - 1, 0))

    def _cell(self, row: int, column: int, term: object) -> str:
        match term:
            case None:
                return ""
            case bool():
                self._sheet.write_boolean(row, column, term)
                return str(term)
            case ox.NamedNode():
                return self._iri(row, column, term.value)
            case ox.Literal():
                return self._literal(row, column, term.value, term.datatype.value)
            case _:
                return self._text(row, column, str(term))

    def _iri(self, row: int, column: int, iri: str) -> str:
        is_web = iri.startswith(("https://", "http://")) and len(iri) <= _ADDRESS
        if not is_web or self._links >= _LINKS:
            return self._text(row, column, iri)
        self._links += 1
        self._sheet.write_url(row, column, iri, self._link, iri)
        return iri

    def _literal(self, row: int, column: int, value: str, kind: str) -> str:
        if kind == XSD + "date" and (day := _day(value)):
            self._sheet.write_datetime(row, column, day, self._date)
            return value
        if kind in _NUMBERS and (number := _number(value)) is not None:
            self._sheet.write_number(row, column, number)
            return value
        if kind == XSD + "boolean" and value in ("true", "false", "1", "0"):
            self._sheet.write_boolean(row, column, value in ("true", "1"))
            return value
        return self._text(row, column, value)

    def _text(self, row: int, column: int, text: str) -> str:
        self._sheet.write_string(row, column, text[:_LETTERS])
        return text


def _day(value: str) -> date | None:
    """A date that the format can hold: from 1900 on, without a time zone."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day.year >= 1900 else None


def _number(value: str) -> float | None:
    """A number that a cell keeps as it is; None of one with more digits."""
    try:
        number = Decimal(value)
    except ArithmeticError:
        return None
    if not number.is_finite() or len(number.normalize().as_tuple().digits) > _DIGITS:
        return None
    return float(number)
