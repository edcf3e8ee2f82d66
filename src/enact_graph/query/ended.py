"""The queries that had to be ended: asked again soon, they cost nothing."""

import hashlib
import math
import time
from collections.abc import Callable, Sequence
from typing import Final

from enact_graph.errors import QueryError, QueryMemory, QueryTimeout
from enact_graph.settings import Settings

_MOST: Final = 1024


class Ended:
    """Remembers each query that was ended for some seconds, and why."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._errors: dict[bytes, tuple[float, QueryError]] = {}

    @staticmethod
    def key(query: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> bytes:
        """Return what tells one query over one dataset from every other."""
        parts = repr((query, sorted(default_graphs), sorted(named_graphs)))
        return hashlib.sha256(parts.encode()).digest()

    def add(self, key: bytes, error: QueryError) -> None:
        """Remember why a query was ended; the oldest are forgotten when there are too many."""
        self._errors.pop(key, None)
        self._errors[key] = (self._clock() + self._seconds, error)
        while len(self._errors) > _MOST:
            del self._errors[next(iter(self._errors))]

    def check(self, key: bytes) -> None:
        """Raise the error a query ended with, if that was not long ago."""
        until, error = self._errors.get(key, (0.0, None))
        rest = until - self._clock()
        if error is None:
            return
        if rest <= 0:
            del self._errors[key]
            return
        raise type(error)(
            f"{error.detail} This query was ended a moment ago and is not run again before"
            f" {math.ceil(rest)} s have passed.",
            **{**error.extra, "retry_after": math.ceil(rest)},
        )


def timed_out(settings: Settings) -> QueryTimeout:
    """The error of a query that reached the time limit."""
    return QueryTimeout(
        f"The query ran for {settings.query_timeout:g} s, which is the limit here, and was ended;"
        " name a class or a graph, avoid patterns that share no variable, add LIMIT inside a"
        " sub-select, or download the data and query it on your own machine.",
        limit=settings.query_timeout,
    )


def out_of_memory(settings: Settings) -> QueryMemory:
    """The error of a query that reached the memory limit or broke the engine."""
    return QueryMemory(
        f"The query needed more than the {settings.query_memory} MB of memory it may use, or broke"
        " the engine, and was ended; sort, group or join fewer rows, or download the data and"
        " query it on your own machine.",
        limit=settings.query_memory,
    )
