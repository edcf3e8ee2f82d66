"""Statements to hold against their sources by hand: a sample that a seed repeats.

    python -m tests.audit 20261130 150

One statement a paragraph: place, statement with the names of its things, and where it comes from.
Left out is what no source can be wrong about: types, names, precisions, currencies and what
describes the documents and graphs themselves.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from enact_graph.authoring.sources import Sources, load
from enact_graph.rdf.statement import Statement
from enact_graph.terms import GRAPH, PREFIXES
from tests.authored import ROOT

_P: Final = PREFIXES
_NAME: Final = NamedNode(_P["skos"] + "prefLabel")
_ADDRESS: Final = NamedNode(_P["schema"] + "url")
_DERIVED: Final = NamedNode(_P["prov"] + "wasDerivedFrom")
_WHOLE: Final = NamedNode(_P["oa"] + "hasSource")
_LEFT_OUT: Final = {
    _P["rdf"] + "type",
    _P["skos"] + "prefLabel",
    _P["schema"] + "currency",
    _P["enact"] + "precision",
    _P["enact"] + "startPrecision",
    _P["enact"] + "endPrecision",
}


@dataclass(frozen=True)
class Words:
    """The names of things, and the objects of the properties that lead to a source."""

    names: dict[str, str]
    found: dict[tuple[str, str], list[str]]

    @classmethod
    def of(cls, sources: Sources) -> "Words":
        names: dict[str, str] = {}
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for quad in (statement.quad for statement in sources.statements):
            subject = getattr(quad.subject, "value", "")
            if quad.predicate == _NAME and isinstance(quad.object, Literal):
                if quad.object.language == "en":
                    names[subject] = quad.object.value
            elif quad.predicate in (_ADDRESS, _DERIVED, _WHOLE):
                found[subject, quad.predicate.value].append(str(getattr(quad.object, "value", "")))
        return cls(names, found)

    def told(self, term: object) -> str:
        name = self.names.get(getattr(term, "value", ""), "")
        return f"{term} ({name})" if name else str(term)

    def documents(self, graph: str) -> Iterator[str]:
        for source in self.found[graph, _DERIVED.value]:
            for whole in (source, *self.found[source, _WHOLE.value]):
                addresses = self.found[whole, _ADDRESS.value] or [whole]
                yield f"{self.names.get(whole, whole)} <{'> <'.join(addresses)}>"


def is_told_by_a_source(quad: Quad) -> bool:
    graph = getattr(quad.graph_name, "value", "")
    is_own = graph in {GRAPH + name for name in ("provenance", "curation", "catalogue", "links")}
    is_ours = not graph.startswith(GRAPH) or is_own
    return not is_ours and quad.predicate.value not in _LEFT_OUT


def sample(sources: Sources, seed: int, count: int) -> list[Statement]:
    told = [s for s in sources.statements if is_told_by_a_source(s.quad)]
    told = [s for s in told if s.place.file.startswith("data/")]
    return random.Random(seed).sample(told, count)


def main(seed: int, count: int) -> None:
    sources = load(ROOT)
    words = Words.of(sources)
    for number, one in enumerate(sample(sources, seed, count), 1):
        quad = one.quad
        parts = (words.told(term) for term in (quad.subject, quad.predicate, quad.object))
        print(f"{number}. {one.place.file}:{one.place.line}")
        print("   " + "\n   ".join(parts))
        graph = getattr(quad.graph_name, "value", "")
        print(f"   {graph}: " + "; ".join(words.documents(graph)) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
