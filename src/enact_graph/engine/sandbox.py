"""The bonds of a query process: what a query can take at most, whatever its text."""

import ctypes
import math
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

#: Deep enough for the parser's recursion over any text the guard lets through.
STACK_BYTES: Final = 512 << 20
_MEGABYTE: Final = 1 << 20
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000


class Confinement:
    """The limits of this process, in megabytes of memory and seconds of processor time.

    Made in the thread that answers, once the store is open: memory counts from there.
    """

    def __init__(self, memory: int) -> None:
        self._memory = memory * _MEGABYTE
        # The file stays open, since later nothing can be opened.
        self._statm = os.open("/proc/self/statm", os.O_RDONLY) if _has_proc() else None
        self._base = self._address_space()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if self._base:
            top = self._base + self._memory
            resource.setrlimit(resource.RLIMIT_AS, (top, top))

    def allow_seconds(self, seconds: float) -> None:
        """Let the next query use the processor for this long: the backstop of the wall clock."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = math.ceil(usage.ru_utime + usage.ru_stime + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))

    @property
    def is_worn(self) -> bool:
        """Whether earlier queries left so much behind that later ones would miss it."""
        return self._address_space() - self._base > self._memory // 4

    def _address_space(self) -> int:
        if self._statm is None:
            return 0
        return int(os.pread(self._statm, 64, 0).split()[0]) * resource.getpagesize()


def close_files() -> None:
    """Allow no further file or socket, so that a query has no way to the network.

    Every free descriptor below the highest one in use is filled first.
    """
    null = os.open(os.devnull, os.O_RDONLY)
    used = (int(entry.name) for entry in Path("/proc/self/fd").iterdir()) if _has_proc() else ()
    highest = max(used, default=null)
    while null < highest:
        null = os.dup(null)
    resource.setrlimit(resource.RLIMIT_NOFILE, (null + 1, null + 1))


def leave_network() -> bool:
    """Move this process, which has one thread yet, to a network of its own without any route.

    False where the system does not permit it.
    """
    if sys.platform != "linux":
        return False
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    return any(unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWNET | _CLONE_NEWUSER))


def offer_first() -> None:
    """When the whole machine lacks memory, let the system end this process before others."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("900", encoding="ascii")


def _has_proc() -> bool:
    return Path("/proc/self/statm").exists()
