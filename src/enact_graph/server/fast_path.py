"""A short way to the endpoint: past the layers of the framework that a query does not need.

The route stays where it is for what else goes there; a read from the endpoint takes the same
handler without the search for a route, the body limits and the stacks of a documented interface.
"""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from enact_graph.errors import EnactGraphError
from enact_graph.web import problems


class Shortcut:
    """ASGI middleware, the innermost: reads of `path` go straight to their handler."""

    def __init__(
        self, app: ASGIApp, path: str, handler: Callable[[Request], Awaitable[Response]]
    ) -> None:
        self._app = app
        self._path = path
        self._handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer here, or pass the request on."""
        if scope["type"] != "http" or scope["path"] != self._path or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive, send)
        try:
            response = await self._handler(request)
        except EnactGraphError as error:
            response = await problems.own(request, error)
        await response(scope, receive, send)
