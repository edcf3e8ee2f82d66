"""What goes wrong inside, told without a word of the inside."""

import asyncio
import shutil
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.exceptions import HTTPException

from enact_graph.errors import EngineBusy, NoRelease, QueryTimeout, RequestError
from enact_graph.release.store import current
from enact_graph.web import problems
from tests.conftest import running

FAULTS = {
    "busy": EngineBusy("Sixty-four queries wait already.", retry_after=7),
    "late": QueryTimeout("The query ran for 10 seconds.", limit=10),
    "none": NoRelease("Nothing has been built."),
    "teapot": HTTPException(418, "I am a teapot."),
}


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI()
    problems.install(app)

    @app.get("/fails/{name}")
    async def fails(name: str) -> None:
        raise FAULTS[name]

    @app.get("/numbered/{number}")
    async def numbered(number: int) -> int:
        return number

    return app


async def ask(app: FastAPI, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        return await client.get(path)


@pytest.mark.parametrize(
    ("path", "status", "slug", "retry_after"),
    [
        ("/fails/busy", 503, "engine-busy", "7"),
        ("/fails/late", 503, "query-timeout", None),
        ("/fails/none", 503, "no-release", "30"),
        ("/fails/teapot", 418, "request", None),
        ("/fails/unknown", 500, "internal", None),
        ("/numbered/one", 400, "bad-parameter", None),
    ],
)
def test_every_fault_has_the_one_shape(
    app: FastAPI, path: str, status: int, slug: str, retry_after: str | None
) -> None:
    answer = asyncio.run(ask(app, path))
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"]) == (status, status)
    assert problem["type"].endswith("/" + slug)
    assert problem["instance"] == path
    assert answer.headers.get("retry-after") == retry_after


def test_a_wrong_parameter_is_named(app: FastAPI) -> None:
    problem = asyncio.run(ask(app, "/numbered/one")).json()
    assert problem["faults"][0]["parameter"] == "number"


def test_the_status_of_one_error_does_not_become_that_of_its_kind(app: FastAPI) -> None:
    asyncio.run(ask(app, "/fails/teapot"))
    assert RequestError.status == 400


def test_what_nobody_foresaw_is_logged_and_not_told(tiny_public: Path, tmp_path: Path) -> None:
    public = tmp_path / "public"
    shutil.copytree(tiny_public, public, symlinks=True)
    with running(public) as (_, url):
        (current(public).path / "report.ttl").unlink()  # behind the server's back
        for accept in ("text/turtle", "*/*"):
            answer = httpx.get(url + "/report", headers={"Accept": accept})
            assert answer.status_code == 500
            assert answer.json()["type"].endswith("/internal")
            assert str(tmp_path) not in answer.text
            assert "report.ttl" not in answer.text
            assert answer.headers["access-control-allow-origin"] == "*"
            assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert httpx.get(url + "/health/ready").status_code == 200
