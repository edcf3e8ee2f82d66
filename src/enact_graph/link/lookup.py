"""Looking up: what exactly bears a name or an identifier."""

from enact_graph.link.hit import Hit, How
from enact_graph.link.index import Index
from enact_graph.link.match import best, by_identifier, by_name, keys


def lookup(index: Index, text: str, language: str = "") -> tuple[Hit, ...]:
    """Return the things with this identifier, address or name, the surest first."""
    named = [hit for asked in keys(text) for hit in by_name(index, asked)]
    return tuple(best((*by_identifier(index, text), *named), language))


def identified(index: Index, text: str) -> Hit | None:
    """Return the one thing that a text is the identifier of; None where it may mean another.

    What is short or has no digit may be a word, and is no identifier here unless an address.
    """
    found = lookup(index, text)
    if len(found) != 1 or found[0].how is not How.IDENTIFIER:
        return None
    is_plain = len(text.strip()) < 6 or not any(c.isdigit() for c in text)
    return None if is_plain and ":" not in text and "/" not in text else found[0]
