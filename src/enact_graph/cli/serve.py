"""The command `serve`: the current release over HTTP, built first where there is none."""

import errno
import signal
import socket
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated, Final, NoReturn

import typer
import uvicorn

from enact_graph import release
from enact_graph.errors import NoRelease
from enact_graph.settings import Settings
from enact_graph.web.app import make_app

#: Seconds that open requests have to end after the signal to stop.
_GRACE: Final = 5


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
    given = {"host": host, "port": port, "public": public}
    settings = Settings()
    settings = settings.model_copy(update={k: v for k, v in given.items() if v is not None})
    listener = _listen(settings.host, settings.port)
    with listener:
        app = make_app(_current(settings.public), settings)
        config = uvicorn.Config(
            app,
            log_level="info" if access_log else "warning",
            access_log=access_log,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
        signal.signal(signal.SIGTERM, _end)
        try:
            _Server(config, _address(settings.host, listener)).run(sockets=[listener])
        except KeyboardInterrupt:
            sys.stderr.write("\n")


class _Server(uvicorn.Server):
    """A server that says where it is, once it answers."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(f"Serving at {self._address} (Ctrl+C ends it)\n")
            sys.stdout.flush()


def _current(public: Path) -> release.Release:
    """The current release, every file of it verified; built where there is none."""
    try:
        found = release.current(public)
    except NoRelease:
        # Only now: a server that finds its release needs nothing of the building half.
        from enact_graph.build import build  # noqa: PLC0415
        from enact_graph.build.sources import find_root  # noqa: PLC0415

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
