"""A query as the engine reads it: what it reads otherwise than SPARQL says is written anew.

`rendered` is for what the engine would answer wrongly without a word, and is asked only of texts
in which one of a few words occurs; `level` and `unfolded` for what the engine refuses, and are
asked only after it has. docs/decisions/0016 tells what is rewritten, refused and left.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import pyoxigraph as ox

from enact_graph.engine import regex
from enact_graph.engine.regex import Unsupported
from enact_graph.errors import QueryError, QuerySyntax
from enact_graph.sparql.diagnostics import SAID
from enact_graph.sparql.prefilter import changes, may_differ
from enact_graph.sparql.scope import Selects
from enact_graph.sparql.tokens import Edit, Kind, Text, edited, place, scan

_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SHORT: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
#: How many times as long as the query its unfolded text may be.
_MOST: Final = 8
#: The flags of REGEX and REPLACE (XPath Functions and Operators 3.1, section 5.6.2).
_FLAGS: Final = "smixq"
#: The sign of an argument's end.
_END: Final = (",", ")")


def rendered(query: str) -> str:
    """The query with what the engine answers wrongly written anew; most come back as they are.

    QueryError for what the engine has nothing for, QuerySyntax for what it takes and SPARQL does
    not; both with the place.
    """
    if not may_differ(query):
        return query
    return edited(query, _Rendering.of(query).edits())


def level(query: str) -> str:
    """The query with what is written otherwise for the engine, of the same length.

    True and false are in lower case, and a column that SELECT names twice is named once.
    """
    return edited(query, _Levelling.of(query).edits())


def unfolded(query: str) -> str | None:
    """The query with names that SELECT gives replaced by what they stand for, to their right.

    None where there are none, where each evaluation gives something else, or beyond measure.
    """
    if changes(query):
        return None
    text = edited(query, _Unfolding.of(query).edits())
    return text if query != text and len(text) < _MOST * len(query) else None


class _Rendering(Text):
    def edits(self) -> Iterator[Edit]:
        for at in range(len(self.tokens)):
            word = self.word(at)
            if word == "GROUP_CONCAT" and self.text(at + 1) == "(":
                yield from self._concatenation(at)
            elif word in ("REGEX", "REPLACE") and self.text(at + 1) == "(":
                yield from self._regex(at)
            elif self.tokens[at].kind is Kind.IRI:
                self._check_longest(at)
            elif self.text(at) == "<":
                self._check_triple_term(at)

    def _concatenation(self, at: int) -> Iterator[Edit]:
        """What is concatenated are the texts of the values, whatever these are."""
        end = self.closing(at + 1)
        first = at + 3 if self.word(at + 2) == "DISTINCT" else at + 2
        last = self._argument(first, end, (";",))
        if first < last < len(self.tokens):
            start, stop = self.tokens[first].start, self.tokens[last].start
            yield Edit(start, start, "STR(")
            yield Edit(stop, stop, ")")

    def _argument(self, first: int, end: int, signs: tuple[str, ...] = (",",)) -> int:
        """The index of what ends the argument that begins at an index."""
        at = first
        while at < end and self.text(at) not in signs:
            at = self.closing(at) + 1 if self.tokens[at].kind is Kind.OPEN else at + 1
        return min(at, end)

    def _regex(self, at: int) -> Iterator[Edit]:
        end = min(self.closing(at + 1), len(self.tokens))
        starts = [at + 2]
        while (stop := self._argument(starts[-1], end)) < end:
            starts.append(stop + 1)
        plain = [self._plain(start) for start in starts]
        is_replace = self.word(at) == "REPLACE"
        flags_at = 3 if is_replace else 2
        flags = plain[flags_at] if len(starts) > flags_at else ""
        written = plain[1] if len(starts) > 1 else None
        if written is None or flags is None:
            return
        if set(flags) - set(_FLAGS):
            raise self._refused("flags", starts[flags_at], flags)
        into = self._pattern(starts[1], written, flags, is_replace=is_replace)
        if into != written:
            yield self.instead(starts[1], str(ox.Literal(into)))
        if is_replace and len(starts) > 2 and (instead := plain[2]) is not None:
            new = regex.replacement(instead, written, is_plain="q" in flags)
            if new != instead:
                yield self.instead(starts[2], str(ox.Literal(new)))

    def _pattern(self, at: int, written: str, flags: str, *, is_replace: bool) -> str:
        """A pattern for the engine; QueryError where each call would fail there or in XPath."""
        try:
            into = written if "q" in flags else regex.pattern(written)
        except Unsupported as error:
            raise self._refused(error.fault, at, error.construct) from None
        finds_nothing = _finds_nothing(into, flags)
        if finds_nothing is None:
            raise self._refused("pattern", at, written)
        if finds_nothing and is_replace:
            raise self._refused("empty-match", at, written)
        return into

    def _plain(self, at: int) -> str | None:
        """The text of an argument that is one string and nothing else."""
        is_plain = (
            at < len(self.tokens)
            and self.tokens[at].kind is Kind.STRING
            and self.text(at + 1) in _END
        )
        return _unquoted(self.text(at)) if is_plain else None

    def _refused(self, fault: str, at: int, found: str) -> QueryError:
        return _error(QueryError, self.query, fault, self.tokens[at].start, found)

    def _check_longest(self, at: int) -> None:
        """`?x<?a&&?b>?y` holds an IRI by the rule of the longest token; the engine compares."""
        token = self.tokens[at]
        if "&&" not in token.text or not 0 < at < len(self.tokens) - 1:
            return
        before, after = self.tokens[at - 1], self.tokens[at + 1]
        is_glued = self.end(at - 1) == token.start and self.end(at) == after.start
        if is_glued and {before.kind, after.kind} == {Kind.VARIABLE} and self._is_expression(at):
            raise _error(QuerySyntax, self.query, "longest", token.start, token.text[:60])

    def _check_triple_term(self, at: int) -> None:
        """The subject of a triple term in an expression is an IRI or a variable."""
        if self.text(at + 1) != "<" or self.text(at + 2) != "(" or at + 3 >= len(self.tokens):
            return
        subject = self.tokens[at + 3]
        is_term = self.text(at + 3) == "<" and self.text(at + 4) == "<"
        is_literal = subject.kind in (Kind.STRING, Kind.NUMBER)
        if (is_term or is_literal) and self._is_expression(at):
            raise _error(QuerySyntax, self.query, "subject", subject.start, subject.text[:60])

    def _is_expression(self, at: int) -> bool:
        """Whether the innermost bracket around a token, but for triple terms, is a round one."""
        depth = 0
        for index in range(at - 1, -1, -1):
            kind = self.tokens[index].kind
            depth += (kind is Kind.CLOSE) - (kind is Kind.OPEN)
            if depth < 0:
                if self.text(index - 1) != "<":
                    return self.text(index) == "("
                depth = 0
        return False


class _Levelling(Selects):
    def edits(self) -> Iterator[Edit]:
        for at, token in enumerate(self.tokens):
            word = self.word(at)
            if word in ("TRUE", "FALSE") and not token.text.islower():
                yield self.instead(at, token.text.lower())
            named = set[str]()
            for first, _ in self.items(at) if word == "SELECT" else ():
                column = self.text(first)
                if self.tokens[first].kind is Kind.VARIABLE:
                    if column[1:] in named:
                        yield self.instead(first, " " * len(column))
                    named.add(column[1:])


class _Unfolding(Selects):
    def edits(self) -> Iterator[Edit]:
        """Puts what a name in SELECT stands for in the place of the name, further to the right."""
        for at in range(len(self.tokens)):
            meant: dict[str, str] = {}
            for first, last in self.items(at) if self.word(at) == "SELECT" else ():
                alias = self.alias(first, last)
                if not alias:
                    continue
                found = [
                    Edit(t.start, t.start + len(t.text), meant[t.text[1:]])
                    for t in self.outside_aggregates(first, last)
                    if t is not alias and t.text[1:] in meant
                ]
                yield from found
                start, end = self.tokens[first].start + 1, self.tokens[last - 2].start
                inner = (Edit(e.start - start, e.end - start, e.text) for e in found)
                text = f"({edited(self.query[start:end], inner)})"
                if len(text) < _MOST * len(self.query):
                    meant[alias.text[1:]] = text


def _error(kind: type[QueryError], query: str, fault: str, offset: int, found: str) -> QueryError:
    line, column = place(query, offset)
    told = f"Line {line}, column {column}: {SAID[fault].format(found=found)}."
    return kind(told, line=line, column=column, offset=offset, fault=fault, found=found)


def _unquoted(token: str) -> str:
    """The text that a string of a query stands for."""
    quotes = 3 if token[:3] in ('"""', "'''") and len(token) > 5 else 1

    def meant(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else _SHORT.get(match[3], match[3])

    return _ESCAPE.sub(meant, token[quotes:-quotes])


def _finds_nothing(pattern: str, flags: str) -> bool | None:
    """Whether a pattern finds the empty text; None where the engine cannot read it."""
    given = f", {ox.Literal(flags)}" if flags else ""
    rows = ox.Store().query(f'SELECT (REGEX("", {ox.Literal(pattern)}{given}) AS ?x) {{}}')
    assert isinstance(rows, ox.QuerySolutions)
    found = next(rows)["x"]
    return None if found is None else found.value == "true"


_BEFORE_STAR: Final = ("SELECT", "DISTINCT", "REDUCED")


def in_order(query: str, variables: Sequence[str]) -> str | None:
    """The query with its variables in place of the star; None where nothing would change.

    `variables` are the names of those that the star stands for; the query must parse.
    """
    if "*" not in query or len(variables) < 2:
        return None
    tokens = list(scan(query))
    wanted = set(variables)
    named = dict.fromkeys(t.text[1:] for t in tokens if t.kind is Kind.VARIABLE)
    ordered = [name for name in named if name in wanted]
    if ordered == list(variables) or len(ordered) != len(wanted):
        return None
    for before, token in pairwise(tokens):
        if token.kind is Kind.OPEN:
            return None  # the star of another SELECT, or none at all
        if token.text == "*" and before.text.upper() in _BEFORE_STAR:
            end = token.start + 1
            columns = " ".join("?" + name for name in ordered)
            return f"{query[: token.start]} {columns} {query[end:]}"
    return None
