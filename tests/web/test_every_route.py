"""Every route of the application, found in it and not listed here: headers, HEAD, CORS, errors."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from starlette.routing import Match, Route

from enact_graph.app import make_app
from enact_graph.settings import Settings
from tests.conftest import Site

#: A value for each parameter of a path, that leads somewhere.
VALUES = {
    "/graphs": "/graphs?default",
    "/doc/{name}": "/doc/inria",
    "/id/{name}": "/id/inria",
    "/network/{name}": "/network/inria",
    "/path.json": "/path.json?from=inria&to=enact",
    "/vocab/{name}": "/vocab/role",
    "/graph/{name}": "/graph/press-release-2024-05-22-p16",
    "/source/{name}": "/source/press-release-2024-05-22",
    "/ontology/{version}": "/ontology/0.1.0",
    "/queries/{name}": "/queries/members",
    "/problem/{slug}": "/problem/not-found",
    "/list/{kind}": "/list/organisations",
    "/glance.{form}": "/glance.csv",
    "/download/{file}": "/download/enact-graph.nq",
    "/download/{release}/{file}": "/download/none/void.ttl",
    "/cite.{suffix}": "/cite.bib",
    "/sitemap-{part}.xml": "/sitemap-1.xml",
}
#: What may not be answered otherwise than as an error by its nature.
REFUSED = {
    "/download/{release}/{file}": 404,
    "/sitemap-{part}.xml": 404,  # all of it fits into one
    "/.well-known/security.txt": 404,  # nobody is named
    "/correct.patch": 400,  # of nothing
}


def routes(public: Path) -> list[str]:
    """The path of every route of the application."""
    app = make_app(Settings(public=public))
    return sorted({getattr(route, "path", "") for route in _all(app.routes)} - {""})


def _all(found: Sequence[object]) -> Iterator[object]:
    """Routes and those of the routers among them, which stand under another name or two."""
    for route in found:
        yield route
        inner = getattr(route, "original_router", route)
        yield from _all(getattr(inner, "routes", None) or ())


def address(path: str, site: Site) -> str:
    """An address under a path; that of an asset is read from a page, since it bears a digest."""
    if path == "/static/{name}":
        loaded = re.search(r'"(/static/[^"]+)"', site.get("/", "text/html").text)
        assert loaded
        return loaded[1]
    return VALUES.get(path, path.replace("{suffix}", "ttl"))


def check_headers(headers: dict[str, str]) -> None:
    assert headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in headers
    assert {"ETag", "Link", "Last-Modified", "Content-Range", "Retry-After"} <= set(
        headers["access-control-expose-headers"].split(", ")
    )
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cache-control"]
    assert not {"server", "set-cookie", "x-powered-by"} & set(headers)


@pytest.fixture(scope="module")
def paths(tiny_public: Path) -> list[str]:
    found = routes(tiny_public)
    assert len(found) > 25
    assert {"/sparql", "/doc/{name}", "/openapi.json", "/health/ready", "/"} <= set(found)
    return found


def test_each_answers_with_every_header_and_reflects_no_origin(
    site: Site, paths: list[str]
) -> None:
    for path in paths:
        origin = "https://evil.example"
        answer = site.get(address(path, site), "text/turtle, */*;q=0.5", origin=origin)
        allowed = {200, 303, 307, 308} | {REFUSED.get(path, 200)}
        assert answer.status_code in allowed, (path, answer.status_code, answer.text[:200])
        check_headers(dict(answer.headers))
        assert origin not in str(answer.headers), path


def test_each_error_has_the_same_headers(site: Site, paths: list[str]) -> None:
    for path in paths:
        for method, status in (("PATCH", 405), ("DELETE", 405)):
            answer = site.client.request(method, address(path, site), headers={"Origin": "null"})
            assert answer.status_code == status, path
            assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["allow"].split(", ")), path
            check_headers(dict(answer.headers))
    for path in ("/nothing", "/sparql?query=x", "/doc/none", "/static/none", "/doc/%00"):
        answer = site.get(path)
        assert 400 <= answer.status_code < 500
        check_headers(dict(answer.headers))


def test_each_tells_a_browser_of_another_origin_what_it_may_send(
    site: Site, paths: list[str]
) -> None:
    asked = {
        "Origin": "https://evil.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match, x-evil",
    }
    for path in paths:
        answer = site.client.options(address(path, site), headers=asked)
        assert (answer.status_code, answer.content) == (204, b""), path
        headers = dict(answer.headers)
        check_headers(headers)
        assert {"GET", "HEAD"} <= set(headers["access-control-allow-methods"].split(", ")), path
        allowed = headers["access-control-allow-headers"].split(", ")
        assert {"*", "Authorization", "If-None-Match"} <= set(allowed)
        assert "evil" not in str(headers)


def test_each_head_has_the_headers_of_its_get(site: Site, paths: list[str]) -> None:
    differing = {"date", "transfer-encoding", "x-request-id"}
    for path in paths:
        if path == "/metrics":
            continue  # counts the requests themselves
        headers = {"Accept": "text/turtle, */*;q=0.5"}
        got = site.client.get(address(path, site), headers=headers)
        head = site.client.head(address(path, site), headers=headers)
        assert (head.status_code, head.content) == (got.status_code, b""), path
        assert {k: v for k, v in head.headers.items() if k not in differing} == {
            k: v for k, v in got.headers.items() if k not in differing
        }, path


def test_the_paths_above_belong_to_the_routes_they_stand_for(tiny_public: Path) -> None:
    app = make_app(Settings(public=tiny_public))
    for route in app.routes:
        if isinstance(route, Route) and route.path in VALUES:
            path = VALUES[route.path].partition("?")[0]
            scope = {"type": "http", "method": "GET", "path": path}
            assert route.matches(scope)[0] is Match.FULL
