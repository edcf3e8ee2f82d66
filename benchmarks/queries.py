"""What the killable processes cost, and what rdflib would take, side by side in one run.

Runs each named query of `queries/` on the current release in three ways, in turns:
in process (pyoxigraph), through the pool of query processes, and on rdflib. Prints the median
microseconds of each and the ratios. Usage: python benchmarks/queries.py [ROUNDS]
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pyoxigraph as ox
import rdflib

from enact_graph.engine.pool import Pool
from enact_graph.release.store import current
from enact_graph.settings import Settings
from enact_graph.sparql.ask import Ask

ROOT = Path(__file__).parents[1]


async def median(rounds: int, run: Callable[[], Awaitable[object]]) -> float:
    """Median microseconds of `rounds` runs, after one that warms up."""
    await run()
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        await run()
        took.append((time.perf_counter() - start) * 1e6)
    return statistics.median(took)


async def compare(rounds: int) -> None:
    """Print the table for the release in the configured folder."""
    release = current(Settings().public)
    quads = release.file("enact-graph.nq")
    triples = release.file("enact-graph.nt")
    store = ox.Store()
    store.extend(ox.parse(path=quads, format=ox.RdfFormat.N_QUADS))
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in ox.parse(path=triples))
    graph = rdflib.Dataset(default_union=True)
    graph.parse(quads, format="nquads")
    pool = await Pool.start(quads, None, Settings())

    print(
        f"{'µs, median':22}{'in process':>12}{'pool':>10}{'rdflib':>12}"
        f"{'pool/own':>10}{'rdflib/pool':>13}"
    )
    try:
        for path in sorted((ROOT / "queries").glob("*.rq")):
            text = path.read_text("utf-8")

            async def inside(text: str = text) -> object:
                found = store.query(text)
                assert isinstance(found, ox.QuerySolutions)
                return found.serialize(format=ox.QueryResultsFormat.JSON)

            async def through(text: str = text) -> object:
                return await pool.run(Ask(text))

            async def slow(text: str = text) -> object:
                return graph.query(text).serialize(format="json")

            own, pooled = await median(rounds, inside), await median(rounds, through)
            other = await median(max(3, rounds // 20), slow)
            print(
                f"{path.stem:22}{own:12.0f}{pooled:10.0f}{other:12.0f}"
                f"{pooled / own:10.2f}{other / pooled:13.1f}"
            )
    finally:
        await pool.close()


if __name__ == "__main__":
    asyncio.run(compare(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
