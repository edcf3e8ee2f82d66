"""Conditional requests (RFC 9110, 13): which representations the client holds or insists on.

A representation in a content coding bears the tag of the plain one with the coding's name behind
it, since its bytes are others: "abc" is plain, "abc--gzip" the same in gzip.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final

from starlette.datastructures import Headers

from enact_graph.web.compression import IDENTITY, OFFERED

_TAG: Final = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_ANY: Final = "*"
_MARK: Final = "--"


def tag_in(etag: str, coding: str) -> str:
    """The tag of the same answer in a coding."""
    return etag if coding == IDENTITY else f'{etag[:-1]}{_MARK}{coding}"'


def tags(headers: Headers, name: str = "if-none-match") -> list[str]:
    """The entity tags of all lines of a header, without the mark of weakness."""
    return [opaque for _, opaque in _TAG.findall(", ".join(headers.getlist(name)))]


def plain_tags(headers: Headers, is_taken: Callable[[str], bool]) -> list[str]:
    """What `tags` finds, as tags of plain answers; those in codings not taken are left out."""
    found = []
    for opaque in tags(headers):
        stem, mark, coding = opaque[:-1].rpartition(_MARK)
        is_coded = bool(mark) and coding in OFFERED
        if is_taken(coding if is_coded else IDENTITY):
            found.append(stem + '"' if is_coded else opaque)
    return found


def is_any(headers: Headers, name: str = "if-none-match") -> bool:
    """Whether a header of tags says `*`: whatever there is."""
    return [line.strip() for line in headers.getlist(name)] == [_ANY]


def held(
    headers: Headers, etag: str | None, last_modified: str | None, codings: Sequence[str]
) -> str | None:
    """The coding in which the client holds this answer, the first of `codings` where in several.

    None where it has to be sent. If-None-Match is compared weakly, and where it is there, the date
    is not looked at (13.2.2). `etag` is that of the plain answer.
    """
    if "if-none-match" in headers:
        if is_any(headers):
            return codings[0]
        known = tags(headers)
        opaque = (etag or "").removeprefix("W/")
        return next((c for c in codings if opaque and tag_in(opaque, c) in known), None)
    since = read_date(headers.getlist("if-modified-since"))
    changed = read_date([last_modified] if last_modified else [])
    return codings[0] if since and changed and changed <= since else None


def is_insisted_on_another(headers: Headers, etag: str | None, last_modified: str | None) -> bool:
    """Whether If-Match, or without it If-Unmodified-Since, wants another representation than this.

    Tags are compared strongly: a weak one never matches (13.1.1).
    """
    if "if-match" in headers:
        found = _TAG.findall(", ".join(headers.getlist("if-match")))
        return not is_any(headers, "if-match") and etag not in [t for weak, t in found if not weak]
    limit = read_date(headers.getlist("if-unmodified-since"))
    changed = read_date([last_modified] if last_modified else [])
    return bool(limit and changed and changed > limit)


def read_date(lines: Sequence[str]) -> datetime | None:
    """The moment one line of HTTP-date names; None for none, several or something else."""
    if len(lines) != 1:
        return None
    try:
        moment = parsedate_to_datetime(lines[0])
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def write_date(moment: datetime) -> str:
    """A moment as HTTP-date, in whole seconds."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)
