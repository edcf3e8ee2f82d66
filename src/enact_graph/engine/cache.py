"""What is remembered of answers: bytes made once, and why a query had to be ended."""

import hashlib
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

from enact_graph.errors import EnactGraphError
from enact_graph.sparql.ask import Ask

Value = TypeVar("Value")

#: What an entry costs beside its bytes: key, object and place in the table.
_OVERHEAD: Final = 512


class ByteCache(Generic[Value]):
    """Keeps values under their keys, up to `capacity` bytes; what was used longest ago goes first.

    A value larger than a quarter of the capacity is not kept: it would push out many others.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._held = 0
        self.hits = 0
        self.misses = 0
        self._entries: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def held(self) -> int:
        """Bytes held at present."""
        return self._held

    @property
    def figures(self) -> tuple[int, int, int]:
        """Hits, misses and bytes held."""
        return self.hits, self.misses, self._held

    def clear(self) -> None:
        """Forget every value."""
        self._entries.clear()
        self._held = 0

    def get(self, key: Hashable) -> Value | None:
        """The value under a key, which counts as a use; None where there is none."""
        entry = self._entries.get(key)
        if entry is None:
            self.misses += 1
            return None
        self.hits += 1
        self._entries.move_to_end(key)
        return entry[0]

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Keep a value of `size` bytes, in place of what the key held."""
        size += _OVERHEAD
        if key in self._entries:
            self._held -= self._entries.pop(key)[1]
        if size > self._capacity // 4:
            return
        self._entries[key] = (value, size)
        self._held += size
        while self._held > self._capacity:
            self._held -= self._entries.popitem(last=False)[1][1]


_MOST: Final = 1024


class Ended:
    """Remembers each query that was ended for some seconds, and why."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._errors: dict[bytes, tuple[float, EnactGraphError]] = {}

    @staticmethod
    def key(ask: Ask) -> bytes:
        """Return what tells one query over one dataset from every other."""
        parts = repr((ask.query, sorted(ask.default_graphs), sorted(ask.named_graphs)))
        return hashlib.sha256(parts.encode()).digest()

    @staticmethod
    def key_in(key: bytes, ask: Ask) -> bytes:
        """Return the same for the query in its formats: one may be too large, another not."""
        return key + ",".join(f.key if f else "" for f in (ask.results, ask.graph)).encode()

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
