"""The ontology's terms and the vocabulary's concepts as lists to read."""

from dataclasses import dataclass
from typing import Final

from enact_graph import terms
from enact_graph.graph.entity import Entity, Name, local_name
from enact_graph.present.values import Wording
from enact_graph.present.view import Part
from enact_graph.present.words import Voice
from enact_graph.vocabulary import DCTERMS, ENACT, OWL, RDF, RDFS, SCHEMA, SKOS

_PROPERTIES: Final = frozenset(
    {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property}
)
_CLASSES: Final = frozenset({OWL.Class, RDFS.Class})
_DEFINITIONS: Final = (SKOS.definition, RDFS.comment, DCTERMS.description)
#: What is said of a term beside its name and definition, in this order; one text key each.
_RELATIONS: Final = (
    ("subclass", RDFS.subClassOf),
    ("subproperty", RDFS.subPropertyOf),
    ("inverse", OWL.inverseOf),
    ("disjoint", OWL.disjointWith),
    ("domain", SCHEMA.domainIncludes),
    ("range", SCHEMA.rangeIncludes),
    ("see", RDFS.seeAlso),
    ("exact", SKOS.exactMatch),
    ("close", SKOS.closeMatch),
    ("broad", SKOS.broadMatch),
    ("pattern", ENACT.valuePattern),
    ("template", ENACT.urlTemplate),
)


@dataclass(frozen=True)
class Term:
    """A class, a property or a concept: names, definition, relations under their text keys."""

    anchor: str
    name: Name
    href: str | None
    code: str
    others: tuple[Name, ...]
    definition: tuple[Part, ...]
    relations: tuple[tuple[str, tuple[Part, ...]], ...]


@dataclass(frozen=True)
class Scheme:
    """A concept scheme and its concepts."""

    term: Term
    concepts: tuple[Term, ...]


@dataclass(frozen=True)
class Catalogue:
    """Reads the ontology (its terms as nodes) or a scheme (its concepts as nodes)."""

    entity: Entity
    voice: Voice

    def groups(self) -> list[tuple[str, list[Term]]]:
        """Classes, then properties, each by name; a group without terms is left out."""
        groups: dict[str, list[Term]] = {"classes": [], "properties": []}
        for node in self.entity.nodes:
            types = {o.value for o in self.entity.objects(RDF.type, node)}
            if types & _CLASSES:
                groups["classes"].append(self.term(node))
            elif types & _PROPERTIES:
                groups["properties"].append(self.term(node))
        return [
            (key, sorted(found, key=lambda t: (t.name.text.casefold(), t.code)))
            for key, found in groups.items()
            if found
        ]

    def scheme(self) -> Scheme:
        """The scheme and its concepts, by name."""
        concepts = [
            self.term(n)
            for n in self.entity.nodes
            if SKOS.Concept in {o.value for o in self.entity.objects(RDF.type, n)}
        ]
        concepts.sort(key=lambda t: (t.name.text.casefold(), t.code))
        return Scheme(self.term(self.entity.iri), tuple(concepts))

    def term(self, iri: str) -> Term:
        """One term in the reader's language."""
        wording = Wording(self.entity, self.voice)
        name = self.entity.name(iri, self.voice.lang)
        others = tuple(
            Name(text, tag)
            for tag, text in sorted(self.entity.labels.get(iri, {}).items())
            if tag in terms.LANGUAGES and tag != self.voice.lang
        )
        definition: tuple[Part, ...] = ()
        for predicate in _DEFINITIONS:
            found = [p for o in wording.objects(predicate, iri) for p in wording.parts(o)]
            if found:
                definition = tuple(found)
                break
        relations = tuple(
            (key, tuple(self._target(o.value) for o in objects))
            for key, predicate in _RELATIONS
            if (objects := self.entity.objects(predicate, iri))
        )
        return Term(
            local_name(iri),
            name,
            wording.link(iri).href,
            terms.shorten(iri),
            others,
            definition,
            relations,
        )

    def _target(self, value: str) -> Part:
        link = Wording(self.entity, self.voice).link(value)
        if value.startswith(terms.ENACT):
            return link
        return Part(Name(terms.shorten(value), ""), link.href, "code")
