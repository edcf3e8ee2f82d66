"""The file of an answer: it counts, refuses, and lets parts go, wherever they are cut."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph import formats
from enact_graph.engine.evaluate import evaluate
from enact_graph.engine.output import PART, Limits, Sink, counter
from enact_graph.errors import AnswerTooLarge, NotAcceptable, QueryTimeout
from enact_graph.formats import RDF_FORMATS, RESULT_FORMATS, Format
from enact_graph.sparql.ask import Ask

from .test_rows import AWKWARD


def store_of(values: list[str]) -> ox.Store:
    store = ox.Store()
    s, p = ox.NamedNode("urn:s"), ox.NamedNode("urn:p")
    store.extend(ox.Quad(s, p, ox.Literal(value)) for value in values)
    return store


def parts_of(store: ox.Store, query: str, target: Format, **limits: int) -> list[bytes]:
    """The answer as it comes with a threshold of nothing."""
    parts: list[bytes] = []
    bounds = Limits(**{"size": 1 << 26, "whole": 1} | limits)
    ask = Ask(query, target, target)
    last = evaluate(store, ask, bounds, out=lambda _, __, part: parts.append(part))
    return [*parts, last.body]


@pytest.mark.parametrize("target", RESULT_FORMATS, ids=lambda f: f.key)
@given(values=st.lists(AWKWARD, unique=True, min_size=1, max_size=9), cut=st.integers(1, 40))
def test_rows_are_counted_wherever_a_table_is_cut(
    target: Format, values: list[str], cut: int
) -> None:
    query = "SELECT ?o ?nothing { ?s ?p ?o }"
    body = evaluate(store_of(values), Ask(query, target), Limits(1 << 20)).body
    counts = counter(target)
    for start in range(0, len(body), cut):
        found = counts.add(body[start : start + cut])
    assert found == len(values)


MANY = store_of([f'"quoted", {{{i}}}\r\n\\' * 9 for i in range(3000)])


@pytest.mark.parametrize("target", RESULT_FORMATS, ids=lambda f: f.key)
def test_the_parts_of_a_table_make_the_whole(target: Format) -> None:
    query = "SELECT * { ?s ?p ?o }"
    whole = evaluate(MANY, Ask(query, target), Limits(1 << 26)).body
    parts = parts_of(MANY, query, target)
    assert b"".join(parts) == whole
    assert len(parts) > 2
    assert max(map(len, parts)) <= PART


@pytest.mark.parametrize("target", RDF_FORMATS, ids=lambda f: f.key)
def test_the_parts_of_a_graph_make_the_whole(target: Format) -> None:
    query = "CONSTRUCT { ?s ?p ?o . ?s <urn:q> ?o } WHERE { ?s ?p ?o }"
    parts = parts_of(MANY, query, target)
    format_ = ox.RdfFormat.from_extension(target.extension)
    assert format_
    read = [quad.triple for quad in ox.parse(b"".join(parts), format=format_)]
    assert len(read) == len(set(read)) == 6000


def test_what_is_no_longer_made_whole_is_never_taken_for_it() -> None:
    # Its triples take more room as lines than in Turtle, where they fit into one part.
    store = store_of([str(i) for i in range(40)])
    parts = parts_of(store, "CONSTRUCT WHERE { ?s ?p ?o }", formats.TURTLE)
    assert len(parts) == 2
    assert parts[0].startswith(b"@prefix")


def test_a_part_that_may_not_be_sent_is_the_last() -> None:
    query = "SELECT * { ?s ?p ?o }"
    csv = formats.RESULTS_CSV
    with pytest.raises(AnswerTooLarge, match="more than 2000 rows"):
        parts_of(MANY, query, csv, rows=2000)
    with pytest.raises(AnswerTooLarge, match="larger than 200000 bytes"):
        parts_of(MANY, query, csv, size=200_000)
    with pytest.raises(AnswerTooLarge, match="more than 2000 rows"):
        parts_of(MANY, "CONSTRUCT WHERE { ?s ?p ?o }", formats.N_TRIPLES, rows=2000)
    late = store_of([f"{i}" * 200 for i in range(3000)] + ["\x01"])
    with pytest.raises(NotAcceptable, match=r"U\+0001"):
        parts_of(late, "SELECT * { ?s ?p ?o } ORDER BY DESC(?o)", formats.RESULTS_XML)
    told = "CONSTRUCT { ?s ?p ?o . ?s ?p <<( ?s ?p ?o )>> } WHERE { ?s ?p ?o }"
    with pytest.raises(NotAcceptable, match="triple terms"):
        parts_of(MANY, told, formats.JSON_LD)


def test_no_character_is_judged_before_all_its_bytes_are_there() -> None:
    refused = "<literal>\uffff</literal>".encode() * 3
    good = "<literal>\uffee\uffbd</literal>".encode()
    limits = Limits(1 << 20, 10, whole=1)
    for body, is_good in ((refused, False), (good, True)):
        for at in range(1, len(body)):
            sent: list[bytes] = []
            sink = Sink(formats.RESULTS_XML, limits, sent.append, is_table=True)
            try:
                sink.write(body[:at])
                sink.write(body[at:])
                sink.stream()
                assert b"".join([*sent, sink.end()]) == body
            except (OverflowError, NotAcceptable):
                assert not is_good
            else:
                assert is_good


def test_an_answer_has_processor_time_of_its_own_and_no_more() -> None:
    sent: list[bytes] = []
    limits = Limits(1 << 30, 10, whole=1, seconds=0.05)
    sink = Sink(formats.RESULTS_CSV, limits, sent.append, is_table=False)
    parts = (sink.write(b"x" * 9999) for _ in iter(int, 1))
    with pytest.raises(OverflowError):
        list(parts)
    assert isinstance(sink.failure, QueryTimeout)
    assert sent
