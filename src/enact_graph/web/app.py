"""The application: every router over one release.

app = make_app(release.current(settings.public), settings)
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TypedDict

from fastapi import FastAPI

from enact_graph.release import Release
from enact_graph.settings import Settings
from enact_graph.web import (
    described,
    documents,
    downloads,
    graphstore,
    openapi,
    problems,
    site,
    sparql,
)
from enact_graph.web.address import AddressLimit
from enact_graph.web.examples import FIRST, examples
from enact_graph.web.headers import HeadersEverywhere
from enact_graph.web.proxies import Proxies
from enact_graph.web.selection import Selection
from enact_graph.web.serving import Serving, opened
from enact_graph.web.shortcut import Shortcut


class State(TypedDict):
    """What a request finds in its state."""

    serving: Serving


def make_app(release: Release, settings: Settings) -> FastAPI:
    """The application that serves a release; its query processes live as long as it does."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[State]:
        async with opened(release, settings, examples(release) or (FIRST,)) as serve:
            yield {"serving": serve}

    app = FastAPI(
        title="enact-graph",
        version=version("enact-graph"),
        lifespan=lifespan,
        openapi_url=None,  # its own module describes every address
    )
    problems.install(app)
    # The last one is the first to see a request.
    app.add_middleware(Shortcut, sparql.PATH, sparql.respond)
    app.add_middleware(Selection, settings.cache_bytes // 4)
    app.add_middleware(AddressLimit, limit=settings.url_bytes)
    app.add_middleware(Proxies, settings.trusted_proxies)
    app.add_middleware(HeadersEverywhere)
    app.include_router(site.health())
    for room in (sparql, graphstore, described, documents, downloads, site, openapi):
        app.router.routes.extend(room.routes())
    return app
