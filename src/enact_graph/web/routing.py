"""From the address of a request to its route: its pattern, its limit, a slash at its end."""

from collections.abc import Iterator, Sequence
from re import Pattern

from starlette.requests import Request
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from enact_graph.errors import UriTooLong
from enact_graph.web.problems import answer

#: Stands for every address without a route, so that nobody can make up names to be counted.
OTHER = "other"


class Patterns:
    """The patterns of an application's routes, in the order in which they are looked at."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._open: list[tuple[str, Pattern[str], str]] = []
        plain = []
        for path, regex in _patterns(routes):
            begin, brace, _ = path.partition("{")
            if brace:
                self._open.append((begin, regex, path))
            else:
                plain.append(path)
        self.plain = frozenset(plain)

    def of(self, path: str) -> str:
        """The pattern of the route to which an address leads; `OTHER` where there is none."""
        path = self.without_slash(path)
        if path in self.plain:
            return path
        for begin, regex, pattern in self._open:
            if path.startswith(begin) and regex.match(path):
                return pattern
        return OTHER

    def without_slash(self, path: str) -> str:
        """The address without a slash at its end that no route has there."""
        return path[:-1] if path.endswith("/") and path not in self.plain else path


def _patterns(routes: Sequence[BaseRoute]) -> Iterator[tuple[str, Pattern[str]]]:
    for route in routes:
        # A router that was included stands among the routes for its own.
        yield from _patterns(getattr(getattr(route, "original_router", None), "routes", ()))
        if hasattr(route, "path_regex"):
            yield route.path, route.path_regex  # type: ignore[attr-defined]


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
