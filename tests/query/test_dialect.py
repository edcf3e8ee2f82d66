"""What the engine would answer otherwise than SPARQL says, asked of it as people write it."""

from contextlib import suppress
from itertools import pairwise
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph import formats
from enact_graph.engine.dialect import level, rendered, unfolded
from enact_graph.engine.evaluate import check_syntax, evaluate
from enact_graph.engine.output import Limits
from enact_graph.errors import QueryError, QuerySyntax
from enact_graph.sparql.ask import Answer, Ask
from enact_graph.sparql.service import Table
from enact_graph.sparql.tokens import place

DATA = """
<urn:a> <urn:p> <urn:b>, 7, "x"@en, "x"@fr .
<urn:c> <urn:p> "2026-11-30"^^<http://www.w3.org/2001/XMLSchema#date> .
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(DATA, format=ox.RdfFormat.TURTLE)
    return store


def answer(store: ox.Store, query: str, **more: Any) -> Answer:
    ask = Ask(query, formats.RESULTS_CSV, formats.N_TRIPLES)
    return evaluate(store, ask, Limits(100_000), **more)


def rows(store: ox.Store, query: str, **more: Any) -> list[str]:
    return answer(store, query, **more).body.decode().split("\r\n")[1:-1]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("SELECT (GROUP_CONCAT(?o) AS ?g) { <urn:a> ?p ?o }", "7 urn:b x x"),
        ("SELECT (GROUP_CONCAT(DISTINCT ?o) AS ?g) { <urn:a> ?p ?o }", "7 urn:b x"),
        ("SELECT (group_concat(?o; separator = ' ') AS ?g) { <urn:c> ?p ?o }", "2026-11-30"),
        ("SELECT (GROUP_CONCAT(?o # ) ;\n) AS ?g) { <urn:a> ?p ?o }", "7 urn:b x x"),
        (
            "SELECT (GROUP_CONCAT(IF(?o = 7, 'seven', ?o)) AS ?g) { <urn:a> ?p ?o }",
            "seven urn:b x x",
        ),
        ("SELECT (GROUP_CONCAT(?nothing) AS ?g) { <urn:a> ?p ?o }", ""),
        ("SELECT (GROUP_CONCAT(?o) AS ?g) { <urn:none> ?p ?o }", ""),
        ("SELECT ('GROUP_CONCAT(?o)' AS ?g) {}", "GROUP_CONCAT(?o)"),
    ],
)
def test_group_concat_joins_the_texts_of_all_values(
    store: ox.Store, query: str, wanted: str
) -> None:
    (found,) = rows(store, query)
    assert sorted(found.split()) == sorted(wanted.split())


def test_the_texts_are_plain_ones(store: ox.Store) -> None:
    query = "SELECT (LANG(?g) AS ?l) {{ SELECT (GROUP_CONCAT(?o) AS ?g) { VALUES ?o { 'x'@en } } }}"
    assert rows(store, query) == [""]


@pytest.mark.parametrize("word", ["TRUE", "True", "true", "tRUE"])
def test_truth_is_written_in_any_case(store: ox.Store, word: str) -> None:
    assert rows(store, f"SELECT ({word} AS ?t) (FALSE || {word} AS ?u) {{}}") == ["true,true"]


def test_a_fault_beside_it_keeps_its_place() -> None:
    with pytest.raises(QuerySyntax, match="Line 2, column 4: “}” does not belong here"):
        check_syntax("SELECT ?s ?s (TRUE AS ?t) { ?s\n?p }")


def test_a_column_that_is_named_twice_stands_once(store: ox.Store) -> None:
    query = "SELECT ?o ?s ?o { ?s ?p ?o FILTER(isNumeric(?o)) }"
    assert answer(store, query).body == b"o,s\r\n7,urn:a\r\n"
    inner = "SELECT * { { SELECT ?s ?s { ?s ?p 7 } } }"
    assert rows(store, inner) == ["urn:a"]


def test_a_name_in_select_stands_for_what_is_to_its_left(store: ox.Store) -> None:
    query = (
        "SELECT (COUNT(?o) AS ?n) (?n * 10 AS ?m) (?m + ?n AS ?k) { ?s ?p ?o } GROUP BY ?s"
        " ORDER BY ?n"
    )
    assert rows(store, query) == ["1,10,11", "4,40,44"]
    assert unfolded("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") is None
    assert unfolded("SELECT (RAND() + COUNT(*) AS ?n) (?n AS ?m) { ?s ?p ?o }") is None


def test_names_that_grow_beyond_measure_are_not_replaced() -> None:
    names = [f"?v{i}" for i in range(40)]
    items = " ".join(f"({a} + {a} AS {b})" for a, b in pairwise(names))
    assert unfolded(f"SELECT (COUNT(*) AS ?v0) {items} {{ ?s ?p ?o }}") is None


def test_a_call_of_an_unknown_function_is_an_error_of_its_expression_alone(store: ox.Store) -> None:
    query = "SELECT (<urn:f>(1) AS ?x) (COALESCE(<urn:g>(?s), 'else') AS ?y) { ?s ?p 7 }"
    found = answer(store, query)
    assert found.body == b"x,y\r\n,else\r\n"
    assert found.unknown == ("urn:f", "urn:g")
    assert rows(store, "SELECT ?s { ?s ?p 7 FILTER(<urn:f>(?s) || true) }") == ["urn:a"]
    assert rows(store, "SELECT ?s { ?s ?p 7 FILTER(<urn:f>(?s)) }") == []


def test_a_text_full_of_unknown_functions_is_no_question(store: ox.Store) -> None:
    calls = " ".join(f"(<urn:f{n}>(1) AS ?x{n})" for n in range(30))
    with pytest.raises(QueryError, match="custom function <urn:f"):
        answer(store, f"SELECT {calls} {{}}")


@pytest.mark.parametrize(
    ("text", "pattern", "wanted"),
    [
        ("a", "^[a-z-[aeiou]]$", "false"),
        ("b", "^[a-z-[aeiou]]$", "true"),
        ("B", "^[^a-z-[A-C]]$", "false"),
        ("D", "^[^a-z-[A-C]]$", "true"),
        ("é-1", r"^\\i\\c+$", "true"),
        ("1é", r"^\\i\\c*$", "false"),
        ("a b", r"^\\c+$", "false"),
        (" ", r"^[\\C]$", "true"),
        ("&", "^[a&&b]$", "true"),
        ("7", r"^\\d$", "true"),
        ("é", r"^\\p{L}$", "true"),
    ],
)
def test_patterns_mean_what_xpath_says(
    store: ox.Store, text: str, pattern: str, wanted: str
) -> None:
    assert rows(store, f'SELECT (REGEX("{text}", "{pattern}") AS ?t) {{}}') == [wanted]


LETTERS = st.text("abcxyz", min_size=1, max_size=6)


@given(LETTERS, LETTERS, st.sampled_from("abcxyz"), st.booleans())
def test_a_class_less_another_has_what_only_the_first_has(
    one: str, other: str, letter: str, is_negated: bool
) -> None:
    caret = "^" if is_negated else ""
    query = f'SELECT (REGEX("{letter}", "^[{caret}{one}-[{other}]]$") AS ?t) {{}}'
    wanted = ((letter in one) != is_negated) and letter not in other
    assert rows(ox.Store(), query) == [str(wanted).lower()]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ("'abc', '(b)', '$1x'", "abxc"),
        ("'abc', '(b)', '[$0]'", "a[b]c"),
        ("'abc', '(b)', '$10'", "ab0c"),
        ("'abc', 'b', '\\\\\\\\$'", "a$c"),
        ("'abc', 'b', '\\\\\\\\\\\\\\\\'", "a\\c"),
        ("'a.c', '.', '$1', 'q'", "a$1c"),
        ("'abcd', '(b)|[(](x)', '$2$1'", "abcd"),
    ],
)
def test_replacements_mean_what_xpath_says(store: ox.Store, arguments: str, wanted: str) -> None:
    arguments = arguments.replace("\\\\\\\\", "\\\\")
    assert rows(store, f"SELECT (REPLACE({arguments}) AS ?t) {{}}") == [wanted]


@pytest.mark.parametrize(
    ("query", "fault", "at"),
    [
        (r"SELECT * { FILTER(REGEX('aa', '(a)\\1')) }", "back-reference", "1:31"),
        (r"SELECT * { FILTER(REGEX('a', '[\\p{IsGreek}]')) }", "block", "1:30"),
        ("SELECT (REPLACE('abc',\n 'x*', '-') AS ?c) {}", "empty-match", "2:2"),
        ("SELECT (REPLACE('abc', 'X|', '-', 'i') AS ?c) {}", "empty-match", "1:24"),
        ("SELECT * { FILTER(REGEX(?x, 'a(?=b)')) }", "pattern", "1:29"),
        ("SELECT (REPLACE('abc', '[', '-') AS ?c) {}", "pattern", "1:24"),
        ("SELECT * { FILTER(REGEX(?x, 'a', 'gi')) }", "flags", "1:34"),
    ],
)
def test_what_the_engine_has_nothing_for_is_refused_in_words(
    store: ox.Store, query: str, fault: str, at: str
) -> None:
    with pytest.raises(QueryError) as caught:
        answer(store, query)
    extra = caught.value.extra
    assert type(caught.value) is QueryError
    assert (extra["fault"], f"{extra['line']}:{extra['column']}") == (fault, at)
    assert place(query, extra["offset"]) == (extra["line"], extra["column"])
    with pytest.raises(QueryError):
        check_syntax(query)


def test_a_pattern_that_is_data_goes_to_the_engine_as_it_is(store: ox.Store) -> None:
    query = r"SELECT (REGEX('aa', ?p) AS ?t) { VALUES ?p { '(a)\\1' 'a-[b]' '[' '^a' } }"
    assert rows(store, query) == ["", "false", "", "true"]
    same = "SELECT (REGEX('a', CONCAT('[', ?x)) AS ?t) {}"
    assert rendered(same) == same


@pytest.mark.parametrize(
    ("query", "fault", "at"),
    [
        ("SELECT * { ?x ?p ?y FILTER(?x<?a&&?b>?y) }", "longest", 29),
        ("SELECT * { BIND(<<( 'x' <urn:q> <urn:z> )>> AS ?t) }", "subject", 20),
        ("SELECT * { BIND(<<( <<( ?a ?b ?c )>> ?q ?z )>> AS ?t) }", "subject", 20),
    ],
)
def test_what_only_the_engine_takes_is_no_sparql(
    store: ox.Store, query: str, fault: str, at: int
) -> None:
    with pytest.raises(QuerySyntax) as caught:
        answer(store, query)
    assert (caught.value.extra["fault"], caught.value.extra["offset"]) == (fault, at)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?x<?a&&?b>?y }",
        "SELECT * { ?x ?p ?y FILTER(?x < ?a &&?b > ?y) }",
        "SELECT * { ?s ?q <<( <<( ?a ?b ?c )>> ?p ?o )>> }",
        "SELECT * { BIND(<<( ?s ?p <<( ?a ?b ?c )>> )>> AS ?t) }",
    ],
)
def test_what_looks_alike_is_left_alone(query: str) -> None:
    check_syntax(query)


def test_the_place_of_what_is_refused_is_that_in_the_text_that_was_sent(store: ox.Store) -> None:
    query = "SELECT * {\nSERVICE <urn:x> { ?a ?b ?c }\nFILTER(REPLACE('a', '', 'b') = ?a) }"
    start = query.index("SERVICE")
    many = b'{"head":{"vars":["a"]},"results":{"bindings":[%s]}}' % b",".join(
        [b'{"a":{"type":"literal","value":"x"}}'] * 9
    )
    table = Table(start, query.index("\nFILTER"), "urn:x", False, many)
    with pytest.raises(QueryError, match="Line 3, column 21"):
        answer(store, query, tables=(table,))


PIECES = ["?s", "(", ")", "{", "}", ",", ";", "'a*'", '"[a-[b]]"', "<<(", ")>>", "AS"]
PIECES += ["GROUP_CONCAT", "REGEX", "REPLACE", "TRUE", "SELECT", "DISTINCT"]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
def test_no_text_breaks_the_rewriting(text: str) -> None:
    assert len(level(text)) == len(text)
    unfolded(text)
    with suppress(QueryError):
        rendered(text)
