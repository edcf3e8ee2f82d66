"""Which one thing is meant by a slug, an address, an identifier or a name."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from enact_graph.lookup.exact import own, surest
from enact_graph.lookup.hit import How
from enact_graph.lookup.index import Index
from enact_graph.lookup.search import nearest, search

#: Things offered where a name fits several or none.
OFFERED: Final = 8


@dataclass(frozen=True)
class Meant:
    """The thing meant; None where several `near` fit as well, or none does."""

    thing: str | None
    near: tuple[str, ...] = ()


def meant(index: Index, text: str, things: Collection[str], language: str = "") -> Meant:
    """Return what a text means among these things, else those whose names come nearest."""
    text = text.strip()
    if not text:
        return Meant(None)
    if iri := own(text, things):
        return Meant(iri)
    hits = [h for h in search(index, text, language).hits if h.entry.iri in things]
    found = dict.fromkeys(surest(hits) or (h.entry.iri for h in hits if h.how is not How.TYPO))
    if len(found) == 1:
        return Meant(next(iter(found)))
    near = dict.fromkeys(h.entry.iri for h in hits)
    if not near:
        like = nearest(index, text, language, OFFERED)
        near = dict.fromkeys(h.entry.iri for h in like if h.entry.iri in things)
    return Meant(None, tuple(found or near)[:OFFERED])
