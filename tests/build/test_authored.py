"""The archive of the authored files: it builds the very release that carries it."""

import shutil
import tarfile
from pathlib import Path

import pytest

from enact_graph.authoring import archive as authored
from enact_graph.authoring.sources import load
from enact_graph.errors import CorruptRelease
from enact_graph.publishing.pipeline import build
from enact_graph.release.store import SOURCES
from tests.conftest import TINY


def test_the_files_in_a_release_build_the_same_release(tmp_path: Path) -> None:
    first = build(TINY, tmp_path / "first").release
    folder = tmp_path / "files"
    authored.unpack(first.file(SOURCES), folder)
    second = build(folder, tmp_path / "second").release
    assert second.name == first.name
    assert second.file(SOURCES).read_bytes() == first.file(SOURCES).read_bytes()


def test_the_archive_holds_what_a_build_reads_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "sources.tar.gz").write_bytes(authored.pack(load(TINY)))
    with tarfile.open(tmp_path / "sources.tar.gz") as content:
        entries = content.getmembers()
    assert [entry.name for entry in entries] == sorted(authored.contents(load(TINY)))
    assert {entry.mtime for entry in entries} == {0}
    assert all((TINY / entry.name).is_file() for entry in entries)


def test_the_archive_holds_what_was_read_whatever_is_edited_meanwhile(tmp_path: Path) -> None:
    root = Path(shutil.copytree(TINY, tmp_path / "tiny"))
    sources = load(root)
    before = authored.pack(sources)
    for name in authored.contents(sources):
        (root / name).write_bytes(b"# edited while a build runs\n")
    (root / "queries/other.rq").write_text("ASK {}")
    (root / "data/curation.trig").unlink()
    assert authored.pack(sources) == before


def test_an_archive_that_is_damaged_or_leads_outside_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "sources.tar.gz"
    archive.write_bytes(b"no archive")
    with pytest.raises(CorruptRelease, match=r"sources\.tar\.gz: .*build the release again"):
        authored.unpack(archive, tmp_path / "a")
    with tarfile.open(archive, "w:gz") as content:
        content.addfile(tarfile.TarInfo("../outside.trig"))
    with pytest.raises(CorruptRelease, match="build the release again"):
        authored.unpack(archive, tmp_path / "b")
    assert not (tmp_path / "outside.trig").exists()
