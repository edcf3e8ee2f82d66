"""What it takes to read who is tied to whom, and to find the shortest chains between two things.

Reads the network of the current release through a pool of query processes, as the server does, and
asks for the ways between pairs of things, always the same for one release. Prints seconds and bytes
for the network, milliseconds of processor time for a question.
Usage: python -m benchmarks.connecting
"""

import asyncio
import random
import time
import tracemalloc

from enact_graph.engine.pool import Pool
from enact_graph.graph.network import Network, read
from enact_graph.graph.reader import Reader
from enact_graph.release.store import current
from enact_graph.settings import Settings
from enact_graph.topics.connections.chains import Search, ways

PAIRS = 400


async def network(settings: Settings) -> Network:
    """Read the network twice, once for the clock and once for the memory; print both."""
    release = current(settings.public)
    pool = await Pool.start(nquads=release.file("enact-graph.nq"), store=None, settings=settings)
    try:
        start = time.perf_counter()
        await read(Reader(pool))
        seconds = time.perf_counter() - start
        tracemalloc.start()
        found = await read(Reader(pool))
        assert found.hubs
        kept, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    finally:
        await pool.close()
    ties = {tie for of in found.ties.values() for tie in of}
    print(f"{len(found.ties)} things, {len(ties)} ties: read in {seconds:.2f} s,", end=" ")
    print(f"{kept / 1e6:.1f} MB kept, {most / 1e6:.1f} MB while reading")
    return found


def questions(found: Network, seed: int = 2024) -> None:
    """Ask for the ways between pairs of things, hubs avoided and not; print what it took."""
    choose = random.Random(seed)  # noqa: S311  # the same pairs each time
    tied = [thing for thing, near in found.near.items() if near]
    pairs = [choose.sample(tied, 2) for _ in range(PAIRS)]
    for avoids in (True, False):
        took, cut, none = [], 0, 0
        for one, other in pairs:
            start = time.process_time()
            told = ways(found, one, other, Search(avoids_hubs=avoids))
            took.append((time.process_time() - start) * 1e3)
            cut += not told.is_whole
            none += not told.all
        took.sort()
        told_as = "hubs avoided" if avoids else "through hubs"
        print(f"{told_as}: median {took[PAIRS // 2]:.1f} ms,", end=" ")
        print(f"p99 {took[-PAIRS // 100]:.1f}, most {took[-1]:.1f};", end=" ")
        print(f"{cut} cut off, {none} without a way")


if __name__ == "__main__":
    questions(asyncio.run(network(Settings())))
