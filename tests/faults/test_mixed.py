"""Good and hostile requests together: no wrong answer, none lost, and the memory comes back.

ENACT_GRAPH_FAULT_REQUESTS says how many; `make faults` sends ten thousand, `make test-all` two.
"""

import asyncio
import os
from collections import Counter
from pathlib import Path

from tests.strata import EVERY

from .conftest import Good, Running, served
from .hostile import Hostile
from .traffic import attack, drive

COUNT = int(os.environ.get("ENACT_GRAPH_FAULT_REQUESTS", "2000" if EVERY else "600"))
HOSTILE_SHARE = 0.05
#: Megabytes that caches and allocators may keep.
_SLACK = 96


def test_good_requests_among_hostile_ones(tiny_public: Path, good: tuple[Good, ...]) -> None:
    wanted = int(COUNT * HOSTILE_SHARE)
    statuses: Counter[int] = Counter()
    unclear: list[str] = []

    async def scene() -> None:
        with served(tiny_public, QUERY_TIMEOUT="0.5") as server:
            await drive(server.url, good, 300, first=100_000)
            baseline = server.memory

            def note(case: Hostile, status: int) -> None:
                statuses[status] += 1
                if status not in (*case.statuses, 429):
                    unclear.append(f"{status}: {case.query[:80]}")

            async def beside(_: asyncio.Event) -> None:
                await attack(server.port, range(wanted), note)

            outcome = await drive(server.url, good, COUNT - wanted, beside=beside)
            after = await settled(server, baseline + _SLACK)
            print(
                f"{COUNT} requests, {wanted} hostile: {dict(statuses)};"
                f" good: {dict(outcome.statuses)}, {outcome.delayed} asked to come back;"
                f" memory {baseline} MB before, {after} MB after"
            )
            assert outcome.wrong == []
            assert outcome.lost == []
            assert outcome.right == COUNT - wanted
            assert unclear == []
            assert sum(statuses.values()) == wanted
            assert after <= baseline + _SLACK
            assert len(server.query_processes) >= 2

    asyncio.run(scene())


async def settled(server: Running, most: int) -> int:
    """The memory once what runs has ended, or after some seconds."""
    for _ in range(50):
        used = server.memory
        if used <= most:
            break
        await asyncio.sleep(0.1)
    return used
