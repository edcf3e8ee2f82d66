"""The replacement of files: all of a change or none, and what was edited meanwhile stays."""

import select
import subprocess
import sys
from pathlib import Path

import pytest

from enact_graph.authoring.form import Change
from enact_graph.authoring.replacement import alone, replace
from enact_graph.errors import SourceError
from tests.patience import PATIENCE


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.trig").write_bytes(b"a\n")
    (tmp_path / "data/b.trig").write_bytes(b"b\n")
    return tmp_path


def files(root: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_every_file_of_a_change_is_written(root: Path) -> None:
    mode = (root / "data/a.trig").stat().st_mode
    made = Change("data/documents/c.trig", b"", b"c\n")
    replace(root, [Change("data/a.trig", b"a\n", b"a2\n"), made])
    assert files(root) == {"a.trig": b"a2\n", "b.trig": b"b\n", "c.trig": b"c\n"}
    assert (root / "data/a.trig").stat().st_mode == mode


@pytest.mark.parametrize("later", [b"edited\n", b""])
def test_a_file_that_has_changed_since_stops_all(root: Path, later: bytes) -> None:
    (root / "data/b.trig").write_bytes(later)
    changes = [Change(f"data/{x}.trig", f"{x}\n".encode(), b"new\n") for x in "ab"]
    with pytest.raises(SourceError, match=r"data/b\.trig: this file was changed"):
        replace(root, changes)
    assert files(root) == {"a.trig": b"a\n", "b.trig": later}


def test_a_new_file_that_somebody_made_meanwhile_is_left(root: Path) -> None:
    with pytest.raises(SourceError, match=r"data/a\.trig: this file was changed"):
        replace(root, [Change("data/a.trig", b"", b"new\n")])
    assert files(root)["a.trig"] == b"a\n"


def test_where_one_cannot_be_written_none_is(root: Path) -> None:
    first = Change("data/a.trig", b"a\n", b"new\n")
    # A file stands where a folder would have to be made.
    with pytest.raises(SourceError, match="cannot be written"):
        replace(root, [first, Change("data/b.trig/c.trig", b"", b"new\n")])
    assert files(root) == {"a.trig": b"a\n", "b.trig": b"b\n"}


def test_what_was_renamed_before_a_failure_is_put_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.replace

    def fail_at_b(self: Path, target: Path) -> Path:
        if target.name == "b.trig":
            raise OSError(30, "Read-only file system")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", fail_at_b)
    made = Change("data/0.trig", b"", b"new\n")
    changes = [made, *(Change(f"data/{x}.trig", f"{x}\n".encode(), b"new\n") for x in "ab")]
    with pytest.raises(SourceError, match=r"b\.trig: the file cannot be written: Read-only"):
        replace(root, changes)
    assert files(root) == {"a.trig": b"a\n", "b.trig": b"b\n"}


def test_a_file_behind_a_link_is_written_and_the_link_stays(root: Path) -> None:
    (root / "real.trig").write_bytes(b"a\n")
    (root / "data/l.trig").symlink_to(root / "real.trig")
    replace(root, [Change("data/l.trig", b"a\n", b"new\n")])
    assert (root / "data/l.trig").is_symlink()
    assert (root / "real.trig").read_bytes() == b"new\n"


def test_one_command_writes_at_a_time(root: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from enact_graph.authoring.replacement import alone\n"
        "with alone(Path(sys.argv[1])): print('alone', flush=True)"
    )
    with alone(root):
        other = subprocess.Popen(
            [sys.executable, "-c", script, root], stdout=subprocess.PIPE, text=True
        )
        assert other.stdout
        assert not select.select([other.stdout], [], [], 2)[0]
        (root / "data/a.trig").write_bytes(b"mine\n")
    assert other.communicate(timeout=PATIENCE)[0] == "alone\n"
