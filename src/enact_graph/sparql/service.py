"""The SERVICE clauses of a query, found among its words: whom they ask, what, and what came of it.

A clause that may be there has one form only, `SERVICE [SILENT] <https://…> { … }`, so that what is
asked of whom can be read without a grammar. Everything else that looks like one is refused. It
means the join with a table that the other endpoint computes by itself (SPARQL 1.1 Federated Query,
section 5); its answer is written into the query as a VALUES block, the join with the table itself.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from enact_graph.errors import EndpointError, QueryRefused
from enact_graph.sparql.tokens import Kind, Token, first_form, place, scan
from enact_graph.terms import BASE

_PORTS: Final = {"https": 443, "http": 80}
#: What may stand in the first line of a request besides letters and digits.
_SAFE: Final = "/?%:@!$&'()*+,;=-._~[]"


@dataclass(frozen=True)
class Endpoint:
    """Where a clause leads: `target` is the path of the address with its query."""

    iri: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as the setting lists them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def authority(self) -> str:
        """Host and port, as the header Host has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


@dataclass(frozen=True)
class Clause:
    """One clause: the offsets of its first character, its group and its end; whom it asks."""

    start: int
    group: int
    end: int
    endpoint: Endpoint
    is_silent: bool


def clauses(query: str, hosts: Sequence[str]) -> tuple[Clause, ...]:
    """The clauses of a query, each to one of the hosts; QueryRefused for any other."""
    tokens = list(scan(query))
    found: list[Clause] = []
    for index, token in enumerate(tokens):
        if token.kind is not Kind.WORD or "SERVICE" not in token.text.upper():
            continue
        if found and token.start < found[-1].end:
            _refuse(query, token, "stands in another one; the other server would ask a third")
        found.append(_clause(query, tokens, index, hosts))
    return tuple(found)


def _clause(query: str, tokens: Sequence[Token], index: int, hosts: Sequence[str]) -> Clause:
    service = tokens[index]
    rest = iter(tokens[index + 1 :])
    after = next(rest, None)
    is_silent = after is not None and after.kind is Kind.WORD and after.text.upper() == "SILENT"
    name = next(rest, None) if is_silent else after
    group = next(rest, None)
    if service.text.upper() != "SERVICE" or group is None or group.text != "{":
        _refuse(query, service, "is not of the form SERVICE <https://…> { … }")
    if name is None or name.kind is not Kind.IRI:
        _refuse(query, service, "does not name its server by a whole IRI in angle brackets")
    endpoint = _endpoint(query, service, name.text[1:-1], hosts)
    return Clause(service.start, group.start, _end(query, service, rest), endpoint, is_silent)


def _end(query: str, service: Token, after_brace: Iterator[Token]) -> int:
    depth = 1
    for token in after_brace:
        if token.kind in (Kind.OPEN, Kind.CLOSE):
            depth += 1 if token.kind is Kind.OPEN else -1
        if depth == 0:
            return token.start + 1
    return _refuse(query, service, "has a group that does not end")


def _endpoint(query: str, service: Token, iri: str, hosts: Sequence[str]) -> Endpoint:
    listed = ", ".join(hosts)
    try:
        parts = urlsplit(iri)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        host, port = "", None
    if not host or parts.scheme not in _PORTS or "@" in parts.netloc or not host.isascii():
        _refuse(query, service, f"names <{iri[:200]}>, which is no address of a server")
    target = quote(parts.path or "/", safe=_SAFE)
    if parts.query:
        target += "?" + quote(parts.query, safe=_SAFE)
    if "\\" in iri or re.search(r"[^!-~]", target):
        _refuse(query, service, f"names <{iri[:200]}>, which has escapes; write it plainly")
    found = Endpoint(iri, parts.scheme, host, port or _PORTS[parts.scheme], target)
    if found.origin not in hosts:
        _refuse(query, service, f"asks {found.origin}, which may not be asked; there are {listed}")
    return found


def _refuse(query: str, token: Token, reason: str) -> NoReturn:
    line, column = place(query, token.start)
    raise QueryRefused(
        f"SERVICE at line {line}, column {column} {reason}. Ask that server yourself and join the"
        " answers, or call this endpoint by SERVICE from an engine of your own.",
        keyword="SERVICE",
    )


def local(query: str, found: Sequence[Clause]) -> str:
    """The query with each clause as a plain group, character by character in the same place."""
    parts, start = [], 0
    for clause in found:
        parts += [query[start : clause.start], re.sub(r"[^\r\n]", " ", _head(query, clause))]
        start = clause.group
    return "".join([*parts, query[start:]])


def _head(query: str, clause: Clause) -> str:
    return query[clause.start : clause.group]


def question(query: str, clause: Clause) -> str:
    """What is asked of the server of a clause: its group, under the declarations of the query."""
    prologue = query[: first_form(scan(query)).start]
    group = query[clause.group : clause.end]
    return f"BASE <{BASE}>\n{prologue}\nSELECT * {group}"


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


def pack_tables(query: str, tables: Sequence[Table]) -> tuple[list[Any], bytes]:
    """The tables for the header of a frame, and query and answers as its body."""
    head = [
        [t.start, t.end, t.endpoint, t.is_silent, None if t.answer is None else len(t.answer)]
        for t in tables
    ]
    return head, b"".join([query.encode(), *(t.answer or b"" for t in tables)])


def unpack_tables(head: Sequence[Any], body: bytes) -> tuple[str, tuple[Table, ...]]:
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
