"""The query processes as one request sees them: in the name of its client, timed and counted."""

import hashlib
import logging
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Final

from enact_graph.engine.pool import Answer, Pool, Stream
from enact_graph.engine.scheduler import Turn
from enact_graph.errors import EnactGraphError
from enact_graph.formats import Format
from enact_graph.settings import Settings
from enact_graph.web.metrics import Meter

_LOG: Final = logging.getLogger(__name__)
#: What ends a process; whatever else is refused or answered leaves it as it is.
_ENDED: Final = ("query-timeout", "query-memory", "gone")


@dataclass(frozen=True)
class Asker:
    """Runs the queries of one request; `client` is whose they are, `request` its number."""

    pool: Pool
    settings: Settings
    meter: Meter
    client: str = ""
    request: str = ""

    async def run(
        self,
        query: str,
        *,
        results: Format | None,
        graph: Format | None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """Answer a query as the pool does."""
        turn = Turn(self.client)
        found = await self._counted(
            self.pool.run(
                query,
                results=results,
                graph=graph,
                default_graphs=default_graphs,
                named_graphs=named_graphs,
                turn=turn,
            ),
            query,
            turn,
        )
        assert isinstance(found, Answer)
        return found

    async def open(
        self,
        query: str,
        *,
        results: Format | None,
        graph: Format | None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer | Stream:
        """Answer a query as the pool does, a long one with a stream."""
        turn = Turn(self.client)
        return await self._counted(
            self.pool.open(
                query,
                results=results,
                graph=graph,
                default_graphs=default_graphs,
                named_graphs=named_graphs,
                turn=turn,
            ),
            query,
            turn,
        )

    async def _counted(
        self, answering: Awaitable[Answer | Stream], query: str, turn: Turn
    ) -> Answer | Stream:
        outcome: str | None = "gone"  # the client went away, unless something else is said
        try:
            found = await answering
            outcome = "answered"
            if isinstance(found, Stream):
                outcome = None  # not over yet
                found.listeners.append(lambda how, _: self._end(query, how, turn))
        except EnactGraphError as error:
            outcome = error.slug
            raise
        finally:
            if outcome is not None:
                self._count(query, outcome, turn)
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
