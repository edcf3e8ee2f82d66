"""Patches: git and patch make of the old text the new one, whatever the two are."""

import subprocess
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enact_graph.authoring.correction.process import diff, first_line
from enact_graph.authoring.form import Change

LINE = st.text(st.characters(codec="utf-8", exclude_characters="\n\r\0"), max_size=8)
TEXT = st.lists(LINE, min_size=1, max_size=12).map(lambda ls: "".join(f"{x}\n" for x in ls))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TEXT, TEXT)
def test_git_makes_the_new_text_of_the_old(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / ".git").mkdir(exist_ok=True)
    old = tmp_path / "data/a.trig"
    old.parent.mkdir(exist_ok=True)
    (tmp_path / "data/b.trig").unlink(missing_ok=True)
    old.write_bytes(before.encode())
    changes = [
        Change("data/a.trig", before.encode(), after.encode()),
        Change("data/b.trig", b"", after.encode()),
    ]
    patch = f"# A word before.\n\n{diff(changes)}".encode()
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    command = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"]
    subprocess.run(command, cwd=tmp_path, input=patch, check=True)
    assert old.read_bytes() == after.encode()
    assert (tmp_path / "data/b.trig").read_bytes() == after.encode()


def test_the_first_line_that_differs() -> None:
    assert first_line(Change("a", b"x\ny\n", b"x\nz\n")) == 2
    assert first_line(Change("a", b"x\n", b"x\ny\n")) == 2
    assert first_line(Change("a", b"", b"x\n")) == 1
    assert diff([Change("a", b"x\n", b"x\n")]) == ""
