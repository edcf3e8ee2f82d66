"""A text that the engine refused, the token at fault, and what a guess on it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from enact_graph.query.tokens import Kind, Token

#: Each opening bracket and the one that closes it.
PAIRS: Final = {"(": ")", "{": "}", "[": "]"}
#: Tokens that are a term by themselves.
TERMS: Final = (Kind.VARIABLE, Kind.STRING, Kind.NUMBER, Kind.NAME, Kind.IRI)

#: Characters of the query that a sentence repeats.
QUOTED: Final = 60


@dataclass(frozen=True)
class Edit:
    """Characters from `start` to `end` give way to `text`."""

    start: int
    end: int
    text: str


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
class Suspect:
    """The text and its tokens; number `index` is at fault, which at the end is one too many."""

    query: str
    tokens: Sequence[Token]
    index: int

    def near(self, before: int = 2, after: int = 0) -> list[int]:
        """The indexes of the tokens around the fault, the last first."""
        last = min(self.index + after, len(self.tokens) - 1)
        return list(range(last, max(-1, self.index - before - 1), -1))

    def text(self, at: int) -> str:
        """The text of a token; "" outside."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def word(self, at: int) -> str:
        """The text of a token in upper case if it is a word, else ""."""
        is_word = 0 <= at < len(self.tokens) and self.tokens[at].kind is Kind.WORD
        return self.tokens[at].text.upper() if is_word else ""

    def end(self, at: int) -> int:
        """The offset behind a token."""
        return self.tokens[at].start + len(self.tokens[at].text)

    def closing(self, at: int) -> int:
        """The index of the bracket that closes the one at an index, or one more than all."""
        depth = 0
        for index in range(at, len(self.tokens)):
            kind = self.tokens[index].kind
            depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
            if depth == 0:
                return index
        return len(self.tokens)

    def instead(self, at: int, text: str) -> Edit:
        """What puts a text in the place of a token."""
        return Edit(self.tokens[at].start, self.end(at), text)

    def opened(self) -> list[Token]:
        """The brackets that are open at the fault, the outermost first."""
        found = list[Token]()
        for token in self.tokens[: self.index]:
            if token.kind is Kind.OPEN:
                found.append(token)
            elif token.kind is Kind.CLOSE and found:
                found.pop()
        return found
