"""A disk that fills up while a release is written: the one before it stays whole and current."""

import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from enact_graph.release.store import current
from tests.patience import PATIENCE

from ..conftest import TINY

BUILD = [sys.executable, "-m", "enact_graph", "build"]


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """Sources whose release is another than that of the unchanged ones."""
    root = Path(shutil.copytree(TINY, tmp_path / "root"))
    catalogue = root / "data/catalog.ttl"
    text = catalogue.read_text("utf-8")
    assert "dcat:version" in text
    version = current_version(text)
    catalogue.write_text(text.replace(f'"{version}"', '"9.9.9"'), "utf-8")
    return root


def current_version(catalogue: str) -> str:
    return catalogue.partition("dcat:version ")[2].split('"')[1]


def no_file_above(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [0, 1_000, 20_000, 60_000])
def test_a_build_that_cannot_write_changes_nothing(
    tiny_public: Path, tmp_path: Path, changed: Path, size: int
) -> None:
    public = Path(shutil.copytree(tiny_public, tmp_path / "public", symlinks=True))
    before = current(public).name
    arguments = ["--root", str(changed), "--public", str(public)]
    ended = subprocess.run(
        [*BUILD, *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        preexec_fn=no_file_above(size),
    )
    assert ended.returncode != 0, ended.stdout
    assert "Traceback" not in ended.stderr
    assert "could not be written" in " ".join(ended.stderr.split())
    assert current(public).name == before
    current(public).verify()

    # With room again the build is as if nothing had been.
    subprocess.run([*BUILD, *arguments], check=True, capture_output=True, timeout=PATIENCE)
    assert current(public).manifest.version == "9.9.9"
    current(public).verify()
    assert [p.name for p in public.iterdir() if p.name.startswith(".building")] == []


@pytest.mark.parametrize("room", ["100k", "400k"])
def test_a_full_disk_is_told_and_left_clean(changed: Path, tmp_path: Path, room: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    alone = ["unshare", "--mount", "--map-root-user"]
    mount = f"mount -t tmpfs -o size={room} none {disk}"
    possible = subprocess.run([*alone, "sh", "-c", mount], check=False, capture_output=True)
    if possible.returncode:
        pytest.skip("this system lets nobody mount a file system of his own")
    build = " ".join([*BUILD, "--root", str(changed), "--public", f"{disk}/public"])
    script = f"{mount} && {{ {build}; echo status $?; ls -A {disk}/public; }}"
    ended = subprocess.run(
        [*alone, "sh", "-c", script], check=False, capture_output=True, text=True, timeout=PATIENCE
    )
    status, *left = ended.stdout.split("status ")[1].split()
    assert status != "0"
    assert set(left) <= {".lock"}
    assert "No space left" in " ".join(ended.stderr.split())
    assert "Traceback" not in ended.stderr
