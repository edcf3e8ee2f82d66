"""HTTP on the wire: the protocol of uvicorn, with an answer at once to bytes that came before."""

import asyncio
from collections.abc import Callable
from typing import Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from enact_graph.errors import RequestError, UriTooLong
from enact_graph.web import problems
from enact_graph.web.door import NUMBER
from enact_graph.web.repeats import REQUEST, Repeats

_END: Final = b"\r\n\r\n"
#: Bytes of a request before its body: more than any address and headers that are read, so that
#: what has no end does not fill the memory. Parsers of addresses go up to 65 535.
_HEAD: Final = 1 << 17
_ADDRESS: Final = (1 << 16) - 1
#: Seconds that a client has to take what was sent of an answer that is broken off.
_LINGER: Final = 5.0


def repeating(repeats: Repeats) -> type[asyncio.Protocol]:
    """The protocol that looks into these answers before it reads a request."""

    return type("Repeater", (_Repeater,), {"repeats": repeats})


class _OneWrite:
    """A transport that sends the head of an answer together with the first part of its body."""

    def __init__(
        self,
        transport: asyncio.Transport,
        on_end: Callable[..., None],
        is_whole: Callable[[], bool],
    ) -> None:
        self._transport = transport
        self._on_end = on_end
        self._is_whole = is_whole
        self._held: bytes | None = b""

    def write(self, data: bytes) -> None:
        """Hold the first bytes, which are the head; send the rest as it comes."""
        if self._held == b"":
            self._held = data
        elif self._held is None:
            self._transport.write(data)
        else:
            held, self._held = self._held, None
            self._transport.write(held + data)

    def end(self) -> None:
        """The answer is complete; to HEAD it has no body."""
        self._flush()
        self._on_end()

    def _flush(self) -> None:
        if self._held:
            self._transport.write(self._held)
        self._held = None

    def close(self) -> None:
        """Close the connection after what is held; an answer broken off is not waited for long."""
        self._flush()
        self._transport.close()
        if not self._is_whole():
            asyncio.get_running_loop().call_later(_LINGER, self._transport.abort)

    def is_closing(self) -> bool:
        """Whether the connection is closed or about to be."""
        return self._transport.is_closing()


class _Repeater(HttpToolsProtocol):
    """A connection; `repeats` are the answers of all connections.

    Bytes are taken for a request only where one can begin: after the whole of the last request
    and of its answer. Elsewhere they may be a body, and a body must never be answered.
    """

    repeats: Repeats
    _is_between = True
    _chunk: bytes | None = None
    #: Bytes of a head that is not all there yet; None outside one.
    _head: int | None = None
    _is_refused = False

    def data_received(self, data: bytes) -> None:
        """Answer from what is kept, or let the request be read."""
        if self._is_refused:
            return
        if not (self._is_between and self._is_free):
            self._chunk = None
        elif found := self.repeats.get(data):
            self._unset_keepalive_if_required()
            self.server_state.total_requests += 1
            line, rest = found
            headers = [*self.server_state.default_headers, (NUMBER, self.repeats.number())]
            lines = [b"%s: %s\r\n" % header for header in headers]
            self.transport.write(b"".join((line, *lines, rest)))
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
            return
        else:
            is_whole = data.startswith(b"GET ") and data.find(_END) == len(data) - len(_END)
            self._chunk = data if is_whole else None
        is_within = self._head is not None
        super().data_received(data)
        # The bytes with which a head begins may be the body of another request for the most part.
        if is_within and self._head is not None:
            self._head += len(data)
            if self._head > _HEAD and not self._is_refused:
                self.send_400_response(f"The head of the request exceeds {_HEAD} bytes.")

    def send_400_response(self, msg: str) -> None:
        """Tell what is wrong with bytes that are no request, or with one too long, and close."""
        self._is_refused = True
        if self.cycle is not None and not self.cycle.response_complete:
            # What is being answered would be mixed with this; it is broken off.
            self.transport.abort()
            return
        address = getattr(self, "url", b"")
        error: RequestError
        if len(address) > _ADDRESS:
            error = UriTooLong(
                f"The address has more than {_ADDRESS} bytes; send a long query by POST, as the"
                " field `query` of a form or as a body of type application/sparql-query."
            )
        else:
            error = RequestError(f"{msg.rstrip('.')}; send HTTP/1.1 (RFC 9112).")
        instance = address.partition(b"?")[0][:200].decode("ascii", "replace")
        status, headers, body = problems.bare(error, instance)
        named = [
            *self.server_state.default_headers,
            *((name.lower().encode(), value.encode()) for name, value in headers.items()),
            (NUMBER, self.repeats.number()),
            (b"content-length", b"%d" % len(body)),
            (b"connection", b"close"),
        ]
        lines = b"".join(b"%s: %s\r\n" % header for header in named)
        self.transport.write(b"HTTP/1.1 %s\r\n%s\r\n%s" % (status.encode(), lines, body))
        self.transport.close()

    @property
    def _is_free(self) -> bool:
        """Whether no answer is under way, and the client reads those it got."""
        is_answered = self.cycle is None or self.cycle.response_complete
        is_open = not self.transport.is_closing() and not self.flow.write_paused
        return is_answered and is_open and not self.pipeline

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._is_between = False
        self._head = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The whole head: a request that is all there tells its bytes."""
        self._head = None
        if self._chunk is not None and self.parser.should_keep_alive():
            if self.parser.get_http_version() == "1.1":
                self.scope["extensions"] = {REQUEST: {"bytes": self._chunk}}
            self._chunk = None
        before = self.cycle
        super().on_headers_complete()
        if self.cycle is not before:
            cycle = self.cycle
            joined = _OneWrite(self.transport, cycle.on_response, lambda: cycle.response_complete)
            self.cycle.transport = cast(asyncio.Transport, joined)
            self.cycle.on_response = joined.end

    def on_message_complete(self) -> None:
        """The last byte of a request."""
        super().on_message_complete()
        self._is_between = True
