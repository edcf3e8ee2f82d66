"""Which statements tie one thing to another, and how each is written as a pattern of SPARQL.

A membership, a funding or an agreement is a node of its own between two things; here it is one tie.
What only says where a statement comes from, or what kind of thing something is, ties nothing.
"""

from dataclasses import dataclass
from typing import Final

from enact_graph import terms

_P: Final = terms.PREFIXES
_E: Final = terms.ENACT
_ORG: Final = _P["org"]
_SCHEMA: Final = _P["schema"]
_DCTERMS: Final = _P["dcterms"]

START: Final = _SCHEMA + "startDate"
END: Final = _SCHEMA + "endDate"
DATE: Final = _DCTERMS + "date"
ROLES: Final = (_ORG + "role", _E + "role")

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
    Relation("member", "member", _ORG + "member", _ORG + "organization", _ORG + "Membership"),
    Relation(
        "coordination", "partner", _E + "consortium", _E + "agent", _E + "InnovationCoordination"
    ),
    Relation("support", "partner", _E + "agent", _E + "consortium", _E + "Support"),
    Relation("partner", "partner", _E + "agent", _E + "consortium", _E + "Partnership"),
    # Told by its role, like a partnership.
    Relation("partner", "partner", _E + "agent", _E + "consortium", _E + "PartnersPartnership"),
    Relation("funder", "money", _SCHEMA + "funder", _SCHEMA + "fundedItem", _E + "Funding"),
    Relation("programme", "money", _E + "fundedUnder", _SCHEMA + "fundedItem", _E + "Funding"),
    Relation("operator", "money", _E + "operatedBy", _SCHEMA + "fundedItem", _E + "Funding"),
    Relation("selection", "money", _E + "selected", _E + "call", _E + "Selection"),
    Relation("agreement", "agreement", _E + "party", _E + "party", _E + "Agreement", is_even=True),
    Relation("agreement-about", "agreement", _E + "party", _SCHEMA + "about", _E + "Agreement"),
    Relation(
        "change",
        "history",
        _ORG + "originalOrganization",
        _ORG + "resultingOrganization",
        _ORG + "ChangeEvent",
    ),
    Relation("post", "function", _ORG + "heldBy", _ORG + "postIn", _ORG + "Post"),
    Relation("chair", "function", _ORG + "heldBy", _DCTERMS + "isPartOf", _ORG + "Post"),
    Relation(
        "organised",
        "event",
        _SCHEMA + "organizer",
        _SCHEMA + "organizer",
        _SCHEMA + "Event",
        is_even=True,
    ),
    Relation("event-about", "event", _SCHEMA + "organizer", _SCHEMA + "about", _SCHEMA + "Event"),
    Relation(
        "participant", "event", _SCHEMA + "participant", _SCHEMA + "organizer", _SCHEMA + "Event"
    ),
    Relation("sponsor", "event", _SCHEMA + "sponsor", _SCHEMA + "organizer", _SCHEMA + "Event"),
    Relation(
        "seat", "place", _ORG + "hasPrimarySite", _DCTERMS + "spatial", _ORG + "Site", is_site=True
    ),
    Relation("site", "place", _ORG + "hasSite", _DCTERMS + "spatial", _ORG + "Site", is_site=True),
)
#: What one statement says; the first of two that say the same of two things is kept.
DIRECT: Final = (
    Relation("unit", "structure", _ORG + "unitOf"),
    Relation("body", "structure", _ORG + "subOrganizationOf"),
    Relation("axis", "structure", _E + "axisOf"),
    Relation("part", "structure", _DCTERMS + "isPartOf"),
    Relation("linked", "structure", _ORG + "linkedTo", is_even=True),
    Relation("call-programme", "money", _E + "fundedUnder"),
    Relation("call-operator", "money", _E + "operatedBy"),
    Relation("behalf", "money", _E + "onBehalfOf"),
    Relation("replaces", "history", _DCTERMS + "replaces"),
    Relation("aim", "promise", _E + "alignsWith"),
    Relation("promised", "promise", _E + "commitmentOf"),
    Relation("concerns", "promise", _E + "concerns"),
    Relation("promise-about", "promise", _SCHEMA + "about"),
    Relation("located", "place", _DCTERMS + "spatial"),
)
BY_KEY: Final = {r.key: r for r in (*THROUGH, *DIRECT)}
