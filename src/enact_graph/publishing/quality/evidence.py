"""Evidence: which documents stand behind a statement and a thing, and from when they are."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

from enact_graph.authoring import dataset
from enact_graph.authoring.dataset import term
from enact_graph.terms import ID, LANGUAGES
from enact_graph.vocabulary import ENACT, RDF

Names: TypeAlias = dict[str, str]

_TYPE: Final = ox.NamedNode(RDF.type)
_DERIVED: Final = term("prov:wasDerivedFrom")
_HAS_SOURCE: Final = term("oa:hasSource")
_ISSUED: Final = term("dcterms:issued")
_PRECISION: Final = term("enact:issuedPrecision")
_READ: Final = term("dcterms:date")
_DOCUMENT: Final = ox.NamedNode(ENACT.SourceDocument)
_LABEL: Final = term("skos:prefLabel")


@dataclass(frozen=True)
class Evidence:
    """The dataset as statements with their documents; the merge holds what follows, too."""

    store: ox.Store

    def objects(self, subject: Any, predicate: ox.NamedNode) -> list[Any]:
        """Return what the merge says of a thing by a predicate, sorted."""
        quads = self.store.quads_for_pattern(subject, predicate, None, dataset.DEFAULT)
        return sorted((q.object for q in quads), key=str)

    def subjects(self, predicate: ox.NamedNode, value: Any) -> list[Any]:
        """Return the things of which the merge says this, sorted."""
        quads = self.store.quads_for_pattern(None, predicate, value, dataset.DEFAULT)
        return sorted((q.subject for q in quads), key=str)

    def instances(self, short: str) -> list[Any]:
        """Return the instances of a class given as `prefix:local`, sorted."""
        return self.subjects(_TYPE, term(short))

    def names(self, node: Any) -> Names:
        """Return the preferred names of a thing by language."""
        found = (o for o in self.objects(node, _LABEL) if isinstance(o, ox.Literal))
        spoken = {o.language: o.value for o in found if o.language}
        return {tag: spoken[tag] for tag in LANGUAGES if tag in spoken}

    @cached_property
    def documents(self) -> list[ox.NamedNode]:
        """The source documents, sorted."""
        return [d for d in self.subjects(_TYPE, _DOCUMENT) if isinstance(d, ox.NamedNode)]

    @cached_property
    def graphs(self) -> dict[Any, Any]:
        """The document behind each graph that is drawn from one or from a passage of one."""
        known = set(self.documents)
        found: dict[Any, Any] = {}
        for quad in self.store.quads_for_pattern(None, _DERIVED, None, dataset.DEFAULT):
            whole = self.objects(quad.object, _HAS_SOURCE) or [quad.object]
            found.update((quad.subject, document) for document in whole if document in known)
        return found

    @cached_property
    def stated(self) -> dict[ox.Triple, set[Any]]:
        """The documents that make each statement."""
        stated: dict[ox.Triple, set[Any]] = defaultdict(set)
        for graph, document in self.graphs.items():
            for quad in self.store.quads_for_pattern(None, None, None, graph):
                stated[quad.triple].add(document)
        return dict(stated)

    @cached_property
    def describing(self) -> dict[Any, set[Any]]:
        """The documents that say something of each thing."""
        return self._gather(0)

    @cached_property
    def mentioning(self) -> dict[Any, set[Any]]:
        """The documents that name each thing in what they say of another."""
        return self._gather(2)

    def _gather(self, position: int) -> dict[Any, set[Any]]:
        found: dict[Any, set[Any]] = defaultdict(set)
        for triple, documents in self.stated.items():
            found[tuple(triple)[position]] |= documents
        return dict(found)

    @cached_property
    def things(self) -> list[Any]:
        """The described things of the graph, sorted."""
        quads = self.store.quads_for_pattern(None, _TYPE, None, dataset.DEFAULT)
        subjects = {q.subject for q in quads if isinstance(q.subject, ox.NamedNode)}
        return sorted((s for s in subjects if s.value.startswith(ID)), key=str)

    def issued(self, document: Any) -> str | None:
        """Return the day a document appeared, as an xsd:date, if it is known."""
        return self._day(document, _ISSUED)

    def precision(self, document: Any) -> str:
        """Return how precisely that day is known: day, month or year."""
        known = self.objects(document, _PRECISION)
        return known[0].value.rpartition("-")[2] if known else "day"

    def read(self, document: Any) -> str | None:
        """Return the day a document was read, as an xsd:date, if it is known."""
        return self._day(document, _READ)

    def _day(self, document: Any, predicate: ox.NamedNode) -> str | None:
        days = [o.value for o in self.objects(document, predicate)]
        return max(days, default=None)
