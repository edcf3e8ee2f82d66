"""What the tests of the build share: the tiny repository, and Turtle read into a store."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox

from enact_graph.authoring import dataset
from enact_graph.authoring.new.inventory import Inventory
from enact_graph.terms import PREFIXES
from tests.authored import read_sources

TINY = Path(__file__).parents[1] / "tiny"
ROOT = Path(__file__).parents[2]

HEAD = "".join(f"@prefix {p}: <{ns}> .\n" for p, ns in PREFIXES.items())


@cache
def real_inventory() -> Inventory:
    """The inventory of the real data, which nobody changes; once a process."""
    return Inventory.over(read_sources())


def store(trig: str) -> ox.Store:
    """Read TriG without prefix declarations into a store with its merge."""
    return dataset.collect(ox.parse(HEAD + trig, format=ox.RdfFormat.TRIG))


def triples(turtle: str) -> set[str]:
    """Read Turtle without prefix declarations; the triples in N-Triples form."""
    return {str(q.triple) for q in ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE)}


def merged(held: ox.Store) -> set[str]:
    """Return the merge of a store, in N-Triples form."""
    return {str(t) for t in dataset.merge(held)}
