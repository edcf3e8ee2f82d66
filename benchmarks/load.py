"""One measurement: wrk asks one server for one shape of query for some seconds."""

import shutil
import subprocess
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from benchmarks.processes import seconds
from benchmarks.servers import Server

_SCRIPT: Final = Path(__file__).with_name("requests.lua")
#: Numbers of cold requests; those of one measurement never come again in another.
_SERIALS: Final = count(0, 10_000_000)
MISSING: Final = (
    "wrk is not there; it makes the load. On Debian or Ubuntu: apt-get install wrk;"
    " on macOS: brew install wrk."
)


@dataclass(frozen=True)
class Load:
    """How wrk asks: seconds of one run and open connections; one thread, so that it stays small."""

    seconds: int
    connections: int


@dataclass(frozen=True)
class Measured:
    """What one run saw: rate a second, latencies and processor time in ms, answers gone wrong."""

    rate: float
    median: float
    slowest: float
    cpu: float
    failed: int
    bytes: int


def require() -> None:
    """End with the way to get wrk where it is missing."""
    if not shutil.which("wrk"):
        raise SystemExit(MISSING)


def encoded(query: str) -> str:
    """The query string of a query, as every server reads it."""
    return "?query=" + urllib.parse.quote(query, safe="")


def run(  # noqa: PLR0913 - what, whom, how, and where to write
    server: Server, queries: Sequence[str], accept: str, load: Load, *, is_cold: bool, work: Path
) -> Measured:
    """Measure one server with these queries, all different or repeated."""
    paths = work / "paths.txt"
    paths.write_text("".join(encoded(q) + "\n" for q in queries), "ascii")
    command = ["wrk", "-t1", f"-c{load.connections}", f"-d{load.seconds}s", "--timeout", "20s"]
    command += ["-H", f"Accept: {accept}", "-s", str(_SCRIPT), server.endpoint, "--", str(paths)]
    command += ["cold" if is_cold else "hot", str(next(_SERIALS))]
    before = seconds(server.pid)
    said = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    spent = seconds(server.pid) - before
    line = next(x for x in said.stdout.splitlines() if x.startswith("RESULT"))
    total, took, size, median, slowest, refused, broken = (int(n) for n in line.split()[1:])
    return Measured(
        rate=total / took * 1e6,
        median=median / 1e3,
        slowest=slowest / 1e3,
        cpu=spent / max(total, 1) * 1e3,
        failed=refused + broken,
        bytes=size // max(total, 1),
    )
