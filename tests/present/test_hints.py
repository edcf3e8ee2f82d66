"""Hints under an answer: where the text shows the pattern and the answer the silence."""

import pytest

from enact_graph.graph.entity import Name
from enact_graph.present.table import Table
from enact_graph.present.view import Part
from enact_graph.present.words import Labels, Voice
from enact_graph.terms import LANGUAGES
from enact_graph.topics.sparql.hints import Hint, hints

CONCAT = "SELECT ?s (GROUP_CONCAT(DISTINCT ?o; SEPARATOR=', ') AS ?all) { ?s ?p ?o } GROUP BY ?s"
HAVING = "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s HAVING(?n > 1) ORDER BY ?n"


def cell(text: str) -> Part:
    return Part(Name(text, ""))


def table(*rows: tuple[Part | None, ...], columns: tuple[str, ...] = ("s", "all")) -> Table:
    return Table(columns, rows, len(rows))


def test_an_empty_cell_of_group_concat_is_explained_with_the_cure() -> None:
    silent = table((cell("x"), None))
    assert hints(CONCAT, silent) == [Hint("concat", "?all", 'COALESCE(STR(?o), "")')]
    assert hints(CONCAT, table((cell("x"), cell("a, b")))) == []
    assert hints(CONCAT, table((None, cell("a, b")))) == []
    assert (
        hints(CONCAT.replace("GROUP_CONCAT", "SAMPLE").replace("; SEPARATOR=', '", ""), silent)
        == []
    )


def test_having_with_a_name_of_select_is_explained_where_no_row_comes() -> None:
    assert hints(HAVING, table(columns=("s", "n"))) == [Hint("having", "?n", "COUNT(?o)")]
    assert hints(HAVING, table((cell("x"), cell("2")), columns=("s", "n"))) == []
    right = HAVING.replace("HAVING(?n > 1)", "HAVING(COUNT(?o) > 1)")
    assert hints(right, table(columns=("s", "n"))) == []
    inner = f"SELECT * {{ {{ {HAVING} }} }}"
    assert hints(inner, table(columns=("s", "n"))) == [Hint("having", "?n", "COUNT(?o)")]


def test_a_function_that_nobody_knows_is_named_whatever_comes() -> None:
    assert hints("ASK { FILTER(<urn:f>(1)) }", None, ["urn:f"]) == [Hint("function", "urn:f")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", ["concat", "having", "function"])
def test_each_hint_is_told_in_each_language(key: str, lang: str) -> None:
    told = Hint(key, "?found", "INSTEAD").told(Voice(Labels.load(), lang))
    assert "?found" in told
    assert ("INSTEAD" in told) == (key != "function")


@pytest.mark.parametrize(
    "query", ["", "SELECT", "SELECT (", "SELECT (GROUP_CONCAT( AS ?all", "HAVING("]
)
def test_no_text_breaks_the_search(query: str) -> None:
    assert hints(query, table((None, None))) == []
