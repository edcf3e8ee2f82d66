"""The terms that a query is written with, for editors that complete them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.graph.entity import Labels, pick
from enact_graph.graph.reader import Reader
from enact_graph.vocabulary import OWL, RDF, RDFS, SKOS
from enact_graph.web.reply import Made, language, send, tag
from enact_graph.web.state import serving

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


PATH: Final = "/terms.json"


async def respond(request: Request) -> Response:
    """Every term with its names in the language of the reader, the most used first."""
    tongue = language(request)
    serve = serving(request)
    made = serve.made.get(PATH + tongue)
    if made is None:
        found = await glossary(serve.reader)
        members = {
            "language": tongue,
            "prefixes": terms.PREFIXES,
            "terms": [_told(term, tongue) for term in found],
        }
        body = json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {"Content-Language": tongue, "Vary": "Accept-Language"}
        made = Made(body, "application/json", tag(body), headers=headers)
        serve.made.put(PATH + tongue, made, made.size)
    return send(request, made)


def _told(term: Term, tongue: str) -> dict[str, object]:
    name, gloss = pick(term.labels, tongue), pick(term.glosses, tongue)
    told: dict[str, object] = {"iri": term.iri, "kind": term.kind, "uses": term.uses}
    short = terms.shorten(term.iri)
    if short != term.iri:
        told["name"] = short
    if name:
        told["label"] = name.text
    if name and name.language != tongue:
        told["language"] = name.language
    if gloss and gloss.language == tongue:
        told["gloss"] = gloss.text
    return told
