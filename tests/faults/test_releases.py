"""Damaged releases: the server says which file, and never answers from it."""

import http.client
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from enact_graph.release.store import current
from tests.patience import PATIENCE

from .conftest import Good, NotServedError, Running, rows_of, served


@pytest.fixture
def public(tiny_public: Path, tmp_path: Path) -> Path:
    """A copy that may be damaged."""
    return Path(shutil.copytree(tiny_public, tmp_path / "public", symlinks=True))


def refusal(public: Path) -> str:
    """What the server says on its way out; it must not serve."""
    ended = subprocess.run(
        [sys.executable, "-m", "enact_graph", "serve", "--port", "0", "--public", public],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert ended.returncode != 0
    assert "Serving" not in ended.stdout
    assert "Traceback" not in ended.stderr
    return " ".join(ended.stderr.split())


def test_a_truncated_dump_is_refused_by_name(public: Path) -> None:
    dump = current(public).file("enact-graph.nq")
    dump.write_bytes(dump.read_bytes()[:-100])
    assert "enact-graph.nq" in refusal(public)


def test_a_changed_byte_is_refused_by_name(public: Path) -> None:
    dump = current(public).file("enact-graph.ttl")
    content = bytearray(dump.read_bytes())
    content[len(content) // 2] ^= 1
    dump.write_bytes(content)
    assert "enact-graph.ttl" in refusal(public)


def test_a_changed_manifest_is_refused(public: Path) -> None:
    manifest = current(public).file("manifest.json")
    manifest.write_text(manifest.read_text().replace('"quads": ', '"quads": 1'))
    assert "manifest.json" in refusal(public)


@pytest.mark.parametrize("damage", ["cut", "flip", "zero"])
def test_a_damaged_store_never_gives_a_wrong_answer(
    public: Path, good: tuple[Good, ...], damage: str
) -> None:
    chance = random.Random(damage)
    tables = sorted(current(public).store.glob("*.sst"))
    assert tables
    for table in tables:
        content = bytearray(table.read_bytes())
        if damage == "cut":
            content = content[: len(content) // 2]
        elif damage == "flip":
            for _ in range(8):
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        else:
            middle = len(content) // 3
            content[middle : middle + 4096] = bytes(len(content[middle : middle + 4096]))
        table.write_bytes(content)
    said = ""
    try:
        with served(public, MEMORY_TRIPLES="0") as server:
            assert_right_or_refused(server, good)
    except NotServedError as error:
        said = str(error)
    assert not said or "store" in said
    assert "Traceback" not in said


def assert_right_or_refused(server: Running, good: tuple[Good, ...]) -> None:
    for serial, asked in enumerate(good):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        connection.request("GET", asked.path(serial), headers={"Accept": "application/json"})
        reply = connection.getresponse()
        body = reply.read()
        connection.close()
        if reply.status == 200:
            assert rows_of(body) == asked.rows, asked.query
        else:
            assert json.loads(body)["status"] == reply.status >= 400
