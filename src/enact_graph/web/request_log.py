"""The door of the application: every request gets a number and a release, and is counted."""

import asyncio
import logging
import os
import re
import time
from itertools import count
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from enact_graph.web.hot_swap import Running, start
from enact_graph.web.routing import Patterns

NUMBER: Final = b"x-request-id"
_LOG: Final = logging.getLogger(__name__)
_WELL_FORMED: Final = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._:-]{7,63}")
#: For a client that went away before it was answered, as others write it.
_GONE: Final = 499


class Door:
    """ASGI middleware, the outermost of the application.

    A number that came in `X-Request-Id` is kept if it is well-formed; it goes back with the answer
    and into the log. The release is held from here to the first byte of the answer, by when
    everything it takes has been read.
    """

    def __init__(self, app: ASGIApp, running: Running, patterns: Patterns) -> None:
        self._app = app
        self._patterns = patterns
        self._running = running
        self._prefix = os.urandom(6).hex()
        self._numbers = count(1)
        self._is_told = running.settings.access_log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its release, and the answer back with its number."""
        if scope["type"] == "lifespan":
            await start(self._app, scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        held = self._running.take()
        number = self._number(scope)
        state = scope.setdefault("state", {})
        state["serving"], state["running"], state["number"] = held.serving, self._running, number
        started = time.perf_counter()
        status = 0
        size = 0

        async def send_numbered(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message["headers"], (NUMBER, number.encode())]
                held.release()
                self._running.meter.request(
                    self._patterns.of(scope["path"]), status, time.perf_counter() - started
                )
                await send({**message, "headers": headers})
                return
            size += len(message.get("body", b""))
            await send(message)

        unanswered = 500
        try:
            await self._app(scope, receive, send_numbered)
        except ClientDisconnect:
            unanswered = _GONE  # and nobody is there to be answered
        except asyncio.CancelledError:
            unanswered = _GONE
            raise
        finally:
            if not status:
                status = unanswered
                held.release()
                self._running.meter.request(
                    self._patterns.of(scope["path"]), status, time.perf_counter() - started
                )
                if status == 500:  # the framework answers, and logs the reason
                    told = {"request": number, "path": scope["path"]}
                    _LOG.error("a request failed", extra={"told": told})
            if self._is_told:
                self._tell(scope, number, status, size, time.perf_counter() - started)

    def _number(self, scope: Scope) -> str:
        for name, value in scope["headers"]:
            if name == NUMBER and _WELL_FORMED.fullmatch(value):
                return str(value, "ascii")
        return f"{self._prefix}-{next(self._numbers):x}"

    def _tell(self, scope: Scope, number: str, status: int, size: int, seconds: float) -> None:
        told = {
            "request": number,
            "method": scope["method"],
            # Without what follows the question mark, and whoever asks is nobody's business.
            "path": scope["path"],
            "status": status,
            "bytes": size,
            "seconds": round(seconds, 4),
        }
        _LOG.info("a request", extra={"told": told})
