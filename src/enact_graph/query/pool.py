"""The pool: a few query processes, a bounded queue before them, and a clock over each query."""

import asyncio
import logging
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from enact_graph import errors
from enact_graph.errors import EngineBusy, QueryError, QueryMemory, QueryTimeout, ReleaseError
from enact_graph.formats import BY_KEY, Format
from enact_graph.query.ended import Ended
from enact_graph.query.evaluation import Answer
from enact_graph.query.guard import check
from enact_graph.query.process import Plan, Process, Zygote
from enact_graph.settings import Settings

__all__ = ["Answer", "Pool"]

_LOG: Final = logging.getLogger(__name__)
_PAUSE: Final = 1.0
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
        self._free: asyncio.LifoQueue[Process] = asyncio.LifoQueue()
        self._processes: set[Process] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended = Ended(settings.refuse_seconds)
        self._waiting = 0
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
        for _ in range(settings.workers - 1):
            pool._replace()
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
        return self._waiting

    @property
    def busy(self) -> int:
        """How many queries run."""
        return len(self._processes) - self._free.qsize()

    async def run(
        self,
        query: str,
        *,
        results: Format | None,
        graph: Format | None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """Answer a query, with `results` as format of a table and `graph` as that of triples.

        None as a format means that the client takes none: NotAcceptable. Every other refusal is
        a QueryError; the caller's going away (cancellation) ends the query.
        """
        check(query, self._settings)
        key = Ended.key(query, default_graphs, named_graphs)
        self._ended.check(key)
        header = {
            "results": results.key if results else None,
            "graph": graph.key if graph else None,
            "limit": self._settings.answer_bytes,
            "seconds": self._settings.query_timeout,
            "default_graphs": list(default_graphs),
            "named_graphs": list(named_graphs),
        }
        try:
            reply, body = await self._ask(header, query.encode())
        except TimeoutError:
            error: QueryError = _timeout(self._settings)
        except (EOFError, OSError):
            if self._is_closed:
                raise self._busy("The server is closing") from None
            error = _memory(self._settings)
        else:
            if reply.get("error") != QueryMemory.slug:
                return _answer(reply, body)
            error = _memory(self._settings)
        self._ended.add(key, error)
        raise error

    async def close(self, *, drain: bool = False) -> None:
        """End every process; with `drain`, first let the queries that run or wait finish."""
        while drain and (self.busy or self._waiting):
            await asyncio.sleep(0.01)
        self._is_closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        while not self._free.empty():
            self._discard(self._free.get_nowait())
        for process in self._processes:
            process.stop()
        while self._processes:
            await asyncio.sleep(0)
        if self._zygote:
            await self._zygote.close()
            self._zygote = None

    async def _ask(self, header: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        process = await self._take()
        is_fit = False
        try:
            async with asyncio.timeout(self._settings.query_timeout):
                reply, answer = await process.ask(header, body)
            is_fit = not reply["last"]
        finally:
            if is_fit and not self._is_closed:
                self._free.put_nowait(process)
            else:
                self._discard(process)
        return reply, answer

    async def _take(self) -> Process:
        while not self._is_closed:
            if self._free.empty() and self._waiting >= self._settings.queue:
                raise self._busy("Too many queries wait already")
            self._waiting += 1
            try:
                async with asyncio.timeout(self._settings.query_timeout):
                    process = await self._free.get()
            except TimeoutError:
                raise self._busy("No query process came free in time") from None
            finally:
                self._waiting -= 1
            if not process.has_ended:
                return process
            self._discard(process)
        raise self._busy("The server is closing")

    def _busy(self, reason: str) -> EngineBusy:
        seconds = math.ceil(self._settings.query_timeout)
        return EngineBusy(f"{reason}; try again in {seconds} s.", retry_after=seconds)

    def _discard(self, process: Process) -> None:
        if process in self._processes:
            self._processes.remove(process)
            process.kill()
            self._replace()

    def _replace(self) -> None:
        if not self._is_closed:
            task = asyncio.get_running_loop().create_task(self._fork_until_done())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _fork_until_done(self) -> None:
        pause = 0.0
        while True:
            try:
                return await self._fork()
            except (EOFError, OSError, ReleaseError) as error:
                _LOG.warning("no query process could be started: %s", error)
                await asyncio.sleep(pause)
                pause = _PAUSE

    async def _fork(self) -> None:
        """Add one process, and start their parent first where there is none."""
        async with self._renewal:
            if self._zygote is None:
                self._zygote = await Zygote.start(self._plan)
            zygote = self._zygote
        try:
            process = await zygote.fork()
        except (EOFError, OSError):
            if self._zygote is zygote:
                self._zygote = None
                zygote.kill()
            raise
        self._processes.add(process)
        self._free.put_nowait(process)


def _answer(reply: dict[str, Any], body: bytes) -> Answer:
    if "error" in reply:
        raise _FAMILY[reply["error"]](reply["detail"], **reply["extra"])
    return Answer(body, BY_KEY[reply["format"]], reply["form"])


def _timeout(settings: Settings) -> QueryTimeout:
    return QueryTimeout(
        f"The query ran for {settings.query_timeout:g} s, which is the limit here, and was ended;"
        " name a class or a graph, avoid patterns that share no variable, add LIMIT inside a"
        " sub-select, or download the data and query it on your own machine.",
        limit=settings.query_timeout,
    )


def _memory(settings: Settings) -> QueryMemory:
    return QueryMemory(
        f"The query needed more than the {settings.query_memory} MB of memory it may use, or broke"
        " the engine, and was ended; sort, group or join fewer rows, or download the data and"
        " query it on your own machine.",
        limit=settings.query_memory,
    )


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b""))
