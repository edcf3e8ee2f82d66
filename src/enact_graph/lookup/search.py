"""Searching: everything that a text meets, ranked, and counted by kind."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from enact_graph.lookup.groups import KINDS
from enact_graph.lookup.hit import Hit
from enact_graph.lookup.index import Index
from enact_graph.lookup.match import (
    best,
    by_beginning,
    by_description,
    by_identifier,
    by_likeness,
    by_name,
    keys,
)

#: Letters of a word that is looked for by itself, and how many such words are.
_LONG: Final = 3
_WORDS: Final = 8


@dataclass(frozen=True)
class Result:
    """The hits of a search, the best first."""

    hits: tuple[Hit, ...]

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many hits there are of each kind, in the order of kinds."""
        counts = Counter(hit.entry.kind for hit in self.hits)
        return {kind: counts[kind] for kind in KINDS if counts[kind]}

    def of(self, kinds: Collection[str]) -> "Result":
        """The hits of some kinds alone; all where none is named."""
        return Result(tuple(h for h in self.hits if h.entry.kind in kinds)) if kinds else self


def search(index: Index, text: str, language: str = "") -> Result:
    """Find what a text names, begins, or holds the words of; if nothing, what is like it."""
    found: list[Hit] = list(by_identifier(index, text))
    for asked in keys(text):
        for way in (by_name, by_beginning, by_description):
            found += way(index, asked)
    if not found:
        found += by_likeness(index, text)
    return Result(tuple(best(found, language)))


def nearest(index: Index, text: str, language: str = "", count: int = 6) -> tuple[Hit, ...]:
    """Return what is most like a text that nothing was found for: its longer words one by one."""
    found: list[Hit] = []
    for asked in keys(text):
        words = dict.fromkeys(word for word in asked.split() if len(word) >= _LONG)
        for word in list(words)[:_WORDS]:
            for way in (by_name, by_beginning, by_likeness):
                found += way(index, word)
    return tuple(best(found, language)[:count])
