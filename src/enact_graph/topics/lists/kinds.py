"""What the graph has lists of: each kind of thing, with its icon and its facets."""

from dataclasses import dataclass
from typing import Final

from enact_graph.topics.lists.facets import (
    AXIS,
    CLUSTER,
    COLLECTIVES,
    COUNTRY,
    KIND,
    PUBLISHED,
    PUBLISHER,
    REGION,
    REGIONS,
    ROLE,
    SAYING,
    SPEAKING,
    TYPE,
    YEAR,
    Count,
    Facet,
    in_class,
    in_year,
    member_of,
    within,
)


@dataclass(frozen=True)
class Kind:
    """A list of things: its key, which is its address, its icon, which things, which facets.

    `days` are the properties of the day that stands beside a thing, the first that it has.
    """

    key: str
    icon: str
    pattern: str
    facets: tuple[Facet, ...] = ()
    count: Count = SPEAKING
    days: tuple[str, ...] = ("enact:dueBy", "schema:startDate", "dcterms:date")

    def facet(self, key: str) -> Facet | None:
        """The facet of this key; None where the list has none such."""
        return next((f for f in self.facets if f.key == key), None)


KINDS: Final = (
    Kind(
        "organisations",
        "organisation",
        f"?thing a org:Organization MINUS {{ {COLLECTIVES} }} MINUS {{ {PUBLISHER}"
        " FILTER NOT EXISTS { ?thing org:classification ?other"
        " FILTER(?other != v:kind-publisher) } }",
        (
            KIND,
            ROLE,
            COUNTRY,
            REGION,
            Facet("alliance", member_of("enact:UniversityAlliance")),
            CLUSTER,
            AXIS,
        ),
    ),
    Kind(
        "alliances",
        "alliance",
        "?thing a enact:UniversityAlliance",
        (
            KIND,
            ROLE,
            Facet(
                "country",
                "?tie org:organization ?thing ; org:member ?member ."
                " FILTER NOT EXISTS { ?tie schema:endDate ?end } "
                + within("v:kind-country", "?member"),
            ),
        ),
    ),
    Kind(
        "clusters",
        "cluster",
        "?thing a enact:Cluster",
        (
            Facet("city", within("v:kind-city")),
            REGION,
            Facet("lead", "?thing enact:leadInstitution ?value"),
            AXIS,
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
        (Facet("laboratory", "?thing org:postIn ?value"), AXIS),
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
            Facet("kind", in_class("enact:Funding", "frapo:ProjectBudget")),
            Facet("beneficiary", "?thing schema:fundedItem|enact:budgetOf ?value"),
            Facet("programme", "?thing enact:fundedUnder ?value"),
            Facet("funder", "?thing schema:funder ?value"),
            Facet("status", "?thing adms:status ?value"),
            YEAR,
        ),
    ),
    Kind(
        "promises",
        "target",
        "?thing a enact:Commitment",
        (
            Facet("kind", in_class("enact:Target", "enact:Initiative", "enact:Ambition")),
            Facet("by", "?thing enact:commitmentOf ?value"),
            Facet("due", in_year("enact:dueBy"), is_ordered=True),
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
            YEAR,
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
                "VALUES ?value { schema:Event enact:LabelAward enact:Agreement enact:Selection"
                " enact:Founding enact:HistoricalOrigin org:ChangeEvent } ?thing a ?value"
                " FILTER(?value != schema:Event || NOT EXISTS { ?thing a enact:LabelAward })"
                " FILTER(?value != org:ChangeEvent || NOT EXISTS { ?thing a ?own"
                " FILTER(?own IN (enact:Founding, enact:HistoricalOrigin)) })",
            ),
            YEAR,
            Facet("country", within("v:kind-country")),
        ),
    ),
    Kind(
        "places",
        "place",
        "?thing a dcterms:Location",
        (
            TYPE,
            Facet(
                "country", "?thing dcterms:isPartOf+ ?value . ?value dcterms:type v:kind-country"
            ),
            Facet("region", f"?thing dcterms:isPartOf+ ?value . ?value dcterms:type {REGIONS}"),
        ),
    ),
    Kind(
        "documents",
        "document",
        "?thing a enact:SourceDocument",
        (
            TYPE,
            Facet("publisher", "?thing dcterms:publisher ?value"),
            Facet("year", in_year("dcterms:issued"), is_ordered=True),
            Facet("language", "?thing schema:inLanguage ?value"),
        ),
        SAYING,
        # Not the day on which it was read.
        ("dcterms:issued",),
    ),
    Kind(
        "publishers",
        "organisation",
        "?thing ^dcterms:publisher/a enact:SourceDocument",
        (
            KIND,
            Facet("document", "?of dcterms:publisher ?thing ; dcterms:type ?value"),
        ),
        PUBLISHED,
    ),
    Kind(
        "concepts",
        "concept",
        "?thing a skos:Concept",
        (Facet("vocabulary", "?thing skos:inScheme ?value"), AXIS),
    ),
)
