import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.errors import (
    QueryError,
    QueryMissing,
    QueryRefused,
    QuerySyntax,
    QueryTooDeep,
    QueryTooLong,
)
from enact_graph.settings import Settings
from enact_graph.sparql.prefilter import LONG, changes, check, check_words

SETTINGS = Settings()
UPDATES = ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"]
WORDS = ["SERVICE", "service", *UPDATES, *map(str.lower, UPDATES)]


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_a_blank_text_is_no_query(text: str) -> None:
    with pytest.raises(QueryMissing, match="empty"):
        check(text, SETTINGS)


def test_a_text_beyond_the_limit_is_refused_with_both_numbers() -> None:
    with pytest.raises(QueryTooLong, match="has 300 characters, the limit is 256"):
        check("ASK {}" + " " * 294, Settings(query_chars=256))
    check("ASK {}" + " " * 250, Settings(query_chars=256))


@pytest.mark.parametrize("bracket", ["(", "{", "["])
def test_brackets_may_nest_to_the_limit_and_no_deeper(bracket: str) -> None:
    check("ASK " + bracket * 20, Settings(query_depth=20))
    with pytest.raises(QueryTooDeep, match="more than 20 levels deep at line 1, column 25"):
        check("ASK " + bracket * 21, Settings(query_depth=20))


def test_brackets_in_strings_iris_and_comments_do_not_nest() -> None:
    check(f"ASK {{ ?s <urn:{'(' * 30}> '{'(' * 30}' }} # {'(' * 30}", Settings(query_depth=8))


def test_brackets_side_by_side_do_not_nest() -> None:
    check("ASK { }" + "()" * 100, Settings(query_depth=8))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://x/> { ?s ?p ?o } }",
        "SELECT * { service?x{ ?s ?p ?o } }",
        "SELECT * { SERVICESILENT<http://x/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p true.SERVICE<http://x/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE<http://x/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p 1e5SERVICE<http://x/>{ ?s ?p ?o } }",
        "PREFIX x: <http://x/> SELECT * { SERVICEx:y { ?s ?p ?o } }",
        "PREFIX x: <http://x/> PREFIX SERVICEx: <urn:> SELECT * { SERVICEx:y {} }",
        "SELECT * { FILTER(1<'>') {SERVICE SILENT <http://x/> { ?s ?p ?o } } #'\n}",
    ],
)
def test_service_is_refused_however_the_engine_would_read_it(query: str) -> None:
    with pytest.raises(QueryRefused, match="SERVICE at line 1") as caught:
        check(query, SETTINGS)
    assert caught.value.extra == {"keyword": "SERVICE"}


@pytest.mark.parametrize("word", UPDATES)
def test_every_operation_of_an_update_is_refused_by_name(word: str) -> None:
    with pytest.raises(QueryRefused, match=f"{word} at line 2, column 1"):
        check(f"PREFIX ex: <urn:>\n{word.lower()} <urn:x>", SETTINGS)


@given(st.text())
def test_any_text_passes_or_is_refused_with_a_reason(text: str) -> None:
    with contextlib.suppress(QueryError):
        check(text, SETTINGS)


@given(st.text(alphabet="SERVICEserviceload {}()<>'\"#?:._\\\n1@x"))
def test_any_text_of_the_telling_characters_passes_or_is_refused(text: str) -> None:
    with contextlib.suppress(QueryError):
        check(text, SETTINGS)


@given(
    st.sampled_from(WORDS),
    st.sampled_from(
        [
            "SELECT ?{w} {{ ?{w} ?p ?o }}",
            "SELECT * {{ ?s ?p '{w} <x> {{' }}",
            'SELECT * {{ ?s ?p """{w}\n{w}""" }}',
            "SELECT * {{ ?s ?p <http://x/{w}#{w}> }}",
            "SELECT * {{ ?s ?p ?o }} # {w} <x>",
            "PREFIX ex: <urn:> SELECT * {{ ?s ex:{w} ex:a.{w} }}",
            "PREFIX {w}: <urn:> SELECT * {{ GRAPH {w}:g {{ ?s {w}:p ?o }} }}",
            "PREFIX {w}: <urn:> SELECT * FROM NAMED {w}:g {{ ?s ?p _:{w} }}",
            "SELECT * {{ ?s ?p 'x'@{w} }}",
        ]
    ),
)
def test_the_words_pass_where_they_are_no_keywords(word: str, query: str) -> None:
    check(query.format(w=word), SETTINGS)


@pytest.mark.parametrize("quote", ["'", '"', "'''", '"""'])
def test_a_string_without_end_is_a_fault_with_its_place(quote: str) -> None:
    with pytest.raises(QuerySyntax, match="Line 2, column 8: the string") as caught:
        check(f"ASK {{\n ?s ?p {quote}open }}", SETTINGS)
    assert caught.value.extra == {"line": 2, "column": 8}


def test_half_a_surrogate_pair_is_a_fault() -> None:
    with pytest.raises(QuerySyntax, match="Line 1, column 8: there is half a surrogate pair"):
        check("ASK { '\ud800' }", SETTINGS)


@pytest.mark.parametrize(
    "unit", ["a.", "<a", "<a'", "'\\'", '"""\\', "@a-", "_:a.", "a:%20.", "'a"]
)
def test_the_time_of_the_scan_grows_with_the_text_only(unit: str) -> None:
    start = time.process_time()
    with contextlib.suppress(QueryError):
        check_words(unit * (100_000 // len(unit)), SETTINGS.query_depth)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "unit", ["a ", "()", "<a'", "'a'", "\\", "'", "SERVICEx ", "#\n", "xRANDx ;"]
)
def test_a_text_of_any_length_takes_the_server_no_longer_than_a_short_one(unit: str) -> None:
    text = "ASK {" + unit * ((SETTINGS.query_chars - 5) // len(unit))
    start = time.process_time()
    with contextlib.suppress(QueryError):
        check(text, SETTINGS)
    changes(text)
    assert time.process_time() - start < 0.3  # a scan of all its words takes up to two seconds


def test_the_words_of_a_long_text_are_left_to_a_query_process() -> None:
    refused = "SELECT * { SERVICE <http://x/> { ?s ?p ?o } } #" + "x" * LONG
    assert check(refused, SETTINGS)
    with pytest.raises(QueryRefused):
        check_words(refused, SETTINGS.query_depth)
    assert not check("SELECT * { ?s ?p ?o } #" + "x" * LONG, SETTINGS)


def test_a_long_text_asks_no_other_server() -> None:
    settings = Settings(service_hosts=("https://example.org",))
    with pytest.raises(QueryTooLong, match="SERVICE") as told:
        check("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } } #" + "x" * LONG, settings)
    assert told.value.extra["limit"] == LONG
