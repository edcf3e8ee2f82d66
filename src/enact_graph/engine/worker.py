"""The life of a query process: confined, it answers one query after another over its socket.

It ends when the server closes the socket or is gone, when a query ends it, or when it is worn.
"""

import ctypes
import math
import os
import resource
import select
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

import pyoxigraph as ox

from enact_graph.engine.evaluate import Out, check_syntax, evaluate
from enact_graph.engine.framing import asked, pack, receive
from enact_graph.errors import EnactGraphError, QueryMemory
from enact_graph.formats import Format
from enact_graph.sparql.prefilter import check_words
from enact_graph.sparql.service import unpack_tables

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


def live(connection: socket.socket, source: ox.Store | Path, memory: int) -> NoReturn:
    """Answer on the socket from a store in memory, or from the one that lies in a folder.

    `memory` is what queries may add, in megabytes. The call never returns.
    """
    offer_first()
    is_cut_off = leave_network() if isinstance(source, Path) else False
    try:
        store = ox.Store.read_only(str(source)) if isinstance(source, Path) else source
    except (OSError, RuntimeError) as error:  # the engine has no error of its own for damage
        connection.sendall(pack({"failure": f"{source}: the store cannot be opened: {error}"}))
        os._exit(1)
    threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=_serve, args=(connection, store, memory, is_cut_off))
    thread.start()
    # The server's end of the socket closes with the server, however that ends.
    watch = select.poll()
    watch.register(connection, 0)
    watch.poll()
    os._exit(0)


def _serve(connection: socket.socket, store: ox.Store, memory: int, is_cut_off: bool) -> None:
    try:
        confinement = Confinement(memory)
        if not is_cut_off:
            close_files()
        connection.sendall(pack({"ready": True}))
        is_last = False
        while not is_last:
            header, body = receive(connection)
            seconds = header["limits"]["seconds"]
            confinement.allow_seconds(seconds)
            out = _outlet(connection, confinement, seconds)
            reply, answer = reply_to(store, header, body, out)
            is_last = confinement.is_worn
            connection.sendall(pack(reply | {"last": is_last}, answer))
    except (EOFError, OSError):
        pass  # the server has gone
    finally:
        os._exit(1)


def _outlet(connection: socket.socket, confinement: Confinement, seconds: float) -> Out:
    """What sends the parts of one answer; from the first of them on it has as long again."""
    is_begun = False

    def pass_on(target: Format, form: str, part: bytes) -> None:
        nonlocal is_begun
        if not is_begun:
            is_begun = True
            confinement.allow_seconds(seconds)
        # Returns when the server has taken what came before: a slow reader slows the query.
        connection.sendall(pack({"form": form, "format": target.key, "more": True}, part))

    return pass_on


def reply_to(
    store: ox.Store, header: dict[str, Any], body: bytes, out: Out | None = None
) -> tuple[dict[str, Any], bytes]:
    """Answer a frame with a frame; an error of the family becomes slug, detail and extra.

    Before it, what is too large for one frame goes to `out` in parts. A frame that only wants its
    text checked is answered without the store.
    """
    try:
        query, tables = unpack_tables(header.get("tables", ()), body)
        if depth := header.get("depth"):
            check_words(query, depth)
        if header.get("is_check"):
            check_syntax(query)
            return {"form": "checked"}, b""
        answer = evaluate(store, *asked(header, query), tables, out)
    except MemoryError:
        return {"error": QueryMemory.slug}, b""
    except EnactGraphError as error:
        return {"error": error.slug, "detail": error.detail, "extra": error.extra}, b""
    told: dict[str, Any] = {"form": answer.form, "format": answer.format.key}
    if answer.unknown:
        told["unknown"] = list(answer.unknown)
    return told, answer.body
