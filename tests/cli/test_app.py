"""The command line as a whole: help that teaches, errors without a traceback, a quick start."""

import shutil
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

from enact_graph.cli.app import COMMANDS, main
from tests.cli.commands import TINY


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command line in this process; exit status, standard output and error."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    out, err = capsys.readouterr()
    code = ended.value.code
    return (code if isinstance(code, int) else 0), out, err


def test_help_lists_every_command_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--help")
    assert status == 0
    for name, command in COMMANDS.items():
        assert f"\n  {name} " in out
        assert command.example in out


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_and_gives_its_example(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    status, out, _ = run(capsys, name, "--help")
    assert status == 0
    assert f"Usage: enact-graph {name}" in out
    assert COMMANDS[name].example in out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_of_help_is_the_first_line_of_the_command(name: str) -> None:
    documented = (COMMANDS[name].load().__doc__ or "").strip().splitlines()[0]
    assert documented == COMMANDS[name].summary


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys)
    assert status == 2
    assert "Commands:" in out + err


def test_the_version_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version") == (0, f"enact-graph {version('enact-graph')}\n", "")


def test_an_unknown_command_is_answered_with_the_nearest_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, _, err = run(capsys, "bild")
    assert status == 2
    assert "Did you mean 'build'?" in err


def test_an_error_of_the_project_is_a_message_and_not_a_traceback(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = Path(shutil.copytree(TINY, tmp_path / "tiny"))
    (root / "data/curation.trig").write_bytes(b"no TriG")
    status, out, err = run(capsys, "build", "--root", str(root), "--public", str(tmp_path / "p"))
    assert (status, out) == (1, "")
    assert err.startswith("The authored files do not hold:\n")
    assert "Traceback" not in err


def test_the_module_runs_as_the_script_does() -> None:
    call = [sys.executable, "-m", "enact_graph", "--version"]
    done = subprocess.run(call, check=True, capture_output=True, text=True)
    assert done.stdout == f"enact-graph {version('enact-graph')}\n"


LOADED = """
import sys
from enact_graph.cli.app import application
application(sys.argv[1:])
print(*sorted(m for m in sys.modules if m in ("pyshacl", "rdflib", "fastapi", "SPARQLWrapper")))
"""


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], {"pyshacl", "rdflib", "fastapi", "SPARQLWrapper"}),
        (["serve"], {"pyshacl", "rdflib", "SPARQLWrapper"}),
        (["build"], {"fastapi", "SPARQLWrapper"}),
    ],
)
def test_a_command_loads_only_what_it_needs(arguments: list[str], unwanted: set[str]) -> None:
    call = [sys.executable, "-c", LOADED, *arguments]
    done = subprocess.run(call, check=True, capture_output=True, text=True)
    assert unwanted.isdisjoint(done.stdout.split())


def test_every_command_is_a_module_of_its_own() -> None:
    for command in COMMANDS.values():
        assert import_module(f"enact_graph.cli.{command.module}").__doc__


#: Python as it is on Windows, as far as its modules go.
ELSEWHERE = """
import sys
for name in ("fcntl", "resource", "pwd", "grp", "termios", "uvloop"):
    sys.modules[name] = None
from enact_graph.cli.app import main
main(sys.argv[1:])
"""


def test_authoring_needs_nothing_that_only_unix_has(tmp_path: Path) -> None:
    root = Path(shutil.copytree(TINY, tmp_path / "tiny"))
    public = tmp_path / "public"

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        command = [sys.executable, "-c", ELSEWHERE, *map(str, arguments)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path)
        return done.returncode, done.stdout, done.stderr

    member = ["--member", "inria", "--organization", "enact", "--role", "member"]
    member += ["--document", "press-release-2024-05-22", "--paragraph", "16", "--end", "2026"]
    real = tmp_path / "real"
    for folder in ("data", "ontology", "shapes", "vocab"):
        shutil.copytree(TINY.parents[1] / folder, real / folder)
    assert call("new", "membership", *member, "--root", real)[0] == 0
    assert call("fmt", "--root", root)[0] == 0
    assert call("check", "--root", root)[0] == 0
    assert call("refresh", "--root", root)[0] == 0
    (root / "copy.txt").write_text("text")
    status, _, err = call("verify-source", root / "copy.txt", "--root", root)
    assert (status, "Traceback" in err) == (1, False)
    assert call("build", "--root", root, "--public", public)[0] == 0
    status, out, _ = call("query", "--public", public, "--format", "csv", "ASK { ?s a ?t }")
    assert (status, out) == (0, "true\n")
    status, _, err = call("query", "--public", public, "SELECT * { SERVICE <http://a/> { } }")
    assert (status, "Traceback" in err) == (1, False)
    status, out, err = call("serve", "--public", public)
    assert (status, out) == (1, "")
    assert err.startswith("This command needs Linux or macOS")
