"""Connections on which nothing comes, or half of something: they cost nobody anything, and end."""

import contextlib
import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.faults.conftest import Running, served
from tests.server.line import Line, connected

FOR_EVER = "100000"
ASK = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n"
HALF_A_HEAD = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nX-Half: "
POST = (
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    b"Accept: text/csv\r\nContent-Length: %d\r\n\r\n"
)
MANY = 1000


@contextmanager
def limited(public: Path, *wrapper: str, **settings: str) -> Iterator[Running]:
    """A server on which nothing takes too long, but for what the settings say."""
    patient = dict.fromkeys(("HEAD_SECONDS", "BODY_SECONDS", "IDLE_SECONDS"), FOR_EVER)
    with served(public, *wrapper, **(patient | settings)) as running:
        yield running


@pytest.fixture(scope="module")
def patient(tiny_public: Path) -> Iterator[Running]:
    with limited(tiny_public, CLIENT_CONNECTIONS="2000") as running:
        yield running


@pytest.fixture(scope="module")
def hasty(tiny_public: Path) -> Iterator[Running]:
    with limited(
        tiny_public, HEAD_SECONDS="4", BODY_SECONDS="0.5", BODY_RATE="10", IDLE_SECONDS="4"
    ) as running:
        yield running


def asked(line: Line) -> bytes:
    line.send(ASK)
    answer = line.answer()
    assert answer is not None
    assert answer.status == 200
    return answer.body


def refused(line: Line, status: int, slug: str) -> None:
    """The next thing that comes is a problem document, and the last."""
    answer = line.answer()
    assert answer is not None
    assert answer.status == status
    assert answer.headers["connection"] == "close"
    assert json.loads(answer.body)["type"].endswith("/" + slug)
    assert line.answer() is None


@pytest.mark.parametrize(
    "begun",
    [b"", HALF_A_HEAD, POST % 9000 + b"ASK"],
    ids=["nothing", "half a head", "half a body"],
)
def test_a_thousand_silent_connections_cost_a_stranger_nothing(
    patient: Running, begun: bytes
) -> None:
    with ExitStack() as stack:
        for _ in range(MANY):
            line = stack.enter_context(connected(patient.port, "127.0.0.2"))
            line.send(begun)
        for _ in range(3):
            with connected(patient.port) as stranger:
                assert asked(stranger) == b"true"
                assert asked(stranger) == b"true"


def test_those_connections_are_closed_in_the_end(tiny_public: Path) -> None:
    with limited(tiny_public, HEAD_SECONDS="1", CLIENT_CONNECTIONS="2000") as server:  # noqa: SIM117
        with ExitStack() as stack:
            lines = [stack.enter_context(connected(server.port)) for _ in range(MANY)]
            assert [line.answer() for line in lines] == [None] * MANY


def test_half_a_head_is_told_so(hasty: Running) -> None:
    with connected(hasty.port) as line:
        line.send(HALF_A_HEAD)
        refused(line, 408, "request-timeout")


def test_half_a_head_behind_an_answer_is_told_so(hasty: Running) -> None:
    with connected(hasty.port) as line:
        line.send(ASK + HALF_A_HEAD)
        answer = line.answer()
        assert answer is not None
        assert answer.status == 200
        refused(line, 408, "request-timeout")


@pytest.mark.parametrize(
    "begun",
    [
        POST % 9000 + b"ASK",
        (POST % 0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked") + b"3\r\nA",
    ],
)
def test_half_a_body_is_told_so(hasty: Running, begun: bytes) -> None:
    with connected(hasty.port) as line:
        line.send(begun)
        refused(line, 408, "request-timeout")


def test_a_slow_body_that_comes_as_fast_as_it_must_is_read(hasty: Running) -> None:
    body = b"ASK {} #" + b"x" * 20_000
    with connected(hasty.port) as line:
        line.send(POST % len(body) + body[:-1])  # for which it has some 2000 s
        with connected(hasty.port) as other:
            assert other.answer() is None  # a whole time for heads is over
        line.send(body[-1:])
        answer = line.answer()
        assert answer is not None
        assert (answer.status, answer.body) == (200, b"true")


def test_an_idle_connection_is_closed_without_a_word(hasty: Running) -> None:
    for repeated in (1, 3):
        with connected(hasty.port) as line:
            for _ in range(repeated):
                assert asked(line) == b"true"
            assert line.answer() is None


def test_a_client_that_takes_no_answer_is_left(hasty: Running) -> None:
    request = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\nAccept-Encoding: identity\r\n\r\n"
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(60)
        line.connect(("127.0.0.1", hasty.port))
        with contextlib.suppress(ConnectionError):
            while True:  # once the server has gone, nobody takes what is sent
                line.sendall(request * 50)
    with connected(hasty.port) as stranger:
        assert asked(stranger) == b"true"


def test_a_client_has_no_more_connections_than_it_may(tiny_public: Path) -> None:
    with limited(tiny_public, CLIENT_CONNECTIONS="20") as server, ExitStack() as stack:
        own = [stack.enter_context(connected(server.port, "127.0.0.3")) for _ in range(20)]
        assert asked(own[-1]) == b"true"
        with connected(server.port, "127.0.0.3") as surplus:
            refused(surplus, 503, "too-many-connections")
        with connected(server.port, "127.0.0.4") as stranger:
            assert asked(stranger) == b"true"
        assert [asked(line) for line in own] == [b"true"] * 20
        stack.close()
        while True:  # the server sees in a moment that they have gone
            with connected(server.port, "127.0.0.3") as line:
                line.send(ASK)
                answer = line.answer()
                if answer is not None and answer.status == 200:
                    break


def test_a_trusted_proxy_may_have_all(tiny_public: Path) -> None:
    settings = {"CLIENT_CONNECTIONS": "2", "TRUSTED_PROXIES": "127.0.0.5"}
    with limited(tiny_public, **settings) as server, ExitStack() as stack:
        lines = [stack.enter_context(connected(server.port, "127.0.0.5")) for _ in range(30)]
        assert [asked(line) for line in lines] == [b"true"] * 30


@pytest.mark.parametrize("begun", [b"", HALF_A_HEAD], ids=["nothing", "half a head"])
def test_where_no_more_may_be_open_those_that_wait_make_room(
    tiny_public: Path, begun: bytes
) -> None:
    with limited(tiny_public, CONNECTIONS="10") as server, ExitStack() as stack:
        idle = [stack.enter_context(connected(server.port)) for _ in range(10)]
        for line in idle:
            assert asked(line) == b"true"
            line.send(begun)
        with connected(server.port) as stranger:
            assert asked(stranger) == b"true"
        busy = [stack.enter_context(connected(server.port)) for _ in range(10)]
        for line in busy:
            line.send((POST % 6).replace(b"Accept", b"Expect: 100-continue\r\nAccept") + b"ASK")
            line.wait_for_word()
        for line in idle:
            assert line.answer() is None
        with connected(server.port) as surplus:
            refused(surplus, 503, "too-many-connections")
        for line in busy:
            line.send(b" {}")
            answer = line.answer()
            assert answer is not None
            assert (answer.status, answer.body) == (200, b"true")


@pytest.mark.parametrize("limit", ["-Sn 80", "-n 400"])
def test_the_server_does_with_the_files_the_system_permits(tiny_public: Path, limit: str) -> None:
    shell = ("sh", "-c", f'ulimit {limit}; exec "$@"', "sh")
    with limited(tiny_public, *shell, CLIENT_CONNECTIONS="2000") as server, ExitStack() as stack:
        for _ in range(500):
            stack.enter_context(connected(server.port))
        with connected(server.port) as stranger:
            assert asked(stranger) == b"true"


def test_whoever_leaves_within_a_body_is_no_fault_of_the_server(
    tiny_public: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    shell = ("sh", "-c", f'exec "$@" 2>{log}', "sh")
    with limited(tiny_public, *shell, BODY_SECONDS="0.5") as server:
        with connected(server.port) as line:
            line.send(POST % 9000 + b"ASK")
            refused(line, 408, "request-timeout")
        with connected(server.port) as line:
            line.send(POST % 9000 + b"ASK")
        gone = 'enact_graph_requests_total{route="/sparql",status="499"} 2.0'
        while gone not in httpx.get(f"{server.url}/metrics").text:
            assert 'status="500"' not in httpx.get(f"{server.url}/metrics").text
    assert log.read_text("utf-8") == ""
