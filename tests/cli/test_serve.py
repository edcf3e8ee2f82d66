"""The command `serve`: ready soon, clear about what it does, and gone without a trace."""

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from enact_graph.release.store import current
from tests.conftest import COMMAND, ROOT, TINY, running
from tests.patience import PATIENCE, until


def children(pid: int) -> set[int]:
    """The processes that come from this one, however deep."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)] = int(stat[1])
    found, near = set[int](), {pid}
    while near:
        near = {child for child, parent in parents.items() if parent in near} - found
        found |= near
    return found


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_all_its_processes(tiny_public: Path, how: signal.Signals) -> None:
    with running(tiny_public) as (process, url):
        assert httpx.get(url + "/health/ready").status_code == 200
        every = {process.pid, *children(process.pid)}
        assert len(every) >= 3  # the server, the zygote, a query process
        process.send_signal(how)
        assert process.wait(timeout=PATIENCE) == 0
        until(lambda: not any(map(alive, every)))


def test_an_open_connection_does_not_keep_it(
    tiny_public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENACT_GRAPH_GRACE_SECONDS", str(10 * PATIENCE))
    with running(tiny_public) as (process, url), httpx.Client(base_url=url) as client:
        client.get("/health/live")
        process.terminate()
        assert process.wait(timeout=PATIENCE) == 0


def test_it_answers_after_two_seconds_of_the_processor(tiny_public: Path) -> None:
    with running(tiny_public) as (process, url):
        answer = httpx.get(url + "/sparql?query=ASK%7B%7D").json()
        assert answer == {"head": {}, "boolean": True}
        assert sum(map(processor_seconds, {process.pid, *children(process.pid)})) < 4
        assert processor_seconds(process.pid) < 2


def test_a_port_in_use_is_said_and_nothing_is_left(tiny_public: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        run = subprocess.run(
            [COMMAND, "serve", "--port", port, "--public", tiny_public],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert run.returncode == 1
    assert run.stdout == ""
    assert f"Port {port} of 127.0.0.1 is in use" in run.stderr
    assert "Traceback" not in run.stderr


def test_an_address_that_is_none_is_said(tiny_public: Path) -> None:
    run = subprocess.run(
        [COMMAND, "serve", "--host", "300.1.1.1", "--port", "0", "--public", tiny_public],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 1
    assert "300.1.1.1" in run.stderr
    assert "Traceback" not in run.stderr


def test_without_a_release_it_builds_one_first(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(TINY, checkout)
    process = subprocess.Popen(
        [COMMAND, "serve", "--port", "0"],
        cwd=checkout,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"ENACT_GRAPH_PUBLIC": "public"},
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().split()[2]
        assert httpx.get(url + "doc/inria.ttl").status_code == 200
    finally:
        process.terminate()
        _, said = process.communicate(timeout=PATIENCE)
    assert f"There is no release in public; building one from {checkout.resolve()}" in said
    assert current(checkout / "public").manifest.counts["entities"] == 7


@pytest.mark.parametrize("file", ["manifest.json", "void.ttl"])
def test_a_damaged_release_is_said_with_the_cure(
    tiny_public: Path, tmp_path: Path, file: str
) -> None:
    public = tmp_path / "public"
    shutil.copytree(tiny_public, public, symlinks=True)
    (current(public).path / file).write_text("{}")
    run = subprocess.run(
        [COMMAND, "serve", "--port", "0", "--public", public],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 1
    assert file in run.stderr
    assert "enact-graph build" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_server_loads_neither_shacl_nor_rdflib() -> None:
    code = (
        "import sys, enact_graph.cli.serve as _;"
        "unwanted = {'pyshacl', 'rdflib', 'SPARQLWrapper', 'enact_graph.authoring',"
        " 'enact_graph.publishing'};"
        "print(sorted(unwanted & set(sys.modules)))"
    )
    python = COMMAND.parent / "python"
    run = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "[]"
