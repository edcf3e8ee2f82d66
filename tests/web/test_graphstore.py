"""The graph store: one graph at a time, by its IRI or as the default graph (reading only)."""

from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from enact_graph import terms
from enact_graph.formats import RDF_FORMATS, Format
from tests.conftest import Site

P16 = terms.GRAPH + "press-release-2024-05-22-p16"


def address(**fields: str) -> str:
    return "/graphs?" + urlencode(fields)


def read(content: bytes, format_: Format) -> set[str]:
    syntax = ox.RdfFormat.from_media_type(format_.media_type)
    quads = list(ox.parse(content, format=syntax))
    assert all(isinstance(q.graph_name, ox.DefaultGraph) for q in quads)
    return {str(q.triple) for q in quads}


def in_release(site: Site, graph: str | None) -> set[str]:
    path = site.release.file("enact-graph.nq")
    quads = ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)
    named = None if graph is None else ox.NamedNode(graph)
    return {str(q.triple) for q in quads if named in (None, q.graph_name)}


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda f: f.key)
@pytest.mark.parametrize("graph", [P16, None], ids=["named", "default"])
def test_a_graph_is_the_same_in_every_format(
    site: Site, graph: str | None, format_: Format
) -> None:
    path = "/graphs?default" if graph is None else address(graph=graph)
    answer = site.get(path, format_.media_type)
    assert answer.headers["content-type"] == format_.content_type
    assert answer.headers["vary"].split(", ")[0] == "Accept"
    assert read(answer.content, format_) == in_release(site, graph)
    # What is at the address it names is the same, whatever is asked for there.
    again = site.get(answer.headers["content-location"], "image/png")
    assert again.content == answer.content
    assert again.headers["content-type"] == format_.content_type


@pytest.mark.parametrize("path", ["/graphs?default", address(graph=P16)])
def test_head_and_what_is_known(site: Site, path: str) -> None:
    got, head = site.get(path), site.client.head(path)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["etag"] == got.headers["etag"]
    assert head.headers["content-length"] == got.headers["content-length"]
    known = site.get(path, If_None_Match=got.headers["etag"])
    assert (known.status_code, known.content) == (304, b"")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("graph=curation", 400),
        ("graph=", 400),
        ("graph=urn%3Aa&graph=urn%3Ab", 400),
        (f"default&graph={quote(P16)}", 400),
        ("default&format=html", 400),
        ("default&format=csv", 400),
        ("default&format=ttl&format=nt", 400),
        ("default&download=..%2Fx", 400),
        ("graph=%FF", 400),
        ("graph=urn%3Ax%3E%20%7D%20%23", 400),
        ("graph=urn%3Anothing", 404),
        (f"graph={quote(terms.GRAPH)}nothing", 404),
    ],
)
def test_what_names_no_graph_is_refused(site: Site, query: str, status: int) -> None:
    answer = site.get("/graphs?" + query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_no_acceptable_format_lists_those_there_are(site: Site) -> None:
    answer = site.get("/graphs?default", "image/png")
    assert answer.status_code == 406
    assert answer.json()["offered"] == [f.media_type for f in RDF_FORMATS]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_writing_is_refused(site: Site, method: str) -> None:
    answer = site.client.request(method, address(graph=P16), content=b"")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_every_graph_of_the_description_is_there_and_under_its_own_address(site: Site) -> None:
    said = ox.parse(site.get("/sparql", "text/turtle").content, format=ox.RdfFormat.TURTLE)
    names = [q.object.value for q in said if q.predicate.value == terms.PREFIXES["sd"] + "name"]
    assert len(names) == site.release.manifest.counts["graphs"]
    for name in names:
        assert site.get(address(graph=name)).status_code == 200
        assert site.get("/" + name.removeprefix(terms.BASE)).status_code == 200
