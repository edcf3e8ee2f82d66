"""The life of a query process: confined, it answers one query after another over its socket.

It ends when the server closes the socket or is gone, when a query ends it, or when it is worn.
"""

import os
import select
import socket
import threading
from pathlib import Path
from typing import Any, NoReturn

import pyoxigraph as ox

from enact_graph.engine.evaluate import Out, check_syntax, evaluate
from enact_graph.engine.framing import asked, pack, receive
from enact_graph.engine.sandbox import (
    STACK_BYTES,
    Confinement,
    close_files,
    leave_network,
    offer_first,
)
from enact_graph.errors import EnactGraphError, QueryMemory
from enact_graph.formats import Format
from enact_graph.sparql.prefilter import check_words
from enact_graph.sparql.service import unpack_tables


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
