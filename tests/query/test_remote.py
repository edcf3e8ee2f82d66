"""Another server is asked once, at the address that was looked at, and within all bounds."""

import asyncio
import socket
from collections.abc import Sequence

import pytest

from enact_graph.engine.federation import Remote, connect, is_public
from enact_graph.errors import EndpointError
from enact_graph.sparql.service import Endpoint

from .peer import PUBLIC, Answer, listening, says

EMPTY = '{"head":{"vars":[]},"results":{"bindings":[]}}'
ENDPOINT = Endpoint("http://a.example/sparql?x=1", "http", "a.example", 80, "/sparql?x=1")
NEAR = (
    *("127.0.0.1", "127.1.2.3", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254"),
    *("100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1"),
    *("198.18.0.1", "192.88.99.1", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1"),
    *("::ffff:10.0.0.1", "fe80::1", "fe80::1%lo", "fc00::1", "fd00::1", "fec0::1", "ff02::1"),
    *("2001:db8::1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2001::1", "x", ""),
)


def test_the_open_internet_is_told_from_what_is_near() -> None:
    assert [address for address in NEAR if is_public(address)] == []
    for address in (PUBLIC, "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"):
        assert is_public(address)


def test_a_question_goes_out_as_the_protocol_has_it() -> None:
    async def scene() -> None:
        async with listening(says(EMPTY)) as peer:
            answer = await peer.remote().ask(ENDPOINT, "SELECT * { ?s ?p 'é&' }")
            assert answer.decode() == EMPTY
            assert peer.queries == ["SELECT * { ?s ?p 'é&' }"]
            assert peer.lines == [(PUBLIC, 80, None)]
            (head,) = peer.heads
            assert head.startswith(b"POST /sparql?x=1 HTTP/1.1\r\n")
            assert b"\r\nHost: a.example\r\n" in head
            assert b"\r\nAccept: application/sparql-results+json\r\n" in head

    asyncio.run(scene())


def ask(answer: Answer, *addresses: Sequence[str], seconds: float = 2) -> tuple[str, int]:
    """The error of a question to such a server, and how many lines there were to it."""

    async def scene() -> tuple[str, int]:
        async with listening(answer) as peer:
            with pytest.raises(EndpointError) as caught:
                await peer.remote(*addresses, seconds=seconds, size=1000).ask(ENDPOINT, "ASK {}")
            assert caught.value.extra == {"endpoint": ENDPOINT.iri}
            return caught.value.detail, len(peer.lines)

    return asyncio.run(scene())


@pytest.mark.parametrize("address", NEAR)
def test_a_name_that_leads_nearby_is_not_connected_to(address: str) -> None:
    for addresses in ([address], [PUBLIC, address], [address, PUBLIC]):
        told, lines = ask(says(EMPTY), addresses)
        assert ("no public address" in told, lines) == (True, 0)


def test_a_name_without_an_address_is_said_to_have_none() -> None:
    assert ask(says(EMPTY), [])[1] == 0

    async def scene() -> None:
        async def unknown(host: str, port: int) -> Sequence[str]:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")

        with pytest.raises(EndpointError, match="cannot be asked"):
            await Remote(1, 1000, unknown).ask(ENDPOINT, "ASK {}")

    asyncio.run(scene())


def test_a_name_that_leads_elsewhere_the_next_moment_gains_nothing() -> None:
    async def scene() -> None:
        async with listening(says(EMPTY)) as peer:
            remote = peer.remote([PUBLIC], ["127.0.0.1"])
            await remote.ask(ENDPOINT, "ASK {}")
            assert peer.resolved == ["a.example:80"]
            assert peer.lines == [(PUBLIC, 80, None)]
            with pytest.raises(EndpointError, match="no public address"):
                await remote.ask(ENDPOINT, "ASK {}")
            assert len(peer.lines) == 1

    asyncio.run(scene())


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 T", "308 P"])
@pytest.mark.parametrize("location", ["http://127.0.0.1:1/", "http://a.example/other"])
def test_no_redirection_is_followed(status: str, location: str) -> None:
    told, lines = ask(says("", status, Location=location))
    assert ("redirects" in told, lines) == (True, 1)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (says("x" * 1001), "more than 1000 bytes"),
        (says("", "500 Oops"), "the status 500"),
        (says("", "404 Not Found"), "the status 404"),
        (says("<html>", Content_Type="text/html; charset=utf-8"), "with text/html"),
        (says("{}", Content_Type=""), "with no type"),
        (says("{}", Content_Encoding="gzip"), "in a coding"),
        (says("{}", Content_Length="99"), "cannot be asked"),
        (says("{}", Content_Length="x"), "cannot be asked"),
        (says("{}", X="y" * 80_000), "cannot be asked"),
        (says("5\r\n{}", Content_Length="", Transfer_Encoding="chunked"), "cannot be asked"),
        (says("", "200 OK\r\n\x00: x"), "cannot be asked"),
    ],
)
def test_an_answer_that_is_none_is_told(answer: Answer, reason: str) -> None:
    assert reason in ask(answer)[0]


def test_a_slow_or_endless_server_is_left() -> None:
    async def silence(_: str, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(5)

    async def dribble(_: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _i in range(500):
            writer.write(b"y")
            await writer.drain()
            await asyncio.sleep(0.01)

    async def interim(_: str, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
            await writer.drain()

    async def endless(_: str, writer: asyncio.StreamWriter) -> None:
        kind = b"Content-Type: application/sparql-results+json\r\n"
        writer.write(b"HTTP/1.1 200 OK\r\n" + kind + b"Transfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"64\r\n" + b"x" * 100 + b"\r\n")
            await writer.drain()

    for answer in (silence, dribble, interim):
        assert "within 0.3 s" in ask(answer, seconds=0.3)[0]
    assert "more than 1000 bytes" in ask(endless)[0]


def test_a_server_has_to_prove_its_name() -> None:
    async def scene() -> None:
        async def plain(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"no TLS here")
            writer.close()

        server = await asyncio.start_server(plain, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]

            async def nearby(address: str, _: int, name: str | None) -> object:
                assert (address, name) == (PUBLIC, "a.example")
                return await connect("127.0.0.1", port, name)

            async def public(host: str, port: int) -> Sequence[str]:
                return [PUBLIC]

            secure = Endpoint("https://a.example/", "https", "a.example", 443, "/")
            with pytest.raises(EndpointError, match=r"cannot be asked \(SSL"):
                await Remote(2, 1000, public, nearby).ask(secure, "ASK {}")  # type: ignore[arg-type]

    asyncio.run(scene())
