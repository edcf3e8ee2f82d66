"""The script of CI on a machine that has nothing: it installs what it can, and goes on."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

SCRIPT: Final = Path(__file__).parents[1] / ".ci/run"
#: Stands in for what would change this machine: it notes its words, and fails at some of them.
NOTED: Final = """#!/bin/bash
echo "${0##*/} $*" >> "$CALLS"
[[ " $* " != *" $FAILING "* ]]
"""


def run(folder: Path, *tools: str, failing: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run it where there are only a shell and these tools; return how it ended and their calls."""
    programs = folder / "bin"
    programs.mkdir()
    for needed in ("bash", "dirname", "env", "id"):
        (programs / needed).symlink_to(shutil.which(needed) or needed)
    for tool in tools:
        (programs / tool).write_text(NOTED, "utf-8")
        (programs / tool).chmod(0o755)
    (programs / "sudo").write_text('#!/bin/bash\n"$@"\n', "utf-8")  # only who is not root asks it
    (programs / "sudo").chmod(0o755)
    calls = folder / "calls"
    ended = subprocess.run(
        [programs / "bash", SCRIPT],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(programs), "CALLS": str(calls), "FAILING": failing},
    )
    return ended, calls.read_text("utf-8")


def test_one_package_that_is_not_to_be_had_keeps_no_other_away(tmp_path: Path) -> None:
    ended, calls = run(tmp_path, "apt-get", "make", failing="php-cli")
    assert ended.returncode == 0, ended.stderr
    assert "php-cli cannot be had here" in ended.stdout
    assert "swi-prolog-nox cannot" not in ended.stdout
    alone = [line.split()[-1] for line in calls.splitlines() if " install " in line][1:]
    assert {"chromium", "php-cli", "swi-prolog-nox"} <= set(alone)
    assert calls.splitlines()[-1] == "make test"


def test_without_apt_get_it_says_what_is_missing(tmp_path: Path) -> None:
    ended, calls = run(tmp_path, "make", failing="nothing")
    assert ended.returncode == 0, ended.stderr
    assert "no apt-get here to install chromium" in ended.stdout
    assert calls.splitlines() == ["make check", "make --keep-going clients", "make test"]


@pytest.mark.parametrize(("target", "code"), [("check", 1), ("clients", 0), ("test", 1)])
def test_only_checks_and_tests_decide_how_it_ends(tmp_path: Path, target: str, code: int) -> None:
    ended, _ = run(tmp_path, "make", failing=target)
    assert ended.returncode == code, ended.stderr
