"""A stream from the pool: its parts, its end, and what is left when it has none."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from enact_graph import formats
from enact_graph.engine.pool import Pool
from enact_graph.engine.stream import ProcessStream
from enact_graph.errors import (
    AnswerTooLarge,
    EngineBusy,
    QueryMemory,
    QueryTimeout,
    TooManyQueries,
)
from enact_graph.sparql.ask import Answer, Ask, Turn

from .conftest import AskPool, OpenPool

LONG = "SELECT ?a ?b { ?a ?p ?o . ?b ?q ?r }"
LIMITS = {"whole_bytes": 4096, "streams": 3, "client_streams": 2}


async def open_(pool: Pool, query: str = LONG, client: str = "", **wanted: Any) -> ProcessStream:
    formats_ = {"results": formats.RESULTS_CSV, "graph": formats.N_TRIPLES} | wanted
    found = await pool.open(Ask(query, **formats_, turn=Turn(client)))
    assert isinstance(found, ProcessStream)
    return found


async def rest(stream: ProcessStream) -> bytes:
    parts = []
    while (part := await stream.next()) is not None:
        parts.append(part)
    return b"".join(parts)


def test_a_long_answer_comes_in_parts_and_a_short_one_whole(
    open_pool: OpenPool, many_nquads: Path
) -> None:
    async def scene() -> None:
        async with open_pool(many_nquads, **LIMITS) as pool:
            turn = Turn()
            ended: list[object] = []
            stream = await open_(pool, LONG + " LIMIT 50000")
            stream.listeners.append(lambda *how: ended.append(how))
            assert (stream.form, stream.format) == ("select", formats.RESULTS_CSV)
            assert (pool.streams, pool.busy) == (1, 0)
            body = await rest(stream)
            assert body.count(b"\n") == 50_001
            assert ended == [("answered", None)]
            assert pool.streams == 0
            stream.close()
            assert ended == [("answered", None)]
            short = await pool.open(Ask("ASK {}", formats.RESULTS_CSV, turn=turn))
            assert isinstance(short, Answer)
            assert short.body == b"true"

    asyncio.run(scene())


def test_what_is_wrong_in_the_middle_is_remembered_for_that_format(
    open_pool: OpenPool, many_nquads: Path
) -> None:
    async def scene() -> None:
        async with open_pool(many_nquads, **LIMITS, answer_rows=60_000) as pool:
            stream = await open_(pool)
            with pytest.raises(AnswerTooLarge, match="more than 60000 rows"):
                await rest(stream)
            with pytest.raises(AnswerTooLarge, match="ended a moment ago"):
                await open_(pool)
            other = await open_(pool, results=formats.RESULTS_TSV)
            other.close()
            stream = await open_(pool, LONG + " # killed")
            before = set(pool.pids)
            await stream.next()
            os.kill(stream_pid(stream), signal.SIGKILL)
            with pytest.raises(QueryMemory):
                await rest(stream)
            assert set(pool.pids) >= before
            assert pool.streams == 0

    asyncio.run(scene())


def stream_pid(stream: ProcessStream) -> int:
    return stream._process.pid


def test_a_stream_has_its_time_whoever_is_slow(open_pool: OpenPool, many_nquads: Path) -> None:
    async def scene() -> None:
        async with open_pool(many_nquads, **LIMITS, stream_seconds=0.3) as pool:
            stream = await open_(pool)
            await asyncio.sleep(0.4)
            with pytest.raises(QueryTimeout, match=r"on its way for 0\.3 s"):
                await rest(stream)
            # It may have been the reader: it is not refused the next time.
            stream = await open_(pool)
            assert pool.streams == 1
            await asyncio.sleep(1.5)
            assert pool.streams == 0  # though nobody closed it

    asyncio.run(scene())


def test_so_many_streams_there_may_be_and_so_many_of_one_client(
    open_pool: OpenPool, ask: AskPool, many_nquads: Path
) -> None:
    async def scene() -> None:
        async with open_pool(many_nquads, **LIMITS, workers=1) as pool:
            streams = [await open_(pool, client="a"), await open_(pool, client="a")]
            with pytest.raises(TooManyQueries, match="2 long answers are on their way"):
                await open_(pool, client="a")
            streams.append(await open_(pool, client="b"))
            with pytest.raises(EngineBusy, match="Too many long answers"):
                await open_(pool, client="c")
            assert (await ask(pool, "ASK {}")).body == b"true"
            for stream in streams:
                stream.close()
            assert pool.streams == 0

    asyncio.run(scene())


def test_a_pool_that_closes_lets_streams_end_first_or_stops_them(
    open_pool: OpenPool, many_nquads: Path
) -> None:
    async def scene() -> None:
        async with open_pool(many_nquads, **LIMITS) as pool:
            stream = await open_(pool, LONG + " LIMIT 20000")
            closing = asyncio.ensure_future(pool.close(drain=True))
            await asyncio.sleep(0.1)
            assert not closing.done()
            assert (await rest(stream)).count(b"\n") == 20_001
            await closing
        async with open_pool(many_nquads, **LIMITS) as pool:
            stream = await open_(pool)
            await pool.close()
            with pytest.raises(EngineBusy, match="The server is closing"):
                await rest(stream)

    asyncio.run(scene())


def test_without_streams_what_is_long_is_refused(open_pool: OpenPool, many_nquads: Path) -> None:
    async def scene() -> None:
        limits = LIMITS | {"streams": 0, "answer_bytes": 100_000}
        async with open_pool(many_nquads, **limits) as pool:
            with pytest.raises(AnswerTooLarge, match="larger than 100000 bytes"):
                await open_(pool)

    asyncio.run(scene())
