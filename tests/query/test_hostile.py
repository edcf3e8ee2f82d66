"""Each query here would stop a server that ran it as it comes; the next is answered at once."""

import asyncio
import contextlib
import http.server
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from enact_graph import formats
from enact_graph.engine.handle import Plan, Process, Zygote
from enact_graph.engine.pool import Pool
from enact_graph.errors import (
    AnswerTooLarge,
    QueryError,
    QueryMemory,
    QueryRefused,
    QueryTimeout,
    QueryTooDeep,
)
from enact_graph.settings import Settings
from tests.patience import PATIENCE

from .conftest import AskPool, OpenPool
from .test_pool import ENDLESS, all_gone

CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
REPLACES = " ".join(f'BIND(REPLACE(?a{i}, "a", "aaaaaaaa") AS ?a{i + 1})' for i in range(9))
DOUBLING = f'SELECT (STRLEN(?a9) AS ?n) {{ BIND("{"a" * 64}" AS ?a0) {REPLACES} }}'
EITHER = (QueryTimeout, QueryMemory)

ENDED = {
    "cartesian count": (f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}", EITHER),
    "pairs of paths": (
        "SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:x>)* ?b . ?c (<urn:x>|!<urn:x>)* ?d ."
        " ?e (<urn:x>|!<urn:x>)* ?f }",
        EITHER,
    ),
    "sorted cross product": (
        f"SELECT ?a {{ {CROSS} }} ORDER BY DESC(CONCAT(STR(?c), STR(?f))) LIMIT 9",
        EITHER,
    ),
    "distinct cross product": (
        f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?a ?c ?d ?f ?i {{ {CROSS} }} }}",
        EITHER,
    ),
    "doubling strings": (DOUBLING, EITHER),
    "joined strings": (
        f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?f))) AS ?g) {{ {CROSS} }}",
        EITHER,
    ),
    "giant select": (f"SELECT * {{ {CROSS} }}", (AnswerTooLarge,)),
    "giant construct": (f"CONSTRUCT {{ ?a ?e ?c . ?d ?b ?f }} {{ {CROSS} }}", EITHER),
    "nested blank nodes": ("ASK { " + "[ <urn:p> " * 3000 + "1" + " ]" * 3000 + " }", EITHER),
    "a thousand patterns": (
        "ASK { " + " . ".join(f"?a{i} <urn:p{i}> ?a{i + 1}" for i in range(1500)) + " }",
        EITHER,
    ),
    "long sums": ("ASK { FILTER(" + "1+" * 30_000 + "1 = 1) }", EITHER),
}
ANSWERED = {
    "parentheses": "ASK { FILTER(" + "(" * 5000 + "true" + ")" * 5000 + ") }",
    "braces": "ASK " + "{" * 3000 + "}" * 3000,
    "exclamation marks": "ASK { FILTER(" + "!" * 20_000 + "true) }",
    "regular expression": f'ASK {{ FILTER(!REGEX("{"a" * 4000}b", "^(a+)+$")) }}',
    "nested counts": 'ASK { BIND(CONCAT("((x{0,1000}){0,1000}){0,", "1000}") AS ?p)'
    ' BIND(REGEX("x", ?p) AS ?r) }',
}
#: Far above the defaults, so that the processes themselves are put to the proof.
LIMITS = {
    "query_timeout": 1.5,
    "query_memory": 96,
    "query_chars": 1_000_000,
    "query_depth": 100_000,
    "answer_bytes": 1 << 20,
    "workers": 1,
    "reserve": 0,
}


@pytest.fixture(scope="module")
def pool(runner: asyncio.Runner, many_nquads: Path) -> Iterator[Pool]:
    pool = runner.run(Pool.start(many_nquads, None, Settings(**LIMITS)))  # type: ignore[arg-type]
    yield pool
    runner.run(pool.close())


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """An endpoint on the loopback interface that writes down each connection."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle(self) -> None:
            seen.append(str(self.client_address))

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql", seen
    server.shutdown()
    thread.join()
    server.server_close()


async def next_is_answered(pool: Pool, ask: AskPool) -> None:
    answer = await ask(pool, 'SELECT ?s { ?s ?p "value 8" }')
    assert answer.body.split() == [b"s", b"urn:s8"]


@pytest.mark.parametrize(("query", "expected"), ENDED.values(), ids=ENDED)
def test_a_query_without_bounds_is_ended(
    runner: asyncio.Runner,
    pool: Pool,
    ask: AskPool,
    query: str,
    expected: tuple[type[QueryError], ...],
) -> None:
    with pytest.raises(expected):
        runner.run(ask(pool, query))
    runner.run(next_is_answered(pool, ask))


def test_a_query_that_takes_too_much_memory_is_ended_before_its_time(
    open_pool: OpenPool, ask: AskPool, many_nquads: Path
) -> None:
    async def scene() -> None:
        async with open_pool(many_nquads, **LIMITS | {"query_timeout": PATIENCE}) as pool:
            with pytest.raises(QueryMemory, match="more than the 96 MB"):
                await ask(pool, DOUBLING)
            await next_is_answered(pool, ask)

    asyncio.run(scene())


@pytest.mark.parametrize("query", ANSWERED.values(), ids=ANSWERED)
def test_a_text_that_breaks_parsers_is_answered(
    runner: asyncio.Runner, pool: Pool, ask: AskPool, query: str
) -> None:
    before = pool.pids
    assert runner.run(ask(pool, query)).body == b"true"
    assert pool.pids == before


def test_a_pattern_that_multiplies_is_refused_and_ends_nothing(
    runner: asyncio.Runner, pool: Pool, ask: AskPool
) -> None:
    before = pool.pids
    query = 'ASK { BIND(REGEX("x", "((x{0,1000}){0,1000}){0,1000}") AS ?r) }'
    with pytest.raises(QueryError, match="no pattern that the engine can read"):
        runner.run(ask(pool, query))
    assert pool.pids == before


def test_deep_brackets_are_refused_by_the_default_limits(open_pool: OpenPool, ask: AskPool) -> None:
    async def scene() -> None:
        async with open_pool() as pool:
            with pytest.raises(QueryTooDeep):
                await ask(pool, ANSWERED["parentheses"])

    asyncio.run(scene())


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_service_is_refused_and_sends_nothing(
    runner: asyncio.Runner, pool: Pool, ask: AskPool, listener: tuple[str, list[str]], silent: str
) -> None:
    address, seen = listener
    with pytest.raises(QueryRefused):
        runner.run(ask(pool, f"SELECT * {{ SERVICE {silent}<{address}> {{ ?s ?p ?o }} }}"))
    with pytest.raises(QueryRefused):
        runner.run(ask(pool, f"LOAD {silent}<{address}>"))
    assert seen == []


@pytest.mark.parametrize("silent", ["", "SILENT "])
@pytest.mark.parametrize("kind", ["memory", "disk"])
def test_behind_the_guard_too_service_sends_nothing(
    many_nquads: Path, disk: Path, listener: tuple[str, list[str]], silent: str, kind: str
) -> None:
    address, seen = listener
    plan = Plan(many_nquads, None, 64) if kind == "memory" else Plan(None, disk, 64)
    query = f"SELECT * {{ SERVICE {silent}<{address}> {{ ?s ?p ?o }} }}"
    with contextlib.suppress(OSError, RuntimeError):
        list(ox.Store().query(query))  # type: ignore[arg-type] # the engine alone does send it
    assert len(seen) == 1
    seen.clear()
    header: dict[str, Any] = {
        "results": formats.RESULTS_CSV.key,
        "graph": None,
        "default_graphs": [],
        "named_graphs": [],
        "limits": {"size": 4096, "seconds": 5},
    }

    async def scene(process: Process | None = None) -> None:
        zygote = await Zygote.start(plan)
        try:
            process = await zygote.fork()
            reply, _ = await process.ask(header, query.encode())
            assert ("error" in reply) == (silent == "")
            reply, body = await process.ask(header, b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
            assert body.split() == [b"n", b"3000"]
        finally:
            if process:
                process.kill()
            await zygote.close()

    asyncio.run(scene())
    assert seen == []


def test_a_killed_server_leaves_no_process_behind(many_nquads: Path) -> None:
    code = f"""
import asyncio
from pathlib import Path
from enact_graph.engine.pool import Pool
from enact_graph.settings import Settings
from enact_graph.sparql.ask import Ask

async def main():
    pool = await Pool.start(Path({str(many_nquads)!r}), None, Settings(workers=2, reserve=0))
    while len(pool.pids) < 2:
        await asyncio.sleep(0.01)
    task = asyncio.ensure_future(pool.run(Ask({ENDLESS!r})))
    await asyncio.sleep(0.1)
    print(pool.zygote_pid, *pool.pids, flush=True)
    await task

asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as server:
        assert server.stdout
        pids = [int(number) for number in server.stdout.readline().split()]
        assert len(pids) == 3
        os.kill(server.pid, signal.SIGKILL)
    assert asyncio.run(all_gone(pids))
