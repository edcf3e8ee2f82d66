"""A finished answer as it is kept, and how long others may keep it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

#: A browser asks again each time, since a release can change at any moment. A shared cache may
#: answer for a minute by itself, for another while it asks, and for a day when nobody answers it.
REVALIDATE: Final = (
    "public, max-age=0, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400"
)
NEVER: Final = "no-store"
IMMUTABLE: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Made:
    """A finished answer; `etag` is quoted, `headers` are those beside Content-Type and ETag."""

    body: bytes
    content_type: str
    etag: str | None = None
    cache_control: str = REVALIDATE
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes it takes to keep."""
        return len(self.body) + sum(len(k) + len(v) for k, v in self.headers.items())
