"""The words of the vocabulary that a query is written with: classes, properties and concepts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.entity import Labels
from enact_graph.graph.reader import Reader
from enact_graph.vocabulary import OWL, RDF, RDFS, SKOS

#: What each type of term is in a query.
_KINDS: Final = {
    OWL.Class: "class",
    OWL.ObjectProperty: "property",
    OWL.DatatypeProperty: "property",
    OWL.AnnotationProperty: "property",
    RDF.Property: "property",
    SKOS.Concept: "concept",
    SKOS.ConceptScheme: "concept",
}
_GRAPHS: Final = (terms.GRAPH_ONTOLOGY, terms.GRAPH_VOCABULARY, terms.GRAPH + "reused")
_DEFINITIONS: Final = (SKOS.definition, RDFS.comment)


@dataclass(frozen=True)
class Term:
    """A term: `kind` is class, property or concept, `uses` the number of statements with it."""

    iri: str
    kind: str
    labels: Labels
    glosses: Labels
    uses: int


async def glossary(reader: Reader) -> tuple[Term, ...]:
    """Read every term that is defined in the release, the most used first."""
    rows = await reader.select(
        f"SELECT DISTINCT ?s ?type WHERE {{ VALUES ?g {{ {_listed(_GRAPHS)} }}"
        f" VALUES ?type {{ {_listed(_KINDS)} }} GRAPH ?g {{ ?s a ?type }} }}"
    )
    kinds = {row["s"].value: _KINDS[row["type"].value] for row in rows}
    uses = {
        row["term"].value: int(row["n"].value)
        for row in await reader.select(
            "SELECT ?term (COUNT(*) AS ?n) WHERE { { ?s ?term ?o } UNION"
            f" {{ ?s a ?term }} UNION {{ ?term a <{SKOS.Concept}> . ?s ?p ?term }} }}"
            " GROUP BY ?term"
        )
    }
    glosses: dict[str, dict[str, str]] = {}
    for row in await reader.select(
        f"SELECT ?s ?o WHERE {{ VALUES ?type {{ {_listed(_KINDS)} }} ?s a ?type ; ?p ?o"
        f" FILTER(?p IN ({_listed(_DEFINITIONS, ', ')})) }} ORDER BY ?s DESC(?p) ?o"
    ):
        if isinstance(gloss := row["o"], ox.Literal):
            glosses.setdefault(row["s"].value, {})[gloss.language or ""] = gloss.value
    labels = await reader.labels(kinds)
    found = (
        Term(iri, kind, labels.get(iri, {}), glosses.get(iri, {}), uses.get(iri, 0))
        for iri, kind in kinds.items()
    )
    return tuple(sorted(found, key=lambda term: (-term.uses, term.iri)))


def _listed(iris: Iterable[str], joint: str = " ") -> str:
    return joint.join(f"<{iri}>" for iri in iris)
