"""The parent of the query processes: it loads the store once, and then only forks.

Started by the server as `python -m enact_graph.engine.forkserver PLAN`, with a socket as its only
line. A byte on it asks for a process; the answer brings the server's end of the new process's
socket and, where the system has them, a descriptor of the process, by which it can be killed
without ever meeting another process of the same number. Single-purpose on purpose: with one
thread and no query ever run, a fork is sound and takes milliseconds.
"""

import gc
import json
import os
import signal
import socket
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

import pyoxigraph as ox

from enact_graph.engine.framing import pack
from enact_graph.engine.worker import live

ASK: Final = b"+"
PID: Final = struct.Struct(">i")
MERGE: Final = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


def load(nquads: Path) -> ox.Store:
    """Read N-Quads into memory; the default graph becomes the RDF merge of the named graphs."""
    store = ox.Store()
    store.load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
    store.update(MERGE)
    return store


def main(plan: dict[str, Any]) -> None:
    """Load what the plan names, report, and fork on demand until the server closes the line."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the closed line is the only reason to end
    control = socket.socket(fileno=plan["control"])
    source: ox.Store | Path = Path(plan["store"] or "")
    if plan["nquads"]:
        try:
            source = load(Path(plan["nquads"]))
        except (OSError, SyntaxError, ValueError) as error:
            control.sendall(pack({"failure": f"{plan['nquads']}: cannot be loaded: {error}"}))
            return
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, _reap)
    control.sendall(pack({"ready": True}))
    with suppress(OSError):
        while control.recv(1):
            _fork(control, source, plan["memory"])
    control.close()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with suppress(ChildProcessError):
        while True:
            os.wait()


def _fork(control: socket.socket, source: ox.Store | Path, memory: int) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        # Until its descriptor is open, an ended child must keep its number.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        try:
            pid = os.fork()
        except OSError:
            pid = -1
        if pid == 0:
            _be_born(control, ours, theirs, source, memory)
        pidfd = _pidfd(pid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        descriptors = [] if pid < 0 else [ours.fileno(), *pidfd]
        try:
            socket.send_fds(control, [PID.pack(pid)], descriptors)
        finally:
            for descriptor in pidfd:
                os.close(descriptor)


def _pidfd(pid: int) -> list[int]:
    if pid > 0 and hasattr(os, "pidfd_open"):
        with suppress(OSError):
            return [os.pidfd_open(pid)]
    return []


def _be_born(
    control: socket.socket,
    ours: socket.socket,
    theirs: socket.socket,
    source: ox.Store | Path,
    memory: int,
) -> NoReturn:
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        control.close()
        ours.close()
        # What the engine prints when it is ended would fill the log of the server.
        null = os.open(os.devnull, os.O_RDWR)
        for standard in range(3):
            os.dup2(null, standard)
        os.close(null)
        live(theirs, source, memory)
    finally:
        os._exit(1)


def _reap(*_: object) -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
