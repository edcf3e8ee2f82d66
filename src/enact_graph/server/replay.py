"""Whole answers under the bytes of the requests that got them: the same bytes get them again.

What the server says to a GET depends on nothing but its bytes and the release, unless the answer
says otherwise. So where a request comes again byte for byte, on any connection, its answer can go
out before anything is parsed. `protocol` asks here first, and tells in the scope of every other
request under which bytes its answer may be kept.
"""

import os
import re
from itertools import count
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from enact_graph.engine.cache import ByteCache
from enact_graph.settings import Settings

#: The extension of the ASGI scope that holds the bytes of a request.
REQUEST: Final = "enact_graph.request"
_KEPT: Final = {200: b"HTTP/1.1 200 OK\r\n", 304: b"HTTP/1.1 304 Not Modified\r\n"}
#: What a proxy says is believed of some peers only; what brings a body is more than its head.
_NEVER: Final = re.compile(
    rb"forwarded|\n(?:content-length|transfer-encoding|expect|upgrade|x-request-id)", re.I
)
#: A longer request or answer saves little by being repeated, and takes the room of many.
_MOST: Final = 1 << 18


class Repeats:
    """Answers that may be repeated; `clear` when the release changes."""

    def __init__(self, settings: Settings) -> None:
        # Where each request is to be logged, none is answered before it is looked at.
        self._capacity = 0 if settings.access_log else settings.cache_bytes // 4
        self._kept: ByteCache[tuple[bytes, bytes]] = ByteCache(self._capacity)
        self._prefix = os.urandom(6).hex()
        self._numbers = count(1)
        self.generation = 0
        self.hits = 0
        self.misses = 0

    @property
    def figures(self) -> tuple[int, int, int]:
        """Hits, misses and bytes held."""
        return self.hits, self.misses, self._kept.held

    def number(self) -> bytes:
        """The number of one more request that is answered from here."""
        return f"{self._prefix}-{next(self._numbers):x}".encode()

    def get(self, request: bytes) -> tuple[bytes, bytes] | None:
        """The status line, and the headers with the body: a Date may go between them."""
        found = self._kept.get(request)
        if found is not None:
            self.hits += 1
        else:
            self.misses += 1
        return found

    def put(self, request: bytes, answer: tuple[bytes, bytes]) -> None:
        """Keep an answer."""
        self._kept.put(request, answer, len(request) + len(answer[1]))

    def clear(self) -> None:
        """Forget every answer, and those that are under way."""
        self.generation += 1
        self._kept = ByteCache(self._capacity)


class Repeating:
    """ASGI middleware, the outermost: keeps the answers that may be repeated."""

    def __init__(self, app: ASGIApp, repeats: Repeats) -> None:
        self._app = app
        self._repeats = repeats

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and keep its answer where that may be."""
        request: bytes | None = scope.get("extensions", {}).get(REQUEST, {}).get("bytes")
        if request is None or len(request) > _MOST or _NEVER.search(request):
            await self._app(scope, receive, send)
            return
        generation = self._repeats.generation
        start: Message | None = None

        async def send_and_keep(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            elif start is not None:
                if not message.get("more_body") and generation == self._repeats.generation:
                    self._keep(request, start, message.get("body", b""))
                start = None  # an answer in several parts is not kept
            await send(message)

        await self._app(scope, receive, send_and_keep)

    def _keep(self, request: bytes, start: Message, body: bytes) -> None:
        line = _KEPT.get(start["status"])
        headers = dict(start["headers"])
        policy = headers.get(b"cache-control", b"")
        # Only what is public and named by its content is the same for everybody.
        if line is None or b"public" not in policy or b"etag" not in headers or len(body) > _MOST:
            return
        # The number is that of the first request alone.
        kept = ((k.lower(), v) for k, v in start["headers"] if k.lower() != b"x-request-id")
        lines = (b"%s: %s\r\n" % header for header in kept)
        self._repeats.put(request, (line, b"%s\r\n%s" % (b"".join(lines), body)))
