"""Addresses: what a mistyped one may have meant."""

from rapidfuzz import process
from rapidfuzz.distance import Indel

from enact_graph import terms
from enact_graph.lookup.index import Index
from enact_graph.lookup.listing import Entry

#: Characters of a path that are looked at.
_LENGTH = 200
_LEAST_LIKE = 0.5


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
