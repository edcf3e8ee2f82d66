import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.sparql.diagnostics import explain


def parse(query: str) -> str | None:
    try:
        ox.Store().query(query)
    except SyntaxError as error:
        return str(error)
    except (RuntimeError, OSError):
        pass
    return None


def fault(query: str) -> str:
    message = parse(query)
    assert message is not None
    return explain(query, message, parse).detail


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("STATE * { ?s ?p ?o }", "Line 1, column 1: “STATE” does not belong here."),
        ("hello world", "Line 1, column 1: “hello” does not belong here."),
        ("SELECT * {\n ?s ?p }", "Line 2, column 8: “}” does not belong here."),
        (
            "SELECT * { ?s ?p ?o } ]",
            "Line 1, column 23: “]” closes nothing; take it out, or look for the bracket it should"
            " close.",
        ),
        (
            "SELECT ?s\n",
            "Line 1, column 10: the query ends too early; expected here: a variable or “(” or “{”.",
        ),
        (
            "SELECT * WHERE ?s",
            "Line 1, column 16: “?s” does not belong here; expected here: “{”.",
        ),
        (
            'SELECT * { ?s ?p "é𝒳é"^^ }',
            "Line 1, column 26: “}” does not belong here;"
            " expected here: an IRI or a prefixed name.",
        ),
        ("SELECT * {} LIMIT x", "Line 1, column 19: “x” does not belong here."),
        (
            "SELECT * { ?s a org:Role }",
            "Line 1, column 17: the prefix org: is not declared;"
            " add PREFIX org: <http://www.w3.org/ns/org#>.",
        ),
        (
            "PREFIX a: <urn:>\nSELECT * { ?s a:b b:c }",
            "Line 2, column 19: the prefix b: is not declared; add PREFIX b: <…>.",
        ),
    ],
)
def test_a_fault_names_place_and_cause(query: str, said: str) -> None:
    assert fault(query) == said


def test_a_message_without_a_place_is_passed_on() -> None:
    error = explain("ASK {}", "something else", parse)
    assert error.detail == "The query cannot be read: something else"
    assert error.extra == {}


def test_a_long_text_is_told_what_needs_no_confirmation() -> None:
    long = "SELECT * { " + "?s <urn:p> 'x' . " * 500
    assert "U+00A0 NO-BREAK SPACE" in fault(long + "?a < b>\u00a0?o }")
    assert fault(long + "?s ?p }").endswith("“}” does not belong here.")


TOKENS = ["SELECT", "*", "{", "}", "?s", "a:b", "<urn:p>", ".", "(", ")", "'x\ny'", "FILTER", "\n"]


@given(st.lists(st.sampled_from(TOKENS)))
def test_every_refused_text_has_a_place_inside_it(tokens: list[str]) -> None:
    query = " ".join(tokens)
    message = parse(query)
    if message is None:
        return
    place = explain(query, message, parse).extra
    lines = query.split("\n")
    assert 1 <= place["line"] <= len(lines)
    assert 1 <= place["column"] <= len(lines[place["line"] - 1]) + 1
