"""Whose query is next: the free processes, and before them one line for each client.

A process goes to the client that has the fewest queries running, and among equals to the one that
was served longest ago. No client holds every process: the last ones stay for those who have none.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Turns(Generic[Item]):
    """Free things and who waits for them; of all things one client holds up to `most` at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._free: list[Item] = []
        self._held: dict[str, int] = {}
        self._lines: dict[str, deque[asyncio.Future[Item]]] = {}
        self._given = 0
        self._last: dict[str, int] = {}

    @property
    def free(self) -> int:
        """How many things are free."""
        return len(self._free)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._lines.values()))

    def of(self, client: str) -> int:
        """How many things a client holds and waits for, both together."""
        return self._held.get(client, 0) + len(self._lines.get(client, ()))

    def take(self, client: str) -> Item | None:
        """A free thing, if the client may have it at once."""
        # Who is in the line could have none of the free ones, or would have been given it.
        if not self._free or not self._may_hold(client):
            return None
        return self._give(client)

    async def wait(self, client: str) -> Item:
        """Stand in the line until a thing comes free; whoever is cancelled leaves it."""
        turn: asyncio.Future[Item] = asyncio.get_running_loop().create_future()
        self._lines.setdefault(client, deque()).append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self.release(client)  # it came in the moment of leaving
                self.put(turn.result())
            else:
                self._leave(client, turn)
            raise

    def put(self, item: Item) -> None:
        """Let a thing be free; it goes to whoever is next."""
        self._free.append(item)
        self._serve()

    def release(self, client: str) -> None:
        """A client holds one thing less, wherever that is."""
        held = self._held[client] - 1
        if held:
            self._held[client] = held
        else:
            del self._held[client]
            self._forget(client)
        self._serve()

    def remove(self, unfit: Callable[[Item], bool]) -> list[Item]:
        """Take away those of the free things that are unfit, and hand them out."""
        removed = [item for item in self._free if unfit(item)]
        self._free = [item for item in self._free if item not in removed]
        return removed

    def clear(self, error: Exception) -> list[Item]:
        """Send everybody away with an error, and hand out all that is free."""
        for line in self._lines.values():
            for turn in line:
                if not turn.done():
                    turn.set_exception(error)
        self._lines.clear()
        free, self._free = self._free, []
        return free

    def _may_hold(self, client: str) -> bool:
        return self._held.get(client, 0) < self._most

    def _serve(self) -> None:
        while self._free and (client := self._next()) is not None:
            turn = self._lines[client].popleft()
            if not self._lines[client]:
                del self._lines[client]
            if not turn.done():
                turn.set_result(self._give(client))

    def _next(self) -> str | None:
        may = (client for client in self._lines if self._may_hold(client))
        return min(may, key=lambda c: (self._held.get(c, 0), self._last.get(c, 0)), default=None)

    def _give(self, client: str) -> Item:
        self._given += 1
        self._last[client] = self._given
        self._held[client] = self._held.get(client, 0) + 1
        return self._free.pop()

    def _forget(self, client: str) -> None:
        if client not in self._held and client not in self._lines:
            self._last.pop(client, None)

    def _leave(self, client: str, turn: asyncio.Future[Item]) -> None:
        line = self._lines.get(client)
        if line and turn in line:
            line.remove(turn)
            if not line:
                del self._lines[client]
                self._forget(client)
