"""The kinds of things people look for: which classes they are, and which go first."""

from collections.abc import Collection
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

#: The first kind fits that has a class of the thing; in this order groups of hits are shown.
CLASSES: Final[dict[str, tuple[str, ...]]] = {
    "cluster": (ENACT.Cluster,),
    "alliance": (ENACT.UniversityAlliance, ENACT.EuropeanUniversity, ENACT.TerritorialGrouping),
    "person": (FOAF.Person,),
    "group": (FOAF.Group,),
    "organisation": (ORG.Organization, FOAF.Agent),
    "place": (DCTERMS.Location,),
    "programme": (FRAPO.FundingProgramme, ENACT.FundingProgramme),
    "framework": (ENACT.PolicyFramework,),
    "axis": (ENACT.ResearchAxis,),
    "promise": (ENACT.Commitment,),
    "funding": (ENACT.Funding, FRAPO.ProjectBudget),
    "event": (
        SCHEMA.Event,
        ORG.ChangeEvent,
        ENACT.Agreement,
        ENACT.Selection,
    ),
    "figure": (SCHEMA.Observation,),
    "claim": (SCHEMA.Claim,),
    "post": (ORG.Post,),
    "contact": (SCHEMA.ContactPoint,),
    "concept": (SKOS.Concept, SKOS.ConceptScheme),
    "term": (
        OWL.Class,
        OWL.ObjectProperty,
        OWL.DatatypeProperty,
        OWL.AnnotationProperty,
        OWL.Ontology,
    ),
    "document": (ENACT.SourceDocument,),
    "passage": (ENACT.Passage,),
    "dataset": (
        DCAT.Dataset,
        DCAT.Catalog,
        DCAT.DataService,
        DCAT.Distribution,
    ),
    "tie": (
        ENACT.Involvement,
        ORG.Membership,
        ORG.Site,
        PROV.Activity,
    ),
}
KINDS: Final = tuple(CLASSES)
#: Never looked for: values of something else, and the graphs, whose passages are.
LEFT_OUT: Final = frozenset(
    {
        ENACT.AssertionGraph,
        ADMS.Identifier,
        GEO.Geometry,
        LOCN.Address,
        OA.TextPositionSelector,
        SCHEMA.MonetaryAmount,
        SCHEMA.QuantitativeValue,
    }
)
_SECOND: Final = frozenset(
    {
        *("promise", "funding", "event", "figure", "claim", "post", "contact"),
        *("concept", "term", "axis", "framework"),
    }
)
_LAST: Final = {"document": 2, "passage": 2, "dataset": 2, "tie": 3}


def kind_of(classes: Collection[str]) -> str | None:
    """Return the kind of a thing in these classes; None of what nobody looks for."""
    if not LEFT_OUT.isdisjoint(classes):
        return None
    for kind, wanted in CLASSES.items():
        if not set(wanted).isdisjoint(classes):
            return kind
    return None


def tier(kind: str) -> int:
    """Return 0 for what people name first, 1 for what is about it, 2 for sources, 3 for ties."""
    return 1 if kind in _SECOND else _LAST.get(kind, 0)
