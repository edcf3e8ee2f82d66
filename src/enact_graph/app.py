"""The application: every router over one release.

app = make_app(settings)
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Final

from fastapi import FastAPI

from enact_graph.release.store import Release
from enact_graph.settings import Settings
from enact_graph.topics.alliances import address as alliances
from enact_graph.topics.connections import address as paths
from enact_graph.topics.connections import networks
from enact_graph.topics.correct import address as correct
from enact_graph.topics.downloads import address as downloads
from enact_graph.topics.funding import address as funding
from enact_graph.topics.graphs import address as graphstore
from enact_graph.topics.guides import address as guides
from enact_graph.topics.harvest import address as harvest
from enact_graph.topics.home import files
from enact_graph.topics.lists import address as lists
from enact_graph.topics.map import address as maps
from enact_graph.topics.openapi import address as openapi
from enact_graph.topics.operation import address as operation
from enact_graph.topics.questions import address as queries
from enact_graph.topics.schema import address as described
from enact_graph.topics.search import address as search
from enact_graph.topics.search import suggest
from enact_graph.topics.site import address as site
from enact_graph.topics.sparql import address as sparql
from enact_graph.topics.sparql import terms
from enact_graph.topics.thing import address as documents
from enact_graph.topics.timeline import address as timeline
from enact_graph.web import problems
from enact_graph.web.address_limit import AddressLimit, Slashes
from enact_graph.web.encoding import Selection
from enact_graph.web.headers import HeadersEverywhere
from enact_graph.web.hot_swap import Running
from enact_graph.web.patterns import Patterns
from enact_graph.web.proxies import Proxies
from enact_graph.web.request_log import Door

#: Whose routes are served, in the order in which they are looked at.
_ROOMS: Final = (
    sparql,
    graphstore,
    described,
    documents,
    downloads,
    lists,
    files,
    terms,
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
    settings: Settings, running: Running | None = None, release: Release | None = None
) -> FastAPI:
    """The application that serves the current release and those that follow it in its folder.

    It opens that when it starts, unless it is given one, and its query processes live as long as
    it does. `running` is given by who needs a hold on it.
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
    app.add_middleware(Selection, state.coded)
    app.add_middleware(Slashes, patterns)
    app.add_middleware(AddressLimit, limit=settings.url_bytes)
    app.add_middleware(Proxies, settings.trusted_proxies, settings.hosts)
    app.add_middleware(HeadersEverywhere)
    app.add_middleware(Door, state, patterns)
    return app
