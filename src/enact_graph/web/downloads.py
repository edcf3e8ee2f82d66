"""The files of releases: listed, checksummed, compressed for who can read it, in parts if asked."""

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from enact_graph.errors import CorruptRelease, NotAcceptable, NotFound, RangeNotSatisfiable
from enact_graph.formats import HTML
from enact_graph.release import MANIFEST, Release, ReleaseFile, open_release
from enact_graph.web import codings
from enact_graph.web.codings import IDENTITY
from enact_graph.web.conditions import write_date
from enact_graph.web.made import IMMUTABLE, REVALIDATE, Made
from enact_graph.web.reply import is_known, language, send, tag
from enact_graph.web.serving import serving

_ONE_RANGE: Final = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")


def routes() -> list[Route]:
    """The list of files, the files of the release served, and those of every release kept."""
    return [
        Route("/download/", _listing),
        Route("/download", _to_listing),
        Route("/download/{file}", _current),
        Route("/download/{release}/{file}", _kept),
    ]


async def _to_listing(_: Request) -> Response:
    return RedirectResponse("/download/", 308)


async def _listing(request: Request) -> Response:
    tongue = language(request)
    serve = serving(request)
    body = serve.pages.download(tongue).encode()
    headers = {"Content-Language": tongue, "Vary": "Accept-Language"}
    return send(request, Made(body, HTML.content_type, tag(body), headers=headers))


async def _current(request: Request) -> Response:
    return _file(request, serving(request).release, REVALIDATE)


async def _kept(request: Request) -> Response:
    name = request.path_params["release"]
    serve = serving(request)
    if name == serve.release.name:
        return _file(request, serve.release, IMMUTABLE)
    # A name never becomes a path before the folder is seen to list it.
    folder = next((p for p in serve.settings.public.iterdir() if p.name == name), None)
    if folder is None or folder.is_symlink() or name.startswith("."):
        raise NotFound(f"There is no release {name[:80]!r} here.")
    try:
        return _file(request, open_release(folder), IMMUTABLE)
    except CorruptRelease as error:
        raise NotFound(f"There is no release {name[:80]!r} here.") from error


def _file(request: Request, release: Release, cache_control: str) -> Response:
    """Send a file the manifest lists; nothing else is ever opened."""
    name = request.path_params["file"]
    entries = {f.name: f for f in release.manifest.files}
    if name == MANIFEST:
        content = release.file(MANIFEST).read_bytes()
        entries[MANIFEST] = ReleaseFile.of(MANIFEST, "application/json", content)
    if name not in entries:
        raise NotFound(f"There is no file {name[:80]!r} in release {release.name}.")
    twins = {IDENTITY: entries[name]} | {
        coding: entries[name + ending]
        for coding, ending in codings.TWINS.items()
        if name + ending in entries
    }
    coding = _coding(request, name, twins)
    entry = twins[coding]
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": cache_control,
        "ETag": f'"{entry.sha256}"',
        "Last-Modified": _midnight(release.manifest.issued),
        "Repr-Digest": f"sha-256=:{_base64(entry.sha256)}:",
    }
    if len(twins) > 1:
        headers["Vary"] = "Accept-Encoding"
    if coding != IDENTITY:
        headers["Content-Encoding"] = coding
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    _heed_range(request, entry, headers)
    media_type = entries[name].media_type
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
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
            if begun == f'"{twin.sha256}"' and codings.accepts(wanted, coding):
                return coding
        if codings.accepts(wanted, IDENTITY):
            return IDENTITY
    chosen = codings.choose(wanted, [coding for coding in twins if coding != IDENTITY])
    if chosen is None:
        offered = sorted(twins)
        raise NotAcceptable(
            f"{name} is not to be had in a coding that Accept-Encoding: {(wanted or '')[:80]}"
            f" admits; admit {' or '.join(offered)}.",
            offered=offered,
        )
    return chosen


def _heed_range(request: Request, entry: ReleaseFile, headers: Mapping[str, str]) -> None:
    """Leave one well-formed range; overlook others (RFC 9110, 14.2); refuse what lies beyond.

    A range of another representation than this, as If-Range tells, is overlooked as well.
    """
    asked = request.headers.get("range")
    if asked is None:
        return
    match = _ONE_RANGE.fullmatch(asked.strip().lower().replace(" ", ""))
    backwards = bool(match and match[1] and match[2] and int(match[2]) < int(match[1]))
    condition = request.headers.get("if-range", headers["ETag"])
    is_other = condition not in (headers["ETag"], headers["Last-Modified"])
    if match is None or backwards or is_other or request.method != "GET":
        scope = request.scope
        scope["headers"] = [(k, v) for k, v in scope["headers"] if k != b"range"]
        return
    starts_beyond = match[1] is not None and int(match[1]) >= entry.size
    if starts_beyond or (match[3] is not None and int(match[3]) == 0):
        raise RangeNotSatisfiable(
            f"{entry.name} has {entry.size} bytes; the range {asked[:60]} lies beyond.",
            size=entry.size,
        )


def _midnight(day: str) -> str:
    return write_date(datetime.combine(date.fromisoformat(day), time(), UTC))


def _base64(hexadecimal: str) -> str:
    return b64encode(bytes.fromhex(hexadecimal)).decode()
