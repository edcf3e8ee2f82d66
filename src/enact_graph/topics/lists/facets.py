"""The facets that divide lists, and what is counted beside each thing of a list.

A facet is a graph pattern in which ?thing is a thing of the list and ?value what it is filed under:
an IRI with a name, or a short literal such as a year.
"""

from dataclasses import dataclass
from typing import Final

from enact_graph import terms

#: So that the patterns below read as they would in a query.
PROLOGUE: Final = "".join(f"PREFIX {name}: <{iri}> " for name, iri in terms.PREFIXES.items())


@dataclass(frozen=True)
class Facet:
    """One way to divide a list: its key in addresses and texts, and its pattern.

    `is_ordered` where values have an order of their own, the last first: years.
    """

    key: str
    pattern: str
    is_ordered: bool = False


@dataclass(frozen=True)
class Count:
    """What is counted beside each thing of a list: a pattern for it, and its key.

    `total` sums up what the pattern finds of one thing, unless told otherwise as ?one.
    """

    key: str
    pattern: str
    total: str = "COUNT(DISTINCT ?one)"


#: A passage or a record of a document names the thing.
SPEAKING: Final = Count(
    "documents",
    "{ GRAPH ?g { ?thing ?p ?o } } UNION { GRAPH ?g { ?s ?p ?thing } }"
    " ?g prov:wasDerivedFrom ?from OPTIONAL { ?from oa:hasSource ?source }"
    " BIND(COALESCE(?source, ?from) AS ?one)",
)
#: What the passages of a document say.
SAYING: Final = Count(
    "statements",
    "?from oa:hasSource? ?thing . ?g prov:wasDerivedFrom ?from . GRAPH ?g { ?s ?p ?o }",
    "COUNT(*)",
)
PUBLISHED: Final = Count("published", "?one dcterms:publisher ?thing")


def in_class(*names: str) -> str:
    """That ?thing is in a class, and ?value which of these."""
    return f"VALUES ?value {{ {' '.join(names)} }} ?thing a ?value"


def in_year(*paths: str) -> str:
    """That ?value is the year of a date at the end of one of these paths."""
    return f"?thing {'|'.join(paths)} ?day BIND(SUBSTR(STR(?day), 1, 4) AS ?value)"


def within(kind: str, thing: str = "?thing") -> str:
    """That ?value is an area of a kind in which a thing has a site or to which it is tied."""
    return (
        f"{thing} (org:hasPrimarySite|org:hasSite)?/dcterms:spatial/dcterms:isPartOf* ?value ."
        f" ?value dcterms:type {kind}"
    )


def member_of(of: str) -> str:
    """That a thing is a member of ?value today, which is in a class."""
    return (
        f"?tie org:member ?thing ; org:organization ?value . ?value a {of}"
        " FILTER NOT EXISTS { ?tie schema:endDate ?end }"
    )


KIND: Final = Facet("kind", "?thing org:classification ?value")
TYPE: Final = Facet("kind", "?thing dcterms:type ?value")
COUNTRY: Final = Facet("country", within("v:kind-country"))
REGIONS: Final = "?area . VALUES ?area { v:kind-region v:kind-historical-region }"
REGION: Final = Facet("region", within(REGIONS))
CLUSTER: Final = Facet("cluster", member_of("enact:Cluster"))
#: What is tied to a cluster in a role: by a membership or by another involvement.
ROLE: Final = Facet(
    "role",
    "?tie org:member|enact:agent ?thing ; org:organization|enact:consortium ?cluster ;"
    " org:role|enact:role ?value . FILTER NOT EXISTS { ?tie schema:endDate ?end }"
    # The roles in the cluster that most is said about; the others are told by `cluster`.
    " { SELECT ?cluster WHERE { ?cluster a enact:Cluster . ?s ?p ?cluster }"
    " GROUP BY ?cluster ORDER BY DESC(COUNT(*)) ?cluster LIMIT 1 }",
)
#: The axis of a thing is that with whose topics it shares one.
AXIS: Final = Facet(
    "axis",
    "?value a enact:ResearchAxis"
    " { ?value dcterms:subject ?thing } UNION { ?value dcterms:subject/^dcterms:subject ?thing }"
    " FILTER(?value != ?thing)",
)
YEAR: Final = Facet("year", in_year("schema:startDate", "dcterms:date"), is_ordered=True)
COLLECTIVES: Final = "{ ?thing a enact:UniversityAlliance } UNION { ?thing a enact:Cluster }"
PUBLISHER: Final = "?thing org:classification v:kind-publisher"
