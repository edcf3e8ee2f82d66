"""The files of releases: those of the one served, those of all that are kept, and their list."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from enact_graph.errors import CorruptRelease, NotFound
from enact_graph.formats import HTML
from enact_graph.present.frame import Frame, Heading
from enact_graph.release.store import MANIFEST, Release, ReleaseFile, open_release
from enact_graph.web.address import Address
from enact_graph.web.conditional import write_date
from enact_graph.web.files import send_file
from enact_graph.web.made import IMMUTABLE, REVALIDATE, Made
from enact_graph.web.openapi import LANGUAGE, PAGE, answer, in_path
from enact_graph.web.reply import language, send, tag
from enact_graph.web.state import serving


def page(frame: Frame, lang: str) -> str:
    """The files of the release with size, media type and SHA-256."""
    voice = frame.voice(lang)
    return frame.render(
        "downloads/page.html",
        lang,
        Heading(
            voice.text("download.title"),
            voice.text("download.description"),
            "download",
            path="/download/",
        ),
        manifest=frame.site.manifest,
    )


_MAY_CHANGE: Final = {"Cache-Control": REVALIDATE}


async def _listing(request: Request) -> Response:
    tongue = language(request)
    serve = serving(request)
    body = page(serve.frame, tongue).encode()
    headers = {"Content-Language": tongue, "Vary": "Accept-Language"}
    return send(request, Made(body, HTML.content_type, tag(body), headers=headers))


async def _current(request: Request) -> Response:
    serve = serving(request)
    return _file(request, serve.release, {"Last-Modified": serve.changed} | _MAY_CHANGE)


async def _kept(request: Request) -> Response:
    name = request.path_params["release"]
    serve = serving(request)
    if name == serve.release.name:
        return _file(request, serve.release, _of_its_own(serve.release))
    # A name never becomes a path before the folder is seen to list it.
    folder = next((p for p in serve.settings.public.iterdir() if p.name == name), None)
    if folder is None or folder.is_symlink() or name.startswith("."):
        raise NotFound(f"There is no release {name[:80]!r} here.")
    try:
        release = open_release(folder)
        return _file(request, release, _of_its_own(release))
    except CorruptRelease as error:
        raise NotFound(f"There is no release {name[:80]!r} here.") from error


def _of_its_own(release: Release) -> dict[str, str]:
    """What a file under the name of its release says: as old as its data, it never changes."""
    issued = datetime.combine(date.fromisoformat(release.manifest.issued), time(), UTC)
    return {"Cache-Control": IMMUTABLE, "Last-Modified": write_date(issued)}


def _file(request: Request, release: Release, headers: Mapping[str, str]) -> Response:
    """Send a file the manifest lists; nothing else is ever opened."""
    name = request.path_params["file"]
    entries = {f.name: f for f in release.manifest.files}
    if name == MANIFEST:
        content = release.file(MANIFEST).read_bytes()
        entries[MANIFEST] = ReleaseFile.of(MANIFEST, "application/json", content)
    if name not in entries:
        raise NotFound(f"There is no file {name[:80]!r} in release {release.name}.")
    return send_file(request, release, entries[name], headers, entries[name].media_type)


_FILE: Final = answer("The file.", "*/*")
ADDRESSES: Final = (
    Address(
        "/download/",
        _listing,
        "downloads",
        "All files",
        answer("The list.", PAGE),
        (LANGUAGE,),
        in_sitemap=True,
    ),
    Address(
        "/download", _listing, "allDownloads", "All files", answer("The list.", PAGE), (LANGUAGE,)
    ),
    Address("/download/{file}", _current, "file", "A file", _FILE, (in_path("file"),)),
    Address(
        "/download/{release}/{file}",
        _kept,
        "kept",
        "A file of a release",
        _FILE,
        (in_path("release"), in_path("file")),
    ),
)
