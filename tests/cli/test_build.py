"""The command `build`: what it prints, where it writes, and how it fails."""

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from enact_graph.cli.app import main
from enact_graph.publishing.pipeline import build
from enact_graph.release.store import current
from tests.build.sample import TINY

BUILD = [sys.executable, "-m", "enact_graph", "build", "--root", str(TINY)]


def test_a_build_says_what_it_published(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["build", "--root", str(TINY), "--public", str(tmp_path)])
    out, err = capsys.readouterr()
    release = current(tmp_path)
    assert not ended.value.code
    assert out.startswith(f"{release.path}: published\n")
    assert f"{release.manifest.counts['triples']} triples about" in out
    assert err == ""


def test_a_second_build_says_that_nothing_changed_and_shows_a_pipe_no_progress(
    tmp_path: Path,
) -> None:
    call = [*BUILD, "--public", str(tmp_path)]
    build(TINY, tmp_path)
    again = subprocess.run(call, check=True, capture_output=True, text=True)
    assert again.stderr == ""
    assert "is there already, complete and unchanged; kept" in again.stdout


def test_the_folder_of_releases_is_a_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENACT_GRAPH_PUBLIC", str(tmp_path / "there"))
    with pytest.raises(SystemExit) as ended:
        main(["build", "--root", str(TINY)])
    assert not ended.value.code
    current(tmp_path / "there").verify()


def test_the_progress_is_shown_on_a_terminal(tmp_path: Path) -> None:
    call = [*BUILD, "--public", str(tmp_path)]
    ours, theirs = pty.openpty()
    env = os.environ | {"TERM": "xterm", "COLUMNS": "80"}
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL, stderr=theirs, env=env)
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert b"%" in shown


def test_a_violation_is_printed_with_file_and_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = Path(shutil.copytree(TINY, tmp_path / "repository"))
    path = root / "data/documents/press-release-2024-05-22.trig"
    text = path.read_text("utf-8").replace("org:role v:role-lead", "org:role v:role")
    path.write_text(text, "utf-8")
    line = next(n for n, t in enumerate(text.splitlines(), 1) if "org:role v:role " in t)
    with pytest.raises(SystemExit) as ended:
        main(["build", "--root", str(root), "--public", str(tmp_path / "public")])
    out, err = capsys.readouterr()
    assert ended.value.code == 1
    assert f"data/documents/{path.name}:{line}: " in err
    assert out == ""
    assert not (tmp_path / "public").exists()
