"""Suggesting as people type: a few things whose names begin with what is there."""

from enact_graph.lookup.groups import tier
from enact_graph.lookup.hit import Hit, How
from enact_graph.lookup.index import Index
from enact_graph.lookup.match import best, by_beginning, by_identifier, by_likeness, by_name, keys

#: Suggestions at most.
MOST = 20
#: From this on, words within names are looked for too.
_WITHIN = 2


def suggest(index: Index, text: str, language: str = "", count: int = 8) -> tuple[Hit, ...]:
    """Return up to `count` things, those people name first before sources and ties."""
    count = max(0, min(count, MOST))
    found: list[Hit] = list(by_identifier(index, text))
    for asked in keys(text):
        found += by_name(index, asked)
        found += by_beginning(index, asked, has_words=len(asked) >= _WITHIN)
    if not found:
        found += by_likeness(index, text, is_unfinished=True)
    hits = best(found, language)
    hits.sort(key=lambda h: h.how > How.ACRONYM and tier(h.entry.kind) > 1)
    return tuple(hits[:count])
