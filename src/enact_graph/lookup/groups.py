"""The kinds of things people look for: which classes they are, and which go first."""

from collections.abc import Collection
from typing import Final

from enact_graph import terms

_E: Final = terms.ENACT
_P: Final = terms.PREFIXES

#: The first kind fits that has a class of the thing; in this order groups of hits are shown.
CLASSES: Final[dict[str, tuple[str, ...]]] = {
    "cluster": (_E + "Cluster",),
    "alliance": (_E + "UniversityAlliance", _E + "EuropeanUniversity", _E + "TerritorialGrouping"),
    "person": (_P["foaf"] + "Person",),
    "group": (_P["foaf"] + "Group",),
    "organisation": (_P["org"] + "Organization", _P["foaf"] + "Agent"),
    "place": (_P["dcterms"] + "Location",),
    "programme": (_P["frapo"] + "FundingProgramme", _E + "FundingProgramme"),
    "framework": (_E + "PolicyFramework",),
    "axis": (_E + "ResearchAxis",),
    "promise": (_E + "Commitment",),
    "funding": (_E + "Funding", _P["frapo"] + "ProjectBudget"),
    "event": (
        _P["schema"] + "Event",
        _P["org"] + "ChangeEvent",
        _E + "Agreement",
        _E + "Selection",
    ),
    "figure": (_P["schema"] + "Observation",),
    "claim": (_P["schema"] + "Claim",),
    "post": (_P["org"] + "Post",),
    "contact": (_P["schema"] + "ContactPoint",),
    "concept": (_P["skos"] + "Concept", _P["skos"] + "ConceptScheme"),
    "term": (
        _P["owl"] + "Class",
        _P["owl"] + "ObjectProperty",
        _P["owl"] + "DatatypeProperty",
        _P["owl"] + "AnnotationProperty",
        _P["owl"] + "Ontology",
    ),
    "document": (_E + "SourceDocument",),
    "passage": (_E + "Passage",),
    "dataset": (
        _P["dcat"] + "Dataset",
        _P["dcat"] + "Catalog",
        _P["dcat"] + "DataService",
        _P["dcat"] + "Distribution",
    ),
    "tie": (
        _E + "Involvement",
        _P["org"] + "Membership",
        _P["org"] + "Site",
        _P["prov"] + "Activity",
    ),
}
KINDS: Final = tuple(CLASSES)
#: Never looked for: values of something else, and the graphs, whose passages are.
LEFT_OUT: Final = frozenset(
    {
        _E + "AssertionGraph",
        _P["adms"] + "Identifier",
        _P["geo"] + "Geometry",
        _P["locn"] + "Address",
        _P["oa"] + "TextPositionSelector",
        _P["schema"] + "MonetaryAmount",
        _P["schema"] + "QuantitativeValue",
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
