"""The engines on this machine: query processes, or this process where there can be no others."""

from collections.abc import Awaitable, Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from enact_graph.engine.evaluate import evaluate
from enact_graph.engine.output import Limits
from enact_graph.engine.protocol import Engine
from enact_graph.release.store import Release
from enact_graph.settings import Settings
from enact_graph.sparql.ask import Answer, Ask
from enact_graph.sparql.prefilter import check

if TYPE_CHECKING:  # a command that asks this machine needs no HTTP
    from enact_graph.engine.federation import Remote

#: Starts the engine that answers from a release.
Start = Callable[[Release, Settings], Awaitable[Engine]]


async def start(release: Release, settings: Settings, remote: "Remote | None" = None) -> Engine:
    """Start query processes over a release, and answer in this one where the system bounds none.

    `remote` is how other servers are asked; in this process nobody asks them.
    """
    if find_spec("resource") is None:
        return InProcess.over(release, settings)
    from enact_graph.engine.pool import Pool  # noqa: PLC0415 - needs what Windows has not

    quads = release.manifest.counts["quads"]
    nquads = release.file("enact-graph.nq")
    return await Pool.start(nquads, release.store, settings, quads=quads, remote=remote)


class InProcess(Engine):
    """Answers in this process: queries of one's own on one's own machine, which Ctrl+C ends."""

    def __init__(self, store: ox.Store, settings: Settings | None = None) -> None:
        self._store = store
        self._settings = (settings or Settings()).model_copy(update={"service_hosts": ()})

    @classmethod
    def over(cls, release: Release, settings: Settings | None = None) -> Self:
        """The engine over the store of a release."""
        return cls(ox.Store.read_only(str(release.store)), settings)

    async def run(self, ask: Ask) -> Answer:
        """Answer a query; nothing bounds it but the size of its answer."""
        check(ask.query, self._settings)
        limits = Limits(self._settings.answer_bytes, self._settings.answer_rows)
        return evaluate(self._store, ask, limits)

    async def close(self, *, drain: bool = False) -> None:
        """The store ends with the last who holds it."""
