"""One write for the head of an answer and the first part of its body."""

import asyncio
from collections.abc import Callable
from typing import Final

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

#: Seconds that a client has to take what was sent of an answer that is broken off.
_LINGER: Final = 5.0


class Joined:
    """A transport that sends the head of an answer together with the first part of its body.

    `end` closes a connection so that the client comes to read what was sent.
    """

    def __init__(
        self, transport: asyncio.Transport, cycle: RequestResponseCycle, end: Callable[[], None]
    ) -> None:
        self._transport = transport
        self._cycle = cycle
        self._on_response = cycle.on_response
        self._end = end
        self._held: bytes | None = b""

    def write(self, data: bytes) -> None:
        """Hold the first bytes of the answer, which are its head; send the rest as it comes."""
        if not self._cycle.response_started:
            self._transport.write(data)  # 100 Continue
        elif self._held == b"":
            self._held = data
        elif self._held is None:
            self._transport.write(data)
        else:
            held, self._held = self._held, None
            self._transport.write(held + data)

    def end(self) -> None:
        """The answer is complete; to HEAD it has no body."""
        self._flush()
        self._on_response()

    def close(self) -> None:
        """Close the connection after what is held; an answer broken off is not waited for long."""
        self._flush()
        if self._cycle.response_complete:
            self._end()
            return
        self._transport.close()
        asyncio.get_running_loop().call_later(_LINGER, self._transport.abort)

    def is_closing(self) -> bool:
        """Whether the connection is closed or about to be."""
        return self._transport.is_closing()

    def _flush(self) -> None:
        if self._held:
            self._transport.write(self._held)
        self._held = None
