import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.sparql.tokens import Kind, place, scan


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("?load", [Kind.VARIABLE]),
        ("$load", [Kind.VARIABLE]),
        ("ex:service", [Kind.NAME]),
        ("service:x", [Kind.NAME]),
        (":", [Kind.NAME]),
        (r"ex:a\'b%20c", [Kind.NAME]),
        ("_:load", [Kind.BLANK]),
        ("<urn:load>", [Kind.IRI]),
        ("<http://x/Côte_d'Ivoire#a>", [Kind.IRI]),
        ("'it is'", [Kind.STRING]),
        (r"'it\'s'", [Kind.STRING]),
        ("''", [Kind.STRING]),
        ('"""two\nlines with "quotes" """', [Kind.STRING]),
        ("'''it's'''", [Kind.STRING]),
        ('"x"@fr-BE', [Kind.STRING, Kind.LANGUAGE]),
        ("# load", []),
        ("1e5load", [Kind.NUMBER, Kind.WORD]),
        ("true.load", [Kind.WORD, Kind.WORD]),
        ("'open", [Kind.UNCLOSED, Kind.WORD]),
        ("1<2", [Kind.NUMBER, Kind.SIGN, Kind.NUMBER]),
        ("1<'>'", [Kind.NUMBER, Kind.SIGN, Kind.STRING]),
        ("{[()]}", [Kind.OPEN] * 3 + [Kind.CLOSE] * 3),
    ],
)
def test_each_terminal_is_told_from_the_others(text: str, kinds: list[Kind]) -> None:
    assert [token.kind for token in scan(text)] == kinds


@given(st.text())
def test_any_text_is_scanned_in_order_without_inventing_a_character(text: str) -> None:
    end = 0
    for token in scan(text):
        assert token.start >= end
        end = token.start + len(token.text)
        assert text[token.start : end] == token.text


def test_a_place_counts_lines_and_columns_from_one() -> None:
    assert place("ab\ncd", 0) == (1, 1)
    assert place("ab\ncd", 4) == (2, 2)
