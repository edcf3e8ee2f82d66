"""Which one thing is meant by a slug, an address, an identifier or a name."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from enact_graph import terms
from enact_graph.link.hit import How
from enact_graph.link.index import Index
from enact_graph.link.search import nearest, search

#: Things offered where a name fits several or none.
OFFERED: Final = 8
#: By these an identifier or a whole name fits; the first of them that any thing is found by.
_SURE: Final = (How.IDENTIFIER, How.LABEL, How.ACRONYM)
_OURS: Final = re.compile(r"/(?:id|doc|network)/(?P<slug>[\w.~-]+?)(?:\.[a-z]+)?/?$")


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
    ours = _OURS.search(urlsplit(text).path) if "/" in text else None
    for iri in (text, terms.ID + text, terms.ID + ours["slug"] if ours else ""):
        if iri in things:
            return Meant(iri)
    hits = [h for h in search(index, text, language).hits if h.entry.iri in things]
    whole = [h for h in hits if h.how in _SURE and not h.is_loose]
    best = min((h.how for h in whole), default=None)
    sure = [h.entry.iri for h in whole if h.how is best]
    found = dict.fromkeys(sure or (h.entry.iri for h in hits if h.how is not How.TYPO))
    if len(found) == 1:
        return Meant(next(iter(found)))
    near = dict.fromkeys(h.entry.iri for h in hits)
    if not near:
        like = nearest(index, text, language, OFFERED)
        near = dict.fromkeys(h.entry.iri for h in like if h.entry.iri in things)
    return Meant(None, tuple(found or near)[:OFFERED])
