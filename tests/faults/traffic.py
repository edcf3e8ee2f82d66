"""Good requests from several clients at once, and what became of each."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field

import httpx

from tests.patience import PATIENCE

from .conftest import Good
from .hostile import HOSTILE, Hostile
from .test_hostile import send

#: How often a client that is told to try again does so.
_TRIES = 20
#: Problems of a query whose process was ended.
_ENDED = ("/query-timeout", "/query-memory")


@dataclass
class Outcome:
    """Right answers; answers that were wrong or refused without a time to come back; delays.

    `ended` counts good queries that met a limit of the clock, or whose process was killed again and
    again: on a busy machine the best of queries does, and its client asks once more.
    """

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    delayed: int = 0
    ended: int = 0
    lost: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


async def ask(client: httpx.AsyncClient, good: Good, serial: int, outcome: Outcome) -> None:
    """One good request, repeated as long as the server names a time to come back."""
    for _ in range(_TRIES):
        try:
            reply = await client.get(good.path(serial), headers={"Accept": "application/json"})
        except httpx.HTTPError as error:
            outcome.lost.append(repr(error))
            return
        outcome.statuses[reply.status_code] += 1
        if reply.status_code == 200:
            if good.is_right(reply.content):
                outcome.right += 1
            else:
                outcome.wrong.append(f"{good.query}: {reply.text[:200]}")
            return
        if reply.status_code == 503 and reply.json()["type"].endswith(_ENDED):
            outcome.ended += 1
            continue
        if reply.status_code not in (429, 503) or "Retry-After" not in reply.headers:
            outcome.wrong.append(f"{reply.status_code} {reply.text[:200]}")
            return
        outcome.delayed += 1
        await asyncio.sleep(min(float(reply.headers["Retry-After"]), 0.5))
    outcome.lost.append("never answered")


async def drive(
    url: str,
    good: Sequence[Good],
    count: int,
    clients: int = 8,
    beside: Callable[[asyncio.Event], Coroutine[None, None, None]] | None = None,
    first: int = 0,
) -> Outcome:
    """Send `count` good requests, and do something else `beside` until all are answered."""
    outcome, over = Outcome(), asyncio.Event()
    numbers = iter(range(first, first + count))
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE) as client:

        async def one() -> None:
            for number in numbers:
                await ask(client, good[number % len(good)], number, outcome)

        other = asyncio.create_task(beside(over)) if beside else None
        await asyncio.gather(*(one() for _ in range(clients)))
        over.set()
        if other:
            await other
    return outcome


async def attack(port: int, numbers: range, note: Callable[[Hostile, int], None]) -> None:
    """Hostile requests, two at a time, from another address than the good ones."""
    cases = list(HOSTILE.values())
    rest = iter(numbers)

    async def one() -> None:
        for number in rest:
            case = cases[number % len(cases)]
            status, _, _ = await asyncio.to_thread(
                send, port, f"{case.query}\n# {number}", "127.0.0.2"
            )
            note(case, status)

    await asyncio.gather(one(), one())
