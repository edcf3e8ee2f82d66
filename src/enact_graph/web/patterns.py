"""The patterns of the routes: how requests are counted, and which addresses end in a slash."""

from collections.abc import Iterator, Sequence
from re import Pattern

from starlette.routing import BaseRoute

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
