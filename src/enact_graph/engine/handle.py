"""The server's hold on the query processes and on their parent."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from enact_graph.engine import framing
from enact_graph.engine.forkserver import ASK, PID
from enact_graph.errors import CorruptRelease
from enact_graph.settings import Settings

_GRACE: Final = 2.0
#: Seconds of the processor after which a query is no longer one of the many quick ones, and its
#: rank from then on. A query that waits for a busy machine has taken nothing from the others.
_QUICK: Final = 0.15
_LAST: Final = 19
#: Seconds between two looks at the least.
_LEAST: Final = 0.02
#: The clock of a process, beside its number: CPUCLOCK_SCHED of the kernel, as in
#: clock_getcpuclockid(3).
_PROCESS_CLOCK: Final = 2
#: Most answers come whole in one read of so many bytes.
_PART: Final = 1 << 16

#: The header and the body of a frame.
Reply = tuple[dict[str, Any], bytes]


@dataclass(frozen=True)
class Plan:
    """What the processes answer from: N-Quads to hold in memory, or else a store in a folder.

    `memory` is what a query may add to its process, in megabytes.
    """

    nquads: Path | None
    store: Path | None
    memory: int

    @classmethod
    def of(
        cls, nquads: Path | None, store: Path | None, settings: Settings, quads: int | None = None
    ) -> "Plan":
        """Choose between both where both are given, by the number of quads; None: count them."""
        if nquads and store:
            count = _count_lines(nquads) if quads is None else quads
            if count > settings.memory_triples:
                nquads = None
            else:
                store = None
        return cls(nquads, store, settings.query_memory)


class Line:
    """The server's end of a socket, by which frames come."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._come = bytearray()

    async def receive(self) -> Reply:
        """Await one frame; EOFError or OSError when the other side ended."""
        loop = asyncio.get_running_loop()
        content = self._come
        start = size = framing.LENGTHS_SIZE
        while start == framing.LENGTHS_SIZE or len(content) < size:
            if start == framing.LENGTHS_SIZE <= len(content):
                head, body = framing.lengths(content[:start])
                start, size = start + head, start + head + body
                continue
            part = await loop.sock_recv(self._connection, _PART)
            if not part:
                raise EOFError("the process ended")
            content += part
        with memoryview(content) as whole:
            header = framing.unpack(bytes(whole[framing.LENGTHS_SIZE : start]))
            found = bytes(whole[start:size])
        del content[:size]
        return header, found


class Process:
    """One query process: ask it, or kill it."""

    def __init__(self, connection: socket.socket, pid: int, pidfd: int | None) -> None:
        connection.setblocking(False)
        self.pid = pid
        self._connection = connection
        self._line = Line(connection)
        self._pidfd = pidfd
        #: Whether it lost its share of the processor for good, and should be replaced.
        self.gave_way = False

    async def ask(self, header: dict[str, Any], body: bytes) -> Reply:
        """Send one frame and await the answer; EOFError or OSError when the process ended."""
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(self._connection, framing.pack(header, body))
        self._judge_later(loop, self._processor_seconds() + _QUICK, _QUICK)
        try:
            return await self.receive()
        finally:
            self._late.cancel()

    async def receive(self) -> Reply:
        """Await one frame; EOFError or OSError when the process ended."""
        return await self._line.receive()

    @property
    def has_ended(self) -> bool:
        """Whether an idle process is no longer there."""
        try:
            return not self._connection.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def _judge_later(self, loop: asyncio.AbstractEventLoop, allowed: float, seconds: float) -> None:
        self._late = loop.call_later(seconds, self._judge, loop, allowed)

    def _judge(self, loop: asyncio.AbstractEventLoop, allowed: float) -> None:
        left = allowed - self._processor_seconds()
        if left > 0:
            self._judge_later(loop, allowed, max(left, _LEAST))
        else:
            self.give_way()

    def _processor_seconds(self) -> float:
        """What the process has used of the processor; where that is not told, the time it is."""
        if sys.platform == "linux":
            with suppress(OSError):
                return time.clock_gettime(~self.pid << 3 | _PROCESS_CLOCK)
        return time.monotonic()

    def give_way(self) -> None:
        """Let whatever else wants the processor have it first: this query takes its time anyway."""
        self.gave_way = True
        with suppress(OSError):
            for thread in Path(f"/proc/{self.pid}/task").iterdir():
                os.setpriority(os.PRIO_PROCESS, int(thread.name), _LAST)

    def stop(self) -> None:
        """End the process at once, whatever it does; who awaits its answer gets an EOFError."""
        with suppress(ProcessLookupError):
            if self._pidfd is not None:
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            else:
                os.kill(self.pid, signal.SIGKILL)

    def kill(self) -> None:
        """End the process at once and let go of it; nobody may be awaiting its answer."""
        self.stop()
        if self._pidfd is not None:
            os.close(self._pidfd)
        self._connection.close()


class Zygote:
    """The parent of the query processes."""

    def __init__(self, parent: subprocess.Popen[bytes], control: socket.socket) -> None:
        self._parent = parent
        self._control = control
        self._turn = asyncio.Lock()

    @classmethod
    async def start(cls, plan: Plan) -> "Zygote":
        """Start the parent and await that it has loaded; CorruptRelease when it cannot."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        order = {
            "control": theirs.fileno(),
            "nquads": str(plan.nquads) if plan.nquads else None,
            "store": str(plan.store) if plan.store else None,
            "memory": plan.memory,
        }
        command = [sys.executable, "-P", "-m", "enact_graph.engine.forkserver", json.dumps(order)]
        with theirs:
            zygote = cls(
                subprocess.Popen(  # noqa: S603 - it returns at once
                    command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
                ),
                ours,
            )
        is_ready = False
        try:
            header, _ = await Line(ours).receive()
            is_ready = "ready" in header
        except (EOFError, OSError):
            header = {"failure": "the parent of the query processes ended while it started"}
        finally:
            if not is_ready:
                zygote.kill()
        if not is_ready:
            raise CorruptRelease(f"{header['failure']}; build the release again.")
        return zygote

    @property
    def pid(self) -> int:
        """The number of the parent."""
        return self._parent.pid

    @property
    def has_ended(self) -> bool:
        """Whether the parent is no longer there."""
        return self._parent.poll() is not None

    @property
    def is_at_work(self) -> bool:
        """Whether a process is being made; who awaits it finds out when the parent ends."""
        return self._turn.locked()

    async def fork(self) -> Process:
        """Make a query process and await that it is confined and ready.

        EOFError or OSError when the parent has ended, of which ChildProcessError says that only the
        new process has; CorruptRelease when the store does not open.
        """
        async with self._turn:
            loop = asyncio.get_running_loop()
            await loop.sock_sendall(self._control, ASK)
            process = await self._take_process(loop)
        header: dict[str, Any] = {}
        try:
            header, _ = await process.receive()
        except (EOFError, OSError) as error:
            raise ChildProcessError("a query process ended before it was ready") from error
        finally:
            if "ready" not in header:
                process.kill()
        if "ready" not in header:
            raise CorruptRelease(f"{header['failure']}; build the release again.")
        return process

    async def _take_process(self, loop: asyncio.AbstractEventLoop) -> Process:
        is_readable = asyncio.Event()
        loop.add_reader(self._control, is_readable.set)
        try:
            await is_readable.wait()
        except asyncio.CancelledError:
            # The process that is on its way would never be taken; without its line it ends.
            loop.remove_reader(self._control)
            self._control.close()
            raise
        loop.remove_reader(self._control)
        message, descriptors, _, _ = socket.recv_fds(
            self._control, PID.size, 2, socket.MSG_CMSG_CLOEXEC
        )
        if not descriptors:
            raise EOFError("the parent of the query processes made no process")
        (pid,) = PID.unpack(message)
        pidfd = descriptors[1] if len(descriptors) > 1 else None
        return Process(socket.socket(fileno=descriptors[0]), pid, pidfd)

    def kill(self) -> None:
        """End the parent at once; its processes live on."""
        self._control.close()
        self._parent.kill()
        self._parent.wait()

    async def close(self) -> None:
        """Let the parent end, which awaits the processes it made; kill it when it does not."""
        self._control.close()
        deadline = asyncio.get_running_loop().time() + _GRACE
        while self._parent.poll() is None and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.005)
        self.kill()


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b""))
