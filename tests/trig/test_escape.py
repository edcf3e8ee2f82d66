"""Escapes are undone and made so that the text stays the same."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, RdfFormat, parse

from enact_graph.rdf.characters import BadEscape, quote, quote_long, unescape, unescape_name

texts = st.one_of(st.text(), st.text(st.sampled_from('"\\\n\r\ta')))


def engine(quoted: str) -> str:
    (quad,) = parse(f"<http://a/s> <http://a/p> {quoted} .", format=RdfFormat.TURTLE)
    assert isinstance(quad.object, Literal)
    return quad.object.value


@given(texts)
@example("a\u2028b\u2029c\x85d")
def test_a_quoted_text_is_read_back(text: str) -> None:
    assert engine(quote(text)) == text
    assert len(quote(text).splitlines()) <= 1
    assert unescape(quote(text)[1:-1]) == text


@given(texts)
def test_a_long_quoted_text_is_read_back(text: str) -> None:
    assert engine(quote_long(text)) == text


@pytest.mark.parametrize("bad", [r"\x", r"\u12", r"\U00110000", r"\uDC00", "\\\n"])
def test_a_bad_escape_is_named(bad: str) -> None:
    with pytest.raises(BadEscape) as raised:
        unescape(f"a{bad}")
    assert raised.value.at == 1


def test_a_name_loses_its_backslashes() -> None:
    assert unescape_name(r"a\,b\~") == "a,b~"
