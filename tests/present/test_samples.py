"""Programs that ask a query: whatever the query is, the program holds that very text."""

import ast
import shlex

from hypothesis import given
from hypothesis import strategies as st

from enact_graph.topics.sparql.page import Sample, samples

ORIGIN = "https://example.org"
#: Characters that mean something in a string of one of the languages, and some others.
QUERIES = st.text(st.sampled_from("'\"\\{}$`#?é€\n a\t"), min_size=1).map(lambda t: f"A{t}Z")


def named(title: str, *, is_graph: bool = False) -> Sample:
    return next(s for s in samples(ORIGIN, is_graph=is_graph) if s.title == title)


@given(QUERIES, st.booleans())
def test_the_shell_hands_curl_the_query(query: str, is_graph: bool) -> None:
    words = shlex.split(named("curl", is_graph=is_graph).asking(query))
    assert words[-2:] == ["--data-urlencode", f"query=\n{query}\n"]
    assert f"{ORIGIN}/sparql" in words


@given(QUERIES, st.booleans())
def test_python_reads_the_query(query: str, is_graph: bool) -> None:
    tree = ast.parse(named("Python", is_graph=is_graph).asking(query))
    texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    assert f"\n{query}\n" in texts


@given(QUERIES, st.booleans())
def test_r_reads_the_query(query: str, is_graph: bool) -> None:
    program = named("R", is_graph=is_graph).asking(query)
    assert _first_string(program) == f"\n{query}\n"


def _first_string(program: str) -> str:
    """What R reads between the first apostrophes: a backslash takes the next character as it is."""
    found, rest = "", iter(program.partition("'")[2])
    for character in rest:
        if character == "'":
            return found
        found += next(rest) if character == "\\" else character
    raise AssertionError("the string does not end")
