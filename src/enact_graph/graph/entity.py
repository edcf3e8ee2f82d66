"""One thing as its page shows it: its statements, the graphs that hold each, and their sources.

    entity = await Reader(pool).look_up(terms.ID + "inria")
    entity.name(entity.iri, "fr").text, entity.statements[0].graphs

What is here is frozen, and complete enough to render a page or a document in any format without
asking again; `reader` fills it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.vocabulary import RDF

Object = ox.NamedNode | ox.Literal
#: Labels of one thing: language tag ("" where there is none) to text.
Labels = Mapping[str, str]
#: What is said of one thing: predicate to objects.
Facts = Mapping[str, tuple[Object, ...]]


@dataclass(frozen=True)
class Name:
    """A text for people and the language it is in ("" where it is in none)."""

    text: str
    language: str


@dataclass(frozen=True)
class Statement:
    """One triple and the named graphs that hold it: one a passage that says so."""

    subject: str
    predicate: str
    object: Object
    graphs: tuple[str, ...]

    @property
    def target(self) -> str | None:
        """The IRI of the object; None for a literal."""
        return self.object.value if isinstance(self.object, ox.NamedNode) else None


@dataclass(frozen=True)
class Source:
    """Where a graph comes from.

    `status` is `stated` (a passage or record says so), `curated` (the project's own words),
    `inferred` (a rule) or `described` (ontology, vocabulary, catalogue). The facts are those of
    the passage and of its document, by predicate: paragraph, character offsets; title, date …
    """

    graph: str
    status: str
    passage: str | None = None
    document: str | None = None
    passage_facts: Facts = field(default_factory=dict)
    document_facts: Facts = field(default_factory=dict)
    graph_facts: Facts = field(default_factory=dict)

    @property
    def mentions(self) -> set[str]:
        """The IRIs its facts lead to: a publisher, a kind of document."""
        told = (self.passage_facts, self.document_facts)
        return {o.value for t in told for os in t.values() for o in os if is_node(o)}


@dataclass(frozen=True)
class Entity:
    """Everything said about one IRI.

    `statements` has it as subject, `incoming` as object (the first of `incoming_total`, where there
    are very many). `nodes` maps what is told with it to the statements of each: of a thing, the
    memberships, fundings, amounts … tied to it; of the ontology, its terms; of a scheme, its
    concepts; of a document, its passages; of a graph, its subjects. `labels` covers every IRI that
    occurs, `sources` every graph.
    """

    iri: str
    statements: tuple[Statement, ...]
    incoming: tuple[Statement, ...]
    incoming_total: int
    nodes: Mapping[str, tuple[Statement, ...]]
    labels: Mapping[str, Labels]
    sources: Mapping[str, Source]

    @property
    def types(self) -> tuple[str, ...]:
        """The classes the thing is in, stated before inferred."""
        found = [s for s in self.statements if s.predicate == RDF.type]
        found.sort(key=lambda s: all(g.startswith(terms.GRAPH_INFERRED) for g in s.graphs))
        return tuple(s.object.value for s in found)

    @property
    def everything(self) -> tuple[Statement, ...]:
        """All statements, each once, sorted: the content of the RDF document."""
        every = {*self.statements, *self.incoming}
        for node in self.nodes.values():
            every.update(node)
        return tuple(sorted(every, key=order))

    def objects(self, predicate: str, subject: str | None = None) -> tuple[Object, ...]:
        """The objects of one predicate, of the thing itself or of one of its nodes."""
        return tuple(s.object for s in self.said(subject) if s.predicate == predicate)

    def said(self, subject: str | None = None) -> tuple[Statement, ...]:
        """The statements about the thing itself or about one of its nodes."""
        if subject is None or subject == self.iri:
            return self.statements
        return self.nodes.get(subject, ())

    def name(self, iri: str, language: str) -> Name:
        """The label of an IRI in a language, else in the nearest there is, else its last part."""
        return pick(self.labels.get(iri, {}), language) or Name(local_name(iri), "")


def is_node(term: Object) -> bool:
    """Whether an object is an IRI."""
    return isinstance(term, ox.NamedNode)


def local_name(iri: str) -> str:
    """The part of an IRI after its last `#`, `/` or `:`."""
    return iri.rstrip("#/").rpartition("#")[2].rpartition("/")[2].rpartition(":")[2]


def pick(labels: Labels, language: str) -> Name | None:
    """The label in the language, else in English, French, German, none, any; None of none."""
    for tag in (language, "en", "fr", "de", "", *sorted(labels)):
        if tag in labels:
            return Name(labels[tag], tag)
    return None


def mentioned(statements: Iterable[Statement]) -> set[str]:
    """Every IRI that occurs in some statements, datatypes included."""
    found: set[str] = set()
    for s in statements:
        found |= {s.subject, s.predicate, s.target or "", *s.graphs}
    return found - {""}


def order(statement: Statement) -> tuple[str, bool, str, str]:
    """The sorting key of statements: by subject, types first, then by predicate and object."""
    is_type = statement.predicate == RDF.type
    return (statement.subject, not is_type, statement.predicate, str(statement.object))
