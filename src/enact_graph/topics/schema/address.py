"""What the release says of itself: home, ontology, vocabularies, shapes, catalogue, report."""

import json
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Final, TypeVar

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from enact_graph import terms
from enact_graph.errors import NotFound
from enact_graph.formats import JSON_LD, RDF_BY_EXTENSION, TURTLE, Format
from enact_graph.graph import documents
from enact_graph.topics.home import page as home_page
from enact_graph.topics.home import read as portal
from enact_graph.topics.home.page import LISTS, Home
from enact_graph.topics.lists.kinds import KINDS
from enact_graph.topics.lists.read import read as read_list
from enact_graph.topics.quality import page as quality_page
from enact_graph.topics.schema import page
from enact_graph.topics.thing.address import Document, Visit, answer, split
from enact_graph.topics.thing.page import Things
from enact_graph.vocabulary import RDF, SKOS
from enact_graph.web.reply import Made, send, tag
from enact_graph.web.state import Serving, serving

T = TypeVar("T")
_NUMBERS: Final = "quality.json"


def routes() -> list[Route]:
    """The routes of what is described as a whole; each also under the suffix of a format."""
    found = [
        Route("/", _whole(_HOME)),
        Route("/context.jsonld", _context),
        Route("/.well-known/void", _whole(_VOID)),
        Route("/ontology/{version}", _version),
        Route("/vocab/", _whole(_VOCABULARY)),
        Route("/quality.json", _numbers),
    ]
    for document in (_HOME, _VOID, _ONTOLOGY, _VOCABULARY, _SHAPES, _QUALITY, _REPORT):
        found.append(Route(document.path, _whole(document)))
        found.append(Route(document.path + ".{suffix}", _whole(document)))
    return found


def _whole(document: Document) -> Callable[[Request], Awaitable[Response]]:
    async def whole(request: Request) -> Response:
        suffix = request.path_params.get("suffix")
        if suffix is not None and suffix not in RDF_BY_EXTENSION:
            raise NotFound(f"{document.path} has no form .{suffix[:20]}.")
        return await answer(request, document, RDF_BY_EXTENSION[suffix] if suffix else None)

    return whole


async def _context(request: Request) -> Response:
    body = serving(request).release.file("context.jsonld").read_bytes()
    return send(request, Made(body, JSON_LD.media_type, tag(body)))


async def _version(request: Request) -> Response:
    """A version of the ontology; that of this release is the only one there is."""
    version, format_ = split(request.path_params["version"])
    iri = f"{terms.ONTOLOGY_IRI}/{version}"
    known = all(c.isalnum() or c in "-._" for c in version)
    if not known or not await serving(request).reader.exists(iri):
        raise NotFound(f"There is no version {version[:40]!r} of the ontology in this release.")
    return await answer(request, _ONTOLOGY, format_)


def _file(name: str) -> Callable[[Serving, Format], Awaitable[bytes]]:
    """A Turtle file of the release in any format; as Turtle it is sent as it lies there."""

    async def write(serve: Serving, format_: Format) -> bytes:
        content = serve.release.file(name).read_bytes()
        if format_.key == TURTLE.key:
            return content
        triples = list(_numbered(q.triple for q in ox.parse(content, format=ox.RdfFormat.TURTLE)))
        return await run_in_threadpool(documents.convert, triples, format_, serve.context)

    return write


def _numbered(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples with their blank nodes named by number, so that every server writes the same."""
    names: dict[object, ox.BlankNode] = {}

    def name(term: T) -> T | ox.BlankNode:
        if not isinstance(term, ox.BlankNode):
            return term
        return names.setdefault(term, ox.BlankNode(f"b{len(names)}"))

    for triple in triples:
        yield ox.Triple(name(triple.subject), triple.predicate, name(triple.object))


async def _home(serve: Serving, visit: Visit) -> str:
    cluster = await serve.cluster()
    asked = await portal.ask(serve.reader, cluster.iri, serve.site.map)
    kinds = (k for k in KINDS if k.key in LISTS)
    shelves = {k.key: await serve.once(read_list, k) for k in kinds}
    shown = Home(cluster, visit.origin, asked, shelves, serve.site.examples.searches)
    return await run_in_threadpool(home_page.page, serve.frame, shown, visit.language)


async def _ontology(serve: Serving, visit: Visit) -> str:
    rows = await serve.reader.select(
        f"SELECT DISTINCT ?s WHERE {{ GRAPH <{terms.GRAPH_ONTOLOGY}> {{ ?s a ?type }}"
        f' FILTER(STRSTARTS(STR(?s), "{terms.ENACT}")) }}'
    )
    entity = await serve.reader.look_up(terms.ONTOLOGY_IRI, [row["s"].value for row in rows])
    if entity is None:
        raise NotFound("This release has no ontology.")
    return await run_in_threadpool(Things(serve.frame).thing, entity, visit.language)


async def _vocabulary(serve: Serving, visit: Visit) -> str:
    concepts = await serve.reader.pairs(SKOS.inScheme)
    schemes = await serve.reader.subjects(RDF.type, SKOS.ConceptScheme)
    told = await serve.reader.look_up_all({s: concepts.get(s, []) for s in schemes})
    return await run_in_threadpool(page.vocabulary, serve.frame, told, visit.language)


async def _concepts(serve: Serving, format_: Format) -> bytes:
    entity = await serve.reader.look_into(terms.GRAPH_VOCABULARY)
    said = [s for node in entity.nodes.values() for s in node] if entity else []
    return await run_in_threadpool(documents.write, said, format_, serve.context)


async def _shapes(serve: Serving, visit: Visit) -> str:
    shapes = json.loads(serve.release.file("shapes.json").read_bytes())
    return await run_in_threadpool(page.shapes, serve.frame, shapes, visit.language, visit.of)


async def _quality(serve: Serving, visit: Visit) -> str:
    report = json.loads(serve.release.file(_NUMBERS).read_bytes())
    return await run_in_threadpool(quality_page.page, serve.frame, report, visit.language)


async def _numbers(request: Request) -> Response:
    """The quality report as plain JSON, for programs that read no RDF."""
    body = serving(request).release.file(_NUMBERS).read_bytes()
    return send(request, Made(body, "application/json", tag(body)))


async def _report(serve: Serving, _: Visit) -> str:
    return serve.release.file("report.html").read_text(encoding="utf-8")


_HOME: Final = Document("/catalog", terms.BASE, _file("catalog.ttl"), _home, shows_origin=True)
_VOID: Final = Document("/void", terms.BASE + ".well-known/void", _file("void.ttl"), None)
_ONTOLOGY: Final = Document("/ontology", terms.ONTOLOGY_IRI, _file("ontology.ttl"), _ontology)
_VOCABULARY: Final = Document("/vocab", terms.BASE + "vocab", _concepts, _vocabulary)
_SHAPES: Final = Document(
    "/shapes", terms.BASE + "shapes", _file("shapes.ttl"), _shapes, has_groups=True
)
_QUALITY: Final = Document("/quality", terms.BASE + "quality", _file("quality.ttl"), _quality)
_REPORT: Final = Document("/report", terms.BASE + "report", _file("report.ttl"), _report)
