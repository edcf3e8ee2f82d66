"""The classes whose members are told on other pages, and the ways from a node to further ones."""

from enact_graph import terms

_P = terms.PREFIXES

#: Things without a life of their own: they are told on the pages of the things they tie together.
NODES = (
    terms.ENACT + "Involvement",
    terms.ENACT + "Commitment",
    terms.ENACT + "Selection",
    terms.ENACT + "Funding",
    _P["org"] + "Membership",
    _P["org"] + "ChangeEvent",
    _P["frapo"] + "ProjectBudget",
    _P["schema"] + "MonetaryGrant",
    _P["schema"] + "MonetaryAmount",
    _P["schema"] + "QuantitativeValue",
    _P["schema"] + "Observation",
    _P["schema"] + "Event",
    terms.ENACT + "Agreement",
    _P["org"] + "Post",
    _P["org"] + "Site",
    _P["adms"] + "Identifier",
    _P["locn"] + "Address",
    _P["geo"] + "Geometry",
    _P["schema"] + "Claim",
    _P["schema"] + "ContactPoint",
    _P["oa"] + "TextPositionSelector",
)
#: By these a node leads to the nodes that tell more of it: what was measured, the parts.
FOLLOWED = (_P["schema"] + "observationAbout", _P["dcterms"] + "isPartOf")
