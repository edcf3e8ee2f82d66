"""The address of a request: none is read beyond the limit, nor refused for a slash at its end."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from enact_graph.errors import UriTooLong
from enact_graph.web.patterns import Patterns
from enact_graph.web.problems import answer


class AddressLimit:
    """ASGI middleware that answers 414 to an address of more than `limit` bytes (RFC 9110)."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on unless its address is too long."""
        size = 0
        if scope["type"] == "http":
            size = len(scope["raw_path"])
            if scope["query_string"]:
                size += len(b"?") + len(scope["query_string"])
        if size <= self._limit:
            await self._app(scope, receive, send)
            return
        scope["raw_path"], scope["query_string"] = scope["raw_path"][:200], b""
        error = UriTooLong(
            f"The address has {size} bytes, the limit is {self._limit}; send a long query to"
            " /sparql by POST, as a body of type application/sparql-query or as the field `query`"
            " of a form.",
            limit=self._limit,
        )
        response = await answer(Request(scope, receive), error)
        await response(scope, receive, send)


class Slashes:
    """ASGI middleware: an address with a needless slash at its end is answered as without it.

    In place, since many a program that posts follows no redirect, and no browser does before it
    has asked whether it may send at all.
    """

    def __init__(self, app: ASGIApp, patterns: Patterns) -> None:
        self._app = app
        self._patterns = patterns

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on under the address that there is."""
        if scope["type"] == "http" and scope["path"].endswith("/"):
            scope = {**scope, "path": self._patterns.without_slash(scope["path"])}
        await self._app(scope, receive, send)
