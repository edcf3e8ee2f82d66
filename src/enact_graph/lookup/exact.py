"""Looking up: what exactly bears a name or an identifier."""

import re
from collections.abc import Collection, Iterable
from typing import Final

from enact_graph import terms
from enact_graph.lookup.hit import Hit, How
from enact_graph.lookup.index import Index
from enact_graph.lookup.listing import WEB
from enact_graph.lookup.match import best, by_identifier, by_name, keys

#: By these an identifier or a whole name fits; the first of them that any thing is found by.
SURE: Final = (How.IDENTIFIER, How.LABEL, How.ACRONYM)
_OURS: Final = re.compile(r"/(?:id|doc|network)/(?P<slug>[\w.~-]+?)(?:\.[a-z]+)?/?$")
#: Characters of the shortest identifier that is told from a word.
_LEAST: Final = 6


def lookup(index: Index, text: str, language: str = "") -> tuple[Hit, ...]:
    """Return the things with this identifier, address or name, the surest first."""
    named = [hit for asked in keys(text) for hit in by_name(index, asked)]
    return tuple(best((*by_identifier(index, text), *named), language))


def identified(index: Index, text: str) -> Hit | None:
    """Return the one thing that a text is the identifier of; None where it may mean another.

    A register's identifier goes before the address of a page. What is short or has no digit may be
    a word, and is no identifier here unless it is an address.
    """
    found = lookup(index, text)
    by_code = [hit for hit in found if hit.how is How.IDENTIFIER]
    registered = [hit for hit in by_code if hit.code and hit.code.scheme != WEB]
    is_plain = len(text.strip()) < _LEAST or not any(c.isdigit() for c in text)
    if is_plain and ":" not in text and "/" not in text:
        return None
    if any(hit.how in (How.LABEL, How.ACRONYM) for hit in found):
        return None
    meant = registered or by_code
    return meant[0] if len(meant) == 1 else None


def own(text: str, things: Collection[str]) -> str | None:
    """Return the one of `things` whose IRI, slug or page, on whatever host, a text is."""
    ours = _OURS.search(re.split("[?#]", text, maxsplit=1)[0])
    candidates = (text, terms.ID + text, terms.ID + ours["slug"] if ours else "")
    return next((iri for iri in candidates if iri in things), None)


def bearers(index: Index, text: str, things: Collection[str]) -> tuple[str, ...]:
    """Return those of `things` that bear a text in the surest way in which any of them does.

    That is an address of ours, else an identifier, else a whole name, else an acronym.
    """
    if iri := own(text.strip(), things):
        return (iri,)
    hits = [h for h in lookup(index, text) if h.entry.iri in things]
    return surest(hits)


def surest(hits: Iterable[Hit]) -> tuple[str, ...]:
    """Return the things that hits name for sure, by the first way of `SURE` that any fits in."""
    whole = [hit for hit in hits if hit.how in SURE and not hit.is_loose]
    first = min((hit.how for hit in whole), default=None)
    return tuple(dict.fromkeys(hit.entry.iri for hit in whole if hit.how is first))
