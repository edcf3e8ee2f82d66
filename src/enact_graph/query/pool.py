"""The pool: a few query processes, a fair bounded queue before them, a clock over each query."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Final

from enact_graph import errors
from enact_graph.errors import (
    EngineBusy,
    QueryError,
    QueryMemory,
    ReleaseError,
    TooManyQueries,
)
from enact_graph.formats import BY_KEY, Format
from enact_graph.query.ended import Ended, out_of_memory, timed_out
from enact_graph.query.evaluation import Answer
from enact_graph.query.guard import check
from enact_graph.query.process import Plan, Process, Zygote
from enact_graph.query.turns import Turn, Turns
from enact_graph.settings import Settings

__all__ = ["Answer", "Pool"]

_LOG: Final = logging.getLogger(__name__)
_PAUSE: Final = 1.0
#: Seconds after which a client that asked too much at once may have room again.
_SOON: Final = 1
_FAMILY: Final = errors.family()


class Pool:
    """Query processes over one release.

    pool = await Pool.start(release.file("enact-graph.nq"), release.store, settings)
    answer = await pool.run("ASK {}", results=formats.RESULTS_JSON, graph=None)
    await pool.close()
    """

    def __init__(self, plan: Plan, settings: Settings) -> None:
        self._plan = plan
        self._settings = settings
        self._zygote: Zygote | None = None
        self._renewal = asyncio.Lock()
        self._turns: Turns[Process] = Turns(min(settings.workers, settings.client_queries))
        self._processes: set[Process] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended = Ended(settings.refuse_seconds)
        self._is_closed = False

    @classmethod
    async def start(
        cls,
        nquads: Path | None,
        store: Path | None,
        settings: Settings,
        *,
        quads: int | None = None,
    ) -> "Pool":
        """Start the processes and await the first; CorruptRelease when the data does not open.

        Given both the N-Quads and the store, the graph is held in memory up to
        `settings.memory_triples` quads; `quads` spares counting them.
        """
        if nquads and store:
            count = _count_lines(nquads) if quads is None else quads
            if count > settings.memory_triples:
                nquads = None
            else:
                store = None
        pool = cls(Plan(nquads, store, settings.query_memory), settings)
        try:
            await pool._fork()
        except (EOFError, OSError) as error:
            raise ReleaseError(
                f"No query process could be started: {error}; look at the limits that the system"
                " sets on memory and processes."
            ) from error
        finally:
            if not pool.pids:
                await pool.close()
        for _ in range(settings.workers + settings.reserve - 1):
            pool._begin(pool._fork)
        return pool

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the query processes."""
        return tuple(sorted(process.pid for process in self._processes))

    @property
    def zygote_pid(self) -> int | None:
        """The number of their parent; None while there is none."""
        return self._zygote.pid if self._zygote else None

    @property
    def waiting(self) -> int:
        """How many queries wait for a free process."""
        return self._turns.waiting

    @property
    def busy(self) -> int:
        """How many queries run."""
        return len(self._processes) - self._turns.free

    async def run(  # noqa: PLR0913 - a query, its formats, its dataset and whose it is
        self,
        query: str,
        *,
        results: Format | None,
        graph: Format | None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        turn: Turn | None = None,
    ) -> Answer:
        """Answer a query, with `results` as format of a table and `graph` as that of triples.

        None as a format means that the client takes none: NotAcceptable. Every other refusal is
        a QueryError; the caller's going away (cancellation) ends the query. `turn` says whose the
        query is, and is told how long it waited and ran.
        """
        check(query, self._settings)
        key = Ended.key(query, default_graphs, named_graphs)
        self._ended.check(key)
        header = {
            "results": results.key if results else None,
            "graph": graph.key if graph else None,
            "limit": self._settings.answer_bytes,
            "rows": self._settings.answer_rows,
            "seconds": self._settings.query_timeout,
            "default_graphs": list(default_graphs),
            "named_graphs": list(named_graphs),
        }
        try:
            reply, body = await self._ask_twice(header, query.encode(), turn or Turn())
        except TimeoutError:
            error: QueryError = timed_out(self._settings)
        except (EOFError, OSError):
            if self._is_closed:
                raise self._busy("The server is closing") from None
            error = out_of_memory(self._settings)
        else:
            if reply.get("error") != QueryMemory.slug:
                return _answer(reply, body)
            error = out_of_memory(self._settings)
        self._ended.add(key, error)
        raise error

    async def close(self, *, drain: bool = False) -> None:
        """End every process; with `drain`, first let the queries that run or wait finish."""
        while drain and (self.busy or self.waiting):
            await asyncio.sleep(0.01)
        self._is_closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for process in self._turns.clear(self._busy("The server is closing")):
            self._discard(process)
        for process in self._processes:
            process.stop()
        while self._processes:
            await asyncio.sleep(0)
        if self._zygote:
            await self._zygote.close()
            self._zygote = None

    def heal(self) -> bool:
        """Whether the parent and a process are there; what is gone is started anew."""
        for process in self._turns.remove(lambda process: process.has_ended):
            self._discard(process)
        if self._zygote and self._zygote.has_ended and not self._zygote.is_at_work:
            self._zygote.kill()
            self._zygote = None
            self._begin(self._parent)
        return self._zygote is not None and bool(self._processes)

    async def _ask_twice(
        self, header: dict[str, Any], body: bytes, turn: Turn
    ) -> tuple[dict[str, Any], bytes]:
        try:
            return await self._ask(header, body, turn)
        except (EOFError, OSError) as error:
            # Somebody else may have ended the process. A query that ends the next one, too, did it.
            if self._is_closed or isinstance(error, TimeoutError):
                raise
        return await self._ask(header, body, turn)

    async def _ask(
        self, header: dict[str, Any], body: bytes, turn: Turn
    ) -> tuple[dict[str, Any], bytes]:
        clock = asyncio.get_running_loop().time
        start = clock()
        process = await self._take(turn.client)
        begun = clock()
        turn.waited += begun - start
        is_fit = False
        try:
            async with asyncio.timeout(self._settings.query_timeout - turn.ran):
                reply, answer = await process.ask(header, body)
            is_fit = not reply["last"] and not process.gave_way
        finally:
            turn.ran += clock() - begun
            self._turns.release(turn.client)
            if is_fit and not self._is_closed:
                self._turns.put(process)
            else:
                self._discard(process)
        return reply, answer

    async def _take(self, client: str) -> Process:
        while not self._is_closed:
            process = self._turns.take(client) or await self._wait(client)
            if not process.has_ended:
                return process
            self._turns.release(client)
            self._discard(process)
        raise self._busy("The server is closing")

    async def _wait(self, client: str) -> Process:
        most = self._settings.client_queries
        if client and self._turns.of(client) >= most:  # without a name it is ourselves
            raise TooManyQueries(
                f"{most} queries from your address run or wait already, which is the limit here;"
                f" await some answers before you ask more, and try again in {_SOON} s.",
                limit=most,
                retry_after=_SOON,
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

    def _discard(self, process: Process) -> None:
        if process in self._processes:
            self._processes.remove(process)
            process.kill()
            self._begin(self._fork)

    def _begin(self, work: Callable[[], Awaitable[object]]) -> None:
        if not self._is_closed:
            task = asyncio.get_running_loop().create_task(self._until_done(work))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _until_done(self, work: Callable[[], Awaitable[object]]) -> None:
        pause = 0.0
        while True:
            try:
                await work()
            except (EOFError, OSError, ReleaseError) as error:
                _LOG.warning("no query process could be started: %s", error)
                await asyncio.sleep(pause)
                pause = _PAUSE
            else:
                return

    async def _parent(self) -> Zygote:
        async with self._renewal:
            if self._zygote is None:
                self._zygote = await Zygote.start(self._plan)
            return self._zygote

    async def _fork(self) -> None:
        """Add one process, and start their parent first where there is none."""
        zygote = await self._parent()
        try:
            process = await zygote.fork()
        except (EOFError, OSError):
            if self._zygote is zygote:
                self._zygote = None
                zygote.kill()
            raise
        self._processes.add(process)
        self._turns.put(process)


def _answer(reply: dict[str, Any], body: bytes) -> Answer:
    if "error" in reply:
        raise _FAMILY[reply["error"]](reply["detail"], **reply["extra"])
    return Answer(body, BY_KEY[reply["format"]], reply["form"])


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b""))
