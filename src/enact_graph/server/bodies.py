"""Bodies of requests: where each ends among the bytes that come (RFC 9112, 6 and 7)."""

from collections.abc import Iterable
from typing import Final

from enact_graph.errors import RequestError
from enact_graph.server.heads import END, not_done

#: Bytes that frame the chunks of a body: these, and so many for each byte in them.
_FRAMING: Final = (1 << 17, 16)


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
