"""Looking up: what exactly bears a name or an identifier."""

from typing import Final

from enact_graph.link.entry import WEB
from enact_graph.link.hit import Hit, How
from enact_graph.link.index import Index
from enact_graph.link.match import best, by_identifier, by_name, keys

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
