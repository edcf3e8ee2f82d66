"""What the release says of itself: home, ontology, vocabularies, shapes, catalogue, report."""

import json
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.errors import NotFound
from enact_graph.formats import JSON_LD, Format
from enact_graph.graph import documents
from enact_graph.topics.schema import page
from enact_graph.topics.thing.page import Things
from enact_graph.vocabulary import RDF, SKOS
from enact_graph.web.address import Address
from enact_graph.web.dereference import Document, Visit, addresses, answer, released, split, whole
from enact_graph.web.openapi import DOCUMENT, LANGUAGE, in_path
from enact_graph.web.openapi import answer as answered
from enact_graph.web.reply import Made, send, tag
from enact_graph.web.state import Serving, serving


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


async def _report(serve: Serving, _: Visit) -> str:
    return serve.release.file("report.html").read_text(encoding="utf-8")


_VOID: Final = Document("/void", terms.BASE + ".well-known/void", released("void.ttl"), None)
_ONTOLOGY: Final = Document("/ontology", terms.ONTOLOGY_IRI, released("ontology.ttl"), _ontology)
_VOCABULARY: Final = Document("/vocab", terms.BASE + "vocab", _concepts, _vocabulary)
_SHAPES: Final = Document(
    "/shapes", terms.BASE + "shapes", released("shapes.ttl"), _shapes, has_groups=True
)
_REPORT: Final = Document("/report", terms.BASE + "report", released("report.ttl"), _report)


ADDRESSES: Final = (
    Address(
        "/context.jsonld",
        _context,
        "context",
        "The JSON-LD context",
        answered("It.", JSON_LD.media_type),
    ),
    Address(
        "/.well-known/void",
        whole(_VOID),
        "wellKnownVoid",
        "The VoID description",
        DOCUMENT,
        (LANGUAGE,),
    ),
    Address(
        "/ontology/{version}",
        _version,
        "ontologyVersion",
        "A version of the ontology",
        DOCUMENT,
        (in_path("version"), LANGUAGE),
    ),
    Address(
        "/vocab/", whole(_VOCABULARY), "vocabularies", "All vocabularies", DOCUMENT, (LANGUAGE,)
    ),
    *addresses(_VOID, "void"),
    *addresses(_ONTOLOGY, "ontology", in_sitemap=True, menu="ontology"),
    *addresses(_VOCABULARY, "vocab", in_sitemap=True),
    *addresses(_SHAPES, "shapes", in_sitemap=True),
    *addresses(_REPORT, "report"),
)
