"""Ranges of bytes (RFC 9110, 14): the part of a representation that a request asks for."""

import re
from typing import Final

from starlette.requests import Request

from enact_graph.errors import RangeNotSatisfiable

_ONE: Final = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")


def part(request: Request, what: str, size: int, etag: str, changed: str | None) -> slice | None:
    """The bytes asked for of a representation that has so many; None where it goes as a whole.

    So it does to another method than GET, and where the range is malformed, one of several, or by
    If-Range one of another representation. RangeNotSatisfiable where it lies beyond the end.
    """
    lines = request.headers.getlist("range")
    if request.method != "GET" or len(lines) != 1:
        return None
    found = _ONE.fullmatch(lines[0].strip().lower().replace(" ", ""))
    if found is None or request.headers.get("if-range", etag) not in (etag, changed):
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        start, end = max(0, size - int(suffix)), size
    else:
        start, end = int(first), min(int(last or size) + 1, size)
        if last and int(last) < start:
            return None
    if start >= size:
        raise RangeNotSatisfiable(
            f"{what} has {size} bytes; the range {lines[0][:60]} lies beyond.", size=size
        )
    return slice(start, end)
