"""Bytes made once: a cache of the most recently used."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final, Generic, TypeVar

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
