"""Queries that ask other servers: their questions are put beforehand, by the HTTP process.

So a query process stays without network; it gets the bytes that were answered and reads them.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from enact_graph.engine.remote import Remote
from enact_graph.errors import EndpointError, EngineBusy, QueryRefused, TooManyQueries
from enact_graph.settings import Settings
from enact_graph.sparql.service import Clause, clauses, local, question
from enact_graph.sparql.values_block import Table, pack

_SOON: Final = 2


#: Raises QuerySyntax where a text is not SPARQL.
Parse = Callable[[str], Awaitable[None]]


class Federation:
    """Asks for the clauses of queries, so many at once and of one client."""

    def __init__(self, settings: Settings, remote: Remote | None = None) -> None:
        self._settings = settings
        self._remote = remote or Remote(settings.service_seconds, settings.service_bytes)
        self._asking: Counter[str] = Counter()

    def is_asked_by(self, query: str) -> bool:
        """Whether a query may ask other servers, at a glance."""
        return bool(self._settings.service_hosts) and "SERVICE" in query.upper()

    async def frame(self, query: str, client: str, parse: Parse) -> tuple[list[Any], bytes]:
        """The tables of a query for the header of a frame, and its body.

        Nobody is asked before `parse` has found the whole to be SPARQL. QueryRefused for too many
        clauses; EndpointError where a server did not answer and its clause minds.
        """
        found = clauses(query, self._settings.service_hosts)
        most = self._settings.service_requests
        if len(found) > most:
            raise QueryRefused(
                f"The query has {len(found)} SERVICE clauses, the limit is {most}; ask in parts.",
                keyword="SERVICE",
                limit=most,
            )
        plain = local(query, found)
        await parse(plain)
        return pack(plain, await self._tables(query, found, client))

    async def _tables(self, query: str, found: Sequence[Clause], client: str) -> tuple[Table, ...]:
        most = self._settings.workers
        if self._asking[client] >= max(1, most // 2):
            raise TooManyQueries(
                "As many queries from your address as may do so ask other servers already; await"
                f" an answer, and try again in {_SOON} s.",
                retry_after=_SOON,
            )
        if self._asking.total() >= most:
            raise EngineBusy(
                f"Too many queries ask other servers already; try again in {_SOON} s.",
                retry_after=_SOON,
            )
        self._asking[client] += 1
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._table(query, clause)) for clause in found]
        except* EndpointError as errors:
            raise errors.exceptions[0] from None
        finally:
            self._asking[client] -= 1
            if not self._asking[client]:
                del self._asking[client]
        return tuple(task.result() for task in tasks)

    async def _table(self, query: str, clause: Clause) -> Table:
        answer: bytes | None = None
        try:
            answer = await self._remote.ask(clause.endpoint, question(query, clause))
        except EndpointError:
            if not clause.is_silent:
                raise
        return Table(clause.start, clause.end, clause.endpoint.iri, clause.is_silent, answer)
