"""What the wire answers to bytes: those that came before, new ones, and parts of both."""

import contextlib
import json
import socket
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from tests.patience import PATIENCE

from ..conftest import Site


def head(path: str, *lines: str, method: str = "GET") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: x", *lines, "", ""]).encode()


ASK = head("/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D", "Accept: text/csv")
DESCRIBE = head("/sparql?query=ASK%7B%7D%23other", "Accept: application/json")


@pytest.fixture
def line(site: Site) -> Iterator[socket.socket]:
    address = urlsplit(site.url)
    assert address.hostname
    assert address.port
    with closing(
        socket.create_connection((address.hostname, address.port), timeout=PATIENCE)
    ) as opened:
        yield opened


def answers(line: socket.socket, count: int, bodies: bool = True) -> list[tuple[int, bytes, bytes]]:
    """Read answers with a Content-Length: status, head without date and number, body."""
    read = b""
    found: list[tuple[int, bytes, bytes]] = []
    while len(found) < count:
        end = read.find(b"\r\n\r\n")
        if end >= 0:
            top = read[:end].lower()
            length = 0
            if bodies and b"content-length: " in top:
                length = int(top.partition(b"content-length: ")[2].partition(b"\r\n")[0])
            if len(read) >= end + 4 + length:
                every = read[:end].split(b"\r\n")
                lines = [x for x in every if not x.startswith((b"date: ", b"x-request-id: "))]
                body = read[end + 4 : end + 4 + length]
                found.append((int(lines[0].split()[1]), b"\n".join(lines), body))
                read = read[end + 4 + length :]
                continue
        part = line.recv(65536)
        assert part, "the server closed the connection"
        read += part
    assert read == b""
    return found


def once(line: socket.socket, request: bytes) -> tuple[int, bytes, bytes]:
    line.sendall(request)
    (answer,) = answers(line, 1)
    return answer


def test_a_repeated_request_gets_the_same_answer_with_a_date(line: socket.socket) -> None:
    first = once(line, ASK)
    assert first[0] == 200
    assert first[2] == b"true"
    assert [once(line, ASK) for _ in range(3)] == [first] * 3
    line.sendall(ASK)
    assert b"\r\ndate: " in line.recv(65536)


def test_another_header_is_another_request(line: socket.socket) -> None:
    assert once(line, ASK)[2] == b"true"
    found = once(line, ASK.replace(b"text/csv", b"application/sparql-results+json"))
    assert found[2].startswith(b"{")
    assert once(line, ASK.replace(b"text/csv", b"no/thing"))[0] == 406
    assert once(line, ASK)[2] == b"true"


def test_a_known_tag_is_answered_304_each_time(line: socket.socket) -> None:
    _, top, _ = once(line, ASK)
    etag = next(x for x in top.split(b"\n") if x.startswith(b"etag: ")).removeprefix(b"etag: ")
    asked = ASK.replace(b"Accept:", b"If-None-Match: " + etag + b"\r\nAccept:")
    assert [once(line, asked)[0] for _ in range(3)] == [304] * 3


def test_requests_in_one_packet_are_answered_in_their_order(line: socket.socket) -> None:
    ask, other = once(line, ASK), once(line, DESCRIBE)
    line.sendall(ASK + DESCRIBE + ASK + ASK)
    assert answers(line, 4) == [ask, other, ask, ask]


def test_a_request_in_pieces_is_read_as_a_whole(line: socket.socket) -> None:
    ask = once(line, ASK)
    for cut in (1, 20, len(ASK) - 2):
        line.sendall(ASK[:cut])
        line.sendall(ASK[cut:])
        assert answers(line, 1) == [ask]


def test_a_known_request_inside_a_body_is_never_answered(line: socket.socket) -> None:
    ask = once(line, ASK)
    for path, status in (("/sparql", 400), ("/doc/nothing", 405)):
        post = head(
            path,
            f"Content-Length: {len(ASK)}",
            "Content-Type: application/sparql-query",
            method="POST",
        )
        line.sendall(post)
        line.sendall(ASK)  # it is the body, and no SPARQL
        (answer,) = answers(line, 1)
        assert answer[0] == status
        if b"connection: close" in answer[1]:
            return
        assert once(line, ASK) == ask


def test_a_known_request_inside_a_header_is_never_answered(line: socket.socket) -> None:
    ask = once(line, ASK)
    line.sendall(head("/health/live", "X-Before: a")[:-2] + b"X-Rest: ")
    line.sendall(ASK)
    (answer,) = answers(line, 1)
    assert answer[0] in (200, 400)
    assert answer[2] != ask[2]


def test_a_body_announced_to_get_is_no_second_request(site: Site) -> None:
    asked = ASK.replace(b"Host: x", f"Host: x\r\nContent-Length: {len(DESCRIBE)}".encode())
    address = urlsplit(site.url)
    for _ in range(3):
        with socket.create_connection((address.hostname, address.port), timeout=PATIENCE) as opened:
            opened.sendall(asked + DESCRIBE)
            opened.shutdown(socket.SHUT_WR)
            said = b"".join(iter(lambda: opened.recv(65536), b""))
            assert said.count(b"HTTP/1.1 ") == 1
            assert said.endswith(b"true")


def test_head_is_answered_without_body_also_among_others(line: socket.socket) -> None:
    only_head = ASK.replace(b"GET", b"HEAD")
    line.sendall(only_head)
    (answer,) = answers(line, 1, bodies=False)
    assert answer[0] == 200
    line.sendall(only_head + only_head)
    assert answers(line, 2, bodies=False) == [answer, answer]


def test_an_answer_that_changes_is_made_anew(line: socket.socket) -> None:
    asked = head("/sparql?query=SELECT(STRUUID()AS%3Fx)%7B%7D", "Accept: text/csv")
    assert once(line, asked)[2] != once(line, asked)[2]


def test_a_forwarded_address_is_never_remembered(line: socket.socket) -> None:
    asked = ASK.replace(b"Host: x", b"Host: x\r\nX-Forwarded-Proto: https")
    assert once(line, asked) == once(line, asked)


def test_repeated_answers_have_numbers_of_their_own(line: socket.socket) -> None:
    numbers = set()
    for _ in range(4):
        line.sendall(ASK)
        top = line.recv(65536).partition(b"\r\n\r\n")[0]
        numbers |= {x for x in top.split(b"\r\n") if x.lower().startswith(b"x-request-id: ")}
    assert len(numbers) == 4


def test_an_address_typed_with_accents_is_read(line: socket.socket) -> None:
    for typed in ("/search.json?q=université", "/search.json?q=universit%C3%A9"):
        status, _, body = once(line, head(typed))
        assert status == 200
        assert '"q": "université"'.encode() in body or "université".encode() in body
    first, again = (once(line, head("/doc/é")) for _ in range(2))
    assert first == again
    assert first[0] == 404


def test_a_body_that_waits_for_a_word_gets_it_before_it_is_sent(line: socket.socket) -> None:
    lines = ("Content-Type: application/sparql-query", "Content-Length: 6", "Accept: text/csv")
    line.sendall(head("/sparql", *lines, "Expect: 100-continue", method="POST"))
    assert line.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert once(line, b"ASK {}")[::2] == (200, b"true")


def test_chunks_that_hold_next_to_nothing_are_not_read_for_ever(line: socket.socket) -> None:
    lines = ("Content-Type: application/sparql-query", "Transfer-Encoding: chunked")
    line.sendall(head("/sparql", *lines, method="POST"))
    with contextlib.suppress(ConnectionError):
        for _ in range(100):
            line.sendall(b"1;" + b"x" * 10_000 + b"\r\na\r\n")
    ((status, _, body),) = answers(line, 1)
    assert status == 400
    assert b"far more than is in them" in body


LONG = "x" * 70_000


@pytest.mark.parametrize(
    ("request_", "status", "slug"),
    [
        (b"hello\r\n\r\n", 400, "request"),
        (b"\x16\x03\x01\x02\x00\x01\x00", 400, "request"),  # TLS, which waits for an answer
        (b"GET / HTTP/1.1\nHost: x\n\n", 400, "request"),
        (b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501, "request"),
        (b"GET / HTTP/1.1\r\nHost x\r\n\r\n", 400, "request"),
        (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400, "request"),
        (b"GET /\xff\x00 HTTP/1.1\r\n\r\n", 400, "request"),
        (head("/sparql?query=" + LONG), 414, "uri-too-long"),
        (head("/" + LONG), 414, "uri-too-long"),
    ],
)
def test_what_is_no_request_gets_a_problem_document(
    line: socket.socket, request_: bytes, status: int, slug: str
) -> None:
    line.sendall(request_)
    ((told, top, body),) = answers(line, 1)
    assert told == status
    assert b"content-type: application/problem+json" in top
    assert b"x-content-type-options: nosniff" in top
    assert b"connection: close" in top
    found = json.loads(body)
    assert (found["status"], found["type"].rpartition("/")[2]) == (status, slug)
    assert line.recv(1) == b""


def test_a_refusal_of_head_has_no_body(line: socket.socket) -> None:
    line.sendall(head("/" + LONG, method="HEAD"))
    with line.makefile("rb") as file:
        top, end, body = file.read().partition(b"\r\n\r\n")
    assert top.startswith(b"HTTP/1.1 414 ")
    assert (end, body) == (b"\r\n\r\n", b"")


@pytest.mark.parametrize("start", [b"GET /", b"GET / HTTP/1.1\r\nX: ", b"GET / HTTP/1.1\r\n"])
def test_a_head_without_end_is_not_read_to_it(line: socket.socket, start: bytes) -> None:
    more = b"X: y\r\n" * 2_000 if start.endswith(b"\n") else b"y" * 14_000
    line.sendall(start)
    sent = 0
    with contextlib.suppress(ConnectionError):
        while sent < 20_000_000:
            line.sendall(more)
            sent += len(more)
    assert sent < 10_000_000


def test_a_large_body_is_no_large_head(line: socket.socket) -> None:
    body = b"ASK { ?s ?p ?o } #" + b"x" * 30_000
    lines = ("Content-Type: application/sparql-query", f"Content-Length: {len(body)}")
    post = head("/sparql", *lines, "Accept: text/csv", method="POST") + body
    line.sendall(post * 8 + ASK)
    assert [answer[::2] for answer in answers(line, 9)] == [(200, b"true")] * 9


def test_garbage_behind_a_request_is_refused_after_its_answer(line: socket.socket) -> None:
    product = "SELECT%20(COUNT(*)%20AS%20%3Fn)%7B%3Fa%20%3Fb%20%3Fc.%3Fd%20%3Fe%20%3Ff%7D"
    line.sendall(head(f"/sparql?query={product}", "Accept: text/csv") + b"garbage\r\n\r\n" + ASK)
    first, second = answers(line, 2)
    assert first[0] == 200
    assert first[2].startswith(b"n")
    assert second[0] == 400
    assert b"to begin with a method" in second[2]
    assert line.recv(1) == b""
