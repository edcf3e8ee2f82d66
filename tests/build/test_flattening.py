"""Queries on one line: the same result, and comments left alone."""

import rdflib
from rdflib.namespace import SH

from enact_graph.authoring.shacl.arrange import flatten

QUERY = rdflib.URIRef("https://example.org/query")


def flattened(text: str) -> str:
    shapes = rdflib.Graph()
    shapes.add((QUERY, SH.select, rdflib.Literal(text)))
    flatten(shapes)
    (found,) = shapes.objects(QUERY, SH.select)
    return str(found)


def test_a_query_stands_on_one_line() -> None:
    assert flattened("\nSELECT $this {\n    $this a ?class .\n}\n").split() == [
        "SELECT", "$this", "{", "$this", "a", "?class", ".", "}",
    ]  # fmt: skip
    assert "\n" not in flattened("SELECT $this\n{ $this a ?class }")


def test_a_query_that_may_hold_a_comment_keeps_its_lines() -> None:
    text = "SELECT $this # who\n{ $this a ?class }"
    assert flattened(text) == text
