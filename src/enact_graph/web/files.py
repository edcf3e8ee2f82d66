"""A file of a release on its way: in the coding of a twin that is there, in parts if asked."""

from base64 import b64encode
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from enact_graph.errors import NotAcceptable
from enact_graph.release.store import Release, ReleaseFile
from enact_graph.web import compression
from enact_graph.web.compression import IDENTITY
from enact_graph.web.ranges import part
from enact_graph.web.reply import is_known


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
