"""A server with short limits, and what the tests ask of it: good requests and hostile ones."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from enact_graph.engine.forkserver import load
from enact_graph.release.store import current
from tests.patience import PATIENCE

LIMITS = {
    "QUERY_TIMEOUT": "1",
    "QUERY_MEMORY": "128",
    "ANSWER_BYTES": "1000000",
    "WORKERS": "2",
}


@dataclass(frozen=True)
class Running:
    """A server in a process of its own."""

    url: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def zygote(self) -> int:
        (pid,) = children(self.process.pid)
        return pid

    @property
    def zygotes(self) -> list[int]:
        """More than one while a release that was served before still answers."""
        return children(self.process.pid)

    @property
    def query_processes(self) -> list[int]:
        return children(self.zygote)

    @property
    def memory(self) -> int:
        """Megabytes of the server and its processes; pages they share count once."""
        pids = [self.process.pid, self.zygote, *self.query_processes]
        return sum(pss(pid) for pid in pids) // 1024


class NotServedError(Exception):
    """The server ended instead of saying where it is; its words are the message."""


@contextmanager
def served(public: Path, *wrapper: str, **settings: str) -> Iterator[Running]:
    """Run a server on a free port with these settings, and end it."""
    chosen = {f"ENACT_GRAPH_{name}": value for name, value in (LIMITS | settings).items()}
    # A file, since a pipe that nobody reads would stop the server once it is full.
    log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed at the end, below
    process = subprocess.Popen(
        [*wrapper, sys.executable, "-m", "enact_graph", "serve", "--port", "0", "--public", public],
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        env=os.environ | chosen,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        if not said.startswith("Serving at http://"):
            process.wait(timeout=PATIENCE)
            log.seek(0)
            raise NotServedError(said + log.read())
        yield Running(said.split()[2].rstrip("/"), process)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)
        log.close()


def children(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == pid and state != "Z":
            found.append(int(path.parent.name))
    return sorted(found)


def pss(pid: int) -> int:
    """Kilobytes."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


@dataclass(frozen=True)
class Good:
    """A query, and the rows every right answer to it has."""

    query: str
    rows: frozenset[str]

    def path(self, serial: int | None = None) -> str:
        """Its address; with a serial number another text of the same meaning."""
        text = self.query if serial is None else f"{self.query}\n# {serial}"
        return "/sparql?query=" + quote(text)

    def is_right(self, body: bytes) -> bool:
        return rows_of(body) == self.rows


def rows_of(body: bytes) -> frozenset[str]:
    bindings = json.loads(body)["results"]["bindings"]
    return frozenset(json.dumps(row, sort_keys=True) for row in bindings)


@pytest.fixture(scope="session")
def good(tiny_public: Path) -> tuple[Good, ...]:
    """Lookups of what the release describes, answered beforehand by the engine alone."""
    store = load(current(tiny_public).file("enact-graph.nq"))
    found = store.query("SELECT DISTINCT ?s { ?s a ?type ; ?p ?o } ORDER BY ?s LIMIT 60")
    assert isinstance(found, ox.QuerySolutions)
    made = []
    for row in list(found):
        query = f"SELECT ?p ?o {{ {row[0]} ?p ?o }}"
        answer = store.query(query)
        assert isinstance(answer, ox.QuerySolutions)
        body = answer.serialize(format=ox.QueryResultsFormat.JSON)
        assert body is not None
        made.append(Good(query, rows_of(body)))
    assert len(made) > 20
    return tuple(made)


@pytest.fixture(scope="module")
def server(tiny_public: Path) -> Iterator[Running]:
    with served(tiny_public) as running:
        yield running
