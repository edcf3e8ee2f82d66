"""Which entries of a list are chosen by its facets, and what each further choice would leave.

Within a facet any of the values will do, between facets all must be met. What stands beside a value
counts the entries that choosing it, too, would show, were nothing else chosen in its facet.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from enact_graph.topics.lists.read import Entry, Shelf


@dataclass(frozen=True)
class Choice:
    """The values chosen of each facet, those of a facet without any left out."""

    values: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Choice":
        """The choice of these facets and values."""
        found: dict[str, set[str]] = {}
        for facet, value in pairs:
            found.setdefault(facet, set()).add(value)
        return cls({facet: frozenset(values) for facet, values in found.items()})

    def pairs(self) -> list[tuple[str, str]]:
        """Facet and value of all that is chosen, sorted."""
        return sorted((f, v) for f, values in self.values.items() for v in values)

    def without(self, facet: str, value: str) -> "Choice":
        """The same with one value less."""
        return Choice.of(pair for pair in self.pairs() if pair != (facet, value))

    def meets(self, entry: Entry, but: str = "") -> bool:
        """Whether an entry is chosen, `but` one facet whose values do not matter."""
        return all(
            not wanted.isdisjoint(entry.values.get(facet, ()))
            for facet, wanted in self.values.items()
            if facet != but
        )

    def entries(self, shelf: Shelf) -> list[Entry]:
        """The chosen entries, in the order of the shelf."""
        return [e for e in shelf.entries if self.meets(e)]

    def counts(self, shelf: Shelf, facet: str) -> Counter[str]:
        """How many entries each value of a facet has, the other facets applied; none has nought."""
        found: Counter[str] = Counter()
        for entry in shelf.entries:
            if self.meets(entry, but=facet):
                found.update(set(entry.values.get(facet, ())))
        return found
