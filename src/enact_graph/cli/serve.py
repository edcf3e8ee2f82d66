"""The command `serve`: the current release over HTTP, built first where there is none."""

import errno
import socket
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from enact_graph.app import make_app
from enact_graph.errors import NoRelease
from enact_graph.release import store
from enact_graph.server.logs import write_logs
from enact_graph.server.replay import Repeats
from enact_graph.server.run import run
from enact_graph.settings import read
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
    settings = read(host=host, port=port, public=public, access_log=access_log or None)
    with _listen(settings.host, settings.port) as listener:
        write_logs(settings.log_level)
        release = _current(settings.public)
        repeats = Repeats(settings)
        running = Running(settings, repeats.clear, lambda: {"repeats": repeats.figures})
        app = make_app(settings, running, release)
        if not run(app, running, repeats, listener, _address(settings.host, listener)):
            raise typer.Exit(1)


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
