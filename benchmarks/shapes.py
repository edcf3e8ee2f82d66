"""The shapes of queries that are measured, and the constants of the data that fill them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from enact_graph.terms import PREFIXES

JSON: Final = "application/sparql-results+json"
N_TRIPLES: Final = "application/n-triples"
_USED = ("dcterms", "enact", "id", "oa", "org", "prov", "schema", "skos", "v", "xsd")
_PROLOGUE: Final = "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in _USED)


@dataclass(frozen=True)
class Shape:
    """A query with a gap, `%s`; `filling` finds what goes there, `accept` is what is asked for."""

    name: str
    text: str
    filling: str
    accept: str = JSON

    def queries(self, store: ox.Store, most: int) -> list[str]:
        """The queries of this shape over a graph: each has another constant."""
        rows = store.query(_PROLOGUE + self.filling)
        assert isinstance(rows, ox.QuerySolutions)
        found = sorted({str(row[0]) for row in rows})
        # Spread over all of the data, and not only over its first part.
        chosen = found[:: max(1, len(found) // most)][:most]
        return [_PROLOGUE + self.text.replace("%s", value) for value in chosen]


_THINGS: Final = (
    "SELECT ?s WHERE { ?s a ?type ; skos:prefLabel ?name FILTER(STRSTARTS(STR(?s), STR(id:))) }"
)

SHAPES: Final = (
    Shape("lookup", "SELECT ?p ?o WHERE { %s ?p ?o }", _THINGS),
    Shape(
        "join",
        """SELECT ?who ?name ?role ?whole WHERE {
  ?who org:classification %s ; skos:prefLabel ?name .
  ?tie org:member ?who ; org:role ?part ; org:organization ?cluster .
  ?part skos:prefLabel ?role . ?cluster skos:prefLabel ?whole
  FILTER(LANG(?name) = "fr" && LANG(?role) = "fr" && LANGMATCHES(LANG(?whole), "fr"))
}""",
        "SELECT ?kind WHERE { ?who org:classification ?kind . ?tie org:member ?who }",
    ),
    Shape(
        "aggregate",
        """SELECT ?kind ?role (COUNT(DISTINCT ?who) AS ?members) (MIN(?name) AS ?first) WHERE {
  ?tie org:member ?who ; org:role ?role .
  ?who org:classification ?kind ; skos:prefLabel ?name FILTER(LANG(?name) = %s)
} GROUP BY ?kind ?role ORDER BY DESC(?members) ?kind ?role""",
        'SELECT ?tag WHERE { VALUES ?tag { "fr" "en" "de" } }',
    ),
    Shape(
        "construct",
        """CONSTRUCT { ?s ?p ?o . ?tie ?q ?x } WHERE {
  VALUES ?s { %s } ?s ?p ?o OPTIONAL { ?tie org:member|org:organization ?s ; ?q ?x }
}""",
        "SELECT ?whole WHERE { ?tie org:organization ?whole ; org:member ?who }",
        N_TRIPLES,
    ),
    Shape("describe", "DESCRIBE %s", _THINGS, N_TRIPLES),
    Shape(
        "label search",
        """SELECT ?s ?name WHERE {
  ?s skos:prefLabel ?name FILTER(LANG(?name) = "de" && CONTAINS(LCASE(STR(?name)), LCASE(%s)))
} ORDER BY ?name LIMIT 50""",
        """SELECT ?word WHERE { ?s skos:prefLabel ?name FILTER(LANG(?name) = "de")
  BIND(REPLACE(STR(?name), "^.*?([A-Za-z]{4,}).*$", "$1") AS ?word)
  FILTER(REGEX(?word, "^[A-Za-z]{4,12}$")) }""",
    ),
    Shape(
        "as of a date",
        """SELECT ?tie ?from ?until WHERE {
  ?tie schema:startDate ?from OPTIONAL { ?tie schema:endDate ?until }
  FILTER(?from <= %s && (!BOUND(?until) || ?until >= %s))
} ORDER BY ?from ?tie LIMIT 200""",
        """SELECT ?day WHERE { VALUES ?y { 2018 2019 2020 2021 2022 2023 2024 2025 2026 }
  VALUES ?m { "01" "02" "03" "04" "05" "06" "07" "08" "09" "10" "11" "12" }
  BIND(STRDT(CONCAT(STR(?y), "-", ?m, "-15"), xsd:date) AS ?day) }""",
    ),
    Shape(
        "provenance",
        """SELECT ?p ?o ?document ?paragraph WHERE {
  GRAPH ?g { %s ?p ?o }
  ?g prov:wasDerivedFrom ?passage . ?passage oa:hasSource ?document ; enact:paragraph ?paragraph
}""",
        "SELECT ?tie WHERE { ?tie org:member ?who }",
    ),
)


def by_shape(store: ox.Store, most: int = 500) -> Mapping[Shape, list[str]]:
    """The queries of every shape over a graph."""
    return {shape: shape.queries(store, most) for shape in SHAPES}
