"""Publication: whole or not at all, whatever interrupts it."""

import fcntl
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from enact_graph.errors import ReleaseError
from enact_graph.publishing.staging import Published, staging
from enact_graph.release.store import current


def publish(
    public: Path, content: bytes = b"one\n", version: str = "1.0.0", begun: int | None = None
) -> Published:
    with staging(public, begun) as stage:
        stage.write("a.txt", "text/plain", content)
        stage.write_store(ox.Store())
        return stage.publish(version, "0" * 64, "2024-06-01", "test", {"quads": 0})


def entries(public: Path) -> set[str]:
    return {path.name for path in public.iterdir()} - {".lock"}


def test_a_release_is_put_in_place_and_becomes_the_current_one(tmp_path: Path) -> None:
    published = publish(tmp_path / "public")
    assert published.fate == "new"
    assert current(tmp_path / "public") == published.release
    published.release.verify()
    assert not (tmp_path / "public/current").readlink().is_absolute()
    assert entries(tmp_path / "public") == {"current", published.release.name}


def test_the_same_content_keeps_the_release_that_is_there(tmp_path: Path) -> None:
    first = publish(tmp_path).release
    inode = first.file("a.txt").stat().st_ino
    again = publish(tmp_path)
    assert again.fate == "kept"
    assert again.release == first
    assert first.file("a.txt").stat().st_ino == inode


def test_other_content_leaves_the_earlier_release_beside_the_new_one(tmp_path: Path) -> None:
    first, second = publish(tmp_path).release, publish(tmp_path, b"two\n").release
    assert current(tmp_path) == second
    first.verify()
    assert publish(tmp_path).fate == "kept"
    assert current(tmp_path) == first


def test_a_damaged_release_of_the_same_content_is_replaced(tmp_path: Path) -> None:
    first = publish(tmp_path).release
    first.file("a.txt").write_bytes(b"bad\n")
    again = publish(tmp_path)
    assert again.fate == "replaced"
    again.release.verify()
    assert entries(tmp_path) == {"current", first.name}


def test_what_fails_half_way_leaves_the_current_release_alone(tmp_path: Path) -> None:
    first = publish(tmp_path).release

    def stop_half_way() -> None:
        with staging(tmp_path) as stage:
            stage.write("a.txt", "text/plain", b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stop_half_way()
    assert current(tmp_path) == first
    assert entries(tmp_path) == {"current", first.name}


def test_leftovers_of_a_killed_build_are_cleared_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".building-1" / "store").mkdir(parents=True)
    (tmp_path / ".building-1" / "a.txt").write_bytes(b"half")
    (tmp_path / ".building-link-1").symlink_to("nowhere")
    release = publish(tmp_path).release
    assert entries(tmp_path) == {"current", release.name}


def test_a_second_build_at_once_is_turned_away(tmp_path: Path) -> None:
    with (tmp_path / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ReleaseError, match="another build is at work here"):
            publish(tmp_path)
    assert publish(tmp_path).fate == "new"


def test_a_folder_that_cannot_be_made_is_said_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ReleaseError, match="choose another folder with --public"):
        publish(tmp_path / "file")


def test_a_pointer_that_is_no_link_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    with pytest.raises(ReleaseError, match="this is no link to a release"):
        publish(tmp_path)
    assert (tmp_path / "current").is_dir()


def test_a_disk_that_fails_is_an_error_of_the_release(tmp_path: Path) -> None:
    def write_where_nothing_is() -> None:
        with staging(tmp_path) as stage:
            stage.path.rmdir()
            stage.write("a.txt", "text/plain", b"x")

    with pytest.raises(ReleaseError, match="could not be written"):
        write_where_nothing_is()


def test_a_build_that_began_earlier_does_not_replace_a_later_one(tmp_path: Path) -> None:
    later = publish(tmp_path, b"later\n", begun=2_000).release
    earlier = publish(tmp_path, b"earlier\n", begun=1_000)
    assert earlier.fate == "overtaken"
    earlier.release.verify()
    assert current(tmp_path) == later
    assert publish(tmp_path, b"later\n", begun=1_000).fate == "kept"
    assert publish(tmp_path, b"latest\n", begun=3_000).fate == "new"
    assert current(tmp_path).file("a.txt").read_bytes() == b"latest\n"


def test_a_clock_that_was_set_back_keeps_no_release_from_becoming_current(tmp_path: Path) -> None:
    publish(tmp_path, b"of the future\n", begun=time.time_ns() + 10**15)
    assert publish(tmp_path, b"of today\n").fate == "new"
    assert current(tmp_path).file("a.txt").read_bytes() == b"of today\n"


def test_a_lock_of_an_earlier_version_says_nothing_of_time(tmp_path: Path) -> None:
    publish(tmp_path)
    (tmp_path / ".lock").write_bytes(b"")
    assert publish(tmp_path, b"two\n", begun=1).fate == "new"
