"""What a person means by a name or an address: the IRIs of this graph that fit."""

import re
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.entity import Labels
from enact_graph.graph.reader import LABELS, Reader
from enact_graph.vocabulary import ENACT, SCHEMA, SKOS

_NAMES: Final = (
    *LABELS,
    SKOS.altLabel,
    SKOS.hiddenLabel,
    SCHEMA.legalName,
    ENACT.acronym,
    ENACT.officialName,
)
#: The prefixes that an address of this graph may be written with, and the paths of its pages.
_OWN: Final = {"id": terms.ID, "v": terms.VOCAB, "src": terms.SOURCE, "g": terms.GRAPH}
_PATHS: Final = {"id": "id", "doc": "id", "vocab": "v", "source": "src", "graph": "g"}
_SLUG: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,199}")
_PATH: Final = re.compile(r"(?:^|/)(id|doc|vocab|source|graph)/([^/?#\s]+?)(?:\.html)?(?:[?#].*)?$")
_MOST: Final = 20


def expand(short: str, prefix: str = "id") -> str | None:
    """The IRI of a short name, `enact` or `v:role-member`; None where it is none of this graph."""
    before, colon, slug = short.rpartition(":")
    namespace = terms.ENACT if before == "enact" else _OWN.get(before if colon else prefix)
    return namespace + slug if namespace and _SLUG.fullmatch(slug) else None


def abbreviate(iri: str, prefix: str = "id") -> str | None:
    """The short name of an IRI of this graph, which `expand` reads; None of any other."""
    for name, namespace in (*_OWN.items(), ("enact", terms.ENACT)):
        slug = iri.removeprefix(namespace)
        if slug != iri and _SLUG.fullmatch(slug):
            return slug if name == prefix else f"{name}:{slug}"
    return None


async def meant(reader: Reader, said: str) -> tuple[str, ...]:
    """The IRIs that an address, a slug or a whole name can stand for; capitals do not matter."""
    candidates = [expand(said), expand(said, "v")]
    if path := _PATH.search(said):
        candidates.insert(0, expand(f"{_PATHS[path[1]]}:{path[2]}"))
    for iri in candidates:
        if iri and await reader.exists(iri):
            return (iri,)
    names = ", ".join(f"<{name}>" for name in _NAMES)
    rows = await reader.select(
        f"SELECT DISTINCT ?s WHERE {{ ?s ?p ?name FILTER(?p IN ({names}))"
        f" FILTER(LCASE(STR(?name)) = LCASE({ox.Literal(said)}))"
        f' FILTER(STRSTARTS(STR(?s), "{terms.BASE}")) }} ORDER BY ?s LIMIT {_MOST}'
    )
    return tuple(row["s"].value for row in rows)


async def siblings(reader: Reader, concept: str) -> dict[str, Labels]:
    """The concepts of the schemes that a concept is in, with their labels; none of other things."""
    if not concept.startswith(terms.VOCAB):
        return {}
    scheme = f"<{SKOS.inScheme}>"
    rows = await reader.select(
        f"SELECT DISTINCT ?s WHERE {{ {ox.NamedNode(concept)} {scheme} ?scheme ."
        f" ?s {scheme} ?scheme }} ORDER BY ?s LIMIT 300"
    )
    return await reader.labels(row["s"].value for row in rows)
