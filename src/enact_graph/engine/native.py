"""The engine, asked so that it understands: queries in its dialect, functions that it lacks.

Every term is tied to itself by a path that may have no step, whether a graph holds it or not
(SPARQL 1.1 Query, section 18.4). The engine asks for the term in the data first. A term that is not
there has no other path either, so that the pattern is no more than this one solution.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from enact_graph.engine.dataset import Dataset, Result, run
from enact_graph.engine.dialect import level, rendered, unfolded
from enact_graph.errors import QueryError
from enact_graph.sparql.prefilter import may_stand_still
from enact_graph.sparql.tokens import Edit, Kind, Text, edited, first_form

_NAMES: Final = (Kind.IRI, Kind.NAME)
_TERMS: Final = (*_NAMES, Kind.STRING, Kind.VARIABLE)
#: Behind these a triple may begin, and before these it ends.
_BEFORE: Final = ("{", ".", "}", ")")
_AFTER: Final = (".", "}", "{", "")


@dataclass(frozen=True)
class Still:
    """A pattern from one token to another: the term, what it is tied to, and in how many ways."""

    first: int
    last: int
    term: int
    other: int
    ways: int


def resolved(store: ox.Store, query: str, dataset: Dataset | None) -> str:
    """The query with each such pattern as its solution; most queries come back as they are."""
    if not may_stand_still(query):
        return query
    try:
        return edited(query, list(_Paths.of(query).edits(store, dataset)))
    except RecursionError:  # the engine bears deeper nesting than this does
        return query


class _Paths(Text):
    def edits(self, store: ox.Store, dataset: Dataset | None) -> Iterator[Edit]:
        for still in self._found():
            term, other = self.text(still.term), self.text(still.other)
            if self._is_known(still.term, store, dataset):
                continue
            if self.tokens[still.other].kind is Kind.VARIABLE:
                solution = f"VALUES {other} {{{f' {term}' * still.ways} }}"
            elif other == term and still.ways == 1:
                solution = "{}"
            else:
                continue
            yield Edit(self.tokens[still.first].start, self.end(still.last), solution)

    def _is_known(self, at: int, store: ox.Store, dataset: Dataset | None) -> bool:
        """Whether the default graph holds a term; yes where the query cannot be read."""
        term = self.text(at)
        patterns = f"{{ ?s ?p {term} }}"
        if self.tokens[at].kind in _NAMES:
            patterns += f" UNION {{ {term} ?p ?o }}"
        try:
            prologue = self.query[: first_form(self.tokens).start]
            return bool(run(store, f"{prologue}ASK {{ {patterns} }}", dataset))
        except (SyntaxError, QueryError):
            return True

    def _found(self) -> Iterator[Still]:
        is_named = [False]
        for at, token in enumerate(self.tokens):
            if token.text == "{":
                is_named.append(is_named[-1] or self.word(at - 2) == "GRAPH")
            elif token.text == "}" and len(is_named) > 1:
                is_named.pop()
            elif token.kind in _TERMS and self.text(at - 1) in _BEFORE and not is_named[-1]:
                yield from self._pattern(at)

    def _pattern(self, at: int) -> Iterator[Still]:
        """The triple that begins at an index, where it is such a pattern and no more."""
        last, ways = self._path(at + 1)
        if not ways or last >= len(self.tokens) or self.tokens[last].kind not in _TERMS:
            return
        if self.text(last + 1) not in _AFTER and not self.word(last + 1):
            return
        for term, other in ((at, last), (last, at)):
            if self.tokens[term].kind is not Kind.VARIABLE:
                yield Still(at, last, term, other, ways)
                return

    def _path(self, at: int) -> tuple[int, int]:
        """What follows a path (rule 89), and in how many ways it may have no step."""
        at, ways = self._sequence(at)
        while self.text(at) == "|":
            at, more = self._sequence(at + 1)
            ways += more
        return at, ways

    def _sequence(self, at: int) -> tuple[int, int]:
        at, ways = self._step(at)
        while self.text(at) == "/":
            at, more = self._step(at + 1)
            ways *= more
        return at, ways

    def _step(self, at: int) -> tuple[int, int]:
        ways = 0
        at += self.text(at) == "^"
        if self.text(at) == "!":
            at += 1
            at = self.closing(at) if self.text(at) == "(" else at
        elif self.text(at) == "(":
            end, ways = self._path(at + 1)
            if self.text(end) != ")":
                return at, 0
            at = end
        elif (
            self.tokens[at : at + 1] and self.tokens[at].kind not in _NAMES and self.text(at) != "a"
        ):
            return at, 0
        at += 1
        match self.text(at):
            case "*" | "?":
                return at + 1, 1
            case "+":
                return at + 1, min(ways, 1)
        return at, ways


_UNKNOWN: Final = re.compile(r"The custom function <([^>]*)> is not supported")
#: Unknown functions of one query: each is found by asking again.
_MOST: Final = 16


def solve(store: ox.Store, query: str, dataset: Dataset | None) -> tuple[Result, tuple[str, ...]]:
    """The result of a query, and the IRIs of the functions in it that nobody here knows.

    A call of such a function is an error of its expression, and no more (SPARQL 1.1 Query, section
    17.6). SyntaxError for what is not SPARQL; QueryError for what the engine has nothing for.
    """
    plain, unknown = rendered(query), list[str]()
    text = resolved(store, plain, dataset)
    while True:
        try:
            return run(store, text, dataset, unknown), tuple(unknown)
        except SyntaxError:
            again = level(plain)
            again = again if again != plain else unfolded(plain) or plain
            if again == plain:
                raise
            plain = again
            text = resolved(store, plain, dataset)
        except RuntimeError as error:
            found = _UNKNOWN.search(str(error))
            if not found or found[1] in unknown or len(unknown) == _MOST:
                raise
            unknown.append(found[1])


def fault(query: str) -> str | None:
    """The engine's message on a text that is not SPARQL, with places in this text; None if it is.

    What the engine cannot do is no fault of the form.
    """
    text = level(query)
    message = _message(text)
    again = unfolded(text) if message else None
    return None if again and _message(again) is None else message


def _message(text: str) -> str | None:
    try:
        run(ox.Store(), text, None)
    except SyntaxError as error:
        return str(error)
    except (OSError, RuntimeError):
        pass
    return None
