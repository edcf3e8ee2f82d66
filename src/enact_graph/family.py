"""The root of the errors that this package raises (`errors`), and the family they are.

A message names the thing, the place and the cure.
"""

from typing import Any, ClassVar


class EnactGraphError(Exception):
    """The root of the family; `extra` holds further members of the problem document."""

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "internal"
    title: ClassVar[str] = "The server made a mistake"

    def __init__(self, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra = extra


def family() -> dict[str, type[EnactGraphError]]:
    """Return every error of `errors` by its slug: what a problem document's `type` ends in."""
    found: dict[str, type[EnactGraphError]] = {}
    rest = [EnactGraphError]
    while rest:
        kind = rest.pop()
        found.setdefault(kind.slug, kind)
        rest += kind.__subclasses__()
    return found
