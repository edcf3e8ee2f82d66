"""Things by the names people write: Inria, UniGR, université de lorraine."""

import unicodedata
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.entity import Name, pick
from enact_graph.graph.reader import Reader
from enact_graph.vocabulary import ENACT, SCHEMA, SKOS

_NAMES: Final = " ".join(
    f"<{p}>"
    for p in (
        SKOS.prefLabel,
        SKOS.altLabel,
        SCHEMA.legalName,
        ENACT.officialName,
    )
)
#: Things offered beside a field: more is a list nobody reads.
_OFFERED: Final = 250


def fold(text: str) -> str:
    """A text without accents, case, ligatures and doubled blanks, to be compared."""
    spread = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    apart = unicodedata.normalize("NFKD", spread)
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


async def named(reader: Reader, text: str) -> list[str]:
    """The things that bear a name in any language, those whose first name it is before others."""
    rows = await reader.select(
        f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?p {{ {_NAMES} }} ?s ?p ?o"
        f' FILTER(STRSTARTS(STR(?s), "{terms.ID}")) }} ORDER BY ?s ?p ?o'
    )
    wanted = fold(text)
    first = SKOS.prefLabel
    found: dict[str, bool] = {}
    for row in rows:
        if fold(row["o"].value) == wanted:
            iri = row["s"].value
            found[iri] = found.get(iri, False) or row["p"].value == first
    best = [iri for iri, is_first in found.items() if is_first]
    return sorted(best or found)


async def like(reader: Reader, iri: str, language: str) -> list[tuple[str, Name]]:
    """Things of the most special kind of one thing, with their names in a language, by name."""
    thing = ox.NamedNode(iri)
    kinds = await reader.select(
        f"SELECT ?kind (COUNT(DISTINCT ?other) AS ?n) WHERE {{ {thing} a ?kind . ?other a ?kind"
        f' FILTER(STRSTARTS(STR(?other), "{terms.ID}")) }} GROUP BY ?kind ORDER BY ?n ?kind LIMIT 1'
    )
    if not kinds:
        return []
    rows = await reader.select(
        f"SELECT DISTINCT ?s WHERE {{ ?s a {kinds[0]['kind']}"
        f' FILTER(STRSTARTS(STR(?s), "{terms.ID}")) }} ORDER BY ?s LIMIT {_OFFERED}'
    )
    labels = await reader.labels(row["s"].value for row in rows)
    told = ((one, pick(of, language)) for one, of in labels.items())
    return sorted(((one, n) for one, n in told if n), key=lambda f: (fold(f[1].text), f[0]))


def words(texts: Iterable[str]) -> set[str]:
    """The folded words of some texts."""
    return {w for text in texts for w in fold(text).replace("'", " ").replace("-", " ").split()}
