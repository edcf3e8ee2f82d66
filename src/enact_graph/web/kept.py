"""Answers in the reader's language, made when first asked for and kept with the release."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from enact_graph.formats import HTML
from enact_graph.web.headers import with_style_of
from enact_graph.web.reply import NEVER, Made, language, send, tag
from enact_graph.web.state import serving

SVG: Final = "image/svg+xml; charset=utf-8"
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
