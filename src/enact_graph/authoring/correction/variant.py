"""The variant of a fact: another source gives it differently, so both stay and are told apart.

As the model has it, each side is a node in the graph of its source, and `enact:differsFrom` in the
curation joins the two. A sum or a value belongs to the node that has it, which gets a second too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from enact_graph.authoring.correction.proof import Proof
from enact_graph.authoring.correction.written import Said
from enact_graph.authoring.dataset import term
from enact_graph.authoring.new.fields import Refusal
from enact_graph.authoring.new.inventory import Inventory
from enact_graph.authoring.new.skeleton import Draft
from enact_graph.rdf.statement import Statement
from enact_graph.terms import GRAPH, GRAPH_CURATION, ID, LANGUAGES, SOURCE, VOCAB

_DIFFERS: Final = term("enact:differsFrom")
_DOMAIN: Final = term("schema:domainIncludes").value
_LABEL: Final = term("skos:prefLabel")
_QUALIFIER: Final = term("enact:qualifier")
_EXACTLY: Final = ox.NamedNode(VOCAB + "exactly")
#: What no source says apart from what it is a value of.
_PARTS: Final = tuple(
    term(name).value for name in ("schema:MonetaryAmount", "schema:QuantitativeValue")
)
_ACCORDING: Final[Mapping[str, str]] = {
    "fr": "{name} (selon « {source} »)",
    "en": "{name} (according to “{source}”)",
    "de": "{name} (laut „{source}“)",
}


@dataclass(frozen=True)
class Variant:
    """The second account of what a statement is about, where `proof` is found."""

    inventory: Inventory
    statement: Statement
    proof: Proof

    def drafts(self, said: Said) -> tuple[Draft, ...]:
        """Return the second node, which says what the first does but for `said`, and their bond.

        Refusal `other-source` where the statement is about a thing of which there is one only, or
        is the kind of the thing itself.
        """
        subject = self.statement.quad.subject
        assert isinstance(subject, ox.NamedNode), "no authored subject is anything else"
        whole = self._whole(subject.value)
        fresh = list(said)
        replaced = {predicate for predicate, _ in fresh}
        if whole is None or term("rdf:type") in replaced:
            raise Refusal("other-source")
        nodes = {subject.value, whole}
        renamed = {iri: self._renamed(iri, whole) for iri in nodes}
        if _QUALIFIER not in replaced and self._says(subject.value, _QUALIFIER):
            fresh.append((_QUALIFIER, _EXACTLY))  # the hedge was that of the other source
            replaced |= {_QUALIFIER}
        quads = [
            self._quad(renamed[s], q.predicate, self._copied(q.object, renamed), self.proof.graph)
            for q in self._graph()
            if (s := getattr(q.subject, "value", "")) in nodes
            and not (s == subject.value and q.predicate in replaced)
        ]
        quads += [self._quad(renamed[subject.value], p, o, self.proof.graph) for p, o in fresh]
        return (Draft(self.proof.file, tuple(quads)), self._bond(whole, renamed[whole]))

    def _whole(self, iri: str) -> str | None:
        """The thing that can have a variant: the subject, or what it is the one value of."""
        inventory = self.inventory
        kinds = inventory.values(_DIFFERS.value, _DOMAIN)
        if inventory.is_a(iri, *_PARTS):
            owners = {q.subject for q in self._graph() if q.object == ox.NamedNode(iri)}
            values = [o.value for o in owners if isinstance(o, ox.NamedNode)]
            return values[0] if len(values) == 1 and inventory.is_a(values[0], *kinds) else None
        return iri if inventory.is_a(iri, *kinds) else None

    def _renamed(self, iri: str, whole: str) -> str:
        """The address of the second node: that of the first and of the document that differs."""
        document = self.proof.graph.removeprefix(GRAPH)
        fresh = f"{whole}-{document}{iri.removeprefix(whole)}" if iri.startswith(whole) else ""
        fresh = fresh or f"{iri}-{document}"
        if fresh in self.inventory.taken:
            raise Refusal("taken", name=f"id:{fresh.removeprefix(ID)}", place=self.proof.file)
        return fresh

    def _bond(self, first: str, second: str) -> Draft:
        """What the curation says of the two: the names of the second, and that they differ."""
        file = self.inventory.curation_file(first) or "data/curation.trig"
        described = dict(self.proof.names) or {
            tag: self.inventory.name(self._document(), tag) for tag in LANGUAGES
        }
        names = [
            ox.Literal(
                _ACCORDING[tag].format(name=self.inventory.name(first, tag), source=described[tag]),
                language=tag,
            )
            for tag in LANGUAGES
        ]
        quads = [self._quad(second, _LABEL, name, GRAPH_CURATION) for name in names]
        quads.append(self._quad(first, _DIFFERS, ox.NamedNode(second), GRAPH_CURATION))
        return Draft(file, tuple(quads))

    def _document(self) -> str:
        return self.inventory.document(self.proof.graph) or SOURCE

    def _says(self, iri: str, predicate: ox.NamedNode) -> bool:
        return any(
            q.predicate == predicate and q.subject == ox.NamedNode(iri) for q in self._graph()
        )

    def _graph(self) -> list[ox.Quad]:
        graph = self.statement.quad.graph_name
        return [s.quad for s in self.inventory.sources.statements if s.quad.graph_name == graph]

    @staticmethod
    def _copied(value: object, renamed: Mapping[str, str]) -> ox.NamedNode | ox.Literal:
        assert isinstance(value, ox.NamedNode | ox.Literal), "no authored object is anything else"
        return ox.NamedNode(renamed[value.value]) if value.value in renamed else value

    @staticmethod
    def _quad(
        subject: str, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal, graph: str
    ) -> ox.Quad:
        return ox.Quad(ox.NamedNode(subject), predicate, value, ox.NamedNode(graph))
