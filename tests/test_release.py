"""A release is opened only when it is whole, and says which file is not."""

from pathlib import Path

import pytest

from enact_graph.errors import CorruptRelease, NoRelease
from enact_graph.release.store import (
    Manifest,
    Release,
    ReleaseFile,
    current,
    open_release,
    releases,
)


def lay_out(public: Path, version: str = "1.0.0", issued: str = "2024-06-01") -> Path:
    """Write the smallest release there can be and point `current` to it."""
    file = ReleaseFile.of("a.txt", "text/plain", b"hello\n")
    manifest = Manifest(version, "0" * 64, issued, "test", {"quads": 1}, (file,))
    folder = public / manifest.release_name
    (folder / "store").mkdir(parents=True)
    (folder / "store" / "CURRENT").write_bytes(b"")
    (folder / "a.txt").write_bytes(b"hello\n")
    (folder / "manifest.json").write_bytes(manifest.to_json())
    (public / "current").unlink(missing_ok=True)
    (public / "current").symlink_to(folder.name)
    return folder


def test_a_whole_release_opens_and_holds(tmp_path: Path) -> None:
    folder = lay_out(tmp_path)
    release = current(tmp_path)
    assert release == Release(folder, folder.name, release.manifest)
    assert release.file("a.txt").read_bytes() == b"hello\n"
    assert release.file("manifest.json").exists()
    assert release.store == folder / "store"
    release.verify()


def test_a_manifest_read_again_is_the_same() -> None:
    files = (ReleaseFile("b", "text/plain", 1, "x"), ReleaseFile("a", "text/plain", 2, "y"))
    manifest = Manifest("1", "d", "2024-01-01", "s", {"z": 1, "a": 2}, files)
    again = Manifest.from_json(manifest.to_json())
    assert again.to_json() == manifest.to_json()
    assert again.release_name == manifest.release_name
    assert [f.name for f in again.files] == ["a", "b"]


def test_the_order_of_files_and_counts_does_not_change_the_name() -> None:
    files = (ReleaseFile("b", "t", 1, "x"), ReleaseFile("a", "t", 2, "y"))
    one = Manifest("1", "d", "2024-01-01", "s", {"z": 1, "a": 2}, files)
    two = Manifest("1", "d", "2024-01-01", "s", {"a": 2, "z": 1}, files[::-1])
    assert one.release_name == two.release_name


def test_nothing_built_is_said_with_the_command_that_builds(tmp_path: Path) -> None:
    with pytest.raises(NoRelease, match="run `enact-graph build`"):
        current(tmp_path)
    assert releases(tmp_path / "absent") == ()


def test_a_pointer_into_the_void_is_damage(tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to("gone")
    with pytest.raises(CorruptRelease, match=r"gone/manifest\.json: No such file"):
        current(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"hellO\n", r"a\.txt: the content differs"),
        ("a.txt", b"hello\nmore", r"a\.txt: the content differs"),
        ("a.txt", None, r"a\.txt: the file is missing"),
        ("store/CURRENT", None, r"store: the store is missing"),
    ],
)
def test_a_damaged_file_is_named(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    path = lay_out(tmp_path) / name
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(CorruptRelease, match=message):
        current(tmp_path).verify()


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"files": 1}', b"\xff", b'{"files": [3]}']
)
def test_a_manifest_that_is_none_is_named(tmp_path: Path, content: bytes) -> None:
    (lay_out(tmp_path) / "manifest.json").write_bytes(content)
    with pytest.raises(CorruptRelease, match=r"manifest\.json: this is no manifest"):
        current(tmp_path)


def test_a_manifest_of_another_release_is_refused(tmp_path: Path) -> None:
    folder = lay_out(tmp_path)
    moved = folder.rename(tmp_path / "1.0.0-000000000000")
    with pytest.raises(CorruptRelease, match="the manifest belongs to"):
        open_release(moved)


def test_a_file_the_manifest_does_not_list_is_not_handed_out(tmp_path: Path) -> None:
    lay_out(tmp_path)
    with pytest.raises(CorruptRelease, match=r"lists no file \.\./secret"):
        current(tmp_path).file("../secret")


def test_releases_are_listed_by_date_and_nothing_else_is(tmp_path: Path) -> None:
    late = lay_out(tmp_path, "2.0.0", "2025-01-01")
    early = lay_out(tmp_path, "10.0.0", "2024-01-01")
    (tmp_path / ".building-1").mkdir()
    (tmp_path / "notes").mkdir()
    assert [r.path for r in releases(tmp_path)] == [early, late]
