"""The engine as one request sees it: in the name of its client, timed and counted."""

import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from ipaddress import IPv6Address, ip_address
from typing import Final, TypeVar

from enact_graph.engine.protocol import Engine, Stream
from enact_graph.errors import EnactGraphError
from enact_graph.settings import Settings
from enact_graph.sparql.ask import Answer, Ask, Turn
from enact_graph.web.metrics import Meter

_Found = TypeVar("_Found", bound=Answer | Stream)
_LOG: Final = logging.getLogger(__name__)
#: What ends a process; whatever else is refused or answered leaves it as it is.
_ENDED: Final = ("query-timeout", "query-memory", "gone")


@dataclass(frozen=True)
class Asker:
    """Runs the queries of one request; `client` is whose they are, `request` its number."""

    engine: Engine
    settings: Settings
    meter: Meter
    client: str = ""
    request: str = ""

    async def run(self, ask: Ask) -> Answer:
        """Answer a query as the engine does."""
        return await self._counted(self.engine.run, ask)

    async def open(self, ask: Ask) -> Answer | Stream:
        """Answer a query as the engine does, a long one with a stream."""
        return await self._counted(self.engine.open, ask)

    async def _counted(self, answer: Callable[[Ask], Awaitable[_Found]], ask: Ask) -> _Found:
        turn = Turn(self.client)
        outcome: str | None = "gone"  # the client went away, unless something else is said
        try:
            found = await answer(replace(ask, turn=turn))
            outcome = "answered"
            if not isinstance(found, Answer):
                outcome = None  # not over yet
                found.listeners.append(lambda how, _: self._end(ask.query, how, turn))
        except EnactGraphError as error:
            outcome = error.slug
            raise
        finally:
            if outcome is not None:
                self._count(ask.query, outcome, turn)
        return found

    def _end(self, query: str, outcome: str, turn: Turn) -> None:
        """A stream has ended: who broke it off is told only here."""
        self._count(query, outcome, turn)
        if outcome not in ("answered", "gone"):
            told = {"request": self.request, "outcome": outcome}
            _LOG.warning("an answer was broken off", extra={"told": told})

    def _count(self, query: str, outcome: str, turn: Turn) -> None:
        # A query that was refused, also for having been ended before, has not run.
        is_ended = outcome in _ENDED and turn.ran > 0
        self.meter.query(outcome, turn.waited, turn.ran, is_ended=is_ended)
        if is_ended or 0 < self.settings.slow_seconds <= turn.ran:
            self._tell(query, outcome, turn)

    def _tell(self, query: str, outcome: str, turn: Turn) -> None:
        told = {
            "request": self.request,
            "outcome": outcome,
            "seconds": round(turn.ran, 3),
            "waited": round(turn.waited, 3),
            "characters": len(query),
            "query_sha256": hashlib.sha256(query.encode()).hexdigest(),
        }
        if self.settings.log_queries:
            told["query"] = query
        _LOG.warning("a slow query", extra={"told": told})


def name_of(address: str | None) -> str:
    """The name under which a client's queries are counted: its address.

    Of IPv6 the first 64 bits, since whoever has one such address has all the others with it.
    """
    if not address or ":" not in address:
        return address or "unknown"
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and not found.ipv4_mapped:
        return found.packed[:8].hex(":", 2)
    return str(found.ipv4_mapped) if isinstance(found, IPv6Address) else str(found)
