"""XML that is read as it was meant."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.errors import NotAcceptable
from enact_graph.formats import RDF_XML, RESULTS_JSON, RESULTS_XML
from enact_graph.query.wellformed import well_formed


@given(text=st.text(st.characters(codec="utf-8")))
def test_a_text_is_refused_exactly_where_a_parser_would_refuse_it(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    content = f"<a>{escaped}</a>".encode()
    try:
        ElementTree.fromstring(content)
    except ElementTree.ParseError:
        with pytest.raises(NotAcceptable, match="which XML cannot write"):
            well_formed(content, RESULTS_XML)
    else:
        assert (ElementTree.fromstring(well_formed(content, RDF_XML)).text or "") == text


def test_other_formats_are_left_alone() -> None:
    assert well_formed(b"\x00\r", RESULTS_JSON) == b"\x00\r"
