"""The replacement of authored files: all of one change or none, and nobody's edit is lost."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from enact_graph.authoring.form import Change
from enact_graph.errors import SourceError


@contextmanager
def hold(path: Path, *, is_patient: bool = False) -> Iterator[None]:
    """Hold the lock of a file, which is made if need be, or of a folder.

    A lock that another process holds is waited for if `is_patient`; else BlockingIOError. OSError
    where the file cannot be opened. Windows locks no folders: there it is held by nobody.
    """
    is_folder = path.is_dir()
    if is_folder and os.name == "nt":
        yield
        return
    descriptor = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _lock(descriptor, is_patient)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, is_patient: bool) -> None:
    """Lock what is open; on a platform without locks nobody is kept waiting."""
    if fcntl := _module("fcntl"):
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if is_patient else fcntl.LOCK_NB))
    elif msvcrt := _module("msvcrt"):
        try:
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if is_patient else msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(error.errno, error.strerror) from error


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


_LOCK: Final = "data"


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Keep other commands from writing the files under `root` from reading on to writing.

    An editor asks nobody: what it has saved meanwhile, `replace` notices. SourceError where the
    folder cannot be written.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(hold(root / _LOCK, is_patient=True))
        except OSError as error:
            raise _unwritten(root / _LOCK, error) from error
        yield


def replace(root: Path, changes: Iterable[Change]) -> None:
    """Write the changed files under `root`: all of them, or none.

    Each is written beside its place first, then all are renamed; where that fails, what was
    renamed is put back. SourceError where a file cannot be written, or is no longer what the
    change was made from.
    """
    planned = [(root / change.name, change) for change in changes]
    for path, change in planned:
        if _content(path) != change.before:
            raise SourceError(
                f"{path}: this file was changed by somebody else meanwhile;"
                " nothing has been written: run the command again"
            )
    staged: list[Path] = []
    done: list[tuple[Path, bytes]] = []
    try:
        for path, change in planned:
            staged.append(_beside(path, change.after))
        for (path, change), fresh in zip(planned, staged, strict=True):
            fresh.replace(path.resolve())
            done.append((path, change.before))
    except OSError as error:
        for written, before in done:
            _restore(written, before)
        raise _unwritten(path, error) from error
    finally:
        for fresh in staged:
            fresh.unlink(missing_ok=True)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise _unwritten(path, error) from error


def _beside(path: Path, content: bytes) -> Path:
    """Write a file next to the place it is for, on the same disk, and return it."""
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(None, "it is read-only")
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}-", delete=False) as new:
        temporary = Path(new.name)
        try:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
            if target.exists():
                shutil.copymode(target, temporary)
            else:
                temporary.chmod(0o644)
        except OSError:
            temporary.unlink()
            raise
    return temporary


def _restore(path: Path, before: bytes) -> None:
    with suppress(OSError):
        if before:
            _beside(path, before).replace(path.resolve())
        else:
            path.unlink()


def _unwritten(path: Path, error: OSError) -> SourceError:
    return SourceError(
        f"{path}: the file cannot be written: {error.strerror or error}; nothing has been changed"
    )
