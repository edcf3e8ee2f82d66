"""A file of a release on its way: in the coding of a twin that is there, in parts if asked."""

import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from enact_graph.errors import NotAcceptable, RangeNotSatisfiable
from enact_graph.release.store import Release, ReleaseFile
from enact_graph.web import compression
from enact_graph.web.compression import IDENTITY
from enact_graph.web.reply import is_known

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


def send_file(
    request: Request,
    release: Release,
    file: ReleaseFile,
    headers: Mapping[str, str],
    media_type: str,
) -> Response:
    """Send a file of a release, or its twin, with `Last-Modified` among the headers given.

    NotAcceptable where the client admits no coding there is; RangeNotSatisfiable for a part beyond
    the end. A file without twins goes as it is.
    """
    listed = {entry.name: entry for entry in release.manifest.files}
    twins = {IDENTITY: file} | {
        coding: listed[file.name + ending]
        for coding, ending in compression.TWINS.items()
        if file.name + ending in listed
    }
    coding = _coding(request, file.name, twins)
    entry = twins[coding]
    headers = {
        **headers,
        "Accept-Ranges": "bytes",
        "ETag": _tag(entry),
        "Repr-Digest": f"sha-256=:{_base64(entry.sha256)}:",
    }
    if len(twins) > 1:
        vary = [headers["Vary"]] if "Vary" in headers else []
        headers["Vary"] = ", ".join([*vary, "Accept-Encoding"])
    if coding != IDENTITY:
        headers["Content-Encoding"] = coding
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if part(request, entry.name, entry.size, headers["ETag"], headers["Last-Modified"]) is None:
        scope = request.scope
        scope["headers"] = [(k, v) for k, v in scope["headers"] if k != b"range"]
    if media_type.startswith("text/"):
        media_type = media_type.partition(";")[0] + "; charset=utf-8"
    path = release.file(entry.name)
    return FileResponse(path, headers=headers, media_type=media_type, stat_result=path.stat())


def _coding(request: Request, name: str, twins: Mapping[str, ReleaseFile]) -> str:
    """Which of the twins of a file to send.

    A part is one of the plain file, as most who ask for parts expect, unless If-Range names the
    twin that the client began with.
    """
    lines = request.headers.getlist("accept-encoding")
    wanted = ", ".join(lines) if lines else None
    if "range" in request.headers:
        begun = request.headers.get("if-range")
        for coding, twin in twins.items():
            if begun == _tag(twin) and compression.accepts(wanted, coding):
                return coding
        if compression.accepts(wanted, IDENTITY):
            return IDENTITY
    chosen = compression.choose(wanted, [coding for coding in twins if coding != IDENTITY])
    if chosen is None:
        offered = sorted(twins)
        raise NotAcceptable(
            f"{name} is not to be had in a coding that Accept-Encoding: {(wanted or '')[:80]}"
            f" admits; admit {' or '.join(offered)}.",
            offered=offered,
        )
    return chosen


def _tag(entry: ReleaseFile) -> str:
    return f'"{entry.sha256}"'


def _base64(hexadecimal: str) -> str:
    return b64encode(bytes.fromhex(hexadecimal)).decode()
