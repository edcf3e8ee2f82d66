"""The application: every address of every topic over one release.

app = make_app(settings)
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
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
from enact_graph.topics.graphs import address as graphs
from enact_graph.topics.guides import address as guides
from enact_graph.topics.harvest import address as harvest
from enact_graph.topics.home import address as home
from enact_graph.topics.lists import address as lists
from enact_graph.topics.map import address as map_
from enact_graph.topics.quality import address as quality
from enact_graph.topics.questions import address as questions
from enact_graph.topics.schema import address as schema
from enact_graph.topics.search import address as search
from enact_graph.topics.search import suggest
from enact_graph.topics.service import address as service
from enact_graph.topics.sparql import address as sparql
from enact_graph.topics.thing import address as thing
from enact_graph.topics.timeline import address as timeline
from enact_graph.web import problems
from enact_graph.web.address import Address, hold
from enact_graph.web.encoding import Selection
from enact_graph.web.headers import HeadersEverywhere
from enact_graph.web.hot_swap import Running
from enact_graph.web.proxies import Proxies
from enact_graph.web.request_log import Door
from enact_graph.web.routing import AddressLimit, Patterns, Slashes

#: Where addresses are declared, in the order in which menus and descriptions name them.
_DECLARED: Final = (
    home,
    lists,
    map_,
    paths,
    networks,
    questions,
    sparql,
    schema,
    quality,
    downloads,
    guides,
    correct,
    timeline,
    alliances,
    funding,
    search,
    suggest,
    thing,
    graphs,
    harvest,
    service,
)


def addresses() -> tuple[Address, ...]:
    """Every address, each filed under the topic whose folder declares it."""
    return tuple(
        replace(address, topic=module.__name__.split(".")[2])
        for module in _DECLARED
        for address in module.ADDRESSES
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
        openapi_url=None,  # described by the addresses themselves, like all others
        redirect_slashes=False,
    )
    problems.install(app)
    declared = addresses()
    hold(app.state, declared)
    state.sections = [(address.menu, address.path) for address in declared if address.menu]
    app.router.routes.extend(address.route() for address in declared)
    patterns = Patterns(app.routes)
    # The last one is the first to see a request.
    app.add_middleware(Selection, state.coded)
    app.add_middleware(Slashes, patterns)
    app.add_middleware(AddressLimit, limit=settings.url_bytes)
    app.add_middleware(Proxies, settings.trusted_proxies, settings.hosts)
    app.add_middleware(HeadersEverywhere)
    app.add_middleware(Door, state, patterns)
    return app
