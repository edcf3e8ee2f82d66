"""HTTP on the wire: the protocol of uvicorn, with an answer at once to bytes that came before.

Requests are given to the parser one at a time, each when the answer to the one before is complete.
A head is given whole; a body, as much as was announced of it. So no byte can be taken for a part
of another request than its own, whatever the parser makes of it: where the two disagree about the
end of a request, the connection ends (RFC 9112, 11.2).
"""

import asyncio
from typing import Any, Final, cast

import httptools
from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from enact_graph.errors import RequestError, RequestTimeout
from enact_graph.server import requests
from enact_graph.server.connections import Connections
from enact_graph.server.replay import REQUEST, Repeats
from enact_graph.server.requests import END, Body
from enact_graph.server.transport import Joined
from enact_graph.web import problems
from enact_graph.web.request_log import NUMBER

_NONE: Final = Body((), "1.1")
#: Seconds for which a client that was refused may send on, so that it comes to read why.
_LINGER: Final = 5.0
#: Bytes that it may send meanwhile.
_IGNORED: Final = 1 << 20


def protocol(repeats: Repeats, connections: Connections) -> type[asyncio.Protocol]:
    """The protocol that looks into these answers before it reads a request."""
    return type("Wire", (_Wire,), {"repeats": repeats, "limits": connections})


class _Wire(HttpToolsProtocol):
    """A connection; `repeats` are the answers of all connections, `limits` what each may take."""

    repeats: Repeats
    limits: Connections

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        #: When something last came or went; when the request began that is not all there.
        self.since = self._began = self._looked = self.limits.now
        self._is_new = True
        #: Whether a request may begin with the next byte; whether one begins in what is fed.
        self._is_between = True
        self._is_begun = False
        #: Bytes that wait: for the rest of their head, or for the answer to the request before.
        self._held = bytearray()
        self._body = _NONE
        #: Bytes of an answer that the client has not taken.
        self._unsent = 0
        #: Bytes that came after the last one that is read.
        self._ignored: int | None = None
        self.url = b""
        self._key: bytes | None = None
        self._is_head = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Count the connection; tell a client that has too many."""
        super().connection_made(transport)
        if error := self.limits.enter(self, self.client[0] if self.client else None):
            self._refuse(error)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self.limits.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Answer from what is kept, or let the request be read."""
        if self._ignored is not None:
            self._ignored += len(data)
            if self._ignored > _IGNORED:
                self.transport.abort()
        elif not self._held:
            if self._is_between and self._is_free and (found := self.repeats.get(data)):
                self.server_state.total_requests += 1
                line, rest = found
                headers = [*self.server_state.default_headers, (NUMBER, self.repeats.number())]
                lines = [b"%s: %s\r\n" % header for header in headers]
                self.transport.write(b"".join((line, *lines, rest)))
                self.since = self.limits.now
                self._is_new = False
            else:
                self._read(data)
        else:
            seen = len(self._held)
            self._held += data
            if self._is_answering:
                self._pause()
            elif self._held.find(END, max(0, seen - 3)) < 0:
                if error := requests.unfinished(self._held, seen):
                    self._refuse(error)
            else:
                self._read_held()

    def _read_held(self) -> None:
        data = bytes(self._held)
        self._held.clear()
        self._read(data)

    def _read(self, data: bytes) -> None:
        """Give the parser one head, or one part of a body, after the other."""
        at = 0
        while at < len(data) and self._ignored is None:
            if not self._is_between:
                part = self._body.part(data, at)
                at += len(part)
                self._read_body(part)
            elif self._is_answering:
                self._held += data[at:]
                self._pause()
                return
            elif data.startswith(b"\r\n", at):
                at += 2  # lines before a request are none of it (RFC 9112, 2.2)
            elif (end := data.find(END, at)) >= 0:
                self._read_head(data[at : end + 4])
                at = end + 4
            else:
                self._held += data[at:]
                self._began = self.limits.now
                self.url, self._is_head = b"", False
                if error := requests.unfinished(self._held):
                    self._refuse(error)
                return

    def _read_head(self, head: bytes) -> None:
        self._is_head = head.startswith(b"HEAD ")
        self._key = head if head.startswith(b"GET ") else None
        self._body = _NONE
        self._began = self.limits.now
        self._is_new = self._is_begun = False
        self.url = b""
        try:
            head = requests.canonical(head)
        except RequestError as error:
            self.url = head.partition(b"\r\n")[0].partition(b" ")[2].partition(b" ")[0]
            self._refuse(error)
            return
        self._feed(head)

    def _read_body(self, part: bytes) -> None:
        self._feed(part)
        if self._body.is_inflated:
            self._refuse(RequestError("The chunks of the body hold far more than is in them."))

    def _feed(self, piece: bytes) -> None:
        try:
            self.parser.feed_data(piece)
            body = self._body
            if not body.is_chunked and self._is_between != (body.left == 0):
                raise httptools.HttpParserError("another end")
        except httptools.HttpParserCallbackError as error:
            cause = error.__context__  # what a method below raised
            if isinstance(cause, httptools.HttpParserError):
                self._refuse(requests.fault(str(cause), self.headers))
            elif isinstance(cause, RequestError):
                self._refuse(cause)
            else:
                raise
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._refuse(requests.fault(str(error), self.headers))

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        if self._is_begun:
            raise httptools.HttpParserError("another end")
        self._is_between, self._is_begun = False, True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The whole head: a request that is all there tells its bytes."""
        version = self.parser.get_http_version()
        self._body = Body(self.headers, version)
        if version == "1.0":
            self.expect_100_continue = False
        elif self._key is not None and self._body.is_none and self.parser.should_keep_alive():
            self.scope["extensions"] = {REQUEST: {"bytes": self._key}}
        super().on_headers_complete()
        self.headers = []  # what follows the last chunk is no field of the head
        joined = Joined(self.transport, self.cycle, self._close)
        self.cycle.transport = cast(asyncio.Transport, joined)
        self.cycle.on_response = joined.end

    def on_body(self, body: bytes) -> None:
        """A part of the body, without what frames it."""
        self._body.content += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The last byte of a request."""
        super().on_message_complete()
        self._is_between = True

    def on_response_complete(self) -> None:
        """The last byte of an answer: what waited for it is read."""
        self.server_state.total_requests += 1
        self.since = self.limits.now
        if self.transport.is_closing() or self._ignored is not None:
            return
        if not self._is_between:
            self._end()  # else the server would read to the end of a body that may have none
            return
        self.flow.resume_reading()
        if self._held:
            self._read_held()

    @property
    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def _is_free(self) -> bool:
        """Whether no answer is under way, and the client reads those it got."""
        is_open = not self.transport.is_closing() and not self.flow.write_paused
        return is_open and not self._is_answering

    @property
    def is_idle(self) -> bool:
        """Whether it waits for a request, of which a part of the head may be there."""
        is_read = self._is_between and self._ignored is None
        return is_read and not self._is_answering and not self._unsent

    def look(self) -> None:
        """End the connection where something has taken too long; half a request is told so."""
        now, settings = self.limits.now, self.limits.settings
        unsent = self.transport.get_write_buffer_size()
        if unsent != self._unsent:
            self._unsent, self.since = unsent, now
        waited = now - self.since
        if unsent:
            if waited > settings.idle_seconds:
                self.transport.abort()
        elif self._ignored is not None or self.transport.is_closing():
            if waited > _LINGER:
                self.transport.abort()
        elif not self._is_between:
            if self.flow.read_paused:
                self._began += now - self._looked
            elif now - self._began > settings.body_seconds + self._body.raw / settings.body_rate:
                self._refuse(RequestTimeout("The rest of the body did not come in time."))
        elif self._is_answering:
            self.since = now
        elif self._held:
            if now - self._began > settings.head_seconds:
                self._refuse(RequestTimeout("The rest of the head did not come in time."))
        elif waited > (settings.head_seconds if self._is_new else settings.idle_seconds):
            self.transport.close()
        self._looked = now

    def close(self) -> None:
        """Close it without a word."""
        self.transport.abort()

    def shutdown(self) -> None:
        """The server ends: wait for an answer that is under way, and for nothing else."""
        if self._ignored is None:
            super().shutdown()
        else:
            self.transport.close()

    def _pause(self) -> None:
        if len(self._held) > HIGH_WATER_LIMIT:
            self.flow.pause_reading()

    def _close(self) -> None:
        """The last answer of this connection is complete."""
        if self._is_between and not self._held:
            self.transport.close()
        else:
            self._end()

    def _end(self) -> None:
        """Send what is left, and read on for a while, since a reset would destroy the answer."""
        self._ignored = 0
        self._held.clear()
        self.since = self.limits.now
        self.flow.resume_reading()
        if not self.transport.is_closing():
            self.transport.write_eof()

    def _refuse(self, error: RequestError) -> None:
        """Tell what is wrong with bytes that are no request, and read no more of them."""
        if self._is_answering:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            if self.cycle.response_started:
                # What is being answered would be mixed with this; it is broken off.
                self.transport.abort()
                return
        more = [*self.server_state.default_headers, (NUMBER, self.repeats.number())]
        told = problems.unasked(error, self.url, *more)
        self.transport.write(told.partition(END)[0] + END if self._is_head else told)
        self._end()
