"""A long answer on its way: its parts as they come, from a process that does nothing else."""

import asyncio
from typing import Final

from enact_graph.engine.framing import failure, out_of_memory, outlasted
from enact_graph.engine.handle import Process, Reply
from enact_graph.engine.protocol import Listener, Stream
from enact_graph.errors import EnactGraphError, EngineBusy, QueryTimeout, TooManyQueries
from enact_graph.formats import BY_KEY
from enact_graph.settings import Settings
from enact_graph.sparql.ask import Turn

#: Seconds after which a client that asked too much at once may have room again.
SOON: Final = 1
_A_WHILE: Final = 10


class ProcessStream(Stream):
    """The parts of an answer; the process waits while nobody takes the next."""

    def __init__(self, process: Process, first: Reply, turn: Turn, settings: Settings) -> None:
        header, part = first
        self.form: str = header["form"]
        self.format = BY_KEY[header["format"]]
        self.client = turn.client
        loop = asyncio.get_running_loop()
        self.deadline = loop.time() + settings.stream_seconds
        # For one that nobody reads or closes; who awaits a part is told at the deadline itself.
        self._watch = loop.call_at(self.deadline + 1, self.close)
        self.was_outlasted = False
        self.listeners: list[Listener] = []
        self._first: bytes | None = part
        self._process = process
        self._turn = turn
        self._settings = settings
        self._reason: EnactGraphError | None = None
        self._is_last = False
        self._has_ended = False
        process.give_way()

    async def next(self) -> bytes | None:
        """The next part, None after the last; an error means that there is no rest."""
        if self._first is not None:
            first, self._first = self._first, None
            return first
        if self._is_last:
            self._end("answered")
            return None
        clock = asyncio.get_running_loop().time
        begun = clock()
        try:
            async with asyncio.timeout_at(self.deadline):
                header, part = await self._process.receive()
        except TimeoutError:
            raise self.outlast() from None
        except (EOFError, OSError):
            raise self._fail(self._reason or out_of_memory(self._settings)) from None
        finally:
            self._turn.ran += clock() - begun
        if "error" in header:
            raise self._fail(failure(header, self._settings))
        self._is_last = not header.get("more", False)
        return part

    def outlast(self) -> QueryTimeout:
        """End it, since the time of a stream is over, and return the error that says so."""
        error = outlasted(self._settings)
        self.was_outlasted = True
        self._fail(error)
        return error

    def stop(self, reason: EnactGraphError) -> None:
        """Let whoever asks for the next part get this error."""
        self._reason = reason
        self._process.stop()

    def close(self, outcome: str = "gone") -> None:
        """Let go of it; nobody may be awaiting a part. What has ended already stays as it is."""
        self._end(outcome)

    def _fail(self, error: EnactGraphError) -> EnactGraphError:
        self._end(error.slug, error)
        return error

    def _end(self, outcome: str, error: EnactGraphError | None = None) -> None:
        if not self._has_ended:
            self._has_ended = True
            self._watch.cancel()
            self._process.kill()
            for listener in self.listeners:
                listener(outcome, error)


class Streams:
    """Those on their way at the moment."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._open: set[ProcessStream] = set()

    def __len__(self) -> int:
        return len(self._open)

    def check(self, client: str) -> None:
        """Refuse one more than there may be, or than this client may have."""
        most = self._settings.client_streams
        if client and sum(stream.client == client for stream in self._open) >= most:
            raise TooManyQueries(
                f"{most} long answers are on their way to your address already, which is the limit"
                f" here; await the end of one, and try again in {SOON} s.",
                limit=most,
                retry_after=SOON,
            )
        if len(self) >= self._settings.streams:
            raise EngineBusy(
                f"Too many long answers are being sent already; try again in {_A_WHILE} s, or ask"
                " for a part with ORDER BY, LIMIT and OFFSET.",
                retry_after=_A_WHILE,
            )

    def add(self, stream: ProcessStream) -> None:
        """Count one until it has ended."""
        self._open.add(stream)
        stream.listeners.append(lambda *_: self._open.discard(stream))

    def stop(self, reason: EnactGraphError) -> None:
        """Let them all fail for a reason."""
        for stream in self._open:
            stream.stop(reason)
