"""Which statements tie one thing to another, and how each is written as a pattern of SPARQL.

A membership, a funding or an agreement is a node of its own between two things; here it is one tie.
What only says where a statement comes from, or what kind of thing something is, ties nothing.
"""

from dataclasses import dataclass
from typing import Final

from enact_graph import terms
from enact_graph.classes import CLASSES
from enact_graph.vocabulary import DCTERMS, ENACT, ORG, SCHEMA

#: Things without a life of their own: they are told on the pages of the things they tie together.
NODES: Final = tuple(place.iri for place in CLASSES if place.is_node)
#: By these a node leads to the nodes that tell more of it: what was measured, the parts.
FOLLOWED = (SCHEMA.observationAbout, DCTERMS.isPartOf)

START: Final = SCHEMA.startDate
END: Final = SCHEMA.endDate
DATE: Final = DCTERMS.date
ROLES: Final = (ORG.role, ENACT.role)

#: The kinds of ties, in the order in which they are told.
KINDS: Final = (
    "member",
    "partner",
    "agreement",
    "money",
    "structure",
    "function",
    "event",
    "promise",
    "history",
    "place",
)


@dataclass(frozen=True)
class Relation:
    """A way to be tied: through a node of class `through`, or by a statement alone.

    Through a node, `first` and `second` are the properties that lead from it to the two ends; the
    sentence is read from the end of `first`. `is_site` where the first end points to the node.
    A statement alone has `first` only, and is read from its subject.
    """

    key: str
    kind: str
    first: str
    second: str = ""
    through: str = ""
    is_even: bool = False
    is_site: bool = False

    def pattern(self, one: str, other: str, tie: str) -> str:
        """The tie between two SPARQL terms, read from the first; `tie` stands for the node."""
        first, second = (terms.shorten(p) for p in (self.first, self.second))
        if not self.through:
            return f"{one} {first} {other} ."
        if self.is_site:
            return f"{one} {first} {tie} . {tie} {second} {other} ."
        return f"{tie} a {terms.shorten(self.through)} ; {first} {one} ; {second} {other} ."


#: What is read through a node. A node of two classes is read under the first that fits.
THROUGH: Final = (
    Relation("member", "member", ORG.member, ORG.organization, ORG.Membership),
    Relation(
        "coordination", "partner", ENACT.consortium, ENACT.agent, ENACT.InnovationCoordination
    ),
    Relation("support", "partner", ENACT.agent, ENACT.consortium, ENACT.Support),
    Relation("partner", "partner", ENACT.agent, ENACT.consortium, ENACT.Partnership),
    # Told by its role, like a partnership.
    Relation("partner", "partner", ENACT.agent, ENACT.consortium, ENACT.PartnersPartnership),
    Relation("funder", "money", SCHEMA.funder, SCHEMA.fundedItem, ENACT.Funding),
    Relation("programme", "money", ENACT.fundedUnder, SCHEMA.fundedItem, ENACT.Funding),
    Relation("operator", "money", ENACT.operatedBy, SCHEMA.fundedItem, ENACT.Funding),
    Relation("selection", "money", ENACT.selected, ENACT.call, ENACT.Selection),
    Relation("agreement", "agreement", ENACT.party, ENACT.party, ENACT.Agreement, is_even=True),
    Relation("agreement-about", "agreement", ENACT.party, SCHEMA.about, ENACT.Agreement),
    Relation(
        "change",
        "history",
        ORG.originalOrganization,
        ORG.resultingOrganization,
        ORG.ChangeEvent,
    ),
    Relation("post", "function", ORG.heldBy, ORG.postIn, ORG.Post),
    Relation("chair", "function", ORG.heldBy, DCTERMS.isPartOf, ORG.Post),
    Relation(
        "organised",
        "event",
        SCHEMA.organizer,
        SCHEMA.organizer,
        SCHEMA.Event,
        is_even=True,
    ),
    Relation("event-about", "event", SCHEMA.organizer, SCHEMA.about, SCHEMA.Event),
    Relation("participant", "event", SCHEMA.participant, SCHEMA.organizer, SCHEMA.Event),
    Relation("sponsor", "event", SCHEMA.sponsor, SCHEMA.organizer, SCHEMA.Event),
    Relation("seat", "place", ORG.hasPrimarySite, DCTERMS.spatial, ORG.Site, is_site=True),
    Relation("site", "place", ORG.hasSite, DCTERMS.spatial, ORG.Site, is_site=True),
)
#: What one statement says; the first of two that say the same of two things is kept.
DIRECT: Final = (
    Relation("unit", "structure", ORG.unitOf),
    Relation("body", "structure", ORG.subOrganizationOf),
    Relation("axis", "structure", ENACT.axisOf),
    Relation("part", "structure", DCTERMS.isPartOf),
    Relation("linked", "structure", ORG.linkedTo, is_even=True),
    Relation("call-programme", "money", ENACT.fundedUnder),
    Relation("call-operator", "money", ENACT.operatedBy),
    Relation("behalf", "money", ENACT.onBehalfOf),
    Relation("replaces", "history", DCTERMS.replaces),
    Relation("aim", "promise", ENACT.alignsWith),
    Relation("promised", "promise", ENACT.commitmentOf),
    Relation("concerns", "promise", ENACT.concerns),
    Relation("promise-about", "promise", SCHEMA.about),
    Relation("located", "place", DCTERMS.spatial),
)
BY_KEY: Final = {r.key: r for r in (*THROUGH, *DIRECT)}
