"""Requests that could be taken for more than one, or for another: what each is to get.

What stands in a body asks with the number `smuggled`, so that it would be seen in the answers if it
were ever read as a request. What stands behind a request that ends the connection asks with the
number `behind`: a proxy may pass it on as a request of the same client, and of nobody else.
"""

from dataclasses import dataclass
from typing import Final

SMUGGLED: Final = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nX-Request-Id: smuggled-one\r\n\r\n"
BEHIND: Final = SMUGGLED.replace(b"smuggled", b"behind")
NUMBER: Final = b"X-Request-Id: the-request\r\n"
_TYPE: Final = b"Content-Type: application/sparql-query\r\nAccept: text/csv\r\n"
_ASK: Final = b"ASK {}"
_HIDING: Final = b'ASK { BIND("""' + SMUGGLED + b'""" AS ?x) }'
_CHUNKED: Final = b"Transfer-Encoding: chunked\r\n"


@dataclass(frozen=True)
class Case:
    """Bytes, the statuses of their answers, and whether the connection can go on after these.

    A proxy refuses some and mends others: `mended` is what those get.
    """

    sent: bytes
    statuses: tuple[int, ...] = (200,)
    goes_on: bool = True
    mended: tuple[int, ...] = ()


def _refused(sent: bytes, status: int = 400, *mended: int) -> Case:
    return Case(sent, (status,), goes_on=False, mended=mended)


def post(
    *fields: bytes, body: bytes = b"", version: bytes = b"1.1", path: bytes = b"/sparql"
) -> bytes:
    """A query in a body, framed as the fields say."""
    lines = b"".join(field + b"\r\n" for field in fields)
    return b"POST %s HTTP/%s\r\nHost: x\r\n%s%s%s\r\n%s" % (
        path,
        version,
        NUMBER,
        _TYPE,
        lines,
        body,
    )


def get(*fields: bytes, path: bytes = b"/health/live", body: bytes = b"") -> bytes:
    """A request without a body, whatever follows it."""
    lines = b"".join(field + b"\r\n" for field in fields)
    return b"GET %s HTTP/1.1\r\nHost: x\r\n%s%s\r\n%s" % (path, NUMBER, lines, body)


def length(body: bytes) -> bytes:
    """The field for a body of this length."""
    return b"Content-Length: %d" % len(body)


def chunks(*parts: bytes, trailer: bytes = b"") -> bytes:
    """A body in chunks."""
    framed = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    return framed + b"0\r\n" + trailer + b"\r\n"


def _offer(protocol: bytes, body: bytes = _HIDING) -> bytes:
    return post(b"Connection: Upgrade", b"Upgrade: " + protocol, length(body), body=body)


def _te(value: bytes, field: bytes = b"Transfer-Encoding: ") -> bytes:
    return post(field + value, body=chunks(_ASK) + BEHIND)


def _chunked(body: bytes) -> bytes:
    return post(_CHUNKED[:-2], body=body + BEHIND)


CASES: Final = {
    # Offers of another protocol are not taken up (RFC 9110, 7.8).
    "upgrade to h2c": Case(
        post(
            b"Connection: Upgrade, HTTP2-Settings",
            b"Upgrade: h2c",
            b"HTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA",
            length(_HIDING),
            body=_HIDING,
        )
    ),
    "upgrade to websocket": Case(_offer(b"websocket")),
    "upgrade to TLS": Case(_offer(b"TLS/1.3, HTTP/1.1")),
    "upgrade to a word": Case(_offer(b"smuggle")),
    "upgrade without Connection": Case(post(b"UPGRADE:h2c", length(_ASK), body=_ASK)),
    "upgrade of chunks": Case(
        post(b"Connection: upgrade", b"Upgrade: h2c", _CHUNKED[:-2], body=chunks(_ASK, b"#", b"\n"))
    ),
    "upgrade and two more requests": Case(
        _offer(b"h2c") + _offer(b"websocket") + get(), (200, 200, 200)
    ),
    "upgrade of GET": Case(get(b"Connection: Upgrade", b"Upgrade: websocket")),
    "upgrade folded": _refused(get(b"Connection: Upgrade", b"Upgrade:", b" h2c"), 400, 200),
    "upgrade with a control character": _refused(get(b"Connection: Upgrade", b"Upgrade: a\x01b")),
    # The length of a body (RFC 9112, 6).
    "both lengths": _refused(
        post(length(_ASK), _CHUNKED[:-2], body=chunks(_ASK) + BEHIND), 400, 200
    ),
    "both lengths, the other way": _refused(
        post(_CHUNKED[:-2], length(chunks(_ASK)), body=chunks(_ASK)), 400, 200
    ),
    "length twice": _refused(post(length(_ASK), length(_ASK), body=_ASK), 400, 200),
    "two lengths": _refused(post(b"Content-Length: 0", length(SMUGGLED), body=SMUGGLED)),
    "length as a list": _refused(post(b"Content-Length: 6, 6", body=_ASK), 400, 200),
    "length with a sign": _refused(post(b"Content-Length: +6", body=_ASK)),
    "negative length": _refused(post(b"Content-Length: -6", body=_ASK)),
    "length in hexadecimals": _refused(post(b"Content-Length: 0x6", body=_ASK)),
    "length with a fraction": _refused(post(b"Content-Length: 6.0", body=_ASK)),
    "empty length": _refused(post(b"Content-Length:", body=_ASK)),
    "length beyond all": _refused(post(b"Content-Length: 99999999999999999999999", body=_ASK)),
    "length with zeros before": Case(post(b"Content-Length: 0006", body=_ASK)),
    "length with blanks around": Case(post(b"Content-Length: \t6 \t", body=_ASK)),
    "length of none": Case(get(b"Content-Length: 0")),
    # Codings of a body (RFC 9112, 6.1).
    "chunks": Case(post(_CHUNKED[:-2], body=chunks(b"AS", b"K {}"))),
    "chunks, in capitals": Case(post(b"TRANSFER-ENCODING: Chunked", body=chunks(_ASK))),
    "chunks after identity": _refused(_te(b"identity, chunked"), 501),
    "chunks before identity": _refused(_te(b"chunked, identity")),
    "chunks in two fields": _refused(_te(b"identity\r\nTransfer-Encoding: chunked"), 501),
    "chunks twice": _refused(_te(b"chunked, chunked")),
    "chunks of gzip": _refused(_te(b"gzip, chunked"), 501),
    "no chunks": _refused(_te(b"xchunked"), 501),
    "chunks in quotes": _refused(_te(b'"chunked"'), 501),
    "chunks with a parameter": _refused(_te(b"chunked;q=1"), 501),
    "chunks after a comma": _refused(_te(b",chunked"), 501, 200),
    "chunks after a tab of another kind": _refused(_te(b"\x0bchunked")),
    "identity": _refused(post(b"Transfer-Encoding: identity", length(_ASK), body=_ASK)),
    "chunks folded": _refused(_te(b"\r\n chunked"), 400, 200),
    "chunks with a blank before the colon": _refused(_te(b"chunked", b"Transfer-Encoding : ")),
    "chunks in HTTP/1.0": _refused(
        post(_CHUNKED[:-2], body=chunks(_ASK), version=b"1.0"), 400, 200
    ),
    "chunks by another name": Case(post(b"Transfer_Encoding: chunked", length(_ASK), body=_ASK)),
    # Chunks (RFC 9112, 7.1).
    "a request in a chunk": Case(post(_CHUNKED[:-2], body=chunks(_HIDING))),
    "an empty line over two chunks": Case(
        post(_CHUNKED[:-2], body=chunks(b"ASK {}\r\n", b"\r\n", b"\r", b"\n\r\n\r\n"))
    ),
    "an extension of a chunk": Case(post(_CHUNKED[:-2], body=b"6;a=b;c\r\nASK {}\r\n0\r\n\r\n")),
    "an extension with an end of line": _refused(
        _chunked(b'6;a="\r\n"\r\nASK {}\r\n0\r\n\r\n'), 400
    ),
    "an extension with LF": _refused(_chunked(b"6;a\nASK {}\r\n0\r\n\r\n"), 400, 200),
    "a chunk with a prefix": _refused(_chunked(b"0x6\r\nASK {}\r\n0\r\n\r\n"), 400),
    "a chunk with a sign": _refused(_chunked(b"+6\r\nASK {}\r\n0\r\n\r\n"), 400),
    "a chunk beyond all": _refused(_chunked(b"10000000000000006\r\nASK {}\r\n0\r\n\r\n"), 400),
    "a chunk with a blank": _refused(_chunked(b"6 \r\nASK {}\r\n0\r\n\r\n"), 400, 200),
    "a chunk with LF": _refused(_chunked(b"6\nASK {}\n0\n\n"), 400, 200),
    "a chunk that is longer": _refused(_chunked(b"5\r\nASK {}\r\n0\r\n\r\n"), 400),
    "a chunk without its end": _refused(_chunked(b"6\r\nASK {}0\r\n\r\n"), 400),
    "fields after the chunks": Case(
        post(
            _CHUNKED[:-2],
            body=chunks(_ASK, trailer=b"Host: evil\r\nX-Request-Id: smuggled-two\r\n"),
        )
    ),
    "lengths after the chunks": _refused(
        post(_CHUNKED[:-2], body=chunks(_ASK, trailer=_CHUNKED + b"Content-Length: 9\r\n")),
        400,
        200,
    ),
    # Lines and fields (RFC 9112, 2.2 and 5).
    "a folded line": _refused(get(b"A: b", b" c"), 400, 200),
    "a blank before the first field": _refused(
        b"GET /health/live HTTP/1.1\r\n Host: x\r\n" + NUMBER + b"\r\n"
    ),
    "LF in a head": _refused(b"GET /health/live HTTP/1.1\nHost: x\n" + NUMBER + b"\n", 400, 200),
    "LF after a field": _refused(get(b"A: b\nContent-Length: 9"), 400, 200),
    "CR in a field": _refused(get(b"A: b\rContent-Length: 9")),
    "NUL in a field": _refused(get(b"A: b\0c")),
    "a control character in a field": _refused(get(b"A: b\x01c"), 400, 200),
    "a control character in a name": _refused(get(b"A\x01: b")),
    "a blank before the colon": _refused(get(b"A : b")),
    "a field without a colon": _refused(get(b"A"), 400, 200),
    "a field without a name": _refused(get(b": b")),
    "empty lines before a request": Case(b"\r\n\r\n" + get()),
    # Addresses and hosts (RFC 9112, 3).
    "another host in the address": Case(get(path=b"http://x/health/live")),
    "no host": Case(b"GET /health/live HTTP/1.1\r\n" + NUMBER + b"\r\n", (400,)),
    "two hosts": Case(get(b"Host: y"), (400,)),
    "a host that is none": Case(b"GET / HTTP/1.1\r\nHost: a b\r\n" + NUMBER + b"\r\n", (400,)),
    "two blanks in the first line": _refused(
        b"GET  /health/live HTTP/1.1\r\nHost: x\r\n\r\n", 400, 200
    ),
    "a blank at its end": _refused(b"GET /health/live HTTP/1.1 \r\nHost: x\r\n\r\n", 400, 200),
    "a blank in the address": _refused(b"GET /health /live HTTP/1.1\r\nHost: x\r\n\r\n"),
    "no version": _refused(b"GET /health/live\r\n\r\n", 400, 200),
    "another version": _refused(b"GET /health/live HTTP/2.0\r\nHost: x\r\n\r\n", 400, 200),
    "another protocol": _refused(b"GET /health/live RTSP/1.0\r\nHost: x\r\n\r\n"),
    "a method that is none": _refused(b"SMUGGLE / HTTP/1.1\r\nHost: x\r\n\r\n", 501, 405),
    "a tunnel": _refused(b"CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n" + BEHIND, 501),
    "a fragment": _refused(get(path=b"/health/live#/../x"), 400, 200),
    # Bodies where there is none to be expected, and what comes behind.
    "a body of GET": Case(get(length(SMUGGLED), body=SMUGGLED), goes_on=False),
    "a body of OPTIONS": Case(
        get(length(SMUGGLED), body=SMUGGLED).replace(b"GET", b"OPTIONS", 1), (204,), goes_on=False
    ),
    "bytes behind a request": Case(get() + b"0\r\n\r\n", (200, 400), goes_on=False),
    "a request behind one refused": _refused(get(b"A : b") + BEHIND),
    "a request behind one that closes": Case(get(b"Connection: close") + BEHIND, goes_on=False),
    "requests behind one not found": Case(
        get(path=b"/nothing") + get() + get(path=b"/nothing"), (404, 200, 404)
    ),
    "a request behind a body not read": Case(
        post(length(_ASK), body=_ASK, path=b"/nothing") + BEHIND, (404,), goes_on=False
    ),
    "Expect and a body": Case(post(b"Expect: 100-continue", length(_ASK), body=_ASK)),
    "Expect in HTTP/1.0": Case(
        post(b"Expect: 100-continue", length(_ASK), body=_ASK, version=b"1.0"), goes_on=False
    ),
}
