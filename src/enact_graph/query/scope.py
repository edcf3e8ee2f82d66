"""Which variables a place of a query sees, and where a name is given twice or a group leaks.

The rules are those of SPARQL 1.1 Query: what is in scope (18.2.1), what BIND and SELECT may name
(19.8, notes 12 and 13), what may stand beside an aggregate (19.8, note 14). The text is read
by its tokens alone, and it need not be SPARQL: what is found is a guess that the engine confirms.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from enact_graph.query.tokens import Kind, Token

AGGREGATES: Final = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
_AFTER_WHERE: Final = ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
_OPEN: Final = {"(": ")", "{": "}", "[": "]"}


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


@dataclass
class Scope:
    """Reads the tokens of one query; `misuses` is filled by `read`."""

    tokens: Sequence[Token]
    misuses: list[Misuse] = field(default_factory=list)

    def read(self) -> list[Misuse]:
        """The misuses of the query, in the order of its text."""
        at = 0
        while at < len(self.tokens):
            if self._word(at) == "SELECT":
                _, at = self._select(at)
            elif self.tokens[at].text == "{":
                _, at = self._group(at)
            else:
                at += 1
        return sorted(self.misuses, key=lambda m: m.token.start)

    def _word(self, at: int) -> str:
        if at >= len(self.tokens) or self.tokens[at].kind is not Kind.WORD:
            return ""
        return self.tokens[at].text.upper()

    def _closing(self, at: int) -> int:
        """The index of the bracket that closes the one at an index, or of the end."""
        depth = 0
        for index in range(at, len(self.tokens)):
            kind = self.tokens[index].kind
            depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
            if depth == 0:
                return index
        return len(self.tokens)

    def _group(self, at: int) -> tuple[set[str], int]:
        """The variables in scope at the end of the group that opens here, and what follows it."""
        seen = set[str]()
        at += 1
        if self._word(at) == "SELECT":
            seen, at = self._select(at)
        while at < len(self.tokens) and self.tokens[at].text != "}":
            token, word = self.tokens[at], self._word(at)
            if token.text == "{":
                inner, at = self._group(at)
                seen |= inner
            elif word == "MINUS" and self._text(at + 1) == "{":
                _, at = self._group(at + 1)
            elif word == "FILTER":
                at = self._filter(at + 1)
            elif word == "BIND" and self._text(at + 1) == "(":
                end = self._closing(at + 1)
                named = self._alias(at + 1, end)
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

    def _text(self, at: int) -> str:
        return self.tokens[at].text if at < len(self.tokens) else ""

    def _filter(self, at: int) -> int:
        """The index behind the condition of a FILTER."""
        while at < len(self.tokens) and self._text(at) not in _OPEN:
            if self._text(at) == "}":
                return at
            at += 1
        if self._text(at) == "{":
            return self._group(at)[1]
        return self._closing(at) + 1

    def _alias(self, start: int, end: int) -> Token | None:
        """The variable behind AS at the end of a bracket."""
        is_named = end - start > 2 and end < len(self.tokens) and self._word(end - 2) == "AS"
        token = self.tokens[end - 1] if is_named else None
        return token if token and token.kind is Kind.VARIABLE else None

    def _select(self, at: int) -> tuple[set[str], int]:
        """What a SELECT hands on, and what follows it; in brackets it ends before their end."""
        start = at
        items: list[tuple[int, int]] = []
        at += 1
        while at < len(self.tokens) and self.tokens[at].text not in ("{", "}"):
            end = self._closing(at) if self._text(at) == "(" else at
            items.append((at, end))
            at = end + 1
        visible, at = self._group(at) if self._text(at) == "{" else (set[str](), at)
        grouped, is_grouped, at = self._modifiers(at)
        is_star = any(self._text(first) == "*" for first, _ in items)
        is_grouped = is_grouped or any(self._has_aggregate(*item) for item in items)
        if is_star:
            if is_grouped:
                star = next(self.tokens[i] for i, _ in items if self._text(i) == "*")
                self.misuses.append(Misuse("starred", star, self._text(start)))
            return visible, at
        named = set[str]()
        for first, last in items:
            if self._text(first) == "(":
                self._expression(first, last, visible, grouped if is_grouped else None, named)
            elif self.tokens[first].kind is Kind.VARIABLE:
                name = self.tokens[first].text[1:]
                if is_grouped and name not in grouped | named:
                    self.misuses.append(Misuse("ungrouped", self.tokens[first], "SELECT", True))
                named.add(name)
        return named, at

    def _expression(
        self, first: int, last: int, visible: set[str], grouped: set[str] | None, named: set[str]
    ) -> None:
        """Look into one `(… AS ?x)` of a SELECT; `named` are those to its left, and it after."""
        alias = self._alias(first, last)
        if grouped is not None:
            for token in self._outside_aggregates(first, last):
                if token is not alias and token.text[1:] not in grouped | named:
                    self.misuses.append(Misuse("ungrouped", token, "SELECT"))
        if alias:
            if alias.text[1:] in visible | named:
                self.misuses.append(Misuse("bound", alias, "SELECT"))
            named.add(alias.text[1:])

    def _has_aggregate(self, first: int, last: int) -> bool:
        return any(self._is_aggregate(i) for i in range(first, min(last, len(self.tokens))))

    def _is_aggregate(self, at: int) -> bool:
        return self._word(at) in AGGREGATES and self._text(at + 1) == "("

    def _outside_aggregates(self, first: int, last: int) -> Iterator[Token]:
        at = first
        while at < min(last, len(self.tokens)):
            if self._is_aggregate(at):
                at = self._closing(at + 1)
            elif self._text(at) == "{":
                at = self._closing(at)
            elif self.tokens[at].kind is Kind.VARIABLE:
                yield self.tokens[at]
            at += 1

    def _modifiers(self, at: int) -> tuple[set[str], bool, int]:
        """What GROUP BY groups by, whether there are groups, and what follows the modifiers."""
        grouped = set[str]()
        is_grouped = is_keys = False
        while at < len(self.tokens) and self.tokens[at].text != "}":
            word = self._word(at)
            if word == "GROUP":
                is_grouped = is_keys = True
            elif word in _AFTER_WHERE:
                is_keys = False
                is_grouped = is_grouped or word == "HAVING"
            if self._text(at) in _OPEN:
                end = self._closing(at)
                alias = self._alias(at, end)
                if is_keys and alias:
                    grouped.add(alias.text[1:])
                is_grouped = is_grouped or self._has_aggregate(at, end)
                at = end
            elif is_keys and self.tokens[at].kind is Kind.VARIABLE:
                grouped.add(self.tokens[at].text[1:])
            at += 1
        return grouped, is_grouped, at


def unused(tokens: Sequence[Token]) -> Iterator[str]:
    """Names of variables that a text does not have, one after another."""
    taken = {t.text[1:] for t in tokens if t.kind is Kind.VARIABLE}
    return (f"other{n}" for n in count(1) if f"other{n}" not in taken)
