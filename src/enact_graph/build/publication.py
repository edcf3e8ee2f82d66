"""The publication of a release: written aside, put in place whole, then made the current one."""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from enact_graph.errors import CorruptRelease, ReleaseError
from enact_graph.release import (
    CURRENT,
    MANIFEST,
    STORE,
    Manifest,
    Release,
    ReleaseFile,
    open_release,
)

LEFTOVER: Final = ".building-"
_LOCK: Final = ".lock"


@dataclass(frozen=True)
class Published:
    """The release in its place; `fate` says whether it is new, was there, or replaced a damaged
    one of the same name."""

    release: Release
    fate: str


@dataclass(frozen=True)
class Staging:
    """A folder beside the releases in which one is being written; invisible to every reader."""

    public: Path
    path: Path
    files: list[ReleaseFile] = field(default_factory=list)

    def write(self, name: str, media_type: str, content: bytes) -> ReleaseFile:
        """Write one file of the release and hand back its entry in the manifest."""
        _write(self.path / name, content)
        self.files.append(ReleaseFile.of(name, media_type, content))
        return self.files[-1]

    def write_store(self, store: ox.Store) -> None:
        """Copy the store to disk, where a server can open it read-only."""
        copy = ox.Store(str(self.path / STORE))
        copy.bulk_extend(store)
        copy.flush()

    def publish(
        self, version: str, digest: str, issued: str, software: str, counts: Mapping[str, int]
    ) -> Published:
        """Write the manifest, move the folder to its name and make it the current release.

        A release of the same content that lies there is verified and kept; a damaged one is
        replaced. The pointer `current` is changed in one step, after all bytes are on disk.
        """
        manifest = Manifest(
            version, digest, issued, software, dict(counts), tuple(sorted(self.files, key=_name))
        )
        _write(self.path / MANIFEST, manifest.to_json())
        _sync_tree(self.path)
        target = self.public / manifest.release_name
        fate = "new"
        if target.exists():
            fate = "kept" if _holds(target) else "replaced"
        if fate == "replaced":
            target.rename(self.public / f"{LEFTOVER}damaged-{os.getpid()}")
        if fate != "kept":
            self.path.rename(target)
        _point(self.public, target.name)
        return Published(open_release(target), fate)


@contextmanager
def staging(public: Path) -> Iterator[Staging]:
    """Open a folder for one build in `public`, alone: a second build at once is a ReleaseError.

    What an interrupted build left behind is removed first, and whatever this one leaves, last.
    """
    pointer = public / CURRENT
    if pointer.exists() and not pointer.is_symlink():
        raise ReleaseError(f"{pointer}: this is no link to a release; move it away and build again")
    try:
        public.mkdir(parents=True, exist_ok=True)
        lock = (public / _LOCK).open("a")
    except OSError as error:
        raise ReleaseError(
            f"{public}: cannot write here ({error.strerror});"
            " choose another folder with --public or ENACT_GRAPH_PUBLIC"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ReleaseError(
                f"{public}: another build is at work here; wait until it has ended"
            ) from error
        _clear(public)
        folder = public / f"{LEFTOVER}{os.getpid()}"
        folder.mkdir()
        try:
            yield Staging(public, folder)
        except OSError as error:
            raise ReleaseError(f"{public}: the release could not be written: {error}") from error
        finally:
            _clear(public)


def _name(entry: ReleaseFile) -> str:
    return entry.name


def _holds(path: Path) -> bool:
    try:
        open_release(path).verify()
    except CorruptRelease:
        return False
    return True


def _clear(public: Path) -> None:
    for leftover in public.glob(f"{LEFTOVER}*"):
        if leftover.is_symlink():
            leftover.unlink()
        else:
            shutil.rmtree(leftover)


def _point(public: Path, name: str) -> None:
    fresh = public / f"{LEFTOVER}link-{os.getpid()}"
    fresh.symlink_to(name)
    fresh.rename(public / CURRENT)
    _sync(public)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)
