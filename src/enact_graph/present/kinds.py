"""Which node of a thing is told in which section, by which of its ends, and what stays unsaid."""

from typing import Final

from enact_graph import terms
from enact_graph.present.values import DATE, END, NOT_STATED, PRECISION, QUALIFIER, START, VALUE

_P: Final = terms.PREFIXES
_E: Final = terms.ENACT
_SCHEMA: Final = _P["schema"]

#: The section in which a node of a class is told; a node may be in several, the first counts.
SECTIONS: Final = {
    _E + "ConsortiumMembership": "who",
    _E + "AllianceMembership": "alliances",
    _P["org"] + "Membership": "who",
    _E + "Partnership": "who",
    _E + "Support": "who",
    _E + "InnovationCoordination": "who",
    # What takes part in another way than those above.
    _E + "Involvement": "who",
    _P["org"] + "Post": "who",
    _P["frapo"] + "ProjectBudget": "money",
    _E + "Funding": "money",
    _E + "Selection": "money",
    _E + "Target": "promises",
    _E + "Initiative": "promises",
    _E + "Ambition": "promises",
    _P["schema"] + "Observation": "figures",
    _P["org"] + "Site": "here",
    _P["org"] + "ChangeEvent": "history",
    _E + "Agreement": "history",
    _P["schema"] + "Event": "history",
}

#: The list in which a thing of a class stands; of several classes the first counts.
LISTS: Final = {
    _E + "UniversityAlliance": "alliances",
    _E + "Cluster": "clusters",
    _P["org"] + "Organization": "organisations",
    _P["foaf"] + "Person": "people",
    _E + "Chair": "chairs",
    _E + "ResearchAxis": "axes",
    _E + "FundingProgramme": "programmes",
    _E + "Funding": "fundings",
    _P["frapo"] + "ProjectBudget": "fundings",
    _E + "Commitment": "promises",
    _SCHEMA + "Observation": "figures",
    _E + "PolicyFramework": "strategies",
    _SCHEMA + "Event": "events",
    _E + "Agreement": "events",
    _E + "Selection": "events",
    _P["org"] + "ChangeEvent": "events",
    _P["dcterms"] + "Location": "places",
    _E + "SourceDocument": "documents",
    _E + "Passage": "documents",
}

ROLES: Final = (_P["org"] + "role", _E + "role")
#: The ends of a node: their names stand first, without the word for the relation.
ENDS: Final = (
    _P["org"] + "member",
    _E + "agent",
    _SCHEMA + "funder",
    _E + "fundedUnder",
    _E + "call",
    _E + "selected",
    _P["org"] + "organization",
    _E + "consortium",
    _SCHEMA + "fundedItem",
    _E + "budgetOf",
    _E + "commitmentOf",
    _P["org"] + "heldBy",
    _P["org"] + "postIn",
    _P["org"] + "originalOrganization",
    _P["org"] + "resultingOrganization",
    _E + "party",
    _SCHEMA + "organizer",
    _SCHEMA + "observationAbout",
)
AMOUNTS: Final = (_SCHEMA + "amount", _E + "targetValue")
MEASURED: Final = _SCHEMA + "measuredProperty"
#: Nodes with a name of their own, which stands first on the pages they tie.
NAMED: Final = frozenset(
    {
        _E + "Agreement",
        _E + "Founding",
        _P["org"] + "ChangeEvent",
        _P["org"] + "Post",
        _P["org"] + "Site",
        _SCHEMA + "Event",
        _SCHEMA + "Observation",
    }
)
ABOUT: Final = _SCHEMA + "observationAbout"
INDICATOR: Final = _E + "indicator"
TARGET_VALUE: Final = _E + "targetValue"
ABSOLUTE: Final = terms.VOCAB + "absolute"
EVENT: Final = _SCHEMA + "Event"
DIFFERS: Final = _E + "differsFrom"
DUE: Final = _E + "dueBy"
MONTHS: Final = _E + "dueWithinMonths"
VALUE_KIND: Final = _E + "valueKind"
RATIO: Final = terms.VOCAB + "ratio-to-baseline"
STATUS: Final = _P["adms"] + "status"
GISTS: Final = (_P["dcterms"] + "description", _SCHEMA + "description")
LABELS: Final = frozenset(
    {
        _P["skos"] + "prefLabel",
        _P["rdfs"] + "label",
        _P["foaf"] + "name",
        _P["dcterms"] + "title",
        _P["schema"] + "name",
    }
)
#: Never shown as a line of its own: shown elsewhere, or bookkeeping.
SILENT: Final = (
    frozenset({terms.RDF_TYPE, QUALIFIER, NOT_STATED, DIFFERS, _P["dcterms"] + "source"})
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
        _E + "attestedOn",
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
