"""The coding of answers: over HTTP, and on answers that come bit by bit."""

import asyncio
import gzip
import zlib
from collections.abc import Sequence
from urllib.parse import urlencode

import pytest
import zstandard
from starlette.types import Message, Receive, Scope, Send

from enact_graph.engine.cache import ByteCache
from enact_graph.web.encoding import Selection
from tests.conftest import Site

LONG = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 60"})
SHORT = "/sparql?" + urlencode({"query": "ASK { ?s ?p ?o }"})
FILE = "/download/enact-graph.ttl"
PLAIN_ONLY = "/download/void.ttl"


def raw(site: Site, path: str, codings: str, method: str = "GET") -> tuple[dict[str, str], bytes]:
    """Headers and body as they come, nothing unpacked."""
    with site.client.stream(method, path, headers={"Accept-Encoding": codings}) as answer:
        return dict(answer.headers), b"".join(answer.iter_raw())


def unpack(coding: str, body: bytes) -> bytes:
    return gzip.decompress(body) if coding == "gzip" else zstandard.decompress(body)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize(
    "path", [LONG, "/", "/doc/inria.nt", "/ontology.ttl", FILE, "/graphs?default", "/openapi.json"]
)
def test_what_is_long_comes_in_the_coding_asked_for(site: Site, path: str, coding: str) -> None:
    plain, body = raw(site, path, "identity")
    headers, packed = raw(site, path, coding)
    assert headers["content-encoding"] == coding
    assert headers["content-type"] == plain["content-type"]
    assert headers["content-length"] == str(len(packed))
    assert "Accept-Encoding" in headers["vary"]
    assert headers["vary"] == plain["vary"]
    assert headers["etag"] != plain["etag"]
    assert unpack(coding, packed) == body
    assert len(packed) < len(body)
    assert raw(site, path, coding)[1] == packed


def test_what_is_short_comes_as_it_is_but_where_that_is_refused(site: Site) -> None:
    headers, body = raw(site, SHORT, "gzip, zstd")
    assert "content-encoding" not in headers
    assert "Accept-Encoding" in headers["vary"]
    for codings in ("gzip, identity;q=0", "gzip, *;q=0"):
        coded, packed = raw(site, SHORT, codings)
        assert coded["content-encoding"] == "gzip"
        assert gzip.decompress(packed) == body


@pytest.mark.parametrize("path", [LONG, SHORT, "/", FILE, "/robots.txt", "/nothing"])
@pytest.mark.parametrize("codings", ["identity;q=0", "*;q=0", "br, identity;q=0", "gzip;q=0,*;q=0"])
def test_who_admits_no_coding_at_all_gets_406(site: Site, path: str, codings: str) -> None:
    answer = site.get(path, accept_encoding=codings)
    assert answer.status_code == 406
    assert answer.json()["offered"] == ["zstd", "gzip", "identity"]
    assert "Accept-Encoding" in answer.headers["vary"]


def test_a_file_without_a_twin_is_had_plain_or_not_at_all(site: Site) -> None:
    headers, _ = raw(site, PLAIN_ONLY, "gzip, zstd")
    assert "content-encoding" not in headers
    assert "vary" not in headers
    refused = site.get(PLAIN_ONLY, accept_encoding="gzip, identity;q=0")
    assert refused.status_code == 406
    assert refused.json()["offered"] == ["identity"]


def test_errors_and_posted_queries_are_coded_as_well(site: Site) -> None:
    page = {"Accept": "text/html", "Accept-Encoding": "gzip"}
    assert site.client.get("/nothing", headers=page).headers["content-encoding"] == "gzip"
    query = {"query": "SELECT * { ?s ?p ?o } LIMIT 60"}
    answer = site.client.post("/sparql", data=query, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json()["results"]["bindings"]


def test_the_checksum_of_a_plain_file_is_not_claimed_for_its_twin(site: Site) -> None:
    plain, _ = raw(site, FILE, "identity")
    digests = {c: raw(site, FILE, c)[0]["repr-digest"] for c in ("gzip", "zstd")}
    assert len({plain["repr-digest"], *digests.values()}) == 3


# --- answers that come bit by bit


def streamed(
    pieces: Sequence[bytes], request: dict[str, str], more: Sequence[tuple[bytes, bytes]] = ()
) -> list[Message]:
    """What the server is told to send of an answer in pieces; it ends there if a piece is None."""
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/csv"), (b"etag", b'"abc"'), *more]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    raw_headers = [(k.lower().encode(), v.encode()) for k, v in request.items()]
    scope = {"type": "http", "method": "GET", "path": "/", "headers": raw_headers}
    asyncio.run(Selection(app, ByteCache(1000))(scope, receive, send))
    return sent


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_stream_is_coded_piece_by_piece_under_a_weak_tag(coding: str) -> None:
    pieces = [b"a,b\r\n" * 4000, b"", b"c\r\n", b"d\r\n" * 50_000]
    start, *rest = streamed(pieces, {"Accept-Encoding": coding}, [(b"content-length", b"1")])
    headers = dict(start["headers"])
    assert headers[b"content-encoding"] == coding.encode()
    assert headers[b"etag"] == f'W/"abc--{coding}"'.encode()
    assert b"content-length" not in headers
    assert [message["more_body"] for message in rest] == [True] * (len(rest) - 1) + [False]
    work = (
        zlib.decompressobj(31) if coding == "gzip" else zstandard.ZstdDecompressor().decompressobj()
    )
    came = [work.decompress(message["body"]) for message in rest]
    assert came == [piece for piece in pieces if piece] + [b""]


def test_a_stream_for_who_reads_no_coding_is_left_alone() -> None:
    start, *rest = streamed([b"a", b"b"], {})
    assert dict(start["headers"])[b"etag"] == b'"abc"'
    assert b"".join(message["body"] for message in rest) == b"ab"


def test_a_stream_that_the_client_holds_is_not_sent() -> None:
    for tag in ('"abc--gzip"', 'W/"abc--gzip"', '"abc"'):
        asked = {"Accept-Encoding": "gzip", "If-None-Match": tag}
        start, *rest = streamed([b"a" * 9999] * 3, asked)
        assert start["status"] == 304
        assert [message["body"] for message in rest] == [b""]


def test_an_answer_that_breaks_off_never_seems_complete() -> None:
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x" * 5000, "more_body": True})
        raise ConnectionError("the query process has ended")

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "headers": [(b"accept-encoding", b"gzip")],
    }
    with pytest.raises(ConnectionError):
        asyncio.run(Selection(app, ByteCache(1000))(scope, receive, send))
    assert all(message["more_body"] for message in sent[1:])
    work = zlib.decompressobj(31)
    work.decompress(b"".join(message["body"] for message in sent[1:]))
    assert not work.eof
