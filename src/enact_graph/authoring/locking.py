"""Locks between processes, by what the platform has; a lock ends with whoever holds it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any


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
