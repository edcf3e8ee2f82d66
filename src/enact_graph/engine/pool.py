"""The pool: a few query processes, a fair bounded queue before them, a clock over each query."""

import asyncio
import math
from functools import partial
from pathlib import Path
from typing import Any, Final

from enact_graph.engine.cache import Ended
from enact_graph.engine.federation import Federation, Remote
from enact_graph.engine.framing import asking, failure, out_of_memory, timed_out
from enact_graph.engine.handle import Plan, Process, Reply
from enact_graph.engine.output import Limits
from enact_graph.engine.protocol import Engine, Figures, Stream
from enact_graph.engine.scheduler import Turns
from enact_graph.engine.stream import SOON, ProcessStream, Streams
from enact_graph.engine.supervisor import Stock
from enact_graph.errors import (
    EnactGraphError,
    EngineBusy,
    QueryMemory,
    QueryTimeout,
    ReleaseError,
    TooManyQueries,
)
from enact_graph.formats import BY_KEY
from enact_graph.settings import Settings
from enact_graph.sparql.ask import Answer, Ask, Turn
from enact_graph.sparql.prefilter import check

#: Bytes of an answer that has to be whole for whoever reads it, whatever larger ones may have.
_WHOLE: Final = 16_777_216
_ENDING: Final = (QueryMemory, QueryTimeout)
_Asked = tuple[Reply, Process | None]


class Pool(Engine):
    """Query processes over one release.

    pool = await Pool.start(release.file("enact-graph.nq"), release.store, settings)
    answer = await pool.run(Ask("ASK {}"))
    await pool.close()
    """

    def __init__(self, plan: Plan, settings: Settings, remote: Remote | None = None) -> None:
        self._settings = settings
        self._turns: Turns[Process] = Turns(min(settings.workers, settings.client_queries))
        self._stock = Stock(plan, self._turns.put)
        self._ended = Ended(settings.refuse_seconds)
        self._streams = Streams(settings)
        self._federation = Federation(settings, remote)

    @classmethod
    async def start(
        cls,
        nquads: Path | None,
        store: Path | None,
        settings: Settings,
        *,
        quads: int | None = None,
        remote: Remote | None = None,
    ) -> "Pool":
        """Start the processes and await the first; CorruptRelease when the data does not open.

        Given both N-Quads and store, the graph is held in memory up to `settings.memory_triples`
        quads; `quads` spares counting them. `remote` is how other servers are asked, if at all.
        """
        pool = cls(Plan.of(nquads, store, settings, quads), settings, remote)
        try:
            await pool._stock.fork()
        except (EOFError, OSError) as error:
            raise ReleaseError(
                f"No query process could be started: {error}; look at the limits that the system"
                " sets on memory and processes."
            ) from error
        finally:
            if not pool.pids:
                await pool.close()
        for _ in range(settings.workers + settings.reserve - 1):
            pool._stock.order()
        return pool

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the query processes."""
        return tuple(sorted(process.pid for process in self._stock.processes))

    @property
    def zygote_pid(self) -> int | None:
        """The number of their parent; None while there is none."""
        return self._stock.zygote_pid

    @property
    def waiting(self) -> int:
        """How many queries wait for a free process."""
        return self._turns.waiting

    @property
    def busy(self) -> int:
        """How many queries run, without those whose answers are streams."""
        return len(self._stock.processes) - self._turns.free

    @property
    def streams(self) -> int:
        """How many answers are being sent while they are made."""
        return len(self._streams)

    @property
    def figures(self) -> Figures:
        """How it is at the moment."""
        return Figures(len(self._stock.processes), self.busy, self.waiting, self.streams)

    async def run(self, ask: Ask) -> Answer:
        """Answer a query; every refusal is a QueryError, and cancellation ends the query."""
        found = await self._answer(ask, whole=None)
        assert isinstance(found, Answer)
        return found

    async def open(self, ask: Ask) -> Answer | Stream:
        """Answer a query as `run` does, or with a stream beyond `settings.whole_bytes`."""
        return await self._answer(
            ask, whole=self._settings.whole_bytes if self._settings.streams else None
        )

    async def close(self, *, drain: bool = False) -> None:
        """End every process; with `drain`, first let what runs, waits or is sent finish."""
        while drain and (self.busy or self.waiting or self.streams):
            await asyncio.sleep(0.01)
        await self._stock.stop()
        for process in self._turns.clear(self._busy("The server is closing")):
            self._stock.discard(process)
        self._streams.stop(self._busy("The server is closing"))
        await self._stock.close()

    def heal(self) -> bool:
        """Whether the parent and a process are there; what is gone is started anew."""
        for process in self._turns.remove(lambda process: process.has_ended):
            self._stock.discard(process)
        return self._stock.heal()

    async def _answer(self, ask: Ask, *, whole: int | None) -> Answer | Stream:
        query, turn = ask.query, ask.turn or Turn()
        is_unread = check(query, self._settings)
        key = Ended.key(ask)
        key_in = Ended.key_in(key, ask)
        self._ended.check(key)
        if whole:
            self._ended.check(key_in)
        most = self._settings.answer_bytes
        limits = Limits(
            size=most if whole else min(most, _WHOLE),
            rows=self._settings.answer_rows,
            whole=whole,
            seconds=self._settings.query_timeout,
        )
        header = asking(ask, limits, self._settings.query_depth if is_unread else None)
        try:
            body = query.encode()
            if self._federation.is_asked_by(query):
                parse = partial(self._parse, header, turn)
                header["tables"], body = await self._federation.frame(query, turn.client, parse)
            reply, process = await self._ask_twice(header, body, turn)
        except TimeoutError:
            error: EnactGraphError = timed_out(self._settings)
        except (EOFError, OSError):
            if self._stock.is_closed:
                raise self._busy("The server is closing") from None
            error = out_of_memory(self._settings)
        else:
            if process:
                return self._begin_stream(process, reply, turn, key_in)
            told, content = reply
            if "error" not in told:
                unknown = tuple(told.get("unknown", ()))
                return Answer(content, BY_KEY[told["format"]], told["form"], unknown)
            error = failure(told, self._settings)
        if isinstance(error, _ENDING):
            self._ended.add(key, error)
        raise error

    async def _parse(self, header: dict[str, Any], turn: Turn, query: str) -> None:
        (told, _), _ = await self._ask_twice(header | {"is_check": True}, query.encode(), turn)
        if "error" in told:
            raise failure(told, self._settings)

    def _begin_stream(self, process: Process, first: Reply, turn: Turn, key: bytes) -> Stream:
        stream = ProcessStream(process, first, turn, self._settings)

        def remember(_: str, error: EnactGraphError | None) -> None:
            # Asked again, it gets the reason at once; not where the receiver may have been slow.
            if error and not self._stock.is_closed and not stream.was_outlasted:
                self._ended.add(key, error)

        stream.listeners.append(remember)
        self._streams.add(stream)
        return stream

    async def _ask_twice(self, header: dict[str, Any], body: bytes, turn: Turn) -> _Asked:
        try:
            return await self._ask(header, body, turn)
        except (EOFError, OSError) as error:
            if self._stock.is_closed or isinstance(error, TimeoutError):
                raise
        # Others may have been ended with it. A query that ends the next one, too, did it.
        await asyncio.sleep(0.01)
        return await self._ask(header, body, turn)

    async def _ask(self, header: dict[str, Any], body: bytes, turn: Turn) -> _Asked:
        """The answer, or the first part of it and the process that has the rest."""
        clock = asyncio.get_running_loop().time
        start = clock()
        process = await self._take(turn.client)
        begun = clock()
        turn.waited += begun - start
        is_fit = is_stream = False
        try:
            async with asyncio.timeout(self._settings.query_timeout - turn.ran):
                reply = await process.ask(header, body)
            if reply[0].get("more"):
                self._streams.check(turn.client)
                is_stream = True
            else:
                is_fit = not reply[0]["last"] and not process.gave_way
        finally:
            turn.ran += clock() - begun
            self._turns.release(turn.client)
            if is_stream:
                self._stock.take_out(process)
            elif is_fit and not self._stock.is_closed:
                self._turns.put(process)
            else:
                self._stock.discard(process)
        return reply, process if is_stream else None

    async def _take(self, client: str) -> Process:
        while not self._stock.is_closed:
            process = self._turns.take(client) or await self._wait(client)
            if not process.has_ended:
                return process
            self._turns.release(client)
            self._stock.discard(process)
        raise self._busy("The server is closing")

    async def _wait(self, client: str) -> Process:
        most = self._settings.client_queries
        if client and self._turns.of(client) >= most:  # without a name it is ourselves
            raise TooManyQueries(
                f"{most} queries from your address run or wait already, which is the limit here;"
                f" await some answers before you ask more, and try again in {SOON} s.",
                limit=most,
                retry_after=SOON,
            )
        if self._turns.waiting >= self._settings.queue:
            raise self._busy("Too many queries wait already")
        try:
            async with asyncio.timeout(self._settings.query_timeout):
                return await self._turns.wait(client)
        except TimeoutError:
            raise self._busy("No query process came free in time") from None

    def _busy(self, reason: str) -> EngineBusy:
        seconds = math.ceil(self._settings.query_timeout)
        return EngineBusy(f"{reason}; try again in {seconds} s.", retry_after=seconds)
