"""The queries that had to be ended: asked again soon, they cost nothing."""

import hashlib
import math
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from enact_graph import errors
from enact_graph.errors import EnactGraphError, QueryMemory, QueryTimeout
from enact_graph.formats import Format
from enact_graph.settings import Settings

_MOST: Final = 1024
_FAMILY: Final = errors.family()


class Ended:
    """Remembers each query that was ended for some seconds, and why."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._errors: dict[bytes, tuple[float, EnactGraphError]] = {}

    @staticmethod
    def key(query: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> bytes:
        """Return what tells one query over one dataset from every other."""
        parts = repr((query, sorted(default_graphs), sorted(named_graphs)))
        return hashlib.sha256(parts.encode()).digest()

    @staticmethod
    def key_in(key: bytes, *formats: Format | None) -> bytes:
        """Return the same for the query in these formats: one may be too large, another not."""
        return key + b"".join(
            format_.key.encode() + b"," if format_ else b"," for format_ in formats
        )

    def add(self, key: bytes, error: EnactGraphError) -> None:
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


def outlasted(settings: Settings) -> QueryTimeout:
    """The error of an answer that was on its way for too long, for whatever reason."""
    return QueryTimeout(
        f"The answer was on its way for {settings.stream_seconds:g} s, which is the limit here, and"
        " was broken off; take it faster, ask for a part of it with ORDER BY, LIMIT and OFFSET, or"
        " download the data.",
        limit=settings.stream_seconds,
    )


def failure(header: Mapping[str, Any], settings: Settings) -> EnactGraphError:
    """The error that a query process tells of in the header of a frame."""
    if header["error"] == QueryMemory.slug:
        return out_of_memory(settings)
    if header["error"] == QueryTimeout.slug:
        return timed_out(settings)
    return _FAMILY[header["error"]](header["detail"], **header["extra"])
