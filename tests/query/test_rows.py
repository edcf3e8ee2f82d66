"""Rows counted in the bytes of a table: exact, whatever the values look like."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.engine.evaluate import evaluate
from enact_graph.engine.output import Limits
from enact_graph.errors import AnswerTooLarge
from enact_graph.formats import N_TRIPLES, RESULT_FORMATS, RESULTS_CSV, Format
from enact_graph.sparql.ask import Ask

QUERIES = ("SELECT * {?s ?p ?o}", "SELECT ?nothing {?s ?p ?o}", "SELECT ?o ?nothing {?s ?p ?o}")
AWKWARD = st.text('a",{}[]<>/\r\n\t\\ :;result') | st.text(
    st.characters(min_codepoint=32, codec="utf-8", exclude_characters="\ufffe\uffff"), max_size=20
)


def run(store: ox.Store, query: str, target: Format, rows: int) -> bytes:
    return evaluate(store, Ask(query, target, N_TRIPLES), Limits(1 << 20, rows)).body


@pytest.mark.parametrize("target", RESULT_FORMATS, ids=lambda f: f.key)
@given(values=st.lists(AWKWARD, unique=True, min_size=1, max_size=12))
def test_the_limit_of_rows_is_met_exactly(target: Format, values: list[str]) -> None:
    store = ox.Store()
    s, p = ox.NamedNode("urn:s"), ox.NamedNode("urn:p")
    store.extend(ox.Quad(s, p, ox.Literal(value)) for value in values)
    for query in QUERIES:
        assert run(store, query, target, len(values))
        if len(values) > 1:
            with pytest.raises(AnswerTooLarge, match=f"more than {len(values) - 1} rows") as caught:
                run(store, query, target, len(values) - 1)
            assert caught.value.extra == {"limit": len(values) - 1}


def test_a_graph_counts_its_triples_once_each() -> None:
    store = ox.Store()
    s, p = ox.NamedNode("urn:s"), ox.NamedNode("urn:p")
    store.extend(ox.Quad(s, p, ox.Literal(i)) for i in range(5))
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . ?a ?b ?c }"
    assert run(store, query, RESULTS_CSV, 5).count(b"\n") == 5
    with pytest.raises(AnswerTooLarge, match="more than 4 rows"):
        run(store, query, RESULTS_CSV, 4)
