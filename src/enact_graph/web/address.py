"""The address of a request: none is read beyond the limit, whatever it asks for."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from enact_graph.errors import UriTooLong
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
            f"The address has {size} bytes, the limit is {self._limit}; send a long query by POST,"
            " as the field `query` of a form or as a body of type application/sparql-query.",
            limit=self._limit,
        )
        response = await answer(Request(scope, receive), error)
        await response(scope, receive, send)
