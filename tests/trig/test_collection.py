"""Lists are recognised where they are whole, and only there."""

import pytest
from pyoxigraph import RdfFormat, parse

from enact_graph.rdf.reader import read
from enact_graph.rdf.writer import write_parsed
from enact_graph.terms import PREFIXES
from tests.trig.test_writer import dataset_of


@pytest.mark.parametrize(
    "said",
    [
        "_:a rdf:first 1 . _:a rdf:rest _:a . id:x id:p _:a .",
        "_:a rdf:first 1 ; rdf:rest rdf:nil . id:x id:p _:a, id:y . id:z id:p _:a .",
        "_:a rdf:first 1, 2 ; rdf:rest rdf:nil . id:x id:p _:a .",
        "_:a rdf:first 1 ; rdf:rest rdf:nil ; id:p 1 . id:x id:p _:a .",
        "_:a rdf:first 1 ; rdf:rest id:y . id:x id:p _:a .",
        "_:a rdf:first 1 ; rdf:rest 7 . id:x id:p _:a .",
        "_:a rdf:first 1 ; rdf:rest _:b . id:x id:p _:a .",
        "_:a rdf:first 1 ; rdf:rest rdf:nil .",
        "_:a rdf:first 1 ; rdf:rest _:b . _:b rdf:first 2 ; rdf:rest _:a .",
        "GRAPH g:a { _:a rdf:first 1 . } GRAPH g:b { _:a rdf:rest rdf:nil . id:x id:p _:a . }",
        "GRAPH g:a { _:a rdf:first 1 ; rdf:rest rdf:nil . } GRAPH g:b { id:x id:p _:a . }",
        "GRAPH _:a { id:x id:p _:a . } _:a rdf:first 1 ; rdf:rest rdf:nil .",
    ],
)
def test_what_only_resembles_a_list_is_written_out(said: str) -> None:
    parsed = read(said, "a.trig", assumed=PREFIXES)
    written = write_parsed(parsed)
    assert "( " not in written
    assert dataset_of(parse(written.encode(), format=RdfFormat.TRIG)) == dataset_of(
        statement.quad for statement in parsed.statements
    )
