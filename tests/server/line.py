"""A connection on which raw bytes are sent, and the answers that come, one after the other."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from tests.patience import PATIENCE


@dataclass(frozen=True)
class Answer:
    """An answer as it came, its body without chunks."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def number(self) -> str:
        return self.headers.get("x-request-id", "")


class Line:
    """One connection to 127.0.0.1."""

    def __init__(self, opened: socket.socket, file: BinaryIO) -> None:
        self._socket = opened
        self._file = file

    def send(self, data: bytes, pieces: int = 1) -> None:
        """Send bytes, in some pieces that come apart; the other side may have closed."""
        size = -(-len(data) // pieces) or 1
        try:
            for at in range(0, len(data), size):
                self._socket.sendall(data[at : at + size])
                if pieces > 1:
                    time.sleep(0.005)
        except ConnectionError:
            pass

    def wait_for_word(self) -> None:
        """Wait for 100 Continue: the server has the head."""
        assert self._file.readline() == b"HTTP/1.1 100 Continue\r\n"
        self._file.readline()

    def answer(self) -> Answer | None:
        """The next answer, not a mere 100; None where the connection is closed instead."""
        try:
            line = self._file.readline()
        except ConnectionError:
            return None
        if not line:
            return None
        if not line.startswith(b"HTTP/1."):
            return Answer(200, {}, line + self._file.read())  # HTTP/0.9
        status = line.split()[1]
        headers: dict[str, str] = {}
        while (field := self._file.readline().strip()) != b"":
            name, _, value = field.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        if status == b"100":
            return self.answer()
        return Answer(int(status), headers, self._body(int(status), headers))

    def _body(self, status: int, headers: dict[str, str]) -> bytes:
        if status in (204, 304):
            return b""
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(self._file.readline(), 16):
                body += self._file.read(size)
                self._file.readline()
            self._file.readline()
            return body
        if "content-length" in headers:
            return self._file.read(int(headers["content-length"]))
        return self._file.read()


@contextmanager
def connected(port: int, source: str = "127.0.0.1") -> Iterator[Line]:
    """A connection to a port of this machine, from one of its addresses."""
    address = ("127.0.0.1", port)
    with socket.create_connection(address, timeout=PATIENCE, source_address=(source, 0)) as opened:
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with opened.makefile("rb") as file:
            yield Line(opened, file)
