"""Our own server: uvicorn with this wire, on a socket that is already open."""

import asyncio
import logging
import math
import signal
import socket
import sys
from types import FrameType
from typing import NoReturn

import uvicorn
from starlette.types import ASGIApp

from enact_graph.server.connections import Connections
from enact_graph.server.http import protocol
from enact_graph.server.replay import Repeating, Repeats
from enact_graph.web.hot_swap import Running


def run(
    app: ASGIApp, running: Running, repeats: Repeats, listener: socket.socket, address: str
) -> bool:
    """Serve until a signal ends it; return whether it came to answer at all."""
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    signal.signal(signal.SIGTERM, _end)
    server = _Server(app, running, repeats, address)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        sys.stderr.write("\n")
    return server.started


class _Server(uvicorn.Server):
    """A server that says where it is, once it answers, and that it ends, before it does."""

    def __init__(self, app: ASGIApp, running: Running, repeats: Repeats, address: str) -> None:
        self._address = address
        self._running = running
        self._connections = Connections(running.settings)
        config = uvicorn.Config(
            Repeating(app, repeats),
            http=protocol(repeats, self._connections),
            ws="none",  # an offer of another protocol is not taken up
            log_config=None,  # the log is ours, and has no addresses of clients
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,  # the application itself heeds them, from trusted proxies only
            timeout_graceful_shutdown=math.ceil(running.settings.grace_seconds),
        )
        super().__init__(config)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._connections.watch()
        await super().startup(sockets)
        if self.started:
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._running.look)
            sys.stdout.write(f"Serving at {self._address} (Ctrl+C ends it)\n")
            sys.stdout.flush()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._running.is_draining = True
        deadline = asyncio.get_running_loop().time() + self._running.settings.drain_seconds
        while asyncio.get_running_loop().time() < deadline and not self.force_exit:
            await asyncio.sleep(0.05)
        await super().shutdown(sockets)


def _is_news(record: logging.LogRecord) -> bool:
    """An answer that is broken off has been told of before, with its request."""
    return not str(record.msg).startswith("ASGI callable returned without completing response")


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
