"""The servers side by side: each started on the same data, asked over HTTP, ended by its number."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.processes import free_port, subtree

OURS: Final = "enact-graph"
#: The same application without our wire; measured where it is asked for.
PLAIN: Final = "enact-graph,uvicorn"
NATIVE_DISK: Final = "oxigraph, disk"
NATIVE_MEMORY: Final = "oxigraph, memory"
RDFLIB: Final = "rdflib-endpoint"
NAMES: Final = (OURS, NATIVE_DISK, NATIVE_MEMORY, RDFLIB)
_HERE: Final = Path(__file__).parent
_PATIENCE: Final = 300


@dataclass(frozen=True)
class Server:
    """A server that runs: its name, the address of its endpoint, the number of its process."""

    name: str
    endpoint: str
    pid: int

    @property
    def memory(self) -> int:
        """Bytes of memory that it and its children hold (Pss, so shared pages count once)."""
        total = 0
        for pid in subtree(self.pid):
            try:
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
            except OSError:
                continue
            total += next(int(x.split()[1]) for x in rollup.splitlines() if x[:4] == "Pss:") * 1024
        return total


@contextmanager
def started(name: str, public: Path, whole: Path, work: Path, tools: Path) -> Iterator[Server]:
    """Run one of the servers: ours on `public`, another on the quads of `whole`.

    `tools` is the folder of the programs of the benchmark's environment.
    """
    port = free_port()
    host = f"127.0.0.1:{port}"
    oxigraph = str(tools / "oxigraph")
    environment = {**os.environ}
    if name == OURS:
        command = [sys.executable, "-m", "enact_graph", "serve", "--port", str(port)]
        command += ["--public", str(public)]
        path = "/sparql"
    elif name == PLAIN:
        command = [sys.executable, "-m", "uvicorn", "enact_graph.asgi:app", "--port", str(port)]
        command += ["--no-access-log", "--no-proxy-headers"]
        path = "/sparql"
        environment["ENACT_GRAPH_PUBLIC"] = str(public)
    elif name == RDFLIB:
        command = [str(tools / "python"), str(_HERE / "rdflib_server.py"), str(whole), str(port)]
        path = "/sparql"
        environment.pop("PYTHONPATH", None)
    elif name == NATIVE_DISK:
        folder = work / f"native-{port}"
        load = [oxigraph, "load", "--location", str(folder), "--file", str(whole)]
        subprocess.run(load, check=True, capture_output=True)  # noqa: S603 - ours
        command = [oxigraph, "serve-read-only", "--location", str(folder), "--bind", host]
        path = "/query"
    else:
        command = [oxigraph, "serve", "--bind", host]
        path = "/query"
    with (work / f"{name.split(',', maxsplit=1)[0]}-{port}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - one of those above
            command, stdout=log, stderr=log, env=environment
        )
    try:
        _await_answer(process, f"http://{host}{path}?query=ASK%7B%7D")
        if name == NATIVE_MEMORY:
            _load(f"http://{host}/store?no_transaction", whole)
        yield Server(name, f"http://{host}{path}", process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await_answer(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"A server ended with status {process.returncode}: {process.args!r}")
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - loopback
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.05)
    raise SystemExit(f"A server did not answer within {_PATIENCE} s: {process.args!r}")


def _load(address: str, whole: Path) -> None:
    request = urllib.request.Request(  # noqa: S310 - loopback
        address, whole.read_bytes(), {"Content-Type": "application/n-quads"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=_PATIENCE):  # noqa: S310
        pass


def ask(endpoint: str, path: str, accept: str) -> tuple[bytes, str]:
    """Fetch one answer and its media type; the path is that of `load.encoded`."""
    request = urllib.request.Request(endpoint + path, headers={"Accept": accept})  # noqa: S310
    with urllib.request.urlopen(request, timeout=_PATIENCE) as reply:  # noqa: S310
        return reply.read(), reply.headers.get_content_type()


def versions(tools: Path, names: Sequence[str]) -> dict[str, str]:
    """The installed versions of the packages of the benchmark's environment."""
    code = "import sys, importlib.metadata as m\nfor n in sys.argv[1:]: print(n, m.version(n))"
    command = [str(tools / "python"), "-c", code, *names]
    said = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return dict(line.split() for line in said.stdout.splitlines())
