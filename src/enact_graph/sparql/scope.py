"""Which variables a place of a query sees, and where a name is given twice or a group leaks.

The rules are those of SPARQL 1.1 Query: what is in scope (18.2.1), what BIND and SELECT may name
(19.8, notes 12 and 13), what may stand beside an aggregate (19.8, note 14). The text is read
by its tokens alone, and it need not be SPARQL: what is found is a guess that the engine confirms.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from enact_graph.sparql.tokens import PAIRS, Kind, Text, Token

AGGREGATES: Final = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")


class Selects(Text):
    """A query whose items of SELECT are named by the indexes of their first and last tokens."""

    def items(self, at: int) -> list[tuple[int, int]]:
        """The items behind a SELECT, up to the group that they select from."""
        found = []
        at += 1
        while at < len(self.tokens) and self.text(at) not in ("{", "}"):
            if self.word(at) == "SELECT":
                break
            end = self.closing(at) if self.text(at) == "(" else at
            found.append((at, end))
            at = end + 1
        return found

    def alias(self, start: int, end: int) -> Token | None:
        """The variable behind AS at the end of a bracket."""
        is_named = end - start > 2 and end < len(self.tokens) and self.word(end - 2) == "AS"
        token = self.tokens[end - 1] if is_named else None
        return token if token and token.kind is Kind.VARIABLE else None

    def has_aggregate(self, first: int, last: int) -> bool:
        """Whether an aggregate is among some tokens."""
        return any(self.is_aggregate(i) for i in range(first, min(last, len(self.tokens))))

    def is_aggregate(self, at: int) -> bool:
        """Whether an aggregate begins at an index."""
        return self.word(at) in AGGREGATES and self.text(at + 1) == "("

    def outside_aggregates(self, first: int, last: int) -> Iterator[Token]:
        """The variables among some tokens that stand in no aggregate and in no group."""
        at = first
        while at < min(last, len(self.tokens)):
            if self.is_aggregate(at):
                at = self.closing(at + 1)
            elif self.text(at) == "{":
                at = self.closing(at)
            elif self.tokens[at].kind is Kind.VARIABLE:
                yield self.tokens[at]
            at += 1


_AFTER_WHERE: Final = ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")


@dataclass(frozen=True)
class Misuse:
    """A variable that may not stand where it does; `clause` is the word that it stands behind.

    `fault` is `bound` for a name that is taken, `ungrouped` for one outside the group, `starred`
    for `SELECT *` over groups.
    """

    fault: str
    token: Token
    clause: str = ""
    is_alone: bool = False


@dataclass(frozen=True)
class Scope(Selects):
    """Reads the tokens of one query; `misuses` is filled by `read`."""

    misuses: list[Misuse] = field(default_factory=list)

    def read(self) -> list[Misuse]:
        """The misuses of the query, in the order of its text."""
        at = 0
        while at < len(self.tokens):
            if self.word(at) == "SELECT":
                _, at = self._select(at)
            elif self.tokens[at].text == "{":
                _, at = self._group(at)
            else:
                at += 1
        return sorted(self.misuses, key=lambda m: m.token.start)

    def _group(self, at: int) -> tuple[set[str], int]:
        """The variables in scope at the end of the group that opens here, and what follows it."""
        seen = set[str]()
        at += 1
        if self.word(at) == "SELECT":
            seen, at = self._select(at)
        while at < len(self.tokens) and self.tokens[at].text != "}":
            token, word = self.tokens[at], self.word(at)
            if token.text == "{":
                inner, at = self._group(at)
                seen |= inner
            elif word == "MINUS" and self.text(at + 1) == "{":
                _, at = self._group(at + 1)
            elif word == "FILTER":
                at = self._filter(at + 1)
            elif word == "BIND" and self.text(at + 1) == "(":
                end = self.closing(at + 1)
                named = self.alias(at + 1, end)
                if named:
                    if named.text[1:] in seen:
                        self.misuses.append(Misuse("bound", named, "BIND"))
                    seen.add(named.text[1:])
                at = end + 1
            else:
                if token.kind is Kind.VARIABLE:
                    seen.add(token.text[1:])
                at += 1
        return seen, at + 1

    def _filter(self, at: int) -> int:
        """The index behind the condition of a FILTER."""
        while at < len(self.tokens) and self.text(at) not in PAIRS:
            if self.text(at) == "}":
                return at
            at += 1
        if self.text(at) == "{":
            return self._group(at)[1]
        return self.closing(at) + 1

    def _select(self, at: int) -> tuple[set[str], int]:
        """What a SELECT hands on, and what follows it; in brackets it ends before their end."""
        start = at
        items = self.items(at)
        at = items[-1][1] + 1 if items else at + 1
        visible, at = self._group(at) if self.text(at) == "{" else (set[str](), at)
        grouped, is_grouped, at = self._modifiers(at)
        is_star = any(self.text(first) == "*" for first, _ in items)
        is_grouped = is_grouped or any(self.has_aggregate(*item) for item in items)
        if is_star:
            if is_grouped:
                star = next(self.tokens[i] for i, _ in items if self.text(i) == "*")
                self.misuses.append(Misuse("starred", star, self.text(start)))
            return visible, at
        named, columns = set[str](), set[str]()
        for first, last in items:
            if self.text(first) == "(":
                taken = visible | columns
                self._expression(first, last, taken, grouped if is_grouped else None, named)
            elif self.tokens[first].kind is Kind.VARIABLE:
                name = self.tokens[first].text[1:]
                if is_grouped and name not in grouped | named:
                    self.misuses.append(Misuse("ungrouped", self.tokens[first], "SELECT", True))
                columns.add(name)
        return named | columns, at

    def _expression(
        self, first: int, last: int, visible: set[str], grouped: set[str] | None, named: set[str]
    ) -> None:
        """Look into one `(… AS ?x)` of a SELECT; `named` are those to its left, and it after."""
        alias = self.alias(first, last)
        if grouped is not None:
            for token in self.outside_aggregates(first, last):
                if token is not alias and token.text[1:] not in grouped | named:
                    self.misuses.append(Misuse("ungrouped", token, "SELECT"))
        if alias:
            if alias.text[1:] in visible | named:
                self.misuses.append(Misuse("bound", alias, "SELECT"))
            named.add(alias.text[1:])

    def _modifiers(self, at: int) -> tuple[set[str], bool, int]:
        """What GROUP BY groups by, whether there are groups, and what follows the modifiers."""
        grouped = set[str]()
        is_grouped = is_keys = False
        while at < len(self.tokens) and self.tokens[at].text != "}":
            word = self.word(at)
            if word == "GROUP":
                is_grouped = is_keys = True
            elif word in _AFTER_WHERE:
                is_keys = False
                is_grouped = is_grouped or word == "HAVING"
            if self.text(at) in PAIRS:
                end = self.closing(at)
                alias = self.alias(at, end)
                if is_keys and alias:
                    grouped.add(alias.text[1:])
                is_grouped = is_grouped or self.has_aggregate(at, end)
                at = end
            elif is_keys and self.tokens[at].kind is Kind.VARIABLE:
                grouped.add(self.tokens[at].text[1:])
            at += 1
        return grouped, is_grouped, at


def unused(tokens: Sequence[Token]) -> Iterator[str]:
    """Names of variables that a text does not have, one after another."""
    taken = {t.text[1:] for t in tokens if t.kind is Kind.VARIABLE}
    return (f"other{n}" for n in count(1) if f"other{n}" not in taken)
