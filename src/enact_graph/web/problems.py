"""Errors on the wire: every one a problem document (RFC 9457), or a page where a browser asks."""

import json
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import errors, terms
from enact_graph.errors import EnactGraphError
from enact_graph.formats import ACCEPT_POST, HTML, Carries, Format
from enact_graph.present.frame import problem_page
from enact_graph.present.view import Part
from enact_graph.web.headers import EVERYWHERE, PREFLIGHT
from enact_graph.web.negotiation import choose
from enact_graph.web.reply import NEVER, accept, language
from enact_graph.web.state import path_of, serving

PROBLEM_JSON: Final = Format(
    "problem", "Problem", "application/problem+json", "json", Carries.PAGE, ("application/json",)
)
#: Seconds after which a release may be whole again.
_RELEASE_RETRY: Final = 30


def install(app: FastAPI) -> None:
    """Make the application answer every error in the one shape."""
    app.add_exception_handler(EnactGraphError, own)
    app.add_exception_handler(HTTPException, _routed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unforeseen)


def document(error: EnactGraphError, instance: str) -> dict[str, Any]:
    """The members of the problem document of an error that occurred at a path."""
    return {
        "type": terms.PROBLEM + error.slug,
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "instance": instance,
        **error.extra,
    }


def unasked(error: EnactGraphError, address: bytes, *more: tuple[bytes, bytes]) -> bytes:
    """The whole answer to bytes that are no request; it says that the connection is closed.

    `address` is what came of one, `more` are further headers.
    """
    instance = address.partition(b"?")[0][:200].decode("ascii", "replace")
    body = json.dumps(document(error, instance), ensure_ascii=False, indent=1).encode()
    headers = {
        **EVERYWHERE,
        "Cache-Control": NEVER,
        "Content-Type": PROBLEM_JSON.media_type,
        "Content-Language": "en",
        "Content-Length": str(len(body)),
        "Connection": "close",
    }
    if "retry_after" in error.extra:
        headers["Retry-After"] = str(error.extra["retry_after"])
    named = [*more, *((name.lower().encode(), value.encode()) for name, value in headers.items())]
    lines = b"".join(b"%s: %s\r\n" % header for header in named)
    status = f"{error.status} {HTTPStatus(error.status).phrase}".encode()
    return b"HTTP/1.1 %s\r\n%s\r\n%s" % (status, lines, body)


async def answer(request: Request, error: EnactGraphError, **headers: str) -> Response:
    """The error as JSON; as a page where the client would rather have one."""
    instance = request.scope.get("raw_path", b"").decode("ascii", "replace") or request.url.path
    near: list[Part] = []
    if isinstance(error, errors.NotFound):
        found = serving(request).nearest(request.url.path, _language(request))
        near = [Part(name, path_of(iri)) for iri, name in found]
    headers = {"Cache-Control": NEVER, "Vary": "Accept, Accept-Language", **headers}
    retry = error.extra.get("retry_after") or (
        _RELEASE_RETRY if isinstance(error, errors.ReleaseError) else None
    )
    if retry:
        headers["Retry-After"] = str(retry)
    if choose(accept(request), (PROBLEM_JSON, HTML)) == HTML:
        tongue = _language(request)
        told = type(error)(error.detail, **{**error.extra, "nearest": near})
        page = problem_page(serving(request).frame, told, instance, tongue)
        headers |= {"Content-Type": HTML.content_type, "Content-Language": tongue}
        return Response(page, error.status, headers)
    headers |= {"Content-Type": PROBLEM_JSON.media_type, "Content-Language": "en"}
    members = document(error, instance)
    if isinstance(error, errors.NotFound):
        members["nearest"] = [{"path": part.href, "label": part.name.text} for part in near]
    body = json.dumps(members, ensure_ascii=False, indent=1)
    return Response(body, error.status, headers)


async def own(request: Request, error: Exception) -> Response:
    """The answer to an error of the family, with the headers that belong to its kind."""
    assert isinstance(error, EnactGraphError)
    if isinstance(error, errors.RangeNotSatisfiable):
        size = error.extra["size"]
        return await answer(request, error, **{"Content-Range": f"bytes */{size}"})
    if isinstance(error, errors.UnsupportedMedia):
        headers = {"Accept-Post": ACCEPT_POST}
        if "identity" in error.extra.get("accepted", ()):
            headers["Accept-Encoding"] = "identity"  # it was the coding, not the type (RFC 9110)
        return await answer(request, error, **headers)
    return await answer(request, error)


async def _routed(request: Request, error: Exception) -> Response:
    """What the router itself refuses: no such path, or no such method on it."""
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = sorted({"OPTIONS", *(error.headers or {}).get("Allow", "").split(", ")} - {""})
        allow = ", ".join(allowed)
        if request.method == "OPTIONS":
            methods = {"Allow": allow, "Access-Control-Allow-Methods": allow, "Vary": "Origin"}
            return Response(status_code=204, headers={**methods, **PREFLIGHT})
        told = f"{request.method} does nothing here; use {allow}."
        return await answer(request, errors.MethodNotAllowed(told, allowed=allowed), Allow=allow)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return await own(request, errors.NotFound(f"There is nothing at {request.url.path}."))
    refused = errors.RequestError(str(error.detail))
    refused.status = error.status_code  # type: ignore[misc]  # of this one error only
    return await answer(request, refused)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [
        {"parameter": str(fault["loc"][-1]), "fault": str(fault["msg"])} for fault in error.errors()
    ]
    told = "; ".join(f"{f['parameter']}: {f['fault']}" for f in faults)
    return await answer(request, errors.BadParameter(f"{told}.", faults=faults))


async def _unforeseen(request: Request, error: Exception) -> Response:
    """Answer without a word of what went wrong inside; the server logs it once this is sent."""
    del error
    told = EnactGraphError("The cause is in the server's log. Try again, or report the address.")
    return await answer(request, told, **EVERYWHERE)


def _language(request: Request) -> str:
    try:
        return language(request)
    except errors.BadParameter:
        return terms.LANGUAGES[0]
