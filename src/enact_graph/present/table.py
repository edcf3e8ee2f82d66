"""Answers of queries as pages show them: tables of linked cells, yes or no, a graph as text."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.errors import EnactGraphError
from enact_graph.graph.entity import Labels, Name, pick
from enact_graph.present.view import Part, address
from enact_graph.present.words import Voice

#: Rows of a longer answer that a page shows.
SHOWN: Final = 1000
#: The types of XML Schema whose values stand to the right, without their namespace.
NUMBERS: Final = ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
#: What an IRI consists of: whatever else an answer holds is put into no query of ours.
_PLAIN: Final = re.compile(r"[^\x00-\x20<>\"{}|^`\\]+")

_UPPER: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Example:
    """A query to start from; `titles` is the question in each language, `text` the SPARQL.

    `texts` holds the same query so that it answers with names in a language.
    """

    slug: str
    titles: Mapping[str, str]
    text: str
    topic: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)

    def spoken(self, language: str) -> str:
        """Return the query whose answer has names in a language, if it has names."""
        return self.texts.get(language, self.text)


@dataclass(frozen=True)
class Table:
    """Rows of cells, None where a variable is unbound; `total` rows were found in all."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Part | None, ...], ...]
    total: int


@dataclass(frozen=True)
class Outcome:
    """What came of a query: exactly one of a table, a truth, a text or a problem.

    `links` holds the addresses of the same answer in other formats, title first.
    """

    table: Table | None = None
    truth: bool | None = None
    text: str | None = None
    problem: EnactGraphError | None = None
    links: Sequence[tuple[str, str]] = ()


def read(
    body: bytes,
    links: Sequence[tuple[str, str]] = (),
    limit: int = SHOWN,
    labels: Mapping[str, Labels] | None = None,
    lang: str = "",
) -> Outcome:
    """Read SPARQL results in JSON; of a longer table the first `limit` rows are shown.

    An IRI that `labels` knows bears its name in the language, any other its short form.
    """
    answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(answer, ox.QueryBoolean):
        return Outcome(truth=bool(answer), links=links)
    assert isinstance(answer, ox.QuerySolutions)
    columns = tuple(v.value for v in answer.variables)
    rows: list[tuple[Part | None, ...]] = []
    total = 0
    for solution in answer:
        total += 1
        if total <= limit:
            rows.append(tuple(cell(solution[c], labels or {}, lang) for c in columns))
    return Outcome(table=Table(columns, tuple(rows), total), links=links)


def mentioned(body: bytes, limit: int = SHOWN) -> set[str]:
    """The IRIs in the first `limit` rows of SPARQL results in JSON."""
    answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if not isinstance(answer, ox.QuerySolutions):
        return set()
    names = [v.value for v in answer.variables]
    found = (row[name] for row in islice(answer, limit) for name in names)
    return {t.value for t in found if isinstance(t, ox.NamedNode) and _PLAIN.fullmatch(t.value)}


def cell(term: object, labels: Mapping[str, Labels], lang: str) -> Part | None:
    """One bound term as a cell: IRIs by name or in short form, numbers to be set to the right."""
    match term:
        case ox.NamedNode():
            if name := pick(labels.get(term.value, {}), lang):
                return Part(name, address(term.value))
            return Part(Name(terms.shorten(term.value), ""), address(term.value), "code")
        case ox.Literal():
            kind = term.datatype.value.removeprefix(terms.PREFIXES["xsd"])
            style = "n" if kind in NUMBERS else ""
            return Part(Name(term.value, term.language or ""), style=style)
        case None:
            return None
        case _:
            return Part(Name(str(term), ""), kind="code")


def column_title(voice: Voice, question: str, variable: str) -> str:
    """The title of a column: the variable itself where no text names it."""
    name = _UPPER.sub("-", variable).lower()
    for key in (f"column-in.{question}.{name}", f"column.{name}"):
        if voice.has(key):
            return voice.text(key)
    return variable


def csv_of(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV (RFC 4180)."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
