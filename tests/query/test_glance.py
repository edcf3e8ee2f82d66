import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enact_graph.engine.dataset import _clauses, form_of
from enact_graph.sparql.prefilter import (
    changes,
    check_words,
    form,
    is_harmless,
    is_steady,
    may_differ,
    may_name_graphs,
    may_stand_still,
)
from enact_graph.sparql.tokens import first_form, scan

PIECES = st.sampled_from(
    [
        *"\"'#<>\\(){}[]?$:.-@%^1_ \n",
        *(
            "load",
            "INSERT",
            "with",
            "service",
            "x",
            "FROM",
            "from",
            "SELECT",
            "ASK",
            "BASE ",
            "PREFIX ex: <urn:> ",
            "é",
            "true",
            "1e5",
            "now",
            "rand",
            "bnode",
        ),
        *('"a"', "'b'", '"""', "<urn:x#y>", "<urn:o'x>", "# rest\n", "_:b", "ex:load", "?with"),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60)


@given(TEXTS, st.integers(1, 6))
@example("1load <urn:x>", 5)
@example("ASK { ?s ?p <urn:o'x> } # \"", 5)
def test_what_passes_at_a_glance_passes_the_scan(text: str, depth: int) -> None:
    if is_harmless(text, depth):
        check_words(text, depth)


@given(TEXTS)
def test_what_is_steady_at_a_glance_has_no_changing_word(text: str) -> None:
    if is_steady(text):
        assert not any(t.ends("NOW", "RAND", "UUID", "BNODE") for t in scan(text))
        assert not changes(text)


@given(TEXTS)
def test_a_form_at_a_glance_is_the_form(text: str) -> None:
    if found := form(text):
        assert first_form(scan(text)).text.upper().startswith(found.upper())


@given(TEXTS)
def test_no_graph_is_named_where_a_glance_finds_none(text: str) -> None:
    if not may_name_graphs(text):
        assert list(_clauses(scan(text))) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("PREFIX ex: <urn:x#> # SELECT\nBASE <urn:> \n describe <urn:x>", "describe"),
        ("PREFIX : <urn:SELECT> ASK{}", "ask"),
        ("PREFIX SELECT: <urn:> CONSTRUCT WHERE { ?s ?p ?o }", "construct"),
    ],
)
def test_the_form_stands_after_the_prologue(query: str, expected: str) -> None:
    assert form(query) == expected == form_of(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p ?o }",
        'PREFIX ex: <urn:x#> SELECT * { ?s ex:p "a (b" FILTER(?s < 3) } # done',
        'SELECT * { ?s ?p "" ; ex:loader ?within }',
    ],
)
def test_ordinary_queries_need_no_scan(query: str) -> None:
    assert is_harmless(query, 20)
    assert is_steady(query)


@pytest.mark.parametrize(
    ("query", "may"),
    [
        ("SELECT * { ?s :p* ?o }", True),
        ("SELECT * { ?s :p? ?o }", True),
        ("SELECT * { ?s (:p|:q)?/:r ?o }", True),
        ("SELECT * { ?s <urn:p>*<urn:o> }", True),
        ("SELECT * { ?s ?p ?o . ?s ?q ?r }", False),
        ("SELECT (COUNT(*) AS ?n) {?s ?p ?o;?q ?r}", False),
    ],
)
def test_a_path_without_a_step_is_suspected_where_there_may_be_one(query: str, may: bool) -> None:
    assert may_stand_still(query) is may


@pytest.mark.parametrize(
    ("query", "may"),
    [
        ("SELECT (group_concat(?x) AS ?y) {}", True),
        ("ASK { FILTER(regex(?x, 'y')) }", True),
        ("ASK { ?s ?p <<( ?a ?b ?c )>> }", True),
        ("ASK { FILTER(?x<?a&&?b>?y) }", True),
        ("ASK { FILTER(?x < ?a && ?b > ?y) }", False),
    ],
)
def test_what_the_engine_reads_otherwise_is_suspected(query: str, may: bool) -> None:
    assert may_differ(query) is may
