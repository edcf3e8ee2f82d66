"""The command `serve`: the current release over HTTP, built first where there is none."""

import asyncio
import errno
import logging
import math
import signal
import socket
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer
import uvicorn
from pydantic import ValidationError

from enact_graph import errors
from enact_graph.app import make_app
from enact_graph.errors import NoRelease
from enact_graph.release import store
from enact_graph.server.connections import Connections
from enact_graph.server.logs import write_logs
from enact_graph.server.replay import Repeating, Repeats
from enact_graph.server.wire import protocol
from enact_graph.settings import Settings
from enact_graph.web.hot_swap import Running


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on [default: 127.0.0.1].")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            min=0, max=65535, help="Port to listen on; 0 takes a free one [default: 8000]."
        ),
    ] = None,
    public: Annotated[
        Path | None, typer.Option(help="Folder of the releases [default: public].")
    ] = None,
    access_log: Annotated[
        bool, typer.Option("--access-log", help="Write a line for each request to stderr.")
    ] = False,
) -> None:
    """Serve the current release: pages, linked data and SPARQL.

    Where nothing has been built yet, a release is built first. Stop it with Ctrl+C or SIGTERM.
    """
    given = {"host": host, "port": port, "public": public, "access_log": access_log or None}
    settings = _settings().model_copy(update={k: v for k, v in given.items() if v is not None})
    listener = _listen(settings.host, settings.port)
    with listener:
        write_logs(settings.log_level)
        # Where each request is to be logged, none is answered before it is looked at.
        repeats = Repeats(0 if settings.access_log else settings.cache_bytes // 4)
        running = Running(settings, repeats.clear, lambda: {"repeats": repeats.figures})
        app = make_app(_current(settings.public), settings, running)
        connections = Connections(settings)
        config = uvicorn.Config(
            Repeating(app, repeats),
            http=protocol(repeats, connections),
            ws="none",  # an offer of another protocol is not taken up
            log_config=None,  # the log is ours, and has no addresses of clients
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,  # the application itself heeds them, from trusted proxies only
            timeout_graceful_shutdown=math.ceil(settings.grace_seconds),
        )
        logging.getLogger("uvicorn.error").addFilter(_without_traceback)
        signal.signal(signal.SIGTERM, _end)
        try:
            address = _address(settings.host, listener)
            _Server(config, address, running, connections).run(sockets=[listener])
        except KeyboardInterrupt:
            sys.stderr.write("\n")


class _Server(uvicorn.Server):
    """A server that says where it is, once it answers, and that it ends, before it does."""

    def __init__(
        self, config: uvicorn.Config, address: str, running: Running, connections: Connections
    ) -> None:
        super().__init__(config)
        self._address = address
        self._running = running
        self._connections = connections

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


def _without_traceback(record: logging.LogRecord) -> bool:
    """Where the start fails for a reason of ours, that reason is all there is to say.

    An answer that is broken off has been told of by then, with its request.
    """
    if str(record.msg).startswith("ASGI callable returned without completing response"):
        return False
    *above, last = str(record.msg).rstrip().split("\n") or [""]
    if above and last.startswith(f"{errors.__name__}."):
        record.msg = last.partition(": ")[2]
    return True


def _settings() -> Settings:
    """What the environment asks for; each setting that cannot be used is named."""
    try:
        return Settings()
    except ValidationError as error:
        _fail(
            "\n".join(
                f"ENACT_GRAPH_{str(fault['loc'][0]).upper()}:"
                f" {fault['msg'].removeprefix('Value error, ')}."
                for fault in error.errors()
            )
        )


def _current(public: Path) -> store.Release:
    """The current release, every file of it verified; built where there is none."""
    try:
        found = store.current(public)
    except NoRelease:
        # Only now: a server that finds its release needs nothing of the building half.
        from enact_graph.authoring.repository import find_root  # noqa: PLC0415
        from enact_graph.publishing.pipeline import build  # noqa: PLC0415

        root = find_root()
        sys.stderr.write(f"There is no release in {public}; building one from {root}\n")
        return build(root, public).release
    found.verify()
    return found


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything is loaded; say clearly why it is not to be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        _fail(f"{host}: this is no address to listen on ({error.strerror}).")
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            _fail(f"Port {port} of {host} is in use; choose another, or --port 0 for a free one.")
        if error.errno == errno.EACCES:
            _fail(f"Port {port} is not open to this user; choose one above 1023.")
        _fail(f"Port {port} of {host} is not to be had: {error.strerror}.")
    return listener


def _address(host: str, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _fail(message: str) -> NoReturn:
    sys.stderr.write(message + "\n")
    raise typer.Exit(1)


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
