"""Hints: the command they name can be typed where they are read."""

import subprocess
import sys
from pathlib import Path

import pytest

from enact_graph.cli.calling import runnable
from enact_graph.cli.program import program
from tests.cli.commands import Run, edit


def test_the_bare_name_is_enough_where_the_search_path_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    assert runnable("run: enact-graph fmt") == "run: enact-graph fmt"


@pytest.mark.parametrize("is_near", [True, False])
def test_elsewhere_the_path_of_the_command_is_named_as_short_as_it_gets(
    is_near: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    binaries = Path(sys.executable).parent
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.chdir(binaries.parent if is_near else tmp_path)
    typed = f"{binaries.name}/enact-graph" if is_near else f"{binaries}/enact-graph"
    assert runnable("run: enact-graph fmt; enact-graph is a name.") == (
        f"run: {typed} fmt; enact-graph is a name."
    )
    assert runnable(runnable("enact-graph check --form")) == f"{typed} check --form"
    shown = subprocess.run([program(), "--version"], capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("enact-graph ")


def test_the_hint_of_a_check_is_what_can_be_typed(
    tiny: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(tiny, "data/curation.trig", "        skos:prefLabel", "        skos:prefLabel  ")
    monkeypatch.setenv("PATH", "/nowhere")
    for command in (("check",), ("fmt", "--check")):
        _, out, err = run(*command, "--root", tiny)
        assert "/enact-graph fmt" in out + err
