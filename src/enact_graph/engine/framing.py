"""What goes over the socket between the server and a query process: two lengths, then the bytes.

4 bytes    length of the header, big-endian
4 bytes    length of the body, big-endian
header     a JSON object
body       a query's text, an answer or a part of one, as it is

A header with "more" is followed by a further frame of the same answer.
"""

import json
import socket
import struct
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from enact_graph import errors
from enact_graph.engine.output import Limits
from enact_graph.errors import EnactGraphError, QueryMemory, QueryTimeout
from enact_graph.formats import BY_KEY
from enact_graph.sparql.ask import Ask

if TYPE_CHECKING:  # query processes read frames, too, and need none of the settings
    from enact_graph.settings import Settings

_FAMILY: Final = errors.family()
_LENGTHS: Final = struct.Struct(">II")
LENGTHS_SIZE: Final = _LENGTHS.size


def pack(header: Mapping[str, Any], body: bytes | bytearray = b"") -> bytes:
    """Return the frame of a header and a body."""
    head = json.dumps(header, separators=(",", ":")).encode()
    return b"".join((_LENGTHS.pack(len(head), len(body)), head, body))


def lengths(start: bytes | bytearray) -> tuple[int, int]:
    """Read the lengths of header and body from the first eight bytes of a frame."""
    head, body = _LENGTHS.unpack(start)
    return head, body


def unpack(head: bytes | bytearray) -> dict[str, Any]:
    """Read a header."""
    header: dict[str, Any] = json.loads(head)
    return header


def receive(connection: socket.socket) -> tuple[dict[str, Any], bytes]:
    """Wait for one frame on a blocking socket; EOFError when the other side has gone."""
    head, body = lengths(_exactly(connection, LENGTHS_SIZE))
    return unpack(_exactly(connection, head)), _exactly(connection, body)


def _exactly(connection: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(size - len(parts))
        if not part:
            raise EOFError("the other side closed the connection")
        parts += part
    return bytes(parts)


def asking(ask: Ask, limits: Limits, depth: int | None) -> dict[str, Any]:
    """The header of a frame whose body is a query; `depth` is how deep its brackets may nest."""
    return {
        "results": ask.results.key if ask.results else None,
        "graph": ask.graph.key if ask.graph else None,
        "default_graphs": list(ask.default_graphs),
        "named_graphs": list(ask.named_graphs),
        "limits": vars(limits),
        "depth": depth,
    }


def asked(header: Mapping[str, Any], query: str) -> tuple[Ask, Limits]:
    """What such a header asks."""
    results, graph = (BY_KEY[key] if (key := header[n]) else None for n in ("results", "graph"))
    ask = Ask(query, results, graph, header["default_graphs"], header["named_graphs"])
    return ask, Limits(**header["limits"])


def timed_out(settings: "Settings") -> QueryTimeout:
    """The error of a query that reached the time limit."""
    return QueryTimeout(
        f"The query ran for {settings.query_timeout:g} s, which is the limit here, and was ended;"
        " name a class or a graph, avoid patterns that share no variable, add LIMIT inside a"
        " sub-select, or download the data and query it on your own machine.",
        limit=settings.query_timeout,
    )


def out_of_memory(settings: "Settings") -> QueryMemory:
    """The error of a query that reached the memory limit or broke the engine."""
    return QueryMemory(
        f"The query needed more than the {settings.query_memory} MB of memory it may use, or broke"
        " the engine, and was ended; sort, group or join fewer rows, or download the data and"
        " query it on your own machine.",
        limit=settings.query_memory,
    )


def outlasted(settings: "Settings") -> QueryTimeout:
    """The error of an answer that was on its way for too long, for whatever reason."""
    return QueryTimeout(
        f"The answer was on its way for {settings.stream_seconds:g} s, which is the limit here, and"
        " was broken off; take it faster, ask for a part of it with ORDER BY, LIMIT and OFFSET, or"
        " download the data.",
        limit=settings.stream_seconds,
    )


def failure(header: Mapping[str, Any], settings: "Settings") -> EnactGraphError:
    """The error that the header of a frame tells of."""
    if header["error"] == QueryMemory.slug:
        return out_of_memory(settings)
    if header["error"] == QueryTimeout.slug:
        return timed_out(settings)
    return _FAMILY[header["error"]](header["detail"], **header["extra"])
