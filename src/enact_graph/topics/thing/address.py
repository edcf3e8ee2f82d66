"""Dereferencing: every IRI of the data answers, as a page or as RDF, by header or by suffix."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from enact_graph import terms
from enact_graph.errors import NotFound
from enact_graph.formats import Format
from enact_graph.graph import documents
from enact_graph.graph.entity import Entity, Statement
from enact_graph.graph.provenance import DERIVED_FROM, HAS_SOURCE
from enact_graph.topics.thing.page import Things
from enact_graph.vocabulary import DCTERMS, FOAF, RDF, SKOS, VOID, XSD
from enact_graph.web.address import Address
from enact_graph.web.dereference import Document, Visit, answer, split
from enact_graph.web.openapi import DOCUMENT, LANGUAGE, described, in_path
from enact_graph.web.reply import links
from enact_graph.web.state import Serving, serving

#: Subjects of a graph on one page.
SUBJECTS: Final = 30
_SHELVES: Final = {
    "doc": terms.ID,
    "vocab": terms.VOCAB,
    "graph": terms.GRAPH,
    "source": terms.SOURCE,
}


async def _see_other(request: Request) -> Response:
    """A thing is not a document: 303 to the document about it, in the same format and language."""
    name = request.path_params["name"]
    slug, _ = split(name)
    iri = terms.ID + slug
    if not _is_slug(slug) or not await serving(request).reader.exists(iri):
        raise NotFound(f"There is no thing {slug[:200]!r} in this release.")
    if moved := await _moved(request, "id", iri):
        return moved
    query = request.url.query
    target = f"/doc/{name}" + (f"?{query}" if query else "")
    described = links((f"/doc/{slug}", "describedby", {}))
    return RedirectResponse(target, 303, {"Link": described, "Cache-Control": "no-cache"})


def _on_shelf(shelf: str) -> Callable[[Request], Awaitable[Response]]:
    async def read(request: Request) -> Response:
        slug, format_ = split(request.path_params["name"])
        iri = _SHELVES[shelf] + slug
        if not _is_slug(slug) or not await serving(request).reader.exists(iri):
            raise NotFound(f"There is no {shelf}/{slug[:200]} in this release.")
        if moved := await _moved(request, shelf, iri):
            return moved
        return await answer(request, _document(f"/{shelf}/{slug}", iri), format_)

    return read


async def _moved(request: Request, shelf: str, iri: str) -> Response | None:
    """A name that was withdrawn leads for good to the one that replaced it, as it was asked for."""
    successor = await serving(request).reader.successor(iri)
    namespace = _SHELVES.get(shelf, terms.ID)
    if successor is None or not successor.startswith(namespace):
        return None
    _, format_ = split(request.path_params["name"])
    suffix = f".{format_.extension}" if format_ else ""
    query = f"?{request.url.query}" if request.url.query else ""
    target = f"/{shelf}/{successor.removeprefix(namespace)}{suffix}{query}"
    link = links((successor, "successor-version", {}))
    return RedirectResponse(target, 301, {"Link": link, "Cache-Control": "no-cache"})


def _is_slug(slug: str) -> bool:
    """Whether a text can end one of our IRIs at all."""
    return slug.isascii() and all(c.isalnum() or c in "-._~" for c in slug)


def _document(path: str, iri: str) -> Document:
    async def write(serve: Serving, format_: Format) -> bytes:
        entity, said = await _read(serve, iri)
        statements = set(entity.everything) | (set(said.everything) if said else set())
        about = _about(serve, path, iri) if iri.startswith(terms.ID) else ()
        return await run_in_threadpool(documents.write, statements, format_, serve.context, about)

    async def render(serve: Serving, visit: Visit) -> str:
        entity, said = await _read(serve, iri, visit.part)
        parts = (visit.part, visit.part)
        if said:
            last = -(-await serve.reader.size(said.iri) // SUBJECTS)
            if visit.part > max(last, 1):
                raise NotFound(f"{path} has {last} parts; there is no part {visit.part}.")
            parts = (visit.part, last)
        render = Things(serve.frame).thing
        return await run_in_threadpool(render, entity, visit.language, said, parts)

    return Document(path, iri, write, render, has_parts=True)


async def _read(serve: Serving, iri: str, part: int | None = None) -> tuple[Entity, Entity | None]:
    """What is said about an IRI; and for a passage or graph, what it says, whole or in part."""
    reader = serve.reader

    async def inside(graph: str) -> Entity | None:
        if part is None:
            said = await reader.look_into(graph)
        else:
            said = await reader.look_into(graph, (part - 1) * SUBJECTS, SUBJECTS)
        return said and _only(said, graph)

    if iri.startswith(terms.GRAPH):
        said = await inside(iri)
        about = await reader.look_up(iri, parts=())
        return _found(about or said), said
    if iri.startswith(terms.VOCAB) and (concepts := await reader.subjects(SKOS.inScheme, iri)):
        return _found(await reader.look_up(iri, concepts)), None
    if iri.startswith(terms.SOURCE):
        if passages := await reader.subjects(HAS_SOURCE, iri):
            return _found(await reader.look_up(iri, passages)), None
        if derived := await reader.subjects(DERIVED_FROM, iri):
            return _found(await reader.look_up(iri)), await inside(derived[0])
    return _found(await reader.look_up(iri)), None


def _found(entity: Entity | None) -> Entity:
    assert entity is not None, "the IRI was seen to exist, and a release does not change"
    return entity


def _only(entity: Entity, graph: str) -> Entity:
    """A graph as it says its statements, whoever else says them too."""

    def alone(said: tuple[Statement, ...]) -> tuple[Statement, ...]:
        return tuple(replace(s, graphs=(graph,)) for s in said)

    return replace(entity, nodes={node: alone(said) for node, said in entity.nodes.items()})


def _about(serve: Serving, path: str, iri: str) -> tuple[ox.Triple, ...]:
    """What is said of the document itself: topic, dataset, licence, date."""
    document = ox.NamedNode(terms.BASE + path[1:])
    issued = ox.Literal(serve.release.manifest.issued, datatype=ox.NamedNode(XSD.date))
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (RDF.type, ox.NamedNode(FOAF.Document)),
        (DCTERMS.modified, issued),
        (FOAF.primaryTopic, ox.NamedNode(iri)),
        (VOID.inDataset, ox.NamedNode(serve.dataset)),
    ]
    if serve.licence:
        said.append((DCTERMS.license, ox.NamedNode(serve.licence)))
    return tuple(ox.Triple(document, ox.NamedNode(p), o) for p, o in sorted(said, key=str))


_NAME: Final = in_path("name", "The name, which the extension of a format may follow.")
_DOCUMENTS: Final = {
    "doc": ("document", "All that is said of a thing"),
    "source": ("source", "A document or a passage, and what it says"),
    "graph": ("assertions", "The graph of a passage"),
    "vocab": ("concept", "A vocabulary or a concept"),
}
ADDRESSES: Final = (
    Address(
        "/id/{name}",
        _see_other,
        "thing",
        "A thing",
        {"303": described("The document about the thing is at `Location`.")},
        (_NAME,),
    ),
    *(
        Address(f"/{shelf}/{{name}}", _on_shelf(shelf), key, title, DOCUMENT, (_NAME, LANGUAGE))
        for shelf, (key, title) in _DOCUMENTS.items()
    ),
)
