import asyncio
import contextlib
import os
import random
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from enact_graph import formats
from enact_graph.engine.pool import Pool
from enact_graph.errors import (
    CorruptRelease,
    EngineBusy,
    NotAcceptable,
    QueryMemory,
    QueryRefused,
    QuerySyntax,
    QueryTimeout,
    TooManyQueries,
)
from enact_graph.settings import Settings
from enact_graph.sparql.ask import Turn
from tests.patience import PATIENCE, until

from .conftest import AskPool, OpenPool

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
PATTERNS = " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(16))
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {PATTERNS} }}"


def is_there(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


async def all_gone(pids: list[int]) -> bool:
    await asyncio.to_thread(until, lambda: not any(map(is_there, pids)))
    return True


def processes(pool: Pool) -> list[int]:
    assert pool.zygote_pid
    return [*pool.pids, pool.zygote_pid]


def test_a_query_is_answered_from_the_merge_of_the_graphs(
    open_pool: OpenPool, ask: AskPool
) -> None:
    async def scene() -> None:
        async with open_pool() as pool:
            answer = await ask(pool, COUNT)
            assert (answer.form, answer.format) == ("select", formats.RESULTS_CSV)
            assert answer.body.split() == [b"n", b"4"]
            answer = await ask(pool, COUNT, default_graphs=["urn:p1", "urn:p16"])
            assert answer.body.split() == [b"n", b"3"]
            answer = await ask(pool, "DESCRIBE <urn:inria>", graph=formats.TURTLE)
            assert (answer.form, answer.format) == ("describe", formats.TURTLE)

    asyncio.run(scene())


def test_errors_of_the_query_come_back_whole(open_pool: OpenPool, ask: AskPool) -> None:
    async def scene() -> None:
        async with open_pool() as pool:
            before = pool.pids
            with pytest.raises(QuerySyntax) as caught:
                await ask(pool, "SELECT * {\n ?s ?p }")
            assert caught.value.extra.items() >= {"line": 2, "column": 8}.items()
            with pytest.raises(NotAcceptable):
                await ask(pool, "ASK {}", results=None)
            with pytest.raises(QueryRefused):
                await ask(pool, "LOAD <urn:x>")
            assert pool.pids == before

    asyncio.run(scene())


def test_many_queries_at_once_are_each_answered_rightly(
    open_pool: OpenPool, ask: AskPool, many_nquads: Path
) -> None:
    async def scene() -> None:
        async with open_pool(many_nquads, workers=2) as pool:

            async def one(i: int) -> None:
                if i % 3 == 0:
                    answer = await ask(pool, f"SELECT ?o {{ <urn:s{i}> ?p ?o }}")
                    assert answer.body.decode().split("\r\n")[1] == f"value {i}"
                elif i % 3 == 1:
                    answer = await ask(pool, f"DESCRIBE <urn:s{i}>")
                    assert answer.body.decode() == f'<urn:s{i}> <urn:p{i % 7}> "value {i}" .\n'
                else:
                    answer = await ask(pool, "SELECT ?p (COUNT(*) AS ?n) {?s ?p ?o} GROUP BY ?p")
                    assert len(answer.body.split()) == 8

            await asyncio.gather(*map(one, range(50)))
            assert (pool.busy, pool.waiting) == (0, 0)

    asyncio.run(scene())


def test_a_query_beyond_the_queue_is_told_when_to_come_again(
    open_pool: OpenPool, ask: AskPool
) -> None:
    async def scene() -> None:
        async with open_pool(workers=1, queue=1, query_timeout=1.5) as pool:
            running = asyncio.ensure_future(ask(pool, ENDLESS + "# 1"))
            await asyncio.sleep(0.02)
            waiting = asyncio.ensure_future(ask(pool, COUNT))
            await asyncio.sleep(0.02)
            assert (pool.busy, pool.waiting) == (1, 1)
            with pytest.raises(EngineBusy, match="wait already; try again in 2 s") as caught:
                await ask(pool, COUNT)
            assert caught.value.extra == {"retry_after": 2}
            with pytest.raises(QueryTimeout):
                await running
            # It gives up when the one before is ended, unless another process is there by then.
            with suppress(EngineBusy):
                assert b"4" in (await waiting).body
            assert b"4" in (await ask(pool, COUNT)).body

    asyncio.run(scene())


def test_an_ended_query_is_refused_at_once_for_a_while(open_pool: OpenPool, ask: AskPool) -> None:
    async def scene() -> None:
        async with open_pool(query_timeout=1.5, refuse_seconds=PATIENCE) as pool:
            before = pool.pids
            with pytest.raises(QueryTimeout, match=r"ran for 1\.5 s, which is the limit"):
                await ask(pool, ENDLESS)
            await ask(pool, COUNT)
            after = pool.pids
            assert set(after).isdisjoint(before)
            with pytest.raises(QueryTimeout, match="ended a moment ago") as caught:
                await ask(pool, ENDLESS)
            assert caught.value.extra["limit"] == 1.5
            assert 0 < caught.value.extra["retry_after"] <= PATIENCE
            assert pool.pids == after  # no process was asked

    asyncio.run(scene())


def test_an_ended_query_is_tried_again_when_the_while_is_over(
    open_pool: OpenPool, ask: AskPool
) -> None:
    async def scene() -> None:
        async with open_pool(query_timeout=1.5, refuse_seconds=0.1) as pool:
            for _ in range(2):
                with pytest.raises(QueryTimeout, match="which is the limit"):
                    await ask(pool, ENDLESS)
                await asyncio.sleep(0.2)

    asyncio.run(scene())


def test_a_caller_that_goes_away_ends_its_query(open_pool: OpenPool, ask: AskPool) -> None:
    async def scene() -> None:
        async with open_pool(query_timeout=PATIENCE) as pool:
            before = list(pool.pids)
            task = asyncio.ensure_future(ask(pool, ENDLESS))
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await all_gone(before)
            assert b"4" in (await ask(pool, COUNT)).body

    asyncio.run(scene())


def test_a_process_killed_from_outside_is_replaced(open_pool: OpenPool, ask: AskPool) -> None:
    async def scene() -> None:
        async with open_pool(query_timeout=PATIENCE) as pool:
            (idle,) = pool.pids
            os.kill(idle, signal.SIGKILL)
            assert await all_gone([idle])
            assert b"4" in (await ask(pool, COUNT)).body
            task = asyncio.ensure_future(ask(pool, ENDLESS))
            for _ in range(2):  # a query that ends two processes one after another did it itself
                await asyncio.sleep(0.05)
                (pid,) = pool.pids
                os.kill(pid, signal.SIGKILL)
                while pid in pool.pids or not pool.pids:
                    await asyncio.sleep(0.005)
            with pytest.raises(QueryMemory, match="512 MB"):
                await task
            assert b"4" in (await ask(pool, COUNT)).body

    asyncio.run(scene())


def test_a_dead_parent_is_replaced_and_takes_no_query_with_it(
    open_pool: OpenPool, ask: AskPool
) -> None:
    async def scene() -> None:
        async with open_pool(workers=2, query_timeout=2) as pool:
            zygote = pool.zygote_pid
            assert zygote
            task = asyncio.ensure_future(ask(pool, ENDLESS))
            await asyncio.sleep(0.1)
            os.kill(zygote, signal.SIGKILL)
            assert b"4" in (await ask(pool, COUNT)).body
            with pytest.raises(QueryTimeout):
                await task
            for _ in range(5):
                assert b"4" in (await ask(pool, COUNT)).body
            while len(pool.pids) < 2:
                await asyncio.sleep(0.01)
            assert pool.zygote_pid not in (zygote, None)

    asyncio.run(scene())


def test_closing_leaves_no_process_behind(open_pool: OpenPool, ask: AskPool) -> None:
    async def scene() -> None:
        async with open_pool(workers=3) as pool:
            while len(pool.pids) < 3:
                await asyncio.sleep(0.01)
            pids = processes(pool)
            running = asyncio.ensure_future(ask(pool, ENDLESS))
            await asyncio.sleep(0.05)
            await pool.close()
            assert await all_gone(pids)
            with pytest.raises(EngineBusy, match="closing"):
                await running
            with pytest.raises(EngineBusy, match="closing"):
                await ask(pool, COUNT)

    asyncio.run(scene())


def test_draining_lets_running_queries_finish(open_pool: OpenPool, ask: AskPool) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

    async def scene() -> None:
        async with open_pool() as pool:
            tasks = [asyncio.ensure_future(ask(pool, f"{slow} # {i}")) for i in range(3)]
            await asyncio.sleep(0)
            await pool.close(drain=True)
            assert [(await task).body.split()[1] for task in tasks] == [b"64"] * 3

    asyncio.run(scene())


def test_a_small_graph_is_held_in_memory_and_a_large_one_on_disk(
    open_pool: OpenPool, ask: AskPool, nquads: Path, disk: Path
) -> None:
    async def size(**arguments: int) -> bytes:
        async with open_pool(nquads, disk, **arguments) as pool:
            return (await ask(pool, COUNT)).body.split()[1]

    assert asyncio.run(size(memory_triples=5)) == b"4"
    assert asyncio.run(size(memory_triples=4)) == b"3000"


def test_the_count_of_quads_may_be_given(ask: AskPool, nquads: Path, disk: Path) -> None:
    async def scene() -> None:
        settings = Settings(workers=1, memory_triples=10)
        pool = await Pool.start(nquads, disk, settings, quads=11)
        try:
            assert b"3000" in (await ask(pool, COUNT)).body
        finally:
            await pool.close()

    asyncio.run(scene())


def test_data_that_does_not_open_is_named(tmp_path: Path) -> None:
    async def start(nquads: Path | None, store: Path | None) -> None:
        await Pool.start(nquads, store, Settings(workers=1))

    broken = tmp_path / "broken.nq"
    broken.write_text("no quads\n")
    for nquads, store in ((tmp_path / "none.nq", None), (broken, None), (None, tmp_path / "no")):
        with pytest.raises(CorruptRelease, match=f"{(nquads or store)}: .* build the release"):
            asyncio.run(start(nquads, store))


def test_one_client_may_ask_only_so_much_at_once(open_pool: OpenPool, ask: AskPool) -> None:
    async def scene() -> None:
        async with open_pool(workers=1, client_queries=3, query_timeout=PATIENCE) as pool:
            tasks = [
                asyncio.ensure_future(ask(pool, f"{ENDLESS} # {i}", turn=Turn("greedy")))
                for i in range(3)
            ]
            await asyncio.sleep(0.02)
            with pytest.raises(TooManyQueries, match="3 queries from your address") as caught:
                await ask(pool, COUNT, turn=Turn("greedy"))
            assert caught.value.extra == {"limit": 3, "retry_after": 1}
            other = asyncio.ensure_future(ask(pool, COUNT, turn=Turn("modest")))
            await asyncio.sleep(0.02)
            tasks[0].cancel()  # the next process is for the one who had none
            assert b"4" in (await other).body
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            assert b"4" in (await ask(pool, COUNT, turn=Turn("greedy"))).body

    asyncio.run(scene())


def test_a_greedy_client_does_not_starve_a_modest_one(open_pool: OpenPool, ask: AskPool) -> None:
    """Thirty queries without end beside twenty lookups of somebody else, one after another."""

    async def scene() -> None:
        settings = {"workers": 2, "reserve": 1, "query_timeout": PATIENCE, "refuse_seconds": 0}
        async with open_pool(**settings) as pool:
            while len(pool.pids) < 3:
                await asyncio.sleep(0.01)
            greedy = [
                asyncio.ensure_future(ask(pool, f"{ENDLESS} # {i}", turn=Turn("greedy")))
                for i in range(30)
            ]
            await asyncio.sleep(0.1)
            assert (pool.busy, pool.waiting) == (2, 28)
            for i in range(20):
                assert b"4" in (await ask(pool, f"{COUNT} # {i}", turn=Turn("modest"))).body
            # None had to await the end of a greedy one.
            assert not any(task.done() for task in greedy)
            assert (pool.busy, pool.waiting) == (2, 28)
            for task in greedy:
                task.cancel()
            await asyncio.gather(*greedy, return_exceptions=True)

    asyncio.run(scene())


def test_a_dead_parent_is_noticed_without_a_query(open_pool: OpenPool, ask: AskPool) -> None:
    async def scene() -> None:
        async with open_pool() as pool:
            assert pool.heal()
            zygote = pool.zygote_pid
            assert zygote
            os.kill(zygote, signal.SIGKILL)
            assert await all_gone([zygote])
            assert not pool.heal()
            assert b"4" in (await ask(pool, COUNT)).body
            while not pool.heal():
                await asyncio.sleep(0.01)
            assert pool.zygote_pid not in (zygote, None)

    asyncio.run(scene())


def test_a_query_whose_process_is_killed_by_somebody_else_is_answered(
    open_pool: OpenPool, ask: AskPool
) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

    async def scene() -> None:
        async with open_pool() as pool:
            task = asyncio.ensure_future(ask(pool, slow))
            await asyncio.sleep(0)
            os.kill(pool.pids[0], signal.SIGKILL)
            assert (await task).body.split() == [b"n", b"64"]

    asyncio.run(scene())


def test_the_dead_at_any_moment_are_replaced(open_pool: OpenPool, ask: AskPool) -> None:
    """Processes and their parent are killed at random moments: what is answered, is right."""
    chance = random.Random(7)

    async def scene() -> None:
        async with open_pool(workers=2, reserve=1, refuse_seconds=0) as pool:
            ended = 0

            async def kill() -> None:
                for i in range(30):
                    await asyncio.sleep(chance.random() * 0.02)
                    parent = [pool.zygote_pid] if i % 10 == 9 and pool.zygote_pid else []
                    for pid in parent or pool.pids[:1]:
                        with contextlib.suppress(ProcessLookupError):
                            os.kill(pid, signal.SIGKILL)

            killer = asyncio.ensure_future(kill())
            done = 0
            while not killer.done():
                try:
                    answer = await ask(pool, f"{COUNT} # {done}", turn=Turn(str(done % 3)))
                except QueryMemory:
                    ended += 1
                else:
                    assert answer.body.split() == [b"n", b"4"]
                done += 1
            await killer
            assert ended <= 30 < done
            while not (pool.heal() and len(pool.pids) == 3):
                await asyncio.sleep(0.01)
            assert (pool.busy, pool.waiting) == (0, 0)

    asyncio.run(scene())


def test_descriptors_stay_as_few_over_many_queries_and_kills(
    open_pool: OpenPool, ask: AskPool
) -> None:
    def descriptors(pid: int) -> int:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))

    async def scene() -> None:
        async with open_pool(workers=2, reserve=1, refuse_seconds=0) as pool:

            async def counted() -> tuple[int, int]:
                while not (pool.heal() and len(pool.pids) == 3):
                    await asyncio.sleep(0.005)
                assert pool.zygote_pid
                return descriptors(os.getpid()), descriptors(pool.zygote_pid)

            await ask(pool, COUNT)
            before = await counted()
            for i in range(2000):
                await ask(pool, f"ASK {{}} # {i}")
                if i % 40 == 0:
                    while len(pool.pids) < 3:
                        await asyncio.sleep(0.002)
                    victim = pool.pids[i // 40 % 3]
                    with contextlib.suppress(ProcessLookupError):  # killed, and not missed yet
                        os.kill(victim, signal.SIGKILL)
                    # A query that meets two that are dying would be taken for their killer.
                    await all_gone([victim])
            assert await counted() == before

    asyncio.run(scene())
