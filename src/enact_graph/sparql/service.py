"""The SERVICE clauses of a query, found among its words: whom they ask, and what.

A clause that may be there has one form only, `SERVICE [SILENT] <https://…> { … }`, so that what is
asked of whom can be read without a grammar. Everything else that looks like one is refused.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn
from urllib.parse import quote, urlsplit

from enact_graph.errors import QueryRefused
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
