"""What the front knows of an engine, whichever it is: answers, its health, and its figures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from enact_graph.errors import EnactGraphError, QueryTimeout
from enact_graph.formats import Format
from enact_graph.sparql.ask import Answer, Ask, Runner

#: How a stream ended: `answered` when the last part was asked for, `gone` when nobody wanted it,
#: or the slug of its error.
Listener = Callable[[str, EnactGraphError | None], None]


@dataclass(frozen=True)
class Figures:
    """How an engine is at one moment; `busy` leaves out the queries whose answers are streams."""

    processes: int = 0
    busy: int = 0
    waiting: int = 0
    streams: int = 0


class Stream(Protocol):
    """The parts of one answer.

    stream = await engine.open(ask)
    try:
        while (part := await stream.next()) is not None: …
    finally:
        stream.close()

    It ends at `deadline` at the latest, by the clock of the loop. `listeners` are called once, when
    it has ended.
    """

    form: str
    format: Format
    deadline: float
    listeners: list[Listener]

    async def next(self) -> bytes | None:
        """The next part, None after the last.

        An error of the family means that there is no rest: whoever reads what came before has to
        be able to see that it is not the whole.
        """

    def outlast(self) -> QueryTimeout:
        """End it, since the time of a stream is over, and return the error that says so."""

    def close(self, outcome: str = "gone") -> None:
        """Let go of it; nobody may be awaiting a part. What has ended already stays as it is."""


class Engine(Runner, Protocol):
    """Answers queries over one release; what an engine does not say otherwise is always well."""

    async def run(self, ask: Ask) -> Answer:
        """Answer a query; every refusal is a QueryError, and cancellation ends the query."""

    async def open(self, ask: Ask) -> Answer | Stream:
        """Answer a query as `run` does, or a long one with a stream, which whoever gets it closes.

        It holds nothing that the other queries need.
        """
        return await self.run(ask)

    def heal(self) -> bool:
        """Whether it can answer; what is gone is started anew."""
        return True

    @property
    def figures(self) -> Figures:
        """How it is at the moment."""
        return Figures()

    async def close(self, *, drain: bool = False) -> None:
        """End it; with `drain`, first let what runs, waits or is sent finish."""
