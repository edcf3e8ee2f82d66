"""The list of programs, the table made from it, and the files that install them."""

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from .programs import NODE, PROGRAMS, ROOT, Origin, Program, table

EXACT: Final = re.compile(r"\d+\.\d+\.\d+(?:-[\w.]+)?")
PACKAGE: Final[dict[str, Any]] = json.loads((NODE / "package.json").read_text("utf-8"))
LOCK: Final[dict[str, Any]] = json.loads((NODE / "package-lock.json").read_text("utf-8"))


def packages(origin: Origin) -> set[str]:
    return {program.package for program in PROGRAMS.values() if program.origin is origin}


def test_the_table_of_the_documentation_is_that_of_the_list() -> None:
    page = (ROOT / "docs/conformance.md").read_text("utf-8")
    shown = re.search(r"<!-- programs -->\n(.*?)<!-- /programs -->", page, re.DOTALL)
    assert shown
    assert shown[1] == table(), "write the output of `python -m tests.clients` between the marks"


def test_each_program_is_run_by_a_test_and_each_test_runs_one_of_the_list() -> None:
    texts = (file.read_text("utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    named = {name for text in texts for name in re.findall(r'\bneeded\("([^"]+)"\)', text)}
    assert named == set(PROGRAMS)


def test_every_package_of_debian_is_installed_before_the_tests() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    added = {one for line in re.findall(r"packages\+=\((.+?)\)", script) for one in line.split()}
    assert packages(Origin.DEBIAN) <= added


def test_the_environment_of_python_is_locked_and_has_no_other_programs() -> None:
    text = (ROOT / "requirements/clients.in").read_text("utf-8")
    assert set(re.findall(r"^([\w-]+)(?:\[http\])?==", text, re.MULTILINE)) == packages(Origin.PYPI)
    lock = (ROOT / "requirements/clients.txt").read_text("utf-8")
    pinned = re.findall(r"^[\w.-]+(?:\[\w+\])?==", lock, re.MULTILINE)
    assert lock.count("--hash=sha256:") >= len(pinned) > len(packages(Origin.PYPI))
    assert "index-url" not in lock
    assert "://" not in lock


def test_the_folder_of_node_is_locked_and_has_no_other_programs() -> None:
    wanted: dict[str, str] = PACKAGE["dependencies"]
    assert set(wanted) == packages(Origin.NPM)
    assert LOCK["packages"][""]["dependencies"] == wanted
    for name, version in wanted.items():
        assert LOCK["packages"][f"node_modules/{name}"]["version"] == version
        assert EXACT.fullmatch(version), name


def test_the_lock_of_node_has_checksums_and_no_addresses() -> None:
    for name, package in LOCK["packages"].items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-"), name
    settings = (NODE / ".npmrc").read_text("utf-8").split()
    assert {"omit-lockfile-registry-resolved=true", "ignore-scripts=true"} <= set(settings)
    assert not [setting for setting in settings if setting.startswith("registry=")]


def test_what_is_not_there_is_skipped_with_the_command_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from . import programs

    missing = Program("Nothing", Origin.DEBIAN, "libnothing", "nothing", needs=("/no/such/file",))
    monkeypatch.setitem(programs.PROGRAMS, "Nothing", missing)
    mark = programs.needed(missing.name).mark
    assert mark.args == (True,)
    assert mark.kwargs["reason"] == "missing Nothing: apt-get install libnothing"
