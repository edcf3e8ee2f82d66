"""The checks of proposed corrections: each in a process of its own, few at once, bounded, kept."""

import asyncio
import contextlib
import json
import math
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from enact_graph.engine.cache import ByteCache
from enact_graph.errors import CheckLimit, ChecksBusy
from enact_graph.proposal import Outcome, Proposal
from enact_graph.release.store import SOURCES, Release
from enact_graph.settings import Settings

#: Never imported here: a server needs no SHACL.
_MODULE: Final = "enact_graph.authoring.correction.process"
_DATASET: Final = "enact-graph.nq"
#: Seconds that a check takes, as a client is told that waits for one.
_USUAL: Final = 15
#: Bytes of outcomes that are kept, and of one.
_KEPT: Final = 4 << 20
_MOST: Final = 4 << 20
#: Checks of one client that may run or wait.
_EACH: Final = 2


@dataclass
class Checks:
    """Checks proposals against the authored files of one release."""

    release: Release
    settings: Settings
    _kept: ByteCache[Outcome] = field(default_factory=lambda: ByteCache(_KEPT))
    _of: Counter[str] = field(default_factory=Counter)
    _turns: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._turns = asyncio.Semaphore(self.settings.checks)

    def known(self, proposal: Proposal) -> Outcome | None:
        """What came of this proposal, where it was checked before."""
        return self._kept.get(proposal.key)

    async def outcome(self, proposal: Proposal, client: str) -> Outcome:
        """What comes of a proposal; ChecksBusy where too many wait, CheckLimit if it is ended."""
        if (known := self.known(proposal)) is not None:
            return known
        async with self._turn(client):
            # Whoever waited here may have asked for the same as the one before.
            if (known := self.known(proposal)) is not None:
                return known
            content = await self._run(proposal)
            outcome = Outcome.from_json(content)
            self._kept.put(proposal.key, outcome, len(content))
            return outcome

    @contextlib.asynccontextmanager
    async def _turn(self, client: str) -> AsyncIterator[None]:
        waiting = self._of.total() - self.settings.checks
        if waiting >= self.settings.check_queue or self._of[client] >= _EACH:
            raise ChecksBusy(
                "A check takes some seconds, and others wait for theirs. Nothing is lost: ask"
                " again for the same address in a moment.",
                retry_after=_USUAL * (1 + max(waiting, 0)),
            )
        self._of[client] += 1
        try:
            async with self._turns:
                yield
        finally:
            self._of[client] -= 1
            self._of += Counter()  # forget who has none

    async def _run(self, proposal: Proposal) -> bytes:
        seconds = self.settings.check_seconds
        with tempfile.TemporaryDirectory(prefix="enact-graph-check-") as folder:
            order = {
                "folder": folder,
                "archive": str(self.release.file(SOURCES).resolve()),
                "nquads": str(self.release.file(_DATASET).resolve()),
                "memory": self.settings.check_memory,
                "seconds": math.ceil(seconds),
                "proposal": asdict(proposal),
            }
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-m",
                _MODULE,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                cwd=Path(folder),
            )
            try:
                async with asyncio.timeout(seconds):
                    content, _ = await process.communicate(json.dumps(order).encode())
            except TimeoutError:
                content = b""
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode != 0 or not content or len(content) > _MOST:
            raise CheckLimit(
                f"The check did not end within {seconds:g} seconds and"
                f" {self.settings.check_memory} megabytes. Try again when the server has less to"
                " do, or make the change in the files: docs/editing.md says how."
            )
        return content
