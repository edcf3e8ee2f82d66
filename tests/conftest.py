"""Releases built once, and real servers over them, for the tests that speak HTTP."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from enact_graph.engine.forkserver import load
from enact_graph.publishing.pipeline import build
from enact_graph.release.store import Release, current
from tests.patience import PATIENCE, make_httpx_patient

make_httpx_patient()

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests/tiny"
COMMAND = Path(sys.executable).parent / "enact-graph"


@dataclass(frozen=True)
class Site:
    """A server that runs, the release it serves, and a client that follows no redirect."""

    url: str
    release: Release
    client: httpx.Client

    def get(self, path: str, accept: str | None = None, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, headers={"Accept": accept or "*/*"} | named)


@contextmanager
def running(public: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command `serve` on a free port; yield process and address, then end it."""
    process = subprocess.Popen(
        [COMMAND, "serve", "--port", "0", "--public", public, *options],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said.startswith("Serving at http://"), said
        yield process, said.split()[2].rstrip("/")
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def _built(root: Path, factory: pytest.TempPathFactory) -> Path:
    """The folder with the release of a repository, built by the first process that needs it."""
    is_alone = "PYTEST_XDIST_WORKER" not in os.environ
    shared = factory.getbasetemp() if is_alone else factory.getbasetemp().parent
    public = shared / f"public-{root.name}"
    with (shared / f"{root.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (public / "current").exists():
            build(root, public)
    return public


@pytest.fixture(scope="session")
def tiny_public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the release of tests/tiny; who changes it, makes a copy."""
    return _built(TINY, tmp_path_factory)


@pytest.fixture(scope="session")
def real_public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the release of this repository; who changes it, makes a copy."""
    return _built(ROOT, tmp_path_factory)


@pytest.fixture(scope="session")
def real_store(real_public: Path) -> ox.Store:
    """The release of this repository with its merge; nobody may change it."""
    return load(current(real_public).file("enact-graph.nq"))


def _site(public: Path) -> Iterator[Site]:
    with running(public) as (_, url), httpx.Client(base_url=url, timeout=PATIENCE) as client:
        yield Site(url, current(public), client)


@pytest.fixture(scope="session")
def site(tiny_public: Path) -> Iterator[Site]:
    """The release of tests/tiny, served."""
    yield from _site(tiny_public)


@pytest.fixture(scope="session")
def real_site(real_public: Path) -> Iterator[Site]:
    """The release of this repository, served."""
    yield from _site(real_public)
