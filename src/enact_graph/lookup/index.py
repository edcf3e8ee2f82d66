"""The index of a release: what is looked for and found, in memory and never changed.

index = await to_thread(Index.of, release)
search(index, "sarrebruck", "fr")
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from enact_graph.lookup.identifiers import Codes
from enact_graph.lookup.listing import Entry, Listing
from enact_graph.lookup.names import Names
from enact_graph.lookup.normalise import key
from enact_graph.release.store import SEARCH, Release


@dataclass(frozen=True)
class Index:
    """A listing put in order; any number of threads may read it."""

    listing: Listing
    codes: Codes
    names: Names
    told: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, release: Release) -> Self:
        """Read the list of a release; CorruptRelease where it is missing or damaged."""
        return cls.over(Listing.from_json(release.file(SEARCH).read_bytes()))

    @classmethod
    def over(cls, listing: Listing) -> Self:
        """Put a listing in order."""
        told: dict[str, set[int]] = defaultdict(set)
        for place, entry in enumerate(listing.entries):
            for gist in entry.gists.values():
                for word in key(gist).split():
                    told[word].add(place)
        return cls(
            listing,
            Codes.of(listing),
            Names.of(listing.entries),
            {word: frozenset(places) for word, places in told.items()},
        )

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every thing, in the order of their IRIs."""
        return self.listing.entries

    def entry(self, iri: str) -> Entry | None:
        """The thing of this IRI."""
        place = self.codes.by_iri.get(iri)
        return None if place is None else self.entries[place]
