"""The server as a whole: which release answers now, how another takes its place, when it ends.

A release that `public/current` comes to point to is verified and opened beside the one that
answers. Then all further requests are for the new one, and the old one is closed when the requests
that began with it have been answered: each answer is wholly of one release. A release that cannot
be used is refused with a line in the log, and the old one goes on answering.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from enact_graph.engine.cache import ByteCache
from enact_graph.engine.local import Start
from enact_graph.engine.local import start as start_local
from enact_graph.errors import EnactGraphError
from enact_graph.release.store import CURRENT, MANIFEST, Release, current
from enact_graph.settings import Settings
from enact_graph.web.metrics import Meter, Now
from enact_graph.web.state import Serving, open_serving

_LOG: Final = logging.getLogger(__name__)
#: Seconds after which a release that could not be used is looked at again.
_AGAIN: Final = 30.0
#: How often the engine is looked after, whether or not releases are looked for.
_TICK: Final = 1.0


@dataclass
class Held:
    """A release and the requests that have not been answered from it yet."""

    serving: Serving
    requests: int = 0
    unused: asyncio.Event = field(default_factory=asyncio.Event)
    is_retired: bool = False

    def release(self) -> None:
        """One request less."""
        self.requests -= 1
        if self.is_retired and not self.requests:
            self.unused.set()


class Running:
    """What a server has in all its requests; `forget` is called when another release answers.

    `caches` tells of those that are kept elsewhere, `start` starts the engine over a release;
    `sections` stand in the head of each page.
    """

    def __init__(
        self,
        settings: Settings,
        forget: Callable[[], None] = lambda: None,
        caches: Callable[[], dict[str, tuple[int, int, int]]] = dict,
        start: Start = start_local,
    ) -> None:
        self.settings = settings
        self.sections: Sequence[tuple[str, str]] = ()
        self.meter = Meter(self._now)
        self.is_draining = False
        self.coded: ByteCache[bytes] = ByteCache(settings.cache_bytes // 4)
        self.switching_to: str | None = None
        self._forget = forget
        self._caches = caches
        self._start = start
        self._held: Held | None = None
        self._look = asyncio.Event()
        self._retiring: set[asyncio.Task[None]] = set()
        self._seen: tuple[object, ...] = ()
        self._again_at = 0.0
        self._last_refusal: tuple[str, str] | None = None

    @property
    def serving(self) -> Serving:
        """The release that answers now."""
        assert self._held is not None, "the server has not started"
        return self._held.serving

    def take(self) -> Held:
        """The release that answers now, held for one request until that lets go of it."""
        assert self._held is not None, "the server has not started"
        self._held.requests += 1
        return self._held

    def look(self) -> None:
        """Look for another release at once, even for one that was refused."""
        self._seen = ()
        self._look.set()

    @asynccontextmanager
    async def opened(self, release: Release | None) -> AsyncIterator[None]:
        """Serve a release, else the current one, and those that follow it; each process ends."""
        if release is None:
            release = await asyncio.to_thread(_verified, self.settings)
        self._held = Held(await self._open(release))
        keeper = asyncio.get_running_loop().create_task(self._keep())
        keeper.add_done_callback(_tell_of_end)
        try:
            yield
        finally:
            keeper.cancel()
            for task in self._retiring:
                task.cancel()
            await asyncio.gather(keeper, *self._retiring, return_exceptions=True)
            await self.serving.engine.close()

    async def _open(self, release: Release) -> Serving:
        return await open_serving(release, self.settings, self.meter, self._start, self.sections)

    async def _keep(self) -> None:
        every = self.settings.switch_seconds
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(every or _TICK):
                    await self._look.wait()
            self.serving.engine.heal()
            if every or self._look.is_set():
                self._look.clear()
                await self._follow()

    async def _follow(self) -> None:
        """Switch to the release that is pointed to, if it is another and not one refused."""
        clock = asyncio.get_running_loop().time
        try:
            target, seen = self._pointed_to()
        except OSError:
            return  # nothing is pointed to: what answers goes on
        if target == self.serving.release.name:
            self._seen = seen
            return
        if seen == self._seen and clock() < self._again_at:
            return
        self._seen, self._again_at = seen, clock() + _AGAIN
        self.switching_to = target
        try:
            await self._switch()
        except (EnactGraphError, OSError, ValueError, KeyError) as error:
            self._refuse(target, str(error))
        finally:
            self.switching_to = None

    async def _switch(self) -> None:
        release = await asyncio.to_thread(_verified, self.settings)
        fresh = Held(await self._open(release))
        old, self._held = self._held, fresh
        self._forget()
        self.coded.clear()
        assert old is not None
        task = asyncio.get_running_loop().create_task(self._retire(old))
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)
        self._last_refusal = None
        self.meter.switch("switched")
        told = {"release": release.name, "before": old.serving.release.name}
        _LOG.warning("another release is served", extra={"told": told})

    async def _retire(self, old: Held) -> None:
        old.is_retired = True
        try:
            longest = self.settings.query_timeout + self.settings.stream_seconds
            async with asyncio.timeout(self.settings.grace_seconds + longest):
                if old.requests:
                    await old.unused.wait()
                await old.serving.engine.close(drain=True)
        except TimeoutError:
            told = {"release": old.serving.release.name, "requests": old.requests}
            _LOG.warning("a release was closed before all was answered", extra={"told": told})
        finally:
            await old.serving.engine.close()

    def _refuse(self, target: str, reason: str) -> None:
        if (target, reason) != self._last_refusal:
            self._last_refusal = (target, reason)
            self.meter.switch("refused")
            told = {"release": target, "reason": reason, "served": self.serving.release.name}
            _LOG.error("a release was refused, the one before is served on", extra={"told": told})

    def _pointed_to(self) -> tuple[str, tuple[object, ...]]:
        """The name pointed to, and what changes when another lies there or is put there anew."""
        target = str((self.settings.public / CURRENT).readlink())
        try:
            stat = (self.settings.public / target / MANIFEST).stat()
        except OSError:
            return target, (target,)
        return target, (target, stat.st_ino, stat.st_mtime_ns)

    def _now(self) -> Now | None:
        if self._held is None:
            return None
        serve = self.serving
        return Now(
            engine=serve.engine.figures,
            open_requests=self._held.requests,
            is_draining=self.is_draining,
            caches={
                "answers": serve.made.figures,
                "coded": self.coded.figures,
                **self._caches(),
            },
            release={
                "release": serve.release.name,
                "version": serve.release.manifest.version,
                "digest": serve.release.manifest.digest,
                "software": serve.software,
            },
        )


async def start(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Start an application and end it; of a start that fails for a reason of ours, tell that."""
    failed: Message | None = None

    async def send_unless_failed(message: Message) -> None:
        nonlocal failed
        if message["type"] == "lifespan.startup.failed":
            failed = message  # with a traceback
        else:
            await send(message)

    try:
        await app(scope, receive, send_unless_failed)
    except Exception as error:
        if failed is None:
            raise
        if isinstance(error, EnactGraphError):
            failed["message"] = error.detail
    if failed is not None:
        await send(failed)


def _tell_of_end(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        _LOG.error("no further release will be looked for", exc_info=error)


def _verified(settings: Settings) -> Release:
    found = current(settings.public)
    found.verify()
    return found
