"""The checkout: `make check` runs each step, and git keeps the files as they are on any system."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody, on nothing but this folder."""
    call = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
    return subprocess.run(call, cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    shutil.copytree(ROOT / "tests/tiny", tmp_path / "tiny")
    shutil.copy(ROOT / ".gitattributes", tmp_path / "tiny")
    git(tmp_path / "tiny", "init", "--quiet", "--initial-branch=main")
    git(tmp_path / "tiny", "add", "--all")
    git(tmp_path / "tiny", "commit", "--quiet", "--message=first")
    return tmp_path / "tiny"


def test_a_clone_as_windows_makes_it_has_the_same_bytes(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "-c", "core.autocrlf=true", "clone", "--quiet", str(repository), "clone")
    for path in repository.rglob("*.t*"):
        if path.is_file() and ".git" not in path.parts:
            clone = tmp_path / "clone" / path.relative_to(repository)
            assert clone.read_bytes() == path.read_bytes(), path.name


def test_names_that_two_people_register_meet_without_a_conflict(repository: Path) -> None:
    registry = repository / "data/iris.txt"
    before = registry.read_text()
    for branch in ("one", "two"):
        git(repository, "switch", "--quiet", "--create", branch, "main")
        registry.write_text(before.replace("id:inria\n", f"id:inria\nid:inria-{branch}\n"))
        git(repository, "commit", "--quiet", "--all", f"--message={branch}")
    git(repository, "merge", "--quiet", "--no-edit", "one")
    assert {"id:inria-one", "id:inria-two"} <= set(registry.read_text().splitlines())
    assert "<<<<" not in registry.read_text()


@pytest.mark.parametrize("at_fault", ["enact-graph", "mypy", "npm", None])
def test_make_check_runs_each_step_the_data_first_and_fails_if_one_does(
    at_fault: str | None, tmp_path: Path
) -> None:
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    binaries = tmp_path / "bin"
    binaries.mkdir()
    for name in ("enact-graph", "ruff", "mypy", "lint-imports", "npm"):
        status = int(name == at_fault)
        (binaries / name).write_text(
            f'#!/bin/sh\necho "{name} $1" >> {tmp_path}/ran\nexit {status}\n'
        )
        (binaries / name).chmod(0o755)
    # What the steps are made of is there already, as after a first run.
    for made in ("run.stamp", "manifest.json"):
        (tmp_path / made).touch()
    there = [f"VENV={tmp_path}", f"BIN={binaries}", f"BUILT={tmp_path}"]
    ended = subprocess.run(
        ["make", "check", *there],
        cwd=ROOT,
        env={**os.environ, "PATH": f"{binaries}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    steps = (tmp_path / "ran").read_text().splitlines()
    assert steps[:5] == [
        "enact-graph check", "ruff check", "ruff format", "mypy ", "lint-imports "
    ]  # fmt: skip
    if at_fault == "npm" and not any(step.startswith("npm") for step in steps):
        pytest.skip("the widgets are not installed here")
    assert (ended.returncode == 0) is (at_fault is None)
    if at_fault:
        assert f"failed; {at_fault}" in ended.stderr
