"""A query's text with its tokens, and changes of it by offsets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Self

from enact_graph.sparql.tokens import Kind, Token, scan

#: Each opening bracket and the one that closes it.
PAIRS: Final = {"(": ")", "{": "}", "[": "]"}


@dataclass(frozen=True)
class Edit:
    """Characters from `start` to `end` give way to `text`."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all of some edits, none of which touches another."""
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def moved(offset: int, edits: Iterable[Edit]) -> int:
    """Where an offset of the text is after these edits."""
    before = (e for e in edits if e.start <= offset)
    return offset + sum(len(e.text) - (e.end - e.start) for e in before)


@dataclass(frozen=True)
class Text:
    """A query and its tokens, which are named by their index; what is outside is empty."""

    query: str
    tokens: Sequence[Token]

    @classmethod
    def of(cls, query: str) -> Self:
        """Take a query apart."""
        return cls(query, tuple(scan(query)))

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
