"""Which node of a thing is told in which section, by which of its ends, and what stays unsaid."""

from typing import Final

from enact_graph import terms
from enact_graph.classes import CLASSES
from enact_graph.graph.relations import DATE, END, ROLES, START
from enact_graph.present.values import NOT_STATED, QUALIFIER, VALUE
from enact_graph.vocabulary import (
    ADMS,
    DCTERMS,
    ENACT,
    FOAF,
    ORG,
    PRECISION,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
)

#: The section in which a node of a class is told; a node may be in several, the first counts.
SECTIONS: Final = {place.iri: place.section for place in CLASSES if place.section}
#: The list in which a thing of a class stands; of several classes the first counts.
SHELVES: Final = {place.iri: place.shelf for place in CLASSES if place.shelf}
#: The sign drawn beside a thing of a class; of several classes the first counts.
ICONS: Final = {place.iri: place.icon for place in CLASSES if place.icon}

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
