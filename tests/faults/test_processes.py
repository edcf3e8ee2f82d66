"""Processes that die at any moment: nobody gets a wrong answer, and nobody gets none."""

import asyncio
import contextlib
import os
import random
import signal
from pathlib import Path

from .conftest import Good, served
from .traffic import drive


def test_killed_query_processes_cost_no_answer(tiny_public: Path, good: tuple[Good, ...]) -> None:
    killed = []

    async def scene() -> None:
        with served(tiny_public, REFUSE_SECONDS="0") as server:

            async def kill(over: asyncio.Event) -> None:
                chance = random.Random(1)
                while not over.is_set():
                    if found := server.query_processes:
                        with contextlib.suppress(ProcessLookupError):
                            os.kill(chance.choice(found), signal.SIGKILL)
                            killed.append(1)
                    await asyncio.sleep(0.02)

            outcome = await drive(server.url, good, 600, beside=kill)
            assert outcome.wrong == []
            assert outcome.lost == []
            assert outcome.right == 600
            after = await drive(server.url, good, 20, first=10_000)
            assert after.right == 20
            assert after.delayed == 0

    asyncio.run(scene())
    assert len(killed) > 5


def test_a_killed_parent_is_replaced(tiny_public: Path, good: tuple[Good, ...]) -> None:
    async def scene() -> None:
        with served(tiny_public, REFUSE_SECONDS="0") as server:
            parent = server.zygote

            async def kill(over: asyncio.Event) -> None:
                await asyncio.sleep(0.1)
                os.kill(parent, signal.SIGKILL)
                for pid in server_processes:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)

            server_processes = server.query_processes
            outcome = await drive(server.url, good, 200, beside=kill)
            assert (outcome.wrong, outcome.lost) == ([], [])
            assert outcome.right == 200
            assert server.zygote != parent

    asyncio.run(scene())
