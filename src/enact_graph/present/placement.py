"""Which node of a thing is told in which section, by which of its ends, and what stays unsaid."""

from typing import Final

from enact_graph import terms
from enact_graph.present.values import DATE, END, NOT_STATED, QUALIFIER, START, VALUE
from enact_graph.vocabulary import (
    ADMS,
    DCTERMS,
    ENACT,
    FOAF,
    FRAPO,
    ORG,
    PRECISION,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
)

#: The section in which a node of a class is told; a node may be in several, the first counts.
SECTIONS: Final = {
    ENACT.ConsortiumMembership: "who",
    ENACT.AllianceMembership: "alliances",
    ORG.Membership: "who",
    ENACT.Partnership: "who",
    ENACT.Support: "who",
    ENACT.InnovationCoordination: "who",
    # What takes part in another way than those above.
    ENACT.Involvement: "who",
    ORG.Post: "who",
    FRAPO.ProjectBudget: "money",
    ENACT.Funding: "money",
    ENACT.Selection: "money",
    ENACT.Target: "promises",
    ENACT.Initiative: "promises",
    ENACT.Ambition: "promises",
    SCHEMA.Observation: "figures",
    ORG.Site: "here",
    ORG.ChangeEvent: "history",
    ENACT.Agreement: "history",
    SCHEMA.Event: "history",
}

#: The list in which a thing of a class stands; of several classes the first counts.
LISTS: Final = {
    ENACT.UniversityAlliance: "alliances",
    ENACT.Cluster: "clusters",
    ORG.Organization: "organisations",
    FOAF.Person: "people",
    ENACT.Chair: "chairs",
    ENACT.ResearchAxis: "axes",
    ENACT.FundingProgramme: "programmes",
    ENACT.Funding: "fundings",
    FRAPO.ProjectBudget: "fundings",
    ENACT.Commitment: "promises",
    SCHEMA.Observation: "figures",
    ENACT.PolicyFramework: "strategies",
    SCHEMA.Event: "events",
    ENACT.Agreement: "events",
    ENACT.Selection: "events",
    ORG.ChangeEvent: "events",
    DCTERMS.Location: "places",
    ENACT.SourceDocument: "documents",
    ENACT.Passage: "documents",
}

ROLES: Final = (ORG.role, ENACT.role)
#: The ends of a node: their names stand first, without the word for the relation.
ENDS: Final = (
    ORG.member,
    ENACT.agent,
    SCHEMA.funder,
    ENACT.fundedUnder,
    ENACT.call,
    ENACT.selected,
    ORG.organization,
    ENACT.consortium,
    SCHEMA.fundedItem,
    ENACT.budgetOf,
    ENACT.commitmentOf,
    ORG.heldBy,
    ORG.postIn,
    ORG.originalOrganization,
    ORG.resultingOrganization,
    ENACT.party,
    SCHEMA.organizer,
    SCHEMA.observationAbout,
)
AMOUNTS: Final = (SCHEMA.amount, ENACT.targetValue)
MEASURED: Final = SCHEMA.measuredProperty
#: Nodes with a name of their own, which stands first on the pages they tie.
NAMED: Final = frozenset(
    {
        ENACT.Agreement,
        ENACT.Founding,
        ORG.ChangeEvent,
        ORG.Post,
        ORG.Site,
        SCHEMA.Event,
        SCHEMA.Observation,
    }
)
ABOUT: Final = SCHEMA.observationAbout
INDICATOR: Final = ENACT.indicator
TARGET_VALUE: Final = ENACT.targetValue
ABSOLUTE: Final = terms.VOCAB + "absolute"
EVENT: Final = SCHEMA.Event
DIFFERS: Final = ENACT.differsFrom
DUE: Final = ENACT.dueBy
MONTHS: Final = ENACT.dueWithinMonths
VALUE_KIND: Final = ENACT.valueKind
RATIO: Final = terms.VOCAB + "ratio-to-baseline"
STATUS: Final = ADMS.status
GISTS: Final = (DCTERMS.description, SCHEMA.description)
LABELS: Final = frozenset(
    {
        SKOS.prefLabel,
        RDFS.label,
        FOAF.name,
        DCTERMS.title,
        SCHEMA.name,
    }
)
#: Never shown as a line of its own: shown elsewhere, or bookkeeping.
SILENT: Final = (
    frozenset({RDF.type, QUALIFIER, NOT_STATED, DIFFERS, DCTERMS.source})
    | LABELS
    | frozenset(GISTS)
    | frozenset(PRECISION.values())
)
#: On the node's own page alone, or told in words of their own.
TOLD: Final = SILENT.union(
    (
        START,
        END,
        DATE,
        ENACT.attestedOn,
        DUE,
        MONTHS,
        STATUS,
        VALUE_KIND,
        VALUE,
    ),
    ROLES,
    ENDS,
    AMOUNTS,
)
