"""Broken queries as people write them: what is said of each, and at which place.

Each line was looked at when it was written: the place is that of the fault, the words say what to
do. What has no fault of its own is told by what may stand there.
"""

import re
import unicodedata
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.engine.evaluate import check_syntax
from enact_graph.errors import QueryError
from enact_graph.sparql.diagnostics import SAID
from enact_graph.sparql.tokens import Kind, scan, unmarked

#: Place, fault (- for none), words, and the query with unseen characters as escapes of four digits.
TABLE = Path(__file__).with_name("broken.tsv")
BROKEN = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()[1:]]


def unescaped(query: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), query)


def refused(query: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        check_syntax(query)
    return caught.value


@pytest.mark.parametrize(("at", "fault", "said", "query"), BROKEN, ids=[b[-1] for b in BROKEN])
def test_a_broken_query_is_told_its_fault_and_the_place(
    at: str, fault: str, said: str, query: str
) -> None:
    query = unescaped(query)
    error = refused(query)
    line, column = error.extra["line"], error.extra["column"]
    assert (f"{line}:{column}", error.extra.get("fault", "-")) == (at, fault)
    assert error.detail == f"Line {line}, column {column}: {said}."
    lines = query.split("\n")
    assert error.extra["offset"] == sum(len(text) + 1 for text in lines[: line - 1]) + column - 1


def test_every_kind_of_fault_is_among_them() -> None:
    assert {fault for _, fault, *_ in BROKEN} == {*SAID, "-"}


#: What stands outside strings, IRIs and names: all of it is ASCII.
SOUND = (
    "SELECT ?s (STR(?o) AS ?x) WHERE { ?s <urn:p> ?o FILTER(?o != 'é') } # €\nORDER BY ?s LIMIT 3"
)
#: Blanks, signs and unseen characters that no name may have either.
ODD = st.characters(
    min_codepoint=0x80, categories=["Zs", "Zl", "Zp", "Cf", "Pi", "Pf", "Pd", "Sm"]
).filter(lambda c: next(scan(c)).kind is Kind.SIGN)
STARTS = [token.start for token in scan(SOUND)]


@given(st.sampled_from(STARTS), ODD)
def test_a_character_outside_the_grammar_is_named_where_it_stands(start: int, odd: str) -> None:
    error = refused(SOUND[:start] + odd + SOUND[start:])
    assert error.extra["offset"] == start
    assert f"U+{ord(odd):04X} {unicodedata.name(odd)}" in error.detail


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\\'\"\n\r>")))
def test_in_strings_and_comments_every_character_is_at_home(text: str) -> None:
    check_syntax(f"ASK {{ ?s ?p '{text}', \"{text}\" }} # {text}")


@pytest.mark.parametrize("text", ["ASK {}", "", "\ufeffASK {}"])
def test_a_mark_is_left_out_at_the_start_only(text: str) -> None:
    assert unmarked("\ufeff" + text) == text
    assert unmarked("ASK {} \ufeff") == "ASK {} \ufeff"


def test_a_fault_that_has_no_cure_is_told_in_the_words_of_the_engine() -> None:
    with pytest.raises(SyntaxError):
        ox.Store().query("SELECT * { ?s ?p ?o } LIMIT 1 LIMIT 2 ?x")
    assert "does not belong here" in refused("SELECT * { ?s ?p ?o } LIMIT 1 LIMIT 2 ?x").detail
