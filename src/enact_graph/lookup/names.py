"""Every name of a listing in the forms in which it is looked for."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from enact_graph.lookup.listing import Entry, Naming
from enact_graph.lookup.normalise import fold, key, variants

_LAST: Final = "\U0010ffff"
#: Below this a word is taken at its word; from the second on it may differ in two letters.
_ONE_SLIP: Final = 4
_TWO_SLIPS: Final = 8
#: Digits of a year.
_YEAR: Final = 4

#: The number of a name in its table.
Number = int


@dataclass(frozen=True)
class Names:
    """A table of names; `owners` holds for each the place of its entry.

    A name is known by its key (no articles), by its words, and as one string without blanks.
    """

    names: tuple[Naming, ...]
    owners: tuple[int, ...]
    by_key: Mapping[str, tuple[Number, ...]]
    in_order: tuple[tuple[str, Number], ...]
    joined: Mapping[str, tuple[Number, ...]]
    words: tuple[str, ...]
    by_word: Mapping[str, frozenset[Number]]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """Put every name of some entries in order."""
        pairs = [(name, place) for place, e in enumerate(entries) for name in e.names]
        keys: dict[str, list[Number]] = defaultdict(list)
        joined: dict[str, list[Number]] = defaultdict(list)
        by_word: dict[str, set[Number]] = defaultdict(set)
        for number, (name, _) in enumerate(pairs):
            for text in variants(name.text):
                plain, short = fold(text), key(text)
                if not plain:
                    continue
                keys[short].append(number)
                for whole in {plain, short}:
                    joined[whole.replace(" ", "")].append(number)
                for word in plain.split():
                    by_word[word].add(number)
        return cls(
            names=tuple(name for name, _ in pairs),
            owners=tuple(place for _, place in pairs),
            by_key={k: tuple(numbers) for k, numbers in keys.items()},
            in_order=tuple(sorted({(k, n) for k, numbers in keys.items() for n in numbers})),
            joined={k: tuple(numbers) for k, numbers in joined.items()},
            words=tuple(sorted(by_word)),
            by_word={word: frozenset(numbers) for word, numbers in by_word.items()},
        )

    def exact(self, text: str) -> Iterator[tuple[Number, bool]]:
        """The names that are a folded text, and whether word for word or but for blanks."""
        by_key = self.by_key.get(text, ())
        yield from ((number, True) for number in by_key)
        known = set(by_key)
        for number in self.joined.get(text.replace(" ", ""), ()):
            if number not in known:
                yield number, False

    def prefixed(self, text: str) -> Iterator[tuple[Number, bool]]:
        """The names that begin with a folded text, and whether it ends in the midst of a word."""
        start = bisect_left(self.in_order, (text, -1))
        for place in range(start, len(self.in_order)):
            name, number = self.in_order[place]
            if not name.startswith(text):
                return
            yield number, len(name) > len(text) and name[len(text)] != " "

    def worded(self, words: Sequence[str]) -> set[Number]:
        """The names with a word that begins with each of these."""
        return _common(self._beginning(word) for word in words)

    def mistyped(
        self, words: Sequence[str], text: str, is_unfinished: bool = False
    ) -> dict[Number, tuple[int, bool]]:
        """The names like a folded text: by how many letters they differ, and whether in a part.

        A part holds something like each of its `words`; with `is_unfinished` the last of them may
        also be like the beginning of one.
        """
        found = self._like_all(words, is_unfinished)
        for asked in {"".join(words), text.replace(" ", "")}:
            for whole, slips in _alike(asked, self._wholes):
                for number in self.joined[whole]:
                    found[number] = min((slips, False), found.get(number, (slips, False)))
        return found

    def _like_all(
        self, words: Sequence[str], is_unfinished: bool
    ) -> dict[Number, tuple[int, bool]]:
        """The names that hold something like each word; one that some name has is taken for right.

        Unless that leads nowhere: then it may be a slip that happens to be a word.
        """
        right = {word: dict.fromkeys(self._beginning(word), 0) for word in words}
        like: dict[str, dict[Number, int]] = {}
        for are_trusted in (True, False):
            for place, word in enumerate(words):
                if not (are_trusted and right[word]) and word not in like:
                    like[word] = self._like(word, is_unfinished and place == len(words) - 1)
            steps = [like.get(word, right[word]) for word in words]
            if common := _common(set(step) for step in steps):
                return {number: (sum(s[number] for s in steps), True) for number in common}
        return {}

    @cached_property
    def _wholes(self) -> tuple[str, ...]:
        return tuple(sorted(self.joined))

    def _beginning(self, word: str) -> set[Number]:
        """The names with a word that begins so; a short number is no beginning of a year."""
        found: set[Number] = set()
        if word.isdecimal() and len(word) < _YEAR:
            return found | self.by_word.get(word, frozenset())
        place = bisect_left(self.words, word)
        while place < len(self.words) and self.words[place].startswith(word):
            found |= self.by_word[self.words[place]]
            place += 1
        return found

    def _like(self, word: str, is_unfinished: bool) -> dict[Number, int]:
        found = dict.fromkeys(self._beginning(word), 0)
        near = dict(_alike(word, self.words))
        if is_unfinished:
            cut = sorted({w[: len(word)] for w in self.words if len(w) > len(word)})
            for start, slips in _alike(word, cut):
                place = bisect_left(self.words, start)
                end = bisect_left(self.words, start + _LAST)
                near |= {w: min(slips, near.get(w, slips)) for w in self.words[place:end]}
        for like, slips in near.items():
            for number in self.by_word[like]:
                found[number] = min(slips, found.get(number, slips))
        return found


def slips(text: str) -> int:
    """Return by how many letters a folded text may differ: none of a short one or of a number."""
    if len(text) < _ONE_SLIP or text.isdecimal():
        return 0
    return 1 if len(text) < _TWO_SLIPS else 2


def _alike(text: str, choices: Sequence[str]) -> list[tuple[str, int]]:
    """The choices that differ from a text by a few letters left out, put in, other or swapped."""
    bound = slips(text)
    if not bound:
        return []
    near = process.extract(text, choices, scorer=OSA.distance, score_cutoff=bound, limit=None)
    return [(choice, int(distance)) for choice, distance, _ in near]


def _common(found: Iterable[set[Number]]) -> set[Number]:
    steps = list(found)
    return set.intersection(*steps) if steps else set()
