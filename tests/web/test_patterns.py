"""The patterns of routes: each request is counted under its own, and a slash at an end is none."""

from pathlib import Path

import pytest

from enact_graph.app import make_app
from enact_graph.settings import Settings
from enact_graph.web.routing import OTHER, Patterns
from tests.conftest import Site
from tests.web.test_every_route import VALUES, address, routes


@pytest.fixture(scope="module")
def patterns(tiny_public: Path) -> Patterns:
    return Patterns(make_app(Settings(public=tiny_public)).routes)


def test_every_route_is_counted_under_its_own_pattern(
    site: Site, tiny_public: Path, patterns: Patterns
) -> None:
    found = routes(tiny_public)
    assert len(found) > 60
    for path in found:
        leads_to = address(path, site).partition("?")[0]
        assert patterns.of(leads_to) == path
        if path != "/":
            assert patterns.of(leads_to.rstrip("/") + "/") in (path, path + "/")


@pytest.mark.parametrize(
    "path", ["/nothing", "/sparql/x", "/sparql//", "/doc/a/b", "", "/doc/", "/Sparql"]
)
def test_what_no_route_takes_is_counted_as_one(patterns: Patterns, path: str) -> None:
    assert patterns.of(path) == OTHER


def test_the_figures_have_the_patterns(site: Site) -> None:
    for path in ("/map.csv", "/list/organisations", "/doc/inria.ttl", "/doc/none", "/sparql/"):
        site.get(path)
    site.get("/no-such-address")
    figures = site.get("/metrics").text
    for route in ("/map.csv", "/list/{kind}", "/doc/{name}", "/sparql", OTHER):
        assert f'enact_graph_requests_total{{route="{route}",' in figures
    assert "no-such-address" not in figures


def test_no_address_is_redirected_for_a_slash(site: Site, tiny_public: Path) -> None:
    for path in routes(tiny_public):
        if path.startswith(("/metrics", "/health", "/correct.patch")):
            continue  # tells of each moment anew
        plain = VALUES.get(path) or address(path, site)
        before, mark, query = plain.partition("?")
        slashed = before.rstrip("/") + "/" + mark + query
        accept = "text/turtle, */*;q=0.5"
        asked, other = site.get(plain, accept), site.get(slashed, accept)
        assert other.status_code == asked.status_code, slashed
        if asked.status_code == 200:
            assert other.content == asked.content, slashed
        assert site.client.options(slashed).status_code == 204
