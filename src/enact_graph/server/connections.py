"""How many connections may be open, and how long each may keep a request waiting.

One look at all of them now and then takes the place of a timer for each, which every request would
have to stop and start.
"""

import asyncio
import logging
import resource
from collections import Counter
from typing import Final, Protocol

from enact_graph.errors import TooManyConnections
from enact_graph.settings import Settings
from enact_graph.web.accounting import name_of
from enact_graph.web.proxies import trusts

_LOG: Final = logging.getLogger(__name__)
#: Files that the server needs beside its connections: releases, pipes to processes, a log.
_FILES: Final = 256
_FILES_AT_MOST: Final = 1 << 20
#: Connections that are told that they are too many, before others are closed without a word.
_TOLD: Final = 64
#: Seconds between two lines in the log on connections refused.
_QUIET: Final = 60.0


class Connection(Protocol):
    """What is known of a connection here."""

    #: When something last came or went, by the clock of `Connections`.
    since: float

    @property
    def is_idle(self) -> bool:
        """Whether it waits for a request, of which a part of the head may be there."""

    def look(self) -> None:
        """End it where something has taken too long."""

    def close(self) -> None:
        """Close it without a word."""


class Connections:
    """The open connections, with `now`: the time of the last look at them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.now = 0.0
        self._open: dict[Connection, str | None] = {}
        self._by_client: Counter[str] = Counter()
        self._told: set[Connection] = set()
        files = allowed_files()
        self._most = min(settings.connections, files - min(_FILES, files // 2))
        if self._most < settings.connections:
            told = {"connections": self._most, "asked": settings.connections}
            _LOG.warning("the system allows fewer connections", extra={"told": told})
        self._logged_at = -_QUIET
        limits = (settings.head_seconds, settings.body_seconds, settings.idle_seconds)
        self._every = min(1.0, *(limit / 4 for limit in limits))

    def watch(self) -> None:
        """Look at all connections from now on."""
        loop = asyncio.get_running_loop()
        self.now = loop.time()
        for connection in list(self._open):
            connection.look()
        loop.call_later(self._every, self.watch)

    def enter(self, connection: Connection, address: str | None) -> TooManyConnections | None:
        """Count a connection that was opened; what it is told where it is one too many.

        At the limit of all, the one that has waited longest for its next request makes room.
        """
        trusted = address is not None and trusts(self.settings.trusted_proxies, address)
        client = None if trusted else name_of(address)
        if client and self._by_client[client] >= self.settings.client_connections:
            return self._refuse(connection, "of this client", self.settings.client_connections)
        if len(self._open) >= self._most:
            idle = min((c for c in self._open if c.is_idle), key=lambda c: c.since, default=None)
            if idle is None:
                return self._refuse(connection, "in all", self._most)
            self.leave(idle)
            idle.close()
        self._open[connection] = client
        if client:
            self._by_client[client] += 1
        return None

    def leave(self, connection: Connection) -> None:
        """Forget a connection that is closed."""
        self._told.discard(connection)
        client = self._open.pop(connection, None)
        if client:
            self._by_client[client] -= 1
            if not self._by_client[client]:
                del self._by_client[client]

    def _refuse(self, connection: Connection, whose: str, most: int) -> TooManyConnections | None:
        if self.now - self._logged_at >= _QUIET:
            self._logged_at = self.now
            told = {"limit": whose, "connections": most}
            _LOG.warning("connections are refused", extra={"told": told})
        if len(self._told) >= _TOLD:
            connection.close()
            return None
        self._told.add(connection)
        self._open[connection] = None
        return TooManyConnections(
            f"{most} connections {whose} are open, and no more may be; use these, or try again.",
            retry_after=1,
        )


def allowed_files() -> int:
    """How many files this process may have open, after it has asked for as many as it may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _FILES_AT_MOST if hard == resource.RLIM_INFINITY else min(hard, _FILES_AT_MOST)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    except (OSError, ValueError):  # some systems name no limit and have one
        return soft
    return most
