"""Heads and bodies before the parser has them: one meaning each, or a fault in plain words."""

import httptools
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enact_graph.errors import RequestError
from enact_graph.server import requests
from enact_graph.server.requests import END, Body


def canonical(first: bytes, *fields: bytes) -> bytes:
    return requests.canonical(b"\r\n".join((first, *fields, b"", b"")))


def fault(first: bytes, *fields: bytes) -> str:
    with pytest.raises(RequestError) as raised:
        canonical(first, *fields)
    return raised.value.detail


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("/search.json?q=université", "/search.json?q=universit%C3%A9"),
        ("/doc/Universität", "/doc/Universit%C3%A4t"),
        ("/é%20é", "/%C3%A9%20%C3%A9"),
        ("/日本", "/%E6%97%A5%E6%9C%AC"),
        ("http://x/é", "/%C3%A9"),
        ("/plain?a={b}", "/plain?a={b}"),
    ],
)
def test_accents_are_read_as_browsers_send_them(typed: str, read: str) -> None:
    head = canonical(b"GET %s HTTP/1.1" % typed.encode(), b"Host: x")
    assert head.split(b" ")[1].decode() == read


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (
            b"GET /universit\xe9 HTTP/1.1",
            "byte E9, character 11, which is no UTF-8; if é is meant, write %C3%A9",
        ),
        (b"GET /?q=\x93x HTTP/1.1", "if “ is meant, write %E2%80%9C"),
        (b"GET /\x81 HTTP/1.1", "write %81 if it is meant"),
        (b"GET /a b HTTP/1.1", "character 3; write it as %20"),
        (b"GET /a\tb HTTP/1.1", "write it as %09"),
        (b"GET /a\x7f HTTP/1.1", "write it as %7F"),
        (b"GET /a#b HTTP/1.1", "write it as %23"),
        (b"GET a HTTP/1.1", "begin with /"),
        (b"GET * HTTP/1.1", "begin with /"),
        (b"GET ftp://x/ HTTP/1.1", "begin with /"),
        (b"GET /", "end with a blank and HTTP/1.1"),
        (b"GET / HTTP/2.0", "Only HTTP/1.1"),
        (b"PRI * HTTP/2.0", "Only HTTP/1.1"),
        (b"\x16\x03\x01\x02", "begin with a method"),
        (b"CONNECT x:80 HTTP/1.1", "this server is none"),
        (b"GET  / HTTP/1.1", "a blank or a control character, character 1"),
    ],
)
def test_a_first_line_at_fault_is_told_in_words(first: bytes, words: str) -> None:
    assert words in fault(first, b"Host: x")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("Invalid header token", "none may, or no colon follows it (after the field host)."),
        ("Unexpected whitespace after header value", "may not go on in a further line"),
        ("Content-Length can't be present with Transfer-Encoding", "never both"),
        ("Duplicate Content-Length", "given once, as digits only"),
        ("Invalid character in chunk size", "chunks of the body"),
        ("Invalid method encountered", "method of the request is none"),
        ("something of a later version", "something of a later version"),
    ],
)
def test_what_the_parser_says_is_told_in_words(reason: str, words: str) -> None:
    assert words in requests.fault(reason, [(b"host", b"x")]).detail


def test_the_host_of_the_address_is_the_host() -> None:
    head = canonical(b"GET http://a.example:80?q HTTP/1.1", b"X: y", b"Host: evil", b"Z: y")
    assert head == b"GET /?q HTTP/1.1\r\nHost: a.example:80\r\nX: y\r\nZ: y\r\n\r\n"
    assert b"Host: a" in canonical(b"GET http://a/ HTTP/1.0")
    assert b"Host" not in canonical(b"GET http://a/ HTTP/1.1")


def test_offers_are_left_out_and_nothing_else_is() -> None:
    fields = (b"Host: x", b"Connection: Upgrade", b"X-Upgrade: y", b"A: upgrade: z")
    assert canonical(b"GET / HTTP/1.1", *fields, b"uPGRADE:h2c") == canonical(
        b"GET / HTTP/1.1", *fields
    )


WORDS = (
    *(b"GET", b" ", b"/", b"HTTP/1.1", b"\r\n", b":", b"\t", b"#", b"a", b"\0", b"\r", b"\n"),
    *(b"Upgrade: a", b"upgrade:", b"Upgrade", b"Connection: upgrade", b"Host: x", b"http://y/"),
    *(b"\xc3\xa9", b"\xff"),
)
pieces = st.sampled_from(WORDS)


class Read:
    """What the parser makes of bytes: how many requests begin and end."""

    def __init__(self) -> None:
        self.begun = self.ended = 0

    def on_message_begin(self) -> None:
        self.begun += 1

    def on_message_complete(self) -> None:
        self.ended += 1


@settings(deadline=None)
@given(st.lists(pieces, max_size=12).map(b"".join))
def test_a_head_has_one_meaning_or_none(middle: bytes) -> None:
    try:
        head = requests.canonical((b"GET /" + middle).partition(END)[0] + END)
    except RequestError:
        return
    assert requests.canonical(head) == head
    read = Read()
    try:
        httptools.HttpRequestParser(read).feed_data(head)
    except httptools.HttpParserUpgrade:
        pytest.fail("the offer of another protocol got through")
    except httptools.HttpParserError:
        return
    assert (read.begun, read.ended) == (1, 1)


chunks = st.lists(
    st.lists(st.sampled_from([b"\r\n", b"\r", b"\n", b"0", b"a", END]), min_size=1).map(b"".join)
)
trailers = st.sampled_from([b"", b"A: b\r\n", b"A: b\r\nC: d\r\n"])
START = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"


@settings(deadline=None)
@given(chunks, trailers, st.lists(st.integers(1, 9)), st.sampled_from([b"", b"\r\n", START]))
def test_chunks_end_where_the_parser_has_their_end(
    parts: list[bytes], trailer: bytes, cuts: list[int], behind: bytes
) -> None:
    body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    body += b"0\r\n" + trailer + b"\r\n"
    read = Read()
    parser = httptools.HttpRequestParser(read)
    parser.feed_data(START)
    framed = Body([(b"transfer-encoding", b"chunked")], "1.1")
    came, rest, fed = b"", body + behind, b""
    while not read.ended:
        size = cuts.pop() if cuts else len(rest)
        came, rest = rest[:size], rest[size:]
        at = 0
        while at < len(came) and not read.ended:
            part = framed.part(came, at)
            assert part
            parser.feed_data(part)
            at += len(part)
            fed += part
    assert fed == body
    assert read.begun == 1


@given(st.integers(0, 50), st.lists(st.integers(1, 9), min_size=1))
def test_a_length_is_a_length_however_it_comes(size: int, cuts: list[int]) -> None:
    framed = Body([(b"content-length", b"%d" % size)], "1.1")
    got = b"".join(framed.part(b"x" * cut, 0) for cut in cuts)
    assert len(got) == min(size, sum(cuts))
    assert framed.left == size - len(got)
