"""A text that the engine refused, the token at fault, and what a guess on it is made of."""

from dataclasses import dataclass, field
from typing import Final

from enact_graph.sparql.text import Edit, Text
from enact_graph.sparql.tokens import Kind, Token

#: Tokens that are a term by themselves.
TERMS: Final = (Kind.VARIABLE, Kind.STRING, Kind.NUMBER, Kind.NAME, Kind.IRI)

#: Characters of the query that a sentence repeats.
QUOTED: Final = 60


@dataclass(frozen=True)
class Guess:
    """A fault at an offset, a key of `faults.SAID`, with the parts of its sentence.

    The edits would cure it; without any, the guess is certain.
    """

    fault: str
    offset: int
    edits: tuple[Edit, ...]
    parts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Suspect(Text):
    """A text whose token number `index` is at fault; at the end that is one too many."""

    index: int

    def near(self, before: int = 2, after: int = 0) -> list[int]:
        """The indexes of the tokens around the fault, the last first."""
        last = min(self.index + after, len(self.tokens) - 1)
        return list(range(last, max(-1, self.index - before - 1), -1))

    def opened(self) -> list[Token]:
        """The brackets that are open at the fault, the outermost first."""
        found = list[Token]()
        for token in self.tokens[: self.index]:
            if token.kind is Kind.OPEN:
                found.append(token)
            elif token.kind is Kind.CLOSE and found:
                found.pop()
        return found
