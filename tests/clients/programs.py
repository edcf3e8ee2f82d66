"""The one list of other people's programs that ask the endpoint in the tests beside this file."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

import pytest

from tests.patience import PATIENCE

ROOT: Final = Path(__file__).parents[2]
NODE: Final = Path(__file__).parent / "node"
PYTHON: Final = ROOT / ".venv-clients/bin/python"


class Origin(Enum):
    """Where a program comes from, and the command that installs it."""

    DEBIAN = ("Debian 12", "apt-get install {}")
    NPM = ("npm", "make clients, with Node 20 and npm")
    PYPI = ("PyPI", "make clients")
    OWN = ("PyPI, used by the project itself", "make test")


@dataclass(frozen=True)
class Program:
    """One program: its package, what it is asked to do, and what must be there to run it.

    `seen` is the version that Debian 12 had in the last run; the others are in the lock files.
    """

    name: str
    origin: Origin
    package: str
    does: str
    needs: Sequence[str] = ()  # commands, or files by their path
    seen: str = ""
    asks: Sequence[str] = ()  # the command that tells its version where dpkg cannot

    @property
    def cure(self) -> str:
        """The command that brings it."""
        return self.origin.value[1].format(self.package)

    @property
    def pinned(self) -> str:
        """The version that the lock file names; for Debian the one that was seen."""
        if self.origin is Origin.DEBIAN:
            return self.seen
        if self.origin is Origin.NPM:
            lock = json.loads((NODE / "package-lock.json").read_text("utf-8"))
            return str(lock["packages"][f"node_modules/{self.package}"]["version"])
        lock_file = "clients" if self.origin is Origin.PYPI else "dev"
        text = (ROOT / f"requirements/{lock_file}.txt").read_text("utf-8")
        found = re.search(rf"^{re.escape(self.package)}(?:\[\S+\])?==(\S+)", text, re.M | re.I)
        assert found, f"requirements/{lock_file}.txt does not name {self.package}"
        return found[1]

    @property
    def is_there(self) -> bool:
        """Whether it can be run on this machine."""
        needs = (Path(need).exists() if "/" in need else shutil.which(need) for need in self.needs)
        return all(needs) and (self.origin is Origin.DEBIAN or self.found is not None)

    @property
    def found(self) -> str | None:
        """The version on this machine; none if there is no such package, or nothing tells it."""
        match self.origin:
            case Origin.DEBIAN:
                shown = ("dpkg-query", "--show", "--showformat=${Version}", self.package)
                return _told(tuple(self.asks) or shown)
            case Origin.NPM:
                package = NODE / "node_modules" / self.package / "package.json"
                node = _told(("node", "--version"))
                there = package.is_file() and node and int(node.split(".")[0]) >= 20
                return str(json.loads(package.read_text("utf-8"))["version"]) if there else None
            case Origin.PYPI:
                folders = PYTHON.parents[1].glob("lib/python*/site-packages")
                named = metadata.distributions(name=self.package, path=list(map(str, folders)))
                return next((one.version for one in named), None)
            case Origin.OWN:
                return metadata.version(self.package)


@cache
def _told(command: tuple[str, ...]) -> str | None:
    if shutil.which(command[0]) is None:
        return None
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    version = re.search(r"\d\S+", told)
    return version and version[0]


def needed(*names: str) -> pytest.MarkDecorator:
    """Mark tests that run these programs: without one they are skipped, saying what to install."""
    missing = [p for p in map(PROGRAMS.__getitem__, names) if not p.is_there]
    cures = (f"{p.name}: {p.cure}" for p in missing)
    return pytest.mark.skipif(bool(missing), reason="missing " + "; ".join(cures))


def table() -> str:
    """The list as a Markdown table: what the documentation shows."""
    rows = ["| program | package | version | what it does here |", "|---|---|---|---|"]
    rows += [
        f"| {p.name} | `{p.package}` ({p.origin.value[0]}) | {p.pinned} | {p.does} |"
        for p in PROGRAMS.values()
    ]
    return "\n".join(rows) + "\n"


_LIST: Final = tomllib.loads((Path(__file__).parent / "programs.toml").read_text("utf-8"))
#: By name, in the order of the documentation.
PROGRAMS: Final = {
    name: Program(name, Origin[said.pop("origin").upper()], **said) for name, said in _LIST.items()
}


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a program and return what it prints; the test fails with its complaints."""
    ended = subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        check=False,
        timeout=PATIENCE,  # a net under what hangs; nothing here takes a tenth of it
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    told = ended.stdout.decode("utf-8")
    assert ended.returncode == 0, f"{command[0]}: {ended.stderr.decode('utf-8', 'replace')}{told}"
    return told
