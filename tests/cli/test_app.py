"""The command line as a whole: help that teaches, errors without a traceback, a quick start."""

import json
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


#: Python as it is on Windows, as far as its modules go; it runs the calls that come in by the pipe
#: and prints status and both outputs of each.
ELSEWHERE = """
import contextlib, io, json, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios", "uvloop"):
    sys.modules[name] = None
from enact_graph.cli.app import main
done = []
for call in json.load(sys.stdin):
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    status = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(call)
        except SystemExit as ended:
            status = ended.code or 0
    for told in (out, err):
        told.seek(0)
    done.append((status, out.read(), err.read()))
json.dump(done, sys.stdout)
"""


def test_authoring_needs_nothing_that_only_unix_has(part: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(TINY, tmp_path / "tiny"))
    (root / "copy.txt").write_text("text")
    public = ("--public", str(tmp_path / "public"))
    at_root = ("--root", str(root))
    member = ["--member", "inria", "--organization", "enact", "--role", "member"]
    member += ["--document", "press-release-2024-05-22", "--paragraph", "16", "--end", "2026"]
    calls = (
        ("new", "membership", *member, "--root", str(part)),
        ("fmt", *at_root),
        ("check", *at_root),
        ("refresh", *at_root),
        ("build", *at_root, *public),
        ("verify-source", str(root / "copy.txt"), *at_root),
        ("query", *public, "--format", "csv", "ASK { ?s a ?t }"),
        ("query", *public, "SELECT * { SERVICE <http://a/> { } }"),
        ("serve", *public),
    )
    command = [sys.executable, "-c", ELSEWHERE]
    ran = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=tmp_path, input=json.dumps(calls)
    )
    *writing, verified, asked, refused, served = json.loads(ran.stdout)
    assert [status for status, _, _ in writing] == [0] * len(writing), writing
    assert (verified[0], "Traceback" in verified[2]) == (1, False)
    assert asked[:2] == [0, "true\n"]
    assert (refused[0], "Traceback" in refused[2]) == (1, False)
    assert served[:2] == [1, ""]
    assert served[2].startswith("This command needs Linux or macOS")
