"""The kinds of things people look for: which classes they are, and which go first."""

from collections.abc import Collection
from typing import Final

from enact_graph.classes import CLASSES

#: Each kind with its tier, in the order in which groups of hits are shown; of a thing the first
#: counts that has one of its classes.
_TIERS: Final = {
    "cluster": 0,
    "alliance": 0,
    "person": 0,
    "group": 0,
    "organisation": 0,
    "place": 0,
    "programme": 0,
    "framework": 1,
    "axis": 1,
    "promise": 1,
    "funding": 1,
    "event": 1,
    "figure": 1,
    "claim": 1,
    "post": 1,
    "contact": 1,
    "concept": 1,
    "term": 1,
    "document": 2,
    "passage": 2,
    "dataset": 2,
    "tie": 3,
}
KINDS: Final = tuple(_TIERS)
_KIND_OF: Final = {place.iri: place.kind for place in CLASSES if place.kind}
_PARTS: Final = frozenset(place.iri for place in CLASSES if place.is_part)


def kind_of(classes: Collection[str]) -> str | None:
    """Return the kind of a thing in these classes; None of what nobody looks for."""
    if not _PARTS.isdisjoint(classes):
        return None
    return min((_KIND_OF[c] for c in classes if c in _KIND_OF), key=KINDS.index, default=None)


def tier(kind: str) -> int:
    """Return 0 for what people name first, 1 for what is about it, 2 for sources, 3 for ties."""
    return _TIERS[kind]
