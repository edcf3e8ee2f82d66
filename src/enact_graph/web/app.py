"""The application: every router over one release.

app = make_app(release.current(settings.public), settings)
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Final

from fastapi import FastAPI

from enact_graph.release import Release
from enact_graph.settings import Settings
from enact_graph.web import (
    alliances,
    correct,
    described,
    documents,
    downloads,
    funding,
    glance,
    glossary,
    graphstore,
    guides,
    harvest,
    lists,
    maps,
    networks,
    operation,
    paths,
    problems,
    queries,
    search,
    site,
    sparql,
    suggest,
    timeline,
)
from enact_graph.web.address import AddressLimit, Slashes
from enact_graph.web.door import Door
from enact_graph.web.headers import HeadersEverywhere
from enact_graph.web.openapi import document as openapi
from enact_graph.web.patterns import Patterns
from enact_graph.web.proxies import Proxies
from enact_graph.web.running import Running
from enact_graph.web.selection import Selection
from enact_graph.web.shortcut import Shortcut

#: Whose routes are served, in the order in which they are looked at.
_ROOMS: Final = (
    sparql,
    graphstore,
    described,
    documents,
    downloads,
    lists,
    glance,
    glossary,
    search,
    suggest,
    maps,
    funding,
    paths,
    networks,
    alliances,
    timeline,
    queries,
    correct,
    guides,
    harvest,
    site,
    openapi,
    operation,
)


def make_app(
    release: Release,
    settings: Settings,
    running: Running | None = None,
) -> FastAPI:
    """The application that serves a release and those that follow it in the same folder.

    Its query processes live as long as it does. `running` is given by who needs a hold on that.
    """
    state = running or Running(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with state.opened(release):
            yield

    app = FastAPI(
        title="enact-graph",
        version=version("enact-graph"),
        lifespan=lifespan,
        openapi_url=None,  # its own module describes every address
        redirect_slashes=False,
    )
    problems.install(app)
    app.include_router(operation.health())
    for room in _ROOMS:
        app.router.routes.extend(room.routes())
    patterns = Patterns(app.routes)
    # The last one is the first to see a request.
    app.add_middleware(Shortcut, sparql.PATH, sparql.respond)
    app.add_middleware(Selection, state.coded)
    app.add_middleware(Slashes, patterns)
    app.add_middleware(AddressLimit, limit=settings.url_bytes)
    app.add_middleware(Proxies, settings.trusted_proxies, settings.hosts)
    app.add_middleware(HeadersEverywhere)
    app.add_middleware(Door, state, patterns)
    return app
