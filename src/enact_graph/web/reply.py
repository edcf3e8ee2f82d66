"""Answers: bytes with their headers, conditional requests, and what the client would like best."""

import hashlib
from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.errors import BadParameter
from enact_graph.formats import HTML
from enact_graph.web.conditional import is_any, tags
from enact_graph.web.headers import with_style_of
from enact_graph.web.made import IMMUTABLE, NEVER, REVALIDATE, Made
from enact_graph.web.negotiation import choose_language
from enact_graph.web.openapi import SVG_TYPE
from enact_graph.web.state import serving

__all__ = [
    "IMMUTABLE",
    "NEVER",
    "REVALIDATE",
    "Made",
    "accept",
    "is_known",
    "known",
    "language",
    "links",
    "send",
    "tag",
]


def tag(*parts: object) -> str:
    """A strong entity tag of everything an answer depends on, or of its bytes."""
    digest = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else str(part).encode()
        digest.update(len(content).to_bytes(8) + content)
    return f'"{digest.hexdigest()[:32]}"'


def known(request: Request) -> list[str]:
    """The entity tags of answers that the client holds, compared weakly (RFC 9110, 13.1.2)."""
    return tags(request.headers) if request.method in ("GET", "HEAD") else []


def is_known(request: Request, etag: str | None) -> bool:
    """Whether the client holds the answer that is there and that this entity tag names."""
    if etag is None or request.method not in ("GET", "HEAD"):
        return False
    return is_any(request.headers) or etag.removeprefix("W/") in known(request)


def send(request: Request, made: Made) -> Response:
    """Send an answer; what the request makes a condition is looked at on its way out."""
    headers = {"Cache-Control": made.cache_control, **made.headers}
    if made.etag is not None:
        headers["ETag"] = made.etag
        headers["Last-Modified"] = serving(request).changed
        if is_known(request, made.etag):
            return Response(status_code=304, headers=headers)
    headers["Content-Type"] = made.content_type
    return Response(made.body, headers=headers)


def accept(request: Request) -> str | None:
    """The Accept header, several lines as one; None where there is none."""
    lines = request.headers.getlist("accept")
    return ", ".join(lines) if lines else None


def language(request: Request) -> str:
    """The language of the page: `?lang=`, else what the client prefers; BadParameter if unknown."""
    asked = request.query_params.getlist("lang")
    if not asked:
        lines = request.headers.getlist("accept-language")
        return choose_language(", ".join(lines) if lines else None)
    if len(asked) > 1 or asked[0] not in terms.LANGUAGES:
        raise BadParameter(
            f"lang={','.join(asked)[:40]}: pages exist in {', '.join(terms.LANGUAGES)};"
            " name one of these, or leave the parameter out.",
            parameter="lang",
            allowed=list(terms.LANGUAGES),
        )
    return asked[0]


def origin(request: Request) -> str:
    """Scheme and authority of the address that was asked: http://127.0.0.1:8000."""
    return str(request.base_url).rstrip("/")


def links(*targets: tuple[str, str, Mapping[str, str]]) -> str:
    """A Link header (RFC 8288) of (address, relation, further attributes)."""
    return ", ".join(
        "; ".join([f"<{href}>", f'rel="{rel}"', *(f'{k}="{v}"' for k, v in more.items())])
        for href, rel, more in targets
    )


SVG: Final = f"{SVG_TYPE}; charset=utf-8"
#: A content type, and what is sent under it.
Content = tuple[str, str | bytes]


async def kept(
    request: Request,
    asked: Hashable,
    make: Callable[[], Awaitable[Content]],
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Send what a request asks for in its language; `make` is awaited when it is not there yet.

    `asked` is what the answer depends on beside path, language and release. A picture is allowed
    the style that it has in itself.
    """
    serve, lang = serving(request), language(request)
    key = (request.url.path, asked, lang)
    made = serve.made.get(key)
    if made is None:
        content_type, content = await make()
        sent = {"Vary": "Accept-Language", "Content-Language": lang, **(headers or {})}
        if content_type == SVG and isinstance(content, str):
            sent["Content-Security-Policy"] = with_style_of(content)
        body = content.encode() if isinstance(content, str) else content
        made = Made(body, content_type, tag(body), headers=sent)
        serve.made.put(key, made, made.size)
    return send(request, made)


def refused(page: str, lang: str, status: int = 400, **headers: str) -> Response:
    """The page of a form that says what is wrong with what it was filled in with; never kept."""
    sent = {"Vary": "Accept-Language", "Content-Language": lang, **headers}
    kind = {"Content-Type": HTML.content_type, "Cache-Control": NEVER}
    return Response(page, status, kind | sent)
