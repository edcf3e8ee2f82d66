"""The clauses of SELECT in a query: their items, the names these give, and their aggregates."""

from collections.abc import Iterator
from typing import Final

from enact_graph.sparql.text import Text
from enact_graph.sparql.tokens import Kind, Token

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
