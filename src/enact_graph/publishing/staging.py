"""The publication of a release: written aside, put in place whole, then made the current one."""

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from enact_graph.authoring.replacement import hold
from enact_graph.errors import CorruptRelease, ReleaseError
from enact_graph.release.store import (
    CURRENT,
    MANIFEST,
    STORE,
    Manifest,
    Release,
    ReleaseFile,
    open_release,
)

LEFTOVER: Final = ".building-"
#: Held by the build that writes; says when the build of the current release began.
_LOCK: Final = ".lock"


@dataclass(frozen=True)
class Published:
    """The release in its place; `fate` says whether it is new, was kept as it was there, replaced
    a damaged one of the same name, or was overtaken: one whose build began later is current."""

    release: Release
    fate: str


@dataclass(frozen=True)
class Staging:
    """A folder beside the releases in which one is being written; invisible to every reader.

    `begun` is when its build began to read, in nanoseconds since 1970.
    """

    public: Path
    path: Path
    begun: int
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
        replaced. The pointer `current` is changed in one step, after all bytes are on disk; it
        stays where it leads to another release whose build began later than this one.
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
        if self._is_overtaken(target.name):
            return Published(open_release(target), "overtaken")
        _point(self.public, target.name)
        _write(self.public / _LOCK, str(self.begun).encode())
        return Published(open_release(target), fate)

    def _is_overtaken(self, name: str) -> bool:
        """Does the current release, if it is another, come from a build that began later?"""
        pointer = self.public / CURRENT
        if not pointer.exists() or pointer.readlink().name == name:
            return False
        said = (self.public / _LOCK).read_bytes()
        latest = int(said) if said.isdigit() else 0
        # One that has not begun yet was timed by a clock that has been set back since.
        return self.begun < latest <= time.time_ns()


@contextmanager
def staging(public: Path, begun: int | None = None) -> Iterator[Staging]:
    """Open a folder for one build in `public`, alone: a second build at once is a ReleaseError.

    `begun` is when the build began to read, by `time.time_ns`; now, if it is not said. What an
    interrupted build left behind is removed first, and whatever this one leaves, last.
    """
    pointer = public / CURRENT
    if pointer.exists() and not pointer.is_symlink():
        raise ReleaseError(f"{pointer}: this is no link to a release; move it away and build again")
    with ExitStack() as stack:
        try:
            public.mkdir(parents=True, exist_ok=True)
            stack.enter_context(hold(public / _LOCK))
        except BlockingIOError as error:
            raise ReleaseError(
                f"{public}: another build is at work here; wait until it has ended"
            ) from error
        except OSError as error:
            raise ReleaseError(
                f"{public}: cannot write here ({error.strerror});"
                " choose another folder with --public or ENACT_GRAPH_PUBLIC"
            ) from error
        _clear(public)
        folder = public / f"{LEFTOVER}{os.getpid()}"
        folder.mkdir()
        try:
            yield Staging(public, folder, begun or time.time_ns())
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
