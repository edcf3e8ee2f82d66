"""Named questions: parameters take terms of their type, and never a text of a user."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.errors import BadParameter, CorruptRelease
from enact_graph.release.questions import KINDS, Parameter, Question, find, read, term, write
from enact_graph.terms import ID, LANGUAGES, PREFIXES

TITLES = dict.fromkeys(LANGUAGES, "?")
DEFAULTS = {
    "date": '"2023-06-30"^^<http://www.w3.org/2001/XMLSchema#date>',
    "integer": "150",
    "decimal": "0.5",
    "iri": f"<{ID}enact>",
    "language": '"fr"',
}


def question(kind: str) -> Question:
    """A question that answers with the value of its one parameter."""
    clause = f"VALUES ?it {{ {DEFAULTS[kind]} }}"
    text = f"SELECT ?it WHERE {{\n  {clause}\n}}\n"
    parameter = Parameter("it", kind, TITLES, KINDS[kind], clause)
    return Question("asked", TITLES, text, TITLES, "trust", 7, (parameter,))


def answer(query: str) -> list[object]:
    found = ox.Store().query(query)
    assert isinstance(found, ox.QuerySolutions)
    return [row["it"] for row in found]


@pytest.mark.parametrize("kind", KINDS)
def test_the_default_of_each_type_is_in_the_query(kind: str) -> None:
    asked = question(kind)
    assert answer(asked.text) == [term(kind, KINDS[kind])]
    assert answer(asked.fill({"it": KINDS[kind]})) == answer(asked.text)


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("date", "2022-02-28", '"2022-02-28"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("integer", "-007", '"-7"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("decimal", "+1.25", '"1.25"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("decimal", "150", '"150"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("iri", "id:unigr", f"<{ID}unigr>"),
        ("iri", f"{ID}unigr", f"<{ID}unigr>"),
        ("iri", "v:role-member", f"<{PREFIXES['v']}role-member>"),
        ("iri", "enact:Target", f"<{PREFIXES['enact']}Target>"),
        ("language", "de", '"de"'),
    ],
)
def test_a_value_becomes_a_term(kind: str, value: str, written: str) -> None:
    assert [str(found) for found in answer(question(kind).fill({"it": value}))] == [written]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "2023-02-30"),
        ("date", "2023"),
        ("date", "20230630"),
        ("date", '2023-06-30" } #'),
        ("date", "٢٠٢٣-٠٦-٣٠"),
        ("integer", "1.5"),
        ("integer", "1 2"),
        ("integer", "1" * 19),
        ("decimal", "1e3"),
        ("decimal", "1."),
        ("iri", "schema:name"),
        ("iri", "https://example.org/"),
        ("iri", "id:a> } SELECT"),
        ("iri", f"{ID}a b"),
        ("iri", "id:"),
        ("language", "ja"),
        ("language", ""),
    ],
)
def test_a_value_of_another_type_is_refused_with_an_example(kind: str, value: str) -> None:
    with pytest.raises(BadParameter) as refused:
        question(kind).fill({"it": value})
    assert f"is no {kind}; write it like {KINDS[kind]}" in refused.value.detail


@given(kind=st.sampled_from(sorted(KINDS)), value=st.text(max_size=30))
def test_no_text_ever_changes_what_is_asked(kind: str, value: str) -> None:
    try:
        asked = question(kind).fill({"it": value})
    except BadParameter:
        return
    assert answer(asked) == [term(kind, value)]


def test_a_parameter_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(BadParameter, match="asked has no parameter day; it has it"):
        question("date").fill({"day": "2023-06-30"})


def test_a_question_is_found_by_name_or_its_neighbours_are_named() -> None:
    asked = question("date")
    assert find([asked], "asked") is asked
    with pytest.raises(BadParameter, match="There is no question aksed; there is asked"):
        find([asked], "aksed")


def test_only_a_question_with_a_language_speaks_another() -> None:
    assert answer(question("language").spoken("de")) == [ox.Literal("de")]
    assert question("date").spoken("de") == question("date").text


def test_questions_survive_the_journey_through_a_release() -> None:
    asked = tuple(question(kind) for kind in KINDS)
    assert read(write(asked)) == asked


@pytest.mark.parametrize("content", [b"", b"{}x", b'[{"name": "a"}]', b"[1]"])
def test_what_holds_no_questions_is_a_corrupt_release(content: bytes) -> None:
    with pytest.raises(CorruptRelease, match=r"queries\.json"):
        read(content)
