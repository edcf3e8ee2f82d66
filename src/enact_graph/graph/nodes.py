"""The classes whose members are told on other pages, and the ways from a node to further ones."""

from enact_graph.vocabulary import ADMS, DCTERMS, ENACT, FRAPO, GEO, LOCN, OA, ORG, SCHEMA

#: Things without a life of their own: they are told on the pages of the things they tie together.
NODES = (
    ENACT.Involvement,
    ENACT.Commitment,
    ENACT.Selection,
    ENACT.Funding,
    ORG.Membership,
    ORG.ChangeEvent,
    FRAPO.ProjectBudget,
    SCHEMA.MonetaryGrant,
    SCHEMA.MonetaryAmount,
    SCHEMA.QuantitativeValue,
    SCHEMA.Observation,
    SCHEMA.Event,
    ENACT.Agreement,
    ORG.Post,
    ORG.Site,
    ADMS.Identifier,
    LOCN.Address,
    GEO.Geometry,
    SCHEMA.Claim,
    SCHEMA.ContactPoint,
    OA.TextPositionSelector,
)
#: By these a node leads to the nodes that tell more of it: what was measured, the parts.
FOLLOWED = (SCHEMA.observationAbout, DCTERMS.isPartOf)
