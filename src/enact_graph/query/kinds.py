"""What the graph has lists of: each kind of thing, and the facets that divide its list.

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
_SPEAKING: Final = Count(
    "documents",
    "{ GRAPH ?g { ?thing ?p ?o } } UNION { GRAPH ?g { ?s ?p ?thing } }"
    " ?g prov:wasDerivedFrom ?from OPTIONAL { ?from oa:hasSource ?source }"
    " BIND(COALESCE(?source, ?from) AS ?one)",
)
#: What the passages of a document say.
_SAYING: Final = Count(
    "statements",
    "?from oa:hasSource? ?thing . ?g prov:wasDerivedFrom ?from . GRAPH ?g { ?s ?p ?o }",
    "COUNT(*)",
)
_PUBLISHED: Final = Count("published", "?one dcterms:publisher ?thing")


@dataclass(frozen=True)
class Kind:
    """A list of things: its key, which is its address, its icon, which things, which facets.

    `days` are the properties of the day that stands beside a thing, the first that it has.
    """

    key: str
    icon: str
    pattern: str
    facets: tuple[Facet, ...] = ()
    count: Count = _SPEAKING
    days: tuple[str, ...] = ("enact:dueBy", "schema:startDate", "dcterms:date")

    def facet(self, key: str) -> Facet | None:
        """The facet of this key; None where the list has none such."""
        return next((f for f in self.facets if f.key == key), None)


def _classes(*names: str) -> str:
    """That ?thing is in a class, and ?value which of these."""
    return f"VALUES ?value {{ {' '.join(names)} }} ?thing a ?value"


def _year(*paths: str) -> str:
    """That ?value is the year of a date at the end of one of these paths."""
    return f"?thing {'|'.join(paths)} ?day BIND(SUBSTR(STR(?day), 1, 4) AS ?value)"


def _within(kind: str, thing: str = "?thing") -> str:
    """That ?value is an area of a kind in which a thing has a site or to which it is tied."""
    return (
        f"{thing} (org:hasPrimarySite|org:hasSite)?/dcterms:spatial/dcterms:isPartOf* ?value ."
        f" ?value dcterms:type {kind}"
    )


def _member(of: str) -> str:
    """That a thing is a member of ?value today, which is in a class."""
    return (
        f"?tie org:member ?thing ; org:organization ?value . ?value a {of}"
        " FILTER NOT EXISTS { ?tie schema:endDate ?end }"
    )


_KIND: Final = Facet("kind", "?thing org:classification ?value")
_TYPE: Final = Facet("kind", "?thing dcterms:type ?value")
_COUNTRY: Final = Facet("country", _within("v:kind-country"))
_REGIONS: Final = "?area . VALUES ?area { v:kind-region v:kind-historical-region }"
_REGION: Final = Facet("region", _within(_REGIONS))
_CLUSTER: Final = Facet("cluster", _member("enact:Cluster"))
#: What is tied to a cluster in a role: by a membership or by another involvement.
_ROLE: Final = Facet(
    "role",
    "?tie org:member|enact:agent ?thing ; org:organization|enact:consortium ?cluster ;"
    " org:role|enact:role ?value . FILTER NOT EXISTS { ?tie schema:endDate ?end }"
    # The roles in the cluster that most is said about; the others are told by `cluster`.
    " { SELECT ?cluster WHERE { ?cluster a enact:Cluster . ?s ?p ?cluster }"
    " GROUP BY ?cluster ORDER BY DESC(COUNT(*)) ?cluster LIMIT 1 }",
)
#: The axis of a thing is that with whose topics it shares one.
_AXIS: Final = Facet(
    "axis",
    "?value a enact:ResearchAxis"
    " { ?value dcterms:subject ?thing } UNION { ?value dcterms:subject/^dcterms:subject ?thing }"
    " FILTER(?value != ?thing)",
)
_YEAR: Final = Facet("year", _year("schema:startDate", "dcterms:date"), is_ordered=True)
_COLLECTIVES: Final = "{ ?thing a enact:UniversityAlliance } UNION { ?thing a enact:Cluster }"
_PUBLISHER: Final = "?thing org:classification v:kind-publisher"

KINDS: Final = (
    Kind(
        "organisations",
        "organisation",
        f"?thing a org:Organization MINUS {{ {_COLLECTIVES} }} MINUS {{ {_PUBLISHER}"
        " FILTER NOT EXISTS { ?thing org:classification ?other"
        " FILTER(?other != v:kind-publisher) } }",
        (
            _KIND,
            _ROLE,
            _COUNTRY,
            _REGION,
            Facet("alliance", _member("enact:UniversityAlliance")),
            _CLUSTER,
            _AXIS,
        ),
    ),
    Kind(
        "alliances",
        "alliance",
        "?thing a enact:UniversityAlliance",
        (
            _KIND,
            _ROLE,
            Facet(
                "country",
                "?tie org:organization ?thing ; org:member ?member ."
                " FILTER NOT EXISTS { ?tie schema:endDate ?end } "
                + _within("v:kind-country", "?member"),
            ),
        ),
    ),
    Kind(
        "clusters",
        "cluster",
        "?thing a enact:Cluster",
        (
            Facet("city", _within("v:kind-city")),
            _REGION,
            Facet("lead", "?thing enact:leadInstitution ?value"),
            _AXIS,
        ),
    ),
    Kind(
        "people",
        "person",
        "?thing a foaf:Person",
        (
            Facet(
                "function",
                "?tie org:member ?thing ; org:role ?value"
                " FILTER NOT EXISTS { ?tie schema:endDate ?end }",
            ),
            Facet(
                "body",
                "?tie org:member ?thing ; org:organization ?value"
                " FILTER NOT EXISTS { ?tie schema:endDate ?end }",
            ),
        ),
    ),
    Kind(
        "chairs",
        "person",
        "?thing a enact:Chair",
        (Facet("laboratory", "?thing org:postIn ?value"), _AXIS),
    ),
    Kind(
        "axes",
        "concept",
        "?thing a enact:ResearchAxis",
        (Facet("topic", "?thing dcterms:subject ?value"),),
    ),
    Kind(
        "programmes",
        "money",
        "?thing a enact:FundingProgramme",
        (
            Facet(
                "kind",
                "?thing a enact:FundingProgramme BIND(EXISTS { ?thing a enact:CallForProjects }"
                " AS ?call) BIND(IF(?call, enact:CallForProjects, enact:FundingProgramme)"
                " AS ?value)",
            ),
            Facet("within", "?thing enact:fundedUnder|dcterms:isPartOf ?value"),
            Facet("operator", "?thing enact:operatedBy ?value"),
        ),
    ),
    Kind(
        "fundings",
        "money",
        "{ ?thing a enact:Funding } UNION { ?thing a frapo:ProjectBudget }",
        (
            Facet("kind", _classes("enact:Funding", "frapo:ProjectBudget")),
            Facet("beneficiary", "?thing schema:fundedItem|enact:budgetOf ?value"),
            Facet("programme", "?thing enact:fundedUnder ?value"),
            Facet("funder", "?thing schema:funder ?value"),
            Facet("status", "?thing adms:status ?value"),
            _YEAR,
        ),
    ),
    Kind(
        "promises",
        "target",
        "?thing a enact:Commitment",
        (
            Facet("kind", _classes("enact:Target", "enact:Initiative", "enact:Ambition")),
            Facet("by", "?thing enact:commitmentOf ?value"),
            Facet("due", _year("enact:dueBy"), is_ordered=True),
            Facet("indicator", "?thing enact:indicator ?value"),
            Facet("concerns", "?thing enact:concerns ?value"),
        ),
    ),
    Kind(
        "figures",
        "figure",
        "?thing a schema:Observation",
        (
            Facet("about", "?thing schema:observationAbout ?value"),
            Facet("indicator", "?thing schema:measuredProperty ?value"),
            _YEAR,
        ),
    ),
    Kind(
        "strategies",
        "programme",
        "?thing a enact:PolicyFramework",
        (Facet("within", "?thing dcterms:isPartOf ?value"),),
    ),
    Kind(
        "events",
        "event",
        "{ ?thing a schema:Event } UNION { ?thing a enact:Agreement }"
        " UNION { ?thing a org:ChangeEvent } UNION { ?thing a enact:Selection }",
        (
            Facet(
                "kind",
                "VALUES ?value { schema:Event enact:Agreement enact:Selection enact:Founding"
                " org:ChangeEvent } ?thing a ?value"
                " FILTER(?value != org:ChangeEvent || NOT EXISTS { ?thing a enact:Founding })",
            ),
            _YEAR,
            Facet("country", _within("v:kind-country")),
        ),
    ),
    Kind(
        "places",
        "place",
        "?thing a dcterms:Location",
        (
            _TYPE,
            Facet(
                "country", "?thing dcterms:isPartOf+ ?value . ?value dcterms:type v:kind-country"
            ),
            Facet("region", f"?thing dcterms:isPartOf+ ?value . ?value dcterms:type {_REGIONS}"),
        ),
    ),
    Kind(
        "documents",
        "document",
        "?thing a enact:SourceDocument",
        (
            _TYPE,
            Facet("publisher", "?thing dcterms:publisher ?value"),
            Facet("year", _year("dcterms:issued"), is_ordered=True),
            Facet("language", "?thing schema:inLanguage ?value"),
        ),
        _SAYING,
        # Not the day on which it was read.
        ("dcterms:issued",),
    ),
    Kind(
        "publishers",
        "organisation",
        "?thing ^dcterms:publisher/a enact:SourceDocument",
        (
            _KIND,
            Facet("document", "?of dcterms:publisher ?thing ; dcterms:type ?value"),
        ),
        _PUBLISHED,
    ),
    Kind(
        "concepts",
        "concept",
        "?thing a skos:Concept",
        (Facet("vocabulary", "?thing skos:inScheme ?value"), _AXIS),
    ),
)
