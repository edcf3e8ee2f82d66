"""What a server takes is bounded: its caches by their settings, and the rest does not grow.

ENACT_GRAPH_FAULT_REQUESTS says how many requests go through; `make faults` sends ten thousand.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.strata import some

from .conftest import Good, Running, pss, served
from .test_mixed import COUNT, HOSTILE_SHARE
from .traffic import attack, drive

#: Kilobytes. What an allocator keeps in pieces grows with what is cached, by less than half.
_SLACK = 3_000
_PIECES = 1.5


@dataclass(frozen=True)
class Taken:
    """Kilobytes of the HTTP process, and those of them that its caches say they hold."""

    all: int
    cached: int


def taken(server: Running) -> Taken:
    lines = httpx.get(server.url + "/metrics").text.splitlines()
    held = (float(x.split()[-1]) for x in lines if x.startswith("enact_graph_cache_bytes{"))
    return Taken(pss(server.process.pid), int(sum(held)) // 1024)


@pytest.mark.parametrize("cache", some([0, 2_000_000, 67_108_864], 1 / 3))
def test_twice_the_requests_take_no_more_memory_than_the_caches_say(
    tiny_public: Path, good: tuple[Good, ...], cache: int
) -> None:
    count = COUNT // 2
    hostile = int(count * HOSTILE_SHARE)

    async def scene() -> None:
        with served(tiny_public, QUERY_TIMEOUT="0.5", CACHE_BYTES=str(cache)) as server:
            found = []
            for start in (0, 1_000_000):

                async def beside(_: asyncio.Event, start: int = start) -> None:
                    numbers = range(start, start + hostile)
                    await attack(server.port, numbers, lambda *_: None)

                outcome = await drive(server.url, good, count - hostile, beside=beside, first=start)
                assert (outcome.wrong, outcome.lost) == ([], [])
                found.append(taken(server))
            once, twice = found
            print(f"cache of {cache} bytes, {count} requests: {once}, as many again: {twice}")
            grown = twice.all - once.all
            assert grown < _SLACK + _PIECES * (twice.cached - once.cached)
            assert twice.cached * 1024 <= cache * 1.5

    asyncio.run(scene())
