"""The one endpoint that all programs ask, and triples in a form that any of them can tell."""

import pyoxigraph as ox
import pytest

from tests.browser.conftest import browser  # noqa: F401  (Yasgui runs in it)
from tests.conftest import Site

from .questions import INRIA


@pytest.fixture(scope="session")
def endpoint(site: Site) -> str:
    return site.url + "/sparql"


@pytest.fixture(scope="session")
def described(site: Site) -> set[str]:
    """What the release says about Inria, a line of N-Triples each."""
    path = site.release.file("enact-graph.nt")
    about = ox.NamedNode(INRIA)
    return {str(q.triple) for q in ox.parse(path=path) if q.subject == about}
