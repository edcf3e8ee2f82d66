"""The application under the programs of other ASGI servers, over HTTP and to the end."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from enact_graph.release.store import current
from tests.conftest import COMMAND
from tests.patience import PATIENCE, until

APP = "enact_graph.asgi:app"
#: The commands; {} stands for the port.
SERVERS = {
    "uvicorn": ("uvicorn", "--port", "{}", "--no-proxy-headers", APP),
    "hypercorn": ("hypercorn", "--bind", "127.0.0.1:{}", APP),
    "granian": ("granian", "--interface", "asgi", "--port", "{}", APP),
}
#: Rows enough for an answer that is sent while it is made.
MANY = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@contextmanager
def program(
    server: str, said: Path, **settings: object
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Start a server on a free port; yield process and address, and end it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    name, *options = SERVERS[server]
    command = [str(COMMAND.with_name(name)), *(option.format(port) for option in options)]
    environment = {f"ENACT_GRAPH_{key.upper()}": str(value) for key, value in settings.items()}
    with said.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env=os.environ | environment
        )
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def answers(process: subprocess.Popen[bytes], url: str) -> bool:
    """Whether it answers by now."""
    assert process.poll() is None, "it ended"
    try:
        return httpx.get(url + "/health/live").is_success
    except httpx.TransportError:
        return False


@pytest.mark.parametrize("server", SERVERS)
def test_it_runs_under_another_server(server: str, tiny_public: Path, tmp_path: Path) -> None:
    said = tmp_path / "said"
    settings = {"public": tiny_public, "whole_bytes": 1024, "answer_bytes": 300_000}
    with program(server, said, **settings) as (process, url), httpx.Client(base_url=url) as client:
        until(lambda: answers(process, url), said.read_text)
        ready = client.get("/health/ready")
        assert (ready.status_code, ready.json()["release"]) == (200, current(tiny_public).name)
        asked = {"query": "ASK { ?s a <http://www.w3.org/ns/org#Organization> }"}
        assert client.get("/sparql", params=asked).json() == {"head": {}, "boolean": True}
        assert client.post("/sparql", data=asked).json() == {"head": {}, "boolean": True}
        page = client.get("/doc/inria?lang=de", headers={"Accept": "text/html"})
        assert page.headers["content-language"] == "de"
        assert '<html lang="de">' in page.text
        head = client.head("/doc/inria?lang=de", headers={"Accept": "text/html"})
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["etag"] == page.headers["etag"]
        assert client.get("/doc/nothing").json()["type"].endswith("/problem/not-found")
        with pytest.raises(httpx.RemoteProtocolError):  # broken off where the reader sees it
            client.get("/sparql", params={"query": MANY}, headers={"Accept": "text/csv"})
    assert process.returncode in (0, -15)  # in order, or in order and by the signal
    assert "answer-too-large" in said.read_text()
    assert "Traceback" not in said.read_text()


@pytest.mark.parametrize("server", SERVERS)
def test_without_a_release_it_says_so_and_ends(server: str, tmp_path: Path) -> None:
    said = tmp_path / "said"
    with program(server, said, public=tmp_path) as (process, _):
        process.wait(timeout=PATIENCE)
    assert (
        f"{tmp_path}/current: nothing has been built; run `enact-graph build`" in said.read_text()
    )


@pytest.mark.parametrize("server", SERVERS)
def test_a_setting_that_cannot_be_used_is_named(server: str, tmp_path: Path) -> None:
    said = tmp_path / "said"
    with program(server, said, public=tmp_path, workers="many") as (process, _):
        process.wait(timeout=PATIENCE)
    assert "ENACT_GRAPH_WORKERS: Input should be a valid integer" in said.read_text()
    assert "Traceback" not in said.read_text()
