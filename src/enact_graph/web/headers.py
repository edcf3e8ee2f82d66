"""Headers every answer carries: readable from any origin, and nothing foreign in a page."""

from base64 import b64encode
from hashlib import sha256
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The header the pages are made for: style, scripts and fonts of ours alone, nothing inline.
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

EVERYWHERE: Final = {
    # The same for all and never with credentials: there are none here, so nothing can leak.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Post, Accept-Ranges, Allow, Content-Disposition, Content-Encoding,"
        " Content-Language, Content-Length, Content-Location, Content-Range, Date, ETag,"
        " Last-Modified, Link, Location, Repr-Digest, Retry-After, Vary, X-Request-Id"
    ),
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-cache",
}
#: What a browser is told that asks before it sends a request of another origin.
PREFLIGHT: Final = {
    # Whatever a page adds of its own: identifiers of traces and queries, hints. The star stands for
    # every name but this one (Fetch, 3.3.4), which tools send that know of a login elsewhere.
    # The rest is for browsers that take the star for a name like any other.
    "Access-Control-Allow-Headers": (
        "*, Authorization, Accept, Accept-Language, Cache-Control, Content-Type, If-Match,"
        " If-Modified-Since, If-None-Match, If-Range, If-Unmodified-Since, Range"
    ),
    "Access-Control-Max-Age": "86400",
}


class HeadersEverywhere:
    """ASGI middleware that adds `EVERYWHERE` to each answer that does not say otherwise.

    An answer given before the body of its request has been read closes the connection: else the
    server would go on reading, to the end of a body that may have none.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_read = not announces_body(scope)

        async def receive_and_note() -> Message:
            nonlocal is_read
            message = await receive()
            is_read = is_read or not message.get("more_body", False)
            return message

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in EVERYWHERE.items():
                    headers.setdefault(name, value)
                if not is_read:
                    headers["Connection"] = "close"
            await send(message)

        await self._app(scope, receive if is_read else receive_and_note, send_with_headers)


def announces_body(scope: Scope) -> bool:
    """Whether the head of a request says that a body follows."""
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
        for name, value in scope["headers"]
    )


def with_style_of(page: str) -> str:
    """The policy of a page with a style of its own: that text alone is allowed, by its digest."""
    _, _, rest = page.partition("<style>")
    style, closed, _ = rest.partition("</style>")
    if not closed:
        return CONTENT_SECURITY_POLICY
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return CONTENT_SECURITY_POLICY.replace("style-src ", f"style-src 'sha256-{digest}' ")
