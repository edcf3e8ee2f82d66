"""Whose query is next: fair lines before few things."""

import asyncio
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.engine.scheduler import Turns


async def settle() -> None:
    for _ in range(3):
        await asyncio.sleep(0)


def test_clients_take_turns_however_many_each_has_waiting() -> None:
    async def scene() -> None:
        turns: Turns[int] = Turns(1)
        order: list[str] = []

        async def one(client: str) -> None:
            thing = turns.take(client) or await turns.wait(client)
            order.append(client)
            await asyncio.sleep(0)
            turns.release(client)
            turns.put(thing)

        turns.put(7)
        tasks = [asyncio.ensure_future(one("greedy")) for _ in range(20)]
        await settle()
        tasks += [asyncio.ensure_future(one("modest")) for _ in range(3)]
        await asyncio.gather(*tasks)
        assert order.index("modest") <= 4
        assert max(i for i, client in enumerate(order) if client == "modest") <= 9
        assert (turns.free, turns.waiting) == (1, 0)

    asyncio.run(scene())


def test_no_client_holds_more_than_it_may_while_things_are_free() -> None:
    async def scene() -> None:
        turns: Turns[int] = Turns(2)
        for thing in range(3):
            turns.put(thing)
        assert turns.take("a") is not None
        assert turns.take("a") is not None
        assert turns.take("a") is None
        waiting = asyncio.ensure_future(turns.wait("a"))
        await settle()
        assert (turns.of("a"), turns.waiting) == (3, 1)
        assert turns.take("b") is not None
        turns.put(9)
        await settle()
        assert not waiting.done()
        turns.release("a")
        assert await waiting == 9

    asyncio.run(scene())


def test_who_leaves_takes_nothing_along() -> None:
    async def scene() -> None:
        turns: Turns[int] = Turns(1)
        task = asyncio.ensure_future(turns.wait("a"))
        await settle()
        task.cancel()
        await settle()
        assert (turns.waiting, turns.of("a")) == (0, 0)
        late = asyncio.ensure_future(turns.wait("a"))
        await settle()
        turns.put(3)  # it is theirs, and they leave before they hear of it
        late.cancel()
        with pytest.raises(asyncio.CancelledError):
            await late
        assert (turns.free, turns.of("a")) == (1, 0)

    asyncio.run(scene())


def test_all_are_sent_away_at_the_end() -> None:
    async def scene() -> None:
        turns: Turns[int] = Turns(1)
        task = asyncio.ensure_future(turns.wait("a"))
        await settle()
        assert turns.clear(LookupError("over")) == []
        with pytest.raises(LookupError, match="over"):
            await task
        turns.put(1)
        assert turns.clear(LookupError("over")) == [1]

    asyncio.run(scene())


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 3), st.booleans()), max_size=40),
    st.integers(1, 3),
    st.integers(1, 3),
)
def test_nothing_is_lost_or_held_twice_whatever_happens(
    queries: list[tuple[str, int, bool]], things: int, most: int
) -> None:
    async def scene() -> None:
        turns: Turns[int] = Turns(most)
        held: Counter[str] = Counter()
        out: set[int] = set()

        async def one(client: str, pauses: int) -> None:
            thing = turns.take(client)
            if thing is None:
                thing = await turns.wait(client)
            assert thing not in out
            out.add(thing)
            held[client] += 1
            assert held[client] <= most
            try:
                for _ in range(pauses):
                    await asyncio.sleep(0)
            finally:
                out.discard(thing)
                held[client] -= 1
                turns.release(client)
                turns.put(thing)

        for thing in range(1, things + 1):
            turns.put(thing)
        tasks = []
        for client, pauses, leaves in queries:
            task = asyncio.ensure_future(one(client, pauses))
            tasks.append(task)
            if leaves:
                await asyncio.sleep(0)
                task.cancel()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(r is None or isinstance(r, asyncio.CancelledError) for r in done)
        assert (turns.free, turns.waiting) == (things, 0)
        assert not any(turns.of(client) for client in "abcd")

    asyncio.run(scene())
