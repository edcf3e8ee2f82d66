"""Shapes: merged and listed without losing where they stand."""

import json

import rdflib
from rdflib.compare import isomorphic

from enact_graph.authoring.shacl import shapes
from enact_graph.authoring.sources import load
from tests.build.sample import TINY

STATEMENTS = load(TINY).shapes


def test_the_merged_turtle_is_the_graph_of_the_files() -> None:
    authored = rdflib.Graph().parse(TINY / "shapes/membership.ttl")
    assert isomorphic(rdflib.Graph().parse(data=shapes.turtle(STATEMENTS)), authored)
    assert isomorphic(shapes.graph(STATEMENTS), authored)


def test_lists_stay_inline() -> None:
    assert "sh:in ( v:role-lead v:role-member )" in shapes.turtle(STATEMENTS).decode()


def test_each_shape_is_listed_with_its_place_and_words() -> None:
    rows = {row["iri"].rpartition("#")[2]: row for row in json.loads(shapes.listing(STATEMENTS))}
    assert shapes.count(STATEMENTS) == len(rows) == 6
    row = rows["ConsortiumMembership-role"]
    assert row["kind"] == "PropertyShape"
    assert row["file"] == "shapes/membership.ttl"
    text = (TINY / row["file"]).read_text("utf-8").splitlines()[row["line"] - 1]
    assert "ConsortiumMembership-role" in text or "sh:PropertyShape" in text
    assert (row["path"], row["severity"]) == ("org:role", "violation")
    assert list(row["names"]) == list(row["messages"]) == ["fr", "en", "de"]
    assert rows["Label"]["targets"] == ["enact:Cluster", "enact:Institution"]
    assert rows["Label"]["properties"] == ["https://w3id.org/enact-graph/shapes#Label-prefLabel"]
