"""XML that is read as it was meant."""

from contextlib import suppress
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from enact_graph.engine.evaluate import evaluate
from enact_graph.engine.output import Limits
from enact_graph.errors import NotAcceptable
from enact_graph.formats import RDF_XML, RESULTS_JSON, RESULTS_XML
from enact_graph.rdf.xml_safe import well_formed
from enact_graph.sparql.ask import Ask
from enact_graph.terms import ENACT, PREFIXES


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


RDF = PREFIXES["rdf"]
NAME = st.text(st.sampled_from("abZ019_.-:/é\u00b7\u0300\u0132\u2fff\U00010000?&"), max_size=6)
RESERVED = ["type", "li", "_1", "Bag", "RDF", "Description", "ID", "nodeID", "bagID"]
PROPERTIES = st.one_of(
    st.builds("{}{}".format, st.sampled_from(["http://e/", "urn:x:", RDF, ENACT]), NAME),
    st.sampled_from(["http://example.org/1", *(RDF + name for name in RESERVED)]),
    st.sampled_from(["http://www.w3.org/2000/xmlns/x", "http://www.w3.org/XML/1998/namespacelang"]),
    st.just(RDF + "type"),
)
NODES = st.sampled_from([ox.NamedNode("http://e/s?a&b"), ox.BlankNode("1"), ox.BlankNode("a.b")])
CLASSES = ["http://e/C", "http://e/1", RDF + "Description", RDF + "bagID", "http://e/\U00010000"]
VALUES = st.one_of(
    NODES,
    st.sampled_from(CLASSES).map(ox.NamedNode),
    st.builds(ox.Literal, st.text(st.characters(codec="utf-8"), max_size=8)),
    st.builds(ox.Literal, st.text("ab <&\r\n"), language=st.sampled_from(["fr", "en-gb"])),
)


@given(triples=st.lists(st.tuples(NODES, PROPERTIES, VALUES), min_size=1, max_size=4))
@settings(deadline=None)
@pytest.mark.parametrize("whole", [None, 1], ids=["whole", "in parts"])
def test_a_graph_in_rdf_xml_is_read_as_the_same_or_refused(
    triples: list[tuple[ox.NamedNode | ox.BlankNode, str, ox.Literal]], whole: int | None
) -> None:
    store = ox.Store()
    store.extend(ox.Quad(s, ox.NamedNode(p), o) for s, p, o in triples)
    parts: list[bytes] = []
    ask, limits = Ask("CONSTRUCT WHERE { ?s ?p ?o }", None, RDF_XML), Limits(1 << 20, whole=whole)
    with suppress(NotAcceptable):
        parts.append(evaluate(store, ask, limits, out=lambda _, __, part: parts.append(part)).body)
    if not parts:
        return  # refused, before anything was sent
    found = rdflib.Graph().parse(data=b"".join(parts), format="xml")
    written = ox.serialize((q.triple for q in store), format=ox.RdfFormat.N_TRIPLES)
    assert written is not None
    assert isomorphic(found, rdflib.Graph().parse(data=written, format="nt"))


@pytest.mark.parametrize("name", ["a", "é", "_1", "a-b.c", "x:y", "1a"])
def test_what_can_be_the_name_of_an_element_is_not_refused(name: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode(f"http://e/{name}"), ox.Literal("v")))
    answer = evaluate(store, Ask("CONSTRUCT WHERE { ?s ?p ?o }", None, RDF_XML), Limits(1 << 20))
    assert len(rdflib.Graph().parse(data=answer.body, format="xml")) == 1
