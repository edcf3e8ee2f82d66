"""A clock that jumps by days: limits, queues and answers go by a clock that does not."""

import asyncio
import os
from pathlib import Path

import pytest

from .conftest import Good, served
from .hostile import HOSTILE
from .test_hostile import send
from .traffic import drive

_PLACES = ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/local/lib")
FAKETIME = next((p for d in _PLACES if (p := Path(d) / "faketime/libfaketime.so.1").exists()), None)


@pytest.mark.skipif(FAKETIME is None, reason="libfaketime moves the clock (package faketime)")
@pytest.mark.parametrize("jump", ["+10d", "-10d"])
def test_a_jump_of_the_clock_changes_no_answer_and_no_limit(
    tiny_public: Path, good: tuple[Good, ...], tmp_path: Path, jump: str
) -> None:
    clock = tmp_path / "clock"
    clock.write_text("+0d\n")
    variables = (
        f"LD_PRELOAD={FAKETIME}",
        f"FAKETIME_TIMESTAMP_FILE={clock}",
        "FAKETIME_NO_CACHE=1",
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
    )

    async def scene() -> None:
        with served(tiny_public, "env", *variables) as server:

            async def move(over: asyncio.Event) -> None:
                await asyncio.sleep(0.1)
                clock.write_text(f"{jump}\n")
                await over.wait()

            outcome = await drive(server.url, good, 200, beside=move)
            assert (outcome.wrong, outcome.lost, outcome.delayed) == ([], [], 0)
            assert outcome.right == 200
            status, _, _ = await asyncio.to_thread(
                send, server.port, HOSTILE["cartesian count"].query
            )
            assert status == 503
            assert (await drive(server.url, good, 20, first=9_000)).right == 20

    assert os.path.lexists(clock)
    asyncio.run(scene())
