"""A streamed answer is the whole one: in every format, to every rule of HTTP, of one release."""

import csv
import io
import shutil
import socket
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from enact_graph.publishing.pipeline import build
from tests.conftest import TINY
from tests.patience import PATIENCE, until
from tests.strata import some

from .conftest import Running, served
from .streams import CSV, LONG, PRODUCT, address, until_no_stream

PAIRS = "SELECT ?a ?b ?d ?f { ?a ?b ?c . ?d ?e ?f . FILTER(?b != ?e && STRLEN(STR(?f)) < 12) }"
#: No class is made up: RDF/XML would have to name an element after it.
GRAPH = (
    "CONSTRUCT { ?x ?b ?f } { ?a ?b ?c . ?d ?e ?f . BIND(IRI(CONCAT(STR(?a), '/x')) AS ?x)"
    " FILTER(?b != <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>) }"
)


@pytest.fixture(scope="module")
def small(tiny_public: Path) -> Iterator[Running]:
    """A server that makes only the shortest answers whole."""
    with served(tiny_public, **LONG | {"WHOLE_BYTES": "4096"}) as running:
        yield running


@pytest.fixture(scope="module")
def whole(tiny_public: Path) -> Iterator[Running]:
    """A server that makes every answer whole."""
    with served(tiny_public, **LONG | {"STREAMS": "0"}) as running:
        yield running


def rows(body: bytes, media_type: str) -> Counter[tuple[str, ...]]:
    if media_type == "text/csv":
        lines = list(csv.reader(io.StringIO(body.decode(), newline="")))
        return Counter(map(tuple, lines[1:]))
    if media_type == "text/tab-separated-values":
        return Counter(tuple(line.split("\t")) for line in body.decode().split("\n")[1:] if line)
    format_ = ox.QueryResultsFormat.from_media_type(media_type)
    assert format_
    found = ox.parse_query_results(body, format=format_)
    assert isinstance(found, ox.QuerySolutions)
    return Counter(tuple(map(str, row)) for row in found)


@pytest.mark.parametrize(
    "media_type",
    some(
        [
            "application/sparql-results+json",
            "application/sparql-results+xml",
            "text/csv",
            "text/tab-separated-values",
        ],
        0.5,
    ),
)
def test_a_streamed_table_has_the_rows_of_its_pages(
    small: Running, whole: Running, media_type: str
) -> None:
    headers = {"Accept": media_type}
    streamed = httpx.get(address(small, PAIRS), headers=headers, timeout=PATIENCE)
    assert "Content-Length" not in streamed.headers
    pages: Counter[tuple[str, ...]] = Counter()
    for start in range(0, 1_000_000, 10_000):
        query = f"{PAIRS} ORDER BY ?a ?b ?d ?f LIMIT 10000 OFFSET {start}"
        page = httpx.get(address(whole, query), headers=headers, timeout=PATIENCE)
        assert "Content-Length" in page.headers
        one = rows(page.content, media_type)
        if not one:
            break
        pages += one
    assert pages.total() > 20_000
    assert rows(streamed.content, media_type) == pages


@pytest.mark.parametrize(
    "media_type",
    [
        "text/turtle",
        "application/n-triples",
        "application/ld+json",
        "application/rdf+xml",
        "application/trig",
        "application/n-quads",
    ],
)
def test_a_streamed_graph_has_the_triples_of_the_whole(
    small: Running, whole: Running, media_type: str
) -> None:
    streamed = httpx.get(address(small, GRAPH), headers={"Accept": media_type}, timeout=PATIENCE)
    assert "Content-Length" not in streamed.headers
    format_ = ox.RdfFormat.from_media_type(media_type)
    assert format_
    found = [quad.triple for quad in ox.parse(streamed.content, format=format_)]
    once = httpx.get(address(whole, GRAPH), headers={"Accept": "application/n-triples"})
    assert "Content-Length" in once.headers
    expected = [quad.triple for quad in ox.parse(once.content, format=ox.RdfFormat.N_TRIPLES)]
    assert len(found) == len(set(found)) > 1000
    assert set(found) == set(expected)


def test_a_graph_of_the_store_is_streamed_like_any_other(small: Running, whole: Running) -> None:
    path = "/graphs?graph=https://w3id.org/enact-graph/graph/ontology&format=ntriples"
    streamed = httpx.get(small.url + path)
    once = httpx.get(whole.url + path)
    assert "Content-Length" in once.headers
    assert "Content-Length" not in streamed.headers
    assert sorted(streamed.text.splitlines()) == once.text.splitlines()
    tag = streamed.headers["ETag"]
    assert tag.startswith('W/"')
    again = httpx.get(small.url + path, headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["ETag"]) == (304, tag)
    assert httpx.head(small.url + path).headers["ETag"] == tag


def test_what_http_asks_of_an_answer_holds_for_a_streamed_one(small: Running) -> None:
    url = address(small, PAIRS)
    plain = httpx.get(url, headers=CSV)
    tag = plain.headers["ETag"]
    assert tag.startswith('W/"')
    assert "Accept-Encoding" in plain.headers["Vary"]
    coded = httpx.get(url, headers=CSV | {"Accept-Encoding": "gzip"})
    assert coded.content == plain.content
    assert coded.headers["ETag"] == tag[:-1] + '--gzip"'
    for known in (tag, coded.headers["ETag"], f'"x", {tag.removeprefix("W/")}', "*"):
        again = httpx.get(url, headers=CSV | {"If-None-Match": known, "Accept-Encoding": "gzip"})
        assert (again.status_code, again.content) == (304, b"")
    since = {"If-Modified-Since": plain.headers["Last-Modified"]}
    assert httpx.get(url, headers=CSV | since).status_code == 304
    assert httpx.get(url, headers=CSV | {"If-Match": '"x"'}).status_code == 412
    until_no_stream(small)
    head = httpx.head(url, headers=CSV)
    told = ("Content-Type", "ETag", "Vary", "Cache-Control", "Last-Modified")
    assert [head.headers[name] for name in told] == [plain.headers[name] for name in told]
    until_no_stream(small)
    posted = httpx.post(
        small.url + "/sparql",
        content=PAIRS,
        headers=CSV | {"Content-Type": "application/sparql-query"},
    )
    assert posted.content == plain.content
    assert "ETag" not in posted.headers
    changing = httpx.get(address(small, PAIRS.replace("?f {", "?f (NOW() AS ?n) {")), headers=CSV)
    assert changing.headers["Cache-Control"] == "no-store"
    assert "ETag" not in changing.headers
    # The same bytes, asked for again on one connection, are made again and never repeated.
    with httpx.Client() as client:
        assert {client.get(url, headers=CSV).content for _ in range(3)} == {plain.content}
    assert httpx.get(url + "&download=rows", headers=CSV).headers["Content-Disposition"]


def test_a_client_of_http_1_0_gets_no_answer_whose_end_it_could_not_see(small: Running) -> None:
    with socket.create_connection(("127.0.0.1", small.port), timeout=PATIENCE) as line:
        target = address(small, f"SELECT * {PRODUCT}").removeprefix(small.url)
        line.sendall(f"GET {target} HTTP/1.0\r\nAccept: text/csv\r\n\r\n".encode())
        with line.makefile("rb") as file:
            head, _, body = file.read().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413")
    assert b"answer-too-large" in body


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, str, str]:
    """A folder with two releases, and their names; the first is the current one."""
    checkout, public = tmp_path / "checkout", tmp_path / "public"
    shutil.copytree(TINY, checkout)
    first = build(checkout, public).release.name
    names = checkout / "data/curation.trig"
    names.write_text(names.read_text().replace('"ENACT"@en', '"ENACT anew"@en'))
    second = build(checkout, public).release.name
    point(public, first)
    return public, first, second


def point(public: Path, name: str) -> None:
    (public / "fresh").symlink_to(name)
    (public / "fresh").rename(public / "current")


def test_an_answer_on_its_way_is_wholly_of_the_release_it_began_with(
    two: tuple[Path, str, str],
) -> None:
    public, _, second = two
    query = f"SELECT ?c ?f ?i {PRODUCT} LIMIT 200000"
    with served(public, **LONG, SWITCH_SECONDS="0.1") as it:
        expected = httpx.get(address(it, query), headers=CSV, timeout=PATIENCE).content
        with httpx.stream("GET", address(it, query), headers=CSV, timeout=PATIENCE) as reply:
            parts = reply.iter_bytes()
            content = next(parts)
            point(public, second)
            while httpx.get(it.url + "/health/ready").json()["release"] != second:
                time.sleep(0.05)
            time.sleep(0.5)
            content += b"".join(parts)
        assert content == expected
        after = httpx.get(address(it, query), headers=CSV, timeout=PATIENCE).content
        assert after != expected
        until(lambda: len(it.zygotes) == 1, "the processes of the old release stay")


@pytest.mark.parametrize(("grace", "is_whole"), [(str(PATIENCE), True), ("1", False)])
def test_a_server_that_ends_lets_an_answer_end_or_cuts_it(
    tiny_public: Path, grace: str, is_whole: bool
) -> None:
    url = None
    with served(tiny_public, **LONG, GRACE_SECONDS=grace) as it:
        url = address(it, f"SELECT * {PRODUCT} LIMIT 80000")
        size = 0
        try:
            with httpx.stream("GET", url, headers=CSV, timeout=PATIENCE) as reply:
                parts = reply.iter_bytes()
                size += len(next(parts))
                it.process.terminate()
                time.sleep(0.2 if is_whole else 3)
                size += sum(map(len, parts))
        except httpx.TransportError:
            assert not is_whole
        else:
            assert is_whole
        it.process.wait(timeout=PATIENCE)
