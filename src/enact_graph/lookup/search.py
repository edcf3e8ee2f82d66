"""Searching: what a text meets, ranked; what it is the whole name of; what it may become."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import Indel

from enact_graph import terms
from enact_graph.lookup.groups import KINDS, tier
from enact_graph.lookup.hit import Hit, How
from enact_graph.lookup.index import Index
from enact_graph.lookup.listing import WEB, Entry
from enact_graph.lookup.match import (
    best,
    by_beginning,
    by_description,
    by_identifier,
    by_likeness,
    by_name,
    keys,
)

#: Letters of a word that is looked for by itself, and how many such words are.
_LONG: Final = 3
_WORDS: Final = 8
#: Suggestions at most.
MOST: Final = 20
#: From so many letters on, words within names are suggested, too.
_WITHIN: Final = 2
#: Characters of the shortest identifier that is told from a word.
_LEAST: Final = 6
#: Characters of a path that are looked at, and how like it an address has to be.
_LENGTH: Final = 200
_LEAST_LIKE: Final = 0.5


@dataclass(frozen=True)
class Result:
    """The hits of a search, the best first."""

    hits: tuple[Hit, ...]

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many hits there are of each kind, in the order of kinds."""
        counts = Counter(hit.entry.kind for hit in self.hits)
        return {kind: counts[kind] for kind in KINDS if counts[kind]}

    def of(self, kinds: Collection[str]) -> "Result":
        """The hits of some kinds alone; all where none is named."""
        return Result(tuple(h for h in self.hits if h.entry.kind in kinds)) if kinds else self


def search(index: Index, text: str, language: str = "") -> Result:
    """Find what a text names, begins, or holds the words of; if nothing, what is like it."""
    found: list[Hit] = list(by_identifier(index, text))
    for asked in keys(text):
        for way in (by_name, by_beginning, by_description):
            found += way(index, asked)
    if not found:
        found += by_likeness(index, text)
    return Result(tuple(best(found, language)))


def nearest(index: Index, text: str, language: str = "", count: int = 6) -> tuple[Hit, ...]:
    """Return what is most like a text that nothing was found for: its longer words one by one."""
    found: list[Hit] = []
    for asked in keys(text):
        words = dict.fromkeys(word for word in asked.split() if len(word) >= _LONG)
        for word in list(words)[:_WORDS]:
            for way in (by_name, by_beginning, by_likeness):
                found += way(index, word)
    return tuple(best(found, language)[:count])


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


def nearest_address(index: Index, path: str, count: int = 5) -> tuple[Entry, ...]:
    """Return the things whose addresses are most like a path of this host, the likest first.

    Those on the same shelf (`/doc/`, `/vocab/` …) alone, unless there is none.
    """
    shelf, _, asked = path.strip("/").rpartition("/")
    on_shelf = terms.BASE + shelf.replace("doc", "id", 1) + "/"
    places = {p: iri.rpartition("/")[2] for iri, p in index.codes.by_iri.items() if "#" not in iri}
    iris = {place: index.entries[place].iri for place in places}
    near = {p: slug for p, slug in places.items() if iris[p].startswith(on_shelf)} or places
    slug = (asked.rpartition(".")[0] or asked)[:_LENGTH].lower()
    found = process.extract(
        slug, near, scorer=Indel.normalized_similarity, score_cutoff=_LEAST_LIKE, limit=count
    )
    return tuple(index.entries[place] for _, _, place in found)
