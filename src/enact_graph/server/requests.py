"""Requests as bytes, before the parser has them: heads, and where bodies end (RFC 9112, 3 to 7).

The parser is strict in fields and bodies. What it would take for something else, or tell in words
for its makers, is settled here: a head has one meaning, or is refused with its fault named.
"""

import re
from collections.abc import Iterable
from http import HTTPStatus
from string import punctuation
from typing import Final
from urllib.parse import quote

from enact_graph.errors import RequestError, UriTooLong

END: Final = b"\r\n\r\n"
#: Bytes of a request before its body: more than any address and headers that are read, so that
#: what has no end does not fill the memory. Parsers of addresses go up to 65 535.
MOST: Final = 1 << 17
_ADDRESS: Final = (1 << 16) - 1
#: Bytes that frame the chunks of a body: these, and so many for each byte in them.
_FRAMING: Final = (1 << 17, 16)

_LINE: Final = re.compile(rb"([!#-'*+.^_`|~0-9A-Za-z-]+) ([^\0- \x7f]+) HTTP/1\.[01]\r\n")
_ABSOLUTE: Final = re.compile(rb"https?://([^/?#]*)(.*)", re.I)
_HOST: Final = re.compile(rb"\r\nhost:[^\r\n]*", re.I)
_OFFER: Final = re.compile(rb"\r\nupgrade:[^\0-\x08\n-\x1f\x7f]*(?=\r\n)", re.I)
_BARE: Final = re.compile(rb"(?<!\r)\n|\0")
_START: Final = re.compile(rb"[\r\n]*[A-Za-z]")

#: What the parser says, and the same in words for who wrote the request.
_REASONS: Final = (
    ("another end", "The body ends elsewhere than its head says"),
    ("url", "The address in the first line cannot be read"),
    ("chunk", "The chunks of the body are not framed as RFC 9112, 7.1, has it"),
    ("be present with", "A body has either Content-Length or Transfer-Encoding, never both"),
    ("Content-Length", "Content-Length is to be given once, as digits only"),
    ("Transfer-Encoding", "The last Transfer-Encoding of a body is to be chunked, named once"),
    ("header token", "The name of a field holds a character that none may, or no colon follows it"),
    ("whitespace after", "A field may not go on in a further line"),
    ("space after start", "A line before the first field begins with a blank"),
    ("header value", "A value of a field holds a control character, or ends without CR and LF"),
    ("header field", "A line of the head ends without CR and LF, or is no field"),
)


class Body:
    """A body as its head announces it.

    HTTP/1.0 has no Transfer-Encoding, so a proxy may have framed the body in another way. Raises
    RequestError for that, and where the parser knows more codings than are read here.
    """

    __slots__ = ("_tail", "content", "is_chunked", "left", "raw")

    def __init__(self, headers: Iterable[tuple[bytes, bytes]], version: str) -> None:
        #: Bytes that are to come, where that is known beforehand.
        self.left = 0
        self.is_chunked = False
        #: Bytes that came, and those of them that are not framing.
        self.raw = self.content = 0
        self._tail = b""
        for name, value in headers:
            if name == b"content-length":
                self.left = int(value)
            elif name == b"transfer-encoding":
                if version == "1.0":
                    raise RequestError("HTTP/1.0 has no Transfer-Encoding; send Content-Length.")
                if self.is_chunked or value.strip().lower() != b"chunked":
                    raise not_done("The only Transfer-Encoding that is read here is chunked.")
                self.is_chunked = True

    def part(self, data: bytes, at: int) -> bytes:
        """The bytes from there on that are of this body, or as many as end no later than it.

        Chunks end with an empty line, wherever else they hold one; it may have begun before.
        """
        if not self.is_chunked:
            part = data[at : at + self.left]
            self.left -= len(part)
        else:
            crossing = (self._tail + data[at : at + 3]).find(END)
            if crossing >= 0:
                end = at + crossing + len(END) - len(self._tail)
            else:
                found = data.find(END, at)
                end = found + len(END) if found >= 0 else len(data)
            part = data[at:end]
            self._tail = (self._tail + part[-3:])[-3:]
        self.raw += len(part)
        return part

    @property
    def is_none(self) -> bool:
        """Whether the request has no body."""
        return not self.left and not self.is_chunked

    @property
    def is_inflated(self) -> bool:
        """Whether its chunks are framed by far more than is in them."""
        most, each = _FRAMING
        return self.raw > most + each * self.content


def canonical(head: bytes) -> bytes:
    """The head as it is meant: accents escaped, no upgrade offered, the host in its own field.

    An offer of another protocol is not taken up, so the request stands without it (RFC 9110, 7.8).
    The host of an address in absolute form goes before the field Host (RFC 9112, 3.2.2).
    Raises RequestError where the first line is none, UriTooLong for an address beyond all limits.
    """
    if len(head) > MOST:
        raise too_large() if head.find(b"\r\n") <= _ADDRESS else too_long()
    line = _LINE.match(head)
    if line is None:
        raise RequestError(_fault_of_line(head.partition(b"\r\n")[0]))
    method, address = line.groups()
    if method == b"CONNECT":
        raise not_done("CONNECT asks for a proxy, and this server is none.")
    rest = head[line.end() - 2 :]
    told = address if address.isascii() else _escaped(address)
    if absolute := _ABSOLUTE.fullmatch(told):
        authority, told = absolute.groups()
        told = told if told.startswith(b"/") else b"/" + told
        rest, hosts = _HOST.subn(b"", rest)
        # None or several are refused further in, as in any other request of HTTP/1.1.
        count = hosts or head.startswith(b"HTTP/1.0", line.end(2) + 1)
        rest = (b"\r\nHost: " + authority) * count + rest
    elif told == b"*" and method == b"OPTIONS":
        told = b"/"
    elif not told.startswith(b"/"):
        raise RequestError("The address in the first line is to begin with /, or with http://.")
    if len(told) > _ADDRESS:
        raise too_long()
    if b"#" in told:
        raise RequestError(
            "The address holds the sign #, which begins a part that is never sent; write it as %23."
        )
    if b"pgrade:" in rest.lower():
        rest = _OFFER.sub(b"", rest)
    if told is not address or len(rest) != len(head) - line.end() + 2:
        return b"".join((method, b" ", told, head[line.end(2) : line.end() - 2], rest))
    return head


def unfinished(head: bytes | bytearray, seen: int = 0) -> RequestError | None:
    """What is wrong with the beginning of a head, where no further bytes can mend it.

    The first `seen` bytes have been looked at before.
    """
    if len(head) > MOST:
        return too_long() if b"\r\n" not in head else too_large()
    if not seen and not _START.match(head) and head.strip(b"\r\n"):
        return RequestError(_fault_of_line(bytes(head[:200])))
    if _BARE.search(head, seen):
        return RequestError("A line of the head ends without CR, or holds the character NUL.")
    return None


def fault(reason: str, headers: list[tuple[bytes, bytes]]) -> RequestError:
    """The fault that the parser found, in plain words, after the last field that was read."""
    if "method" in reason:
        return not_done("The method of the request is none that HTTP servers know.")
    found = next((told for sign, told in _REASONS if sign in reason), None)
    if found is None:
        return RequestError(f"This is no HTTP/1.1 request ({reason}); see RFC 9112.")
    where = f" (after the field {headers[-1][0].decode('latin-1')})" if headers else ""
    return RequestError(f"{found}{where}.")


def too_long() -> UriTooLong:
    """An address that no parser of addresses reads."""
    return UriTooLong(
        f"The address has more than {_ADDRESS} bytes; send a long query by POST, as the"
        " field `query` of a form or as a body of type application/sparql-query."
    )


def too_large() -> RequestError:
    """A head that fills the memory, whatever is in it."""
    return RequestError(f"The head of the request exceeds {MOST} bytes.")


def not_done(detail: str) -> RequestError:
    """A request that is well-formed and asks for what this server does not do (501)."""
    error = RequestError(detail)
    error.status = HTTPStatus.NOT_IMPLEMENTED  # type: ignore[misc]  # of this one error only
    return error


def _escaped(address: bytes) -> bytes:
    """An address typed with accents, as browsers send it: each byte of their UTF-8 escaped."""
    try:
        address.decode()
    except UnicodeDecodeError as error:
        byte = address[error.start : error.start + 1]
        meant = byte.decode("cp1252", "replace")
        cure = (
            f"if {meant} is meant, write {quote(meant)}"
            if meant.isprintable() and meant != "\ufffd"
            else f"write %{byte.hex().upper()} if it is meant"
        )
        raise RequestError(
            f"The address holds the byte {byte.hex().upper()}, character {error.start + 1}, which"
            f" is no UTF-8; {cure}."
        ) from None
    return quote(address, safe=punctuation).encode()


def _fault_of_line(line: bytes) -> str:
    """What is wrong with the first line of a request."""
    method, blank, rest = line.partition(b" ")
    if not blank or not method.isascii() or not method.isalpha():
        return "This is no HTTP/1.1 request: it is to begin with a method, a blank and an address."
    address, blank, version = rest.rpartition(b" ")
    if not blank or not version.startswith(b"HTTP/"):
        return "The first line of the request is to end with a blank and HTTP/1.1."
    if version not in (b"HTTP/1.1", b"HTTP/1.0"):
        return "Only HTTP/1.1 and HTTP/1.0 are spoken here; send HTTP/1.1 (RFC 9112)."
    signs = re.search(rb"[\0- \x7f]", address)
    if signs:
        return (
            f"The address holds a blank or a control character, character {signs.start() + 1};"
            f" write it as %{signs[0].hex().upper()}."
        )
    return "The first line of the request is a method, an address and HTTP/1.1, with one blank."
