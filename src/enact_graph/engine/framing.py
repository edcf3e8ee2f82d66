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
from typing import Any, Final

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
