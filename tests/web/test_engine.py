"""The house over another engine: nothing in front of it knows which one answers."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from enact_graph.engine.forkserver import load
from enact_graph.engine.local import InProcess
from enact_graph.engine.protocol import Engine
from enact_graph.release.store import Release
from enact_graph.settings import Settings
from tests.conftest import Site

from .test_federation import serving

ADDRESSES = (
    "/doc/inria",
    "/search?q=inria",
    "/sparql?" + urlencode({"query": "SELECT * { ?s a ?kind } ORDER BY ?s LIMIT 3"}),
    "/sparql?" + urlencode({"query": "DESCRIBE <https://w3id.org/enact-graph/id/inria>"}),
    "/sparql?" + urlencode({"query": "SELECT * {"}),
    "/sparql?" + urlencode({"query": "LOAD <urn:x>"}),
)


async def start(release: Release, settings: Settings) -> Engine:
    return InProcess(load(release.file("enact-graph.nq")), settings)


@pytest.fixture(scope="module")
def other(tiny_public: Path) -> Iterator[httpx.Client]:
    settings = Settings(switch_seconds=0)
    with serving(tiny_public, settings, start) as url, httpx.Client(base_url=url) as client:
        yield client


@pytest.mark.parametrize("address", ADDRESSES)
def test_another_engine_gives_the_same_answers(
    other: httpx.Client, site: Site, address: str
) -> None:
    for accept in ("*/*", "text/html"):
        here, there = site.get(address, accept), other.get(address, headers={"Accept": accept})
        assert there.status_code == here.status_code
        assert there.text.replace(str(other.base_url), site.url) == here.text


def test_another_engine_has_no_processes_to_tell_of(other: httpx.Client) -> None:
    assert other.get("/health/ready").json()["status"] == "ready"
    assert "enact_graph_processes 0.0" in other.get("/metrics").text
