"""A copy of the tiny repository to spoil, and the command line to call on it."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from enact_graph.cli.app import main
from tests.cli.commands import TINY, Run
from tests.part import take_part


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture(scope="session")
def taken_part(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The part of this repository, taken once and changed by nobody."""
    folder = tmp_path_factory.mktemp("part")
    take_part(folder)
    return folder


@pytest.fixture
def part(taken_part: Path, tmp_path: Path) -> Path:
    """A copy of the part of this repository, in which all holds."""
    return Path(shutil.copytree(taken_part, tmp_path / "part"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    # As in an environment that is switched on: hints then name the bare command.
    monkeypatch.setenv(
        "PATH", os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    )

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return call
