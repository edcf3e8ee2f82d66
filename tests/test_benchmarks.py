"""The graph and the queries that the benchmark measures with."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from benchmarks import graph, publish
from benchmarks.agreement import read
from benchmarks.shapes import SHAPES, by_shape

from enact_graph.engine.forkserver import load

from .conftest import ROOT


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("benchmark") / "graph.nq"
    graph.main("3000", str(path))
    return path


def test_one_size_and_seed_give_one_graph_of_that_size(generated: Path) -> None:
    lines = list(graph.quads(3000))
    assert generated.read_text("utf-8") == "".join(lines)
    assert len(set(lines)) == 3000
    assert lines != list(graph.quads(3000, seed=2))
    quads = list(ox.parse(path=generated, format=ox.RdfFormat.N_QUADS))
    assert len({str(quad) for quad in quads}) == 3000
    assert "_:" not in generated.read_text("utf-8")


def test_a_larger_graph_begins_with_the_smaller_one() -> None:
    assert list(graph.quads(5000))[:2000] == list(graph.quads(2000))


def test_every_shape_finds_constants_and_rows(generated: Path) -> None:
    store = load(generated)
    assert len(SHAPES) >= 8
    for shape, queries in by_shape(store, 20).items():
        assert len(set(queries)) == len(queries) >= 3, shape.name
        assert any(list(store.query(query)) for query in queries), shape.name  # type: ignore[arg-type]


def test_a_generated_graph_becomes_a_release_that_holds(generated: Path, tmp_path: Path) -> None:
    release = publish.publish(generated, tmp_path / "public", ROOT)
    release.verify()
    whole = publish.whole(release, tmp_path / "whole.nq")
    quads = {str(q) for q in ox.parse(path=whole, format=ox.RdfFormat.N_QUADS)}
    counts = release.manifest.counts
    assert len(quads) == counts["quads"] + counts["triples"]


def test_answers_agree_whatever_their_order_and_form() -> None:
    rows = '{"head":{"vars":["a"]},"results":{"bindings":[%s]}}'
    one, two = '{"a":{"type":"uri","value":"urn:1"}}', '{"a":{"type":"literal","value":"urn:1"}}'
    kind = "application/sparql-results+json"
    both = read((rows % f"{one},{two}").encode(), kind)
    assert both == read((rows % f"{two},{one}").encode(), kind)
    assert both != read((rows % f"{one},{one}").encode(), kind)
    assert both != read(b"<html>", kind)
    turtle = read(b"@prefix : <urn:> . :s :p 1, 2 .", "text/turtle")
    assert turtle == read(
        b'<urn:s> <urn:p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        b'<urn:s> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
        "application/n-triples",
    )
