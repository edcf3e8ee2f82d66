"""RDF lists found in quads, so that they can be written inline as `( … )`."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from enact_graph.vocabulary import RDF

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

NIL: Final = NamedNode(RDF.nil)


class Collections:
    """The lists of a dataset that have no name and are used exactly once."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._next: dict[BlankNode, tuple[Term, BlankNode | NamedNode]] = {}
        said: defaultdict[BlankNode, list[Quad]] = defaultdict(list)
        uses: Counter[BlankNode] = Counter()
        user: dict[BlankNode, Quad] = {}
        for quad in quads:
            if isinstance(quad.subject, BlankNode):
                said[quad.subject].append(quad)
            if isinstance(quad.object, BlankNode):
                uses[quad.object] += 1
                user[quad.object] = quad
            if isinstance(quad.graph_name, BlankNode):
                uses[quad.graph_name] += 2
        for node, own in said.items():
            link = _link(own)
            if link and uses[node] == 1 and user[node].graph_name == own[0].graph_name:
                self._next[node] = link
        self._heads = {
            node: items
            for node in self._next
            if not (user[node].predicate.value == RDF.rest and user[node].subject in self._next)
            and (items := self._follow(node)) is not None
        }
        inner = {step for head in self._heads for step in self._steps(head)}
        self._inner = frozenset(inner)

    def items(self, node: Term) -> list[Term] | None:
        """Return the items of the list that begins at a node, or None if none does."""
        return self._heads.get(node) if isinstance(node, BlankNode) else None

    def holds(self, node: Term) -> bool:
        """Is the node a link of one of the lists, and hence not written as a subject?"""
        return node in self._inner

    def _follow(self, head: BlankNode) -> list[Term] | None:
        """Return the items from a head on, or None if the chain does not end in rdf:nil."""
        items: list[Term] = []
        node: BlankNode | NamedNode = head
        seen: set[BlankNode] = set()
        while isinstance(node, BlankNode):
            if node in seen or node not in self._next:
                return None
            seen.add(node)
            item, node = self._next[node]
            items.append(item)
        return items if node == NIL else None

    def _steps(self, head: BlankNode) -> Iterable[BlankNode]:
        node: BlankNode | NamedNode = head
        while isinstance(node, BlankNode):
            yield node
            node = self._next[node][1]


def _link(said: list[Quad]) -> tuple[Term, BlankNode | NamedNode] | None:
    """Return first and rest if they are all that is said of a node."""
    values = {quad.predicate.value: quad.object for quad in said}
    if len(said) != 2 or set(values) != {RDF.first, RDF.rest}:
        return None
    first, rest = values[RDF.first], values[RDF.rest]
    if said[0].graph_name != said[1].graph_name or not isinstance(rest, BlankNode | NamedNode):
        return None
    return first, rest
