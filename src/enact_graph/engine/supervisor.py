"""The query processes in stock: as many as wanted, and whoever leaves is replaced."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from enact_graph.engine.handle import Plan, Process, Zygote
from enact_graph.errors import ReleaseError

_LOG: Final = logging.getLogger(__name__)
_PAUSE: Final = 1.0


class Stock:
    """Makes query processes, by a parent that is made anew when it ends; `add` takes each."""

    def __init__(self, plan: Plan, add: Callable[[Process], None]) -> None:
        self.processes: set[Process] = set()
        self.is_closed = False
        self._plan = plan
        self._add = add
        self._zygote: Zygote | None = None
        self._renewal = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def zygote_pid(self) -> int | None:
        """The number of the parent; None while there is none."""
        return self._zygote.pid if self._zygote else None

    async def fork(self) -> None:
        """Add one process, and start the parent first where there is none."""
        zygote = await self._parent()
        try:
            process = await zygote.fork()
        except ChildProcessError:
            raise  # the parent is well, and can make another one
        except (EOFError, OSError):
            if self._zygote is zygote:
                self._zygote = None
                zygote.kill()
            raise
        self.processes.add(process)
        self._add(process)

    def order(self) -> None:
        """Let one more process be made, however often that takes."""
        self._begin(self.fork)

    def discard(self, process: Process) -> None:
        """End a process, and let another one take its place."""
        if process in self.processes:
            self.take_out(process)
            process.kill()

    def take_out(self, process: Process) -> None:
        """Let go of a process that lives on, and let another one take its place."""
        self.processes.remove(process)
        self.order()

    def heal(self) -> bool:
        """Whether the parent and a process are there; a parent that is gone is started anew."""
        if self._zygote and self._zygote.has_ended and not self._zygote.is_at_work:
            self._zygote.kill()
            self._zygote = None
            self._begin(self._parent)
        return self._zygote is not None and bool(self.processes)

    async def stop(self) -> None:
        """Make no further process."""
        self.is_closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        """End the parent, once every process has been discarded."""
        for process in self.processes:
            process.stop()
        while self.processes:
            await asyncio.sleep(0)
        if self._zygote:
            await self._zygote.close()
            self._zygote = None

    def _begin(self, work: Callable[[], Awaitable[object]]) -> None:
        if not self.is_closed:
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
