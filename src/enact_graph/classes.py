"""What each class is in the portal: where its things are looked for, listed, drawn and told."""

from dataclasses import dataclass
from typing import Final

from enact_graph.vocabulary import (
    ADMS,
    DCAT,
    DCTERMS,
    ENACT,
    FOAF,
    FRAPO,
    GEO,
    LOCN,
    OA,
    ORG,
    OWL,
    PROV,
    SCHEMA,
    SKOS,
)


@dataclass(frozen=True)
class Place:
    """The place of a class; of a thing in several classes the first row with a value counts.

    `kind` is the group in which search shows its things, `shelf` the list in which they stand,
    `icon` the sign drawn beside them, `section` that of the pages of the things they tie together.
    A node has no life of its own: it is told on those pages. A part is never looked for: it is a
    value of something else.
    """

    iri: str
    kind: str = ""
    section: str = ""
    shelf: str = ""
    icon: str = ""
    is_node: bool = False
    is_part: bool = False


#: Nodes of one section are told in this order, too.
CLASSES: Final = (
    Place(ENACT.Cluster, "cluster", shelf="clusters", icon="cluster"),
    Place(ENACT.UniversityAlliance, "alliance", shelf="alliances", icon="alliance"),
    Place(ENACT.EuropeanUniversity, "alliance"),
    Place(ENACT.TerritorialGrouping, "alliance"),
    Place(ENACT.Institution, icon="organisation"),
    Place(ORG.OrganizationalUnit, icon="organisation"),
    Place(ORG.Organization, "organisation", shelf="organisations", icon="organisation"),
    Place(ENACT.UnnamedGroup, icon="person"),
    Place(FOAF.Person, "person", shelf="people", icon="person"),
    Place(FOAF.Group, "group"),
    Place(FOAF.Agent, "organisation"),
    Place(ENACT.Chair, shelf="chairs"),
    Place(ENACT.ResearchAxis, "axis", shelf="axes"),
    Place(ENACT.CallForProjects, icon="programme"),
    Place(ENACT.FundingProgramme, "programme", shelf="programmes", icon="programme"),
    Place(FRAPO.FundingProgramme, "programme"),
    Place(ENACT.ConsortiumMembership, section="who"),
    Place(ENACT.AllianceMembership, section="alliances"),
    Place(ORG.Membership, "tie", section="who", is_node=True),
    Place(ENACT.Partnership, section="who"),
    Place(ENACT.Support, section="who"),
    Place(ENACT.InnovationCoordination, section="who"),
    Place(ENACT.Involvement, "tie", section="who", is_node=True),
    Place(ORG.Post, "post", section="who", is_node=True),
    Place(FRAPO.ProjectBudget, "funding", section="money", shelf="fundings", is_node=True),
    Place(ENACT.Funding, "funding", section="money", shelf="fundings", is_node=True),
    Place(ENACT.Selection, "event", section="money", shelf="events", is_node=True),
    Place(ENACT.Target, section="promises", icon="target"),
    Place(ENACT.Initiative, section="promises"),
    Place(ENACT.Ambition, section="promises"),
    Place(ENACT.Commitment, "promise", shelf="promises", icon="target", is_node=True),
    Place(
        SCHEMA.Observation,
        "figure",
        section="figures",
        shelf="figures",
        icon="target",
        is_node=True,
    ),
    Place(ENACT.PolicyFramework, "framework", shelf="strategies"),
    Place(DCTERMS.Location, "place", shelf="places", icon="place"),
    Place(ORG.Site, "tie", section="here", icon="place", is_node=True),
    Place(ORG.ChangeEvent, "event", section="history", shelf="events", is_node=True),
    Place(ENACT.Agreement, "event", section="history", shelf="events", is_node=True),
    Place(SCHEMA.Event, "event", section="history", shelf="events", is_node=True),
    Place(ENACT.SourceDocument, "document", shelf="documents", icon="document"),
    Place(ENACT.Passage, "passage", shelf="documents", icon="document"),
    Place(ENACT.AssertionGraph, icon="document", is_part=True),
    Place(SKOS.Concept, "concept", icon="concept"),
    Place(SKOS.ConceptScheme, "concept", icon="concept"),
    Place(SCHEMA.Claim, "claim", is_node=True),
    Place(SCHEMA.ContactPoint, "contact", is_node=True),
    Place(OWL.Class, "term"),
    Place(OWL.ObjectProperty, "term"),
    Place(OWL.DatatypeProperty, "term"),
    Place(OWL.AnnotationProperty, "term"),
    Place(OWL.Ontology, "term"),
    Place(DCAT.Dataset, "dataset"),
    Place(DCAT.Catalog, "dataset"),
    Place(DCAT.DataService, "dataset"),
    Place(DCAT.Distribution, "dataset"),
    Place(PROV.Activity, "tie"),
    Place(SCHEMA.MonetaryGrant, is_node=True),
    Place(SCHEMA.MonetaryAmount, is_node=True, is_part=True),
    Place(SCHEMA.QuantitativeValue, is_node=True, is_part=True),
    Place(ADMS.Identifier, is_node=True, is_part=True),
    Place(LOCN.Address, is_node=True, is_part=True),
    Place(GEO.Geometry, is_node=True, is_part=True),
    Place(OA.TextPositionSelector, is_node=True, is_part=True),
)
