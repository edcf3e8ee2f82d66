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
from enact_graph.web import described, documents, downloads, problems, site, sparql
from enact_graph.web.examples import FIRST, examples
from enact_graph.web.headers import HeadersEverywhere
from enact_graph.web.serving import Serving, opened


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
        docs_url=None,
        redoc_url=None,
    )
    problems.install(app)
    app.add_middleware(HeadersEverywhere)
    app.include_router(site.health())
    for room in (sparql, described, documents, downloads, site):
        app.router.routes.extend(room.routes())
    return app
