"""A query taken apart: its columns and the triple patterns that its solutions match.

The algebra is that of SPARQL 1.1, section 18, as rdflib makes it. A path of predicates one after
the other becomes a chain of patterns with variables of its own; a path of any length says how
things lie and not what is said of them, and is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any, Final

from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import BNode, URIRef, Variable

from enact_graph.sparql.tokens import Kind, Token, scan

#: How our own variables begin, which no question may use.
OWN: Final = "of_a_row_"


@dataclass(frozen=True)
class Pattern:
    """Subject, predicates of which one holds, object: each a `?variable` or as N-Triples write it.

    Written in `beside` is what has to be asked as well, where the solutions do not tell it.
    """

    subject: str
    predicates: tuple[str, ...]
    object: str
    beside: str = ""

    @property
    def variables(self) -> list[str]:
        """The variables in it."""
        found = (self.subject, *self.predicates, self.object)
        return [t[1:] for t in dict.fromkeys(found) if t.startswith("?")]


@dataclass(frozen=True)
class Reading:
    """A SELECT taken apart: what comes before it, its outermost group, columns and patterns."""

    prologue: str
    body: str
    columns: tuple[str, ...]
    patterns: tuple[Pattern, ...]


@lru_cache(maxsize=256)
def read(query: str) -> Reading | None:
    """Take a query apart; None of what is no SELECT over the whole graph."""
    parts = _split(query)
    if parts is None:
        return None
    algebra = prepareQuery(query).algebra
    numbers = count(1)
    found = tuple(p for t in _triples(algebra.p) for p in _expand(*t, numbers))
    return Reading(*parts, tuple(str(v) for v in algebra.PV), found)


def _split(query: str) -> tuple[str, str] | None:
    tokens = list(scan(query))
    start = next((t.start for t in tokens if t.ends("SELECT")), None)
    if start is None or any(t.ends("FROM") for t in tokens):
        return None
    depth = 0
    opened: Token | None = None
    for token in tokens:
        if token.kind is Kind.OPEN:
            if token.text == "{" and depth == 0 and token.start > start:
                opened = token
            depth += 1
        elif token.kind is Kind.CLOSE:
            depth -= 1
            if opened and depth == 0:
                return query[:start], query[opened.start : token.start + 1]
    return None


def _triples(node: Any) -> Iterator[tuple[Any, Any, Any, bool]]:
    """Each triple a solution may match, and whether only EXISTS says so; no nested SELECT's."""
    if not isinstance(node, CompValue):
        return
    match node.name:
        case "BGP":
            yield from ((*t, False) for t in node.triples)
        case "Filter" | "Extend":
            yield from _triples(node.p)
            yield from _existing(node.expr)
        case "Join" | "LeftJoin" | "Union":
            yield from _triples(node.p1)
            yield from _triples(node.p2)
        case "Minus":
            yield from _triples(node.p1)
        case "ToMultiSet":
            return
        case _:
            yield from _triples(node.p)


def _existing(expression: Any) -> Iterator[tuple[Any, Any, Any, bool]]:
    """The one triple of an EXISTS; what is longer says how things lie."""
    if isinstance(expression, CompValue) and expression.name == "Builtin_EXISTS":
        inside = list(_triples(expression.graph))
        if len(inside) == 1:
            subject, predicate, object_, _ = inside[0]
            yield subject, predicate, object_, True


def _expand(
    subject: Any, predicate: Any, object_: Any, is_alone: bool, numbers: "count[int]"
) -> Iterator[Pattern]:
    if any(isinstance(t, BNode) for t in (subject, object_)):
        return
    s, o = _term(subject), _term(object_)
    if isinstance(predicate, InvPath) and isinstance(predicate.arg, URIRef):
        s, o, predicate = o, s, predicate.arg
    if isinstance(predicate, SequencePath):
        steps = list(predicate.args)
        stops = [s, *(f"?{OWN}{next(numbers)}" for _ in steps[1:]), o]
        hops = list(zip(stops, steps, stops[1:], strict=False))
        chain = " ".join(f"{a} {_path(p)} {b} ." for a, p, b in hops)
        # A step that may be left out stands for a statement where it is not.
        plain = ((a, _step(p), b) for a, p, b in hops)
        yield from (Pattern(a, (p.n3(),), b, chain) for a, p, b in plain if isinstance(p, URIRef))
        return
    if isinstance(predicate, AlternativePath):
        predicates = tuple(p.n3() for p in predicate.args if isinstance(p, URIRef))
    elif isinstance(predicate, Path):
        return
    else:
        predicates = (_term(predicate),)
    beside = f"{s} {predicates[0]} {o} ." if is_alone else ""
    yield Pattern(s, predicates, o, beside)


def _step(step: Any) -> Any:
    return step.path if isinstance(step, MulPath) and step.mod == "?" else step


def _path(step: Any) -> str:
    return f"({step.n3()})" if isinstance(step, Path) else _term(step)


def _term(term: Any) -> str:
    text: str = f"?{term}" if isinstance(term, Variable) else term.n3()
    return text
