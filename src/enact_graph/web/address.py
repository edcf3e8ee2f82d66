"""One declaration of an address; from it follow its route, its description and who hears of it.

A topic lists its addresses; the application serves them, and OpenAPI, the menu, the sitemap,
robots.txt and the briefing for agents are made of the same list.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from enact_graph.formats import RESULTS_CSV
from enact_graph.release.questions import Question
from enact_graph.settings import Settings
from enact_graph.web import parameters
from enact_graph.web.openapi import ANYWHERE, PAGE, SVG_TYPE, Json, answer, operation

Handler = Callable[[Request], Awaitable[Response]]
#: Describes what follows from the settings of a server or from the questions of its release:
#: path items of OpenAPI by path.
Describe = Callable[["Address", Settings, Sequence[Question]], Mapping[str, Json]]
#: Where the addresses stand in the state of the application.
_STATE: Final = "addresses"


@dataclass(frozen=True)
class Address:
    """An address: where it is, who answers, and what it takes and gives in terms of OpenAPI.

    `is_strict` refuses parameters that are not among those declared, as addresses of data do;
    pages pass over them. `menu` is the key of its words in the head of each page, `robots` are
    beginnings of addresses that crawlers keep away from.
    """

    path: str
    respond: Handler
    key: str
    title: str
    answers: Json
    takes: tuple[Json, ...] = ()
    errors: tuple[int, ...] = ANYWHERE
    methods: tuple[str, ...] = ("GET",)
    is_strict: bool = False
    in_sitemap: bool = False
    menu: str = ""
    robots: tuple[str, ...] = ()
    schemas: Mapping[str, Json] = field(default_factory=dict)
    described: Describe | None = None
    #: After which it is filed: the application writes it in.
    topic: str = ""

    def route(self) -> Route:
        """The route; HEAD comes with GET."""
        respond = self._strict if self.is_strict else self.respond
        return Route(self.path, respond, methods=[*self.methods])

    async def _strict(self, request: Request) -> Response:
        taken = [told for told in self.takes if told["in"] == "query"]
        many = [told["name"] for told in taken if told["schema"].get("type") == "array"]
        parameters.check(request, *(told["name"] for told in taken), many=many)
        return await self.respond(request)

    def items(self, settings: Settings, asked: Sequence[Question]) -> Mapping[str, Json]:
        """The path items of OpenAPI that describe it, by path."""
        if self.described:
            return self.described(self, settings, asked)
        return {self.path: {"get": self.operation()}}

    def operation(self, **more: Json) -> Json:
        """What it takes and gives when asked by GET."""
        told = operation(self.key, self.title, self.answers, self.takes, self.errors)
        return told | {"tags": [self.topic]} | more


def drawn(
    path: str, respond: Handler, title: str, takes: tuple[Json, ...], *, in_sitemap: bool = False
) -> tuple[Address, ...]:
    """A picture with a page of its own: the page, and what it shows as a table and as a drawing."""
    key = path[1:]
    told = answer(f"{title}.", PAGE)
    page = Address(path, respond, key, title, told, takes, in_sitemap=in_sitemap)
    return page, *(
        Address(
            f"{path}.{suffix}",
            respond,
            key + suffix.capitalize(),
            title,
            answer(f"{title}.", media_type),
            takes,
            is_strict=True,
        )
        for suffix, media_type in (("csv", RESULTS_CSV.media_type), ("svg", SVG_TYPE))
    )


def hold(app_state: object, addresses: Sequence[Address]) -> None:
    """Let handlers of an application find its addresses."""
    setattr(app_state, _STATE, tuple(addresses))


def held(request: Request) -> tuple[Address, ...]:
    """The addresses of the application that is asked."""
    found: tuple[Address, ...] = getattr(request.app.state, _STATE)
    return found
