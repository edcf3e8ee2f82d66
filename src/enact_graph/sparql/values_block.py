"""The rows that another endpoint answered, written into a query as VALUES.

A SERVICE clause means the join with a table that the other endpoint computes by itself (SPARQL 1.1
Federated Query, section 5); a VALUES block means the join with the table that it holds.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from enact_graph.errors import EndpointError
from enact_graph.sparql.tokens import Kind, scan
from enact_graph.terms import BASE

#: Skolem IRIs (RDF 1.1 Concepts, section 3.5): VALUES has no blank nodes.
GENID = BASE + ".well-known/genid/"
_NOTHING = "{}"


@dataclass(frozen=True)
class Table:
    """What came in place of the clause between two offsets; None where silence was wished."""

    start: int
    end: int
    endpoint: str
    is_silent: bool
    answer: bytes | None


def inlined(query: str, tables: Sequence[Table]) -> str:
    """The query with each clause as the table that was answered; EndpointError if that is none."""
    parts, start = [], 0
    for table in tables:
        names = {
            t.text[1:] for t in scan(query[table.start : table.end]) if t.kind is Kind.VARIABLE
        }
        parts += [query[start : table.start], _block(table, names)]
        start = table.end
    return "".join([*parts, query[start:]])


def _block(table: Table, names: set[str]) -> str:
    if table.answer is None:
        return _NOTHING
    try:
        found = ox.parse_query_results(table.answer, format=ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QuerySolutions):
            return _values(found, names)
        reason = "it is not a table"
    except (SyntaxError, ValueError) as error:
        reason = str(error)
    if table.is_silent:
        return _NOTHING
    raise EndpointError(
        f"<{table.endpoint}> answered what is no SPARQL result: {reason[:200]}",
        endpoint=table.endpoint,
    )


def _values(found: ox.QuerySolutions, names: set[str]) -> str:
    # Only what the clause names: another variable would be one of the query around it.
    columns = [v.value for v in found.variables if v.value in names]
    genid = f"{GENID}{os.urandom(16).hex()}-"
    head = " ".join("?" + name for name in columns)
    rows = (" ".join(_term(row[name], genid) for name in columns) for row in found)
    body = "\n".join(f"({row})" for row in rows)
    return f"{{ VALUES ({head}) {{ {body} }} }}"


def _term(term: object, genid: str) -> str:
    if term is None:
        return "UNDEF"
    if isinstance(term, ox.BlankNode):
        return f"<{genid}{term.value}>"
    if isinstance(term, ox.Triple):
        raise ValueError("a triple term")  # noqa: TRY004 - of data, not of a program
    return str(term)


def pack(query: str, tables: Sequence[Table]) -> tuple[list[Any], bytes]:
    """The tables for the header of a frame, and query and answers as its body."""
    head = [
        [t.start, t.end, t.endpoint, t.is_silent, None if t.answer is None else len(t.answer)]
        for t in tables
    ]
    return head, b"".join([query.encode(), *(t.answer or b"" for t in tables)])


def unpack(head: Sequence[Any], body: bytes) -> tuple[str, tuple[Table, ...]]:
    """The query and the tables of a frame."""
    sizes = [size or 0 for *_, size in head]
    start = len(body) - sum(sizes)
    query = body[:start].decode()
    tables = []
    for (first, end, endpoint, is_silent, size), length in zip(head, sizes, strict=True):
        answer = None if size is None else body[start : start + length]
        tables.append(Table(first, end, endpoint, is_silent, answer))
        start += length
    return query, tuple(tables)
