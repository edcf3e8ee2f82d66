"""Dereferencing: every IRI of the data answers, as a page or as RDF, by header or by suffix."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from enact_graph import terms
from enact_graph.errors import BadParameter, NotAcceptable, NotFound
from enact_graph.formats import HTML, RDF_BY_EXTENSION, RDF_FORMATS, TURTLE, Format
from enact_graph.graph import documents
from enact_graph.graph.entity import Entity, Statement
from enact_graph.graph.provenance import DERIVED_FROM, HAS_SOURCE
from enact_graph.topics.thing.page import Things
from enact_graph.vocabulary import DCTERMS, FOAF, RDF, SKOS, VOID, XSD
from enact_graph.web.headers import with_style_of
from enact_graph.web.negotiation import choose
from enact_graph.web.reply import Made, accept, language, links, origin, send, tag
from enact_graph.web.state import Serving, serving

#: Subjects of a graph on one page.
SUBJECTS: Final = 30
OFFERED: Final = (*RDF_FORMATS, HTML)
_SHELVES: Final = {
    "doc": terms.ID,
    "vocab": terms.VOCAB,
    "graph": terms.GRAPH,
    "source": terms.SOURCE,
}


@dataclass(frozen=True)
class Visit:
    """What a page is made for: a language, a part of a long list, the origin it is read at.

    A document that shows no origin, or is not told in parts, is not made for one: `origin` is
    empty then and `part` 1. `of` names the one of its groups that a page tells alone.
    """

    language: str
    origin: str = ""
    part: int = 1
    of: str = ""


@dataclass(frozen=True)
class Document:
    """A document of the data: its address without suffix, what it is about, and its content.

    `render` makes its page; None where it has none. Both leave what takes long to a thread, so
    that other requests go on.
    """

    path: str
    iri: str
    write: Callable[[Serving, Format], Awaitable[bytes]]
    render: Callable[[Serving, Visit], Awaitable[str]] | None
    shows_origin: bool = False
    has_parts: bool = False
    has_groups: bool = False


def routes() -> list[Route]:
    """The routes of things, concepts, graphs and sources."""
    return [
        Route("/id/{name}", _see_other),
        *(Route(f"/{shelf}/{{name}}", _on_shelf(shelf)) for shelf in _SHELVES),
    ]


async def answer(request: Request, document: Document, format_: Format | None) -> Response:
    """Send a document in the format its suffix names, else in the one the client likes best."""
    serve = serving(request)
    vary = []
    chosen = format_
    forms = OFFERED if document.render else RDF_FORMATS
    if chosen is None:
        chosen = choose(accept(request), forms)
        vary.append("Accept")
    if chosen is None:
        offered = {f.media_type: f"{document.path}.{f.extension}" for f in forms}
        raise NotAcceptable(
            f"{document.path} is not to be had as Accept: {accept(request)} wants; there are"
            f" {', '.join(offered)}.",
            offered=offered,
        )
    if chosen not in forms and format_ is not None:
        raise NotFound(f"{document.path} has no form .{format_.extension}.")
    visit = _visit(request, document) if chosen.key == HTML.key else None
    headers = {"Link": _links(serve, document, visit)}
    if visit:
        vary.append("Accept-Language")
        headers["Content-Language"] = visit.language
    if vary:
        headers["Vary"] = ", ".join(vary)
        headers["Content-Location"] = f"{document.path}.{chosen.extension}"
    key = ("document", document.path, chosen, visit, *vary)
    made = serve.made.get(key)
    if made is None:
        if visit and document.render:
            page = await document.render(serve, visit)
            headers["Content-Security-Policy"] = with_style_of(page)
            body = page.encode()
        else:
            body = await document.write(serve, chosen)
        made = Made(body, chosen.content_type, tag(body, chosen.key), headers=headers)
        serve.made.put(key, made, made.size)
    return send(request, made)


def _visit(request: Request, document: Document) -> Visit:
    """What the page is asked for; BadParameter where its part is no number."""
    asked = request.query_params.get("part", "1") if document.has_parts else "1"
    if not re.fullmatch(r"[1-9][0-9]{0,5}", asked):
        raise BadParameter(
            f"part={asked[:40]}: the parts of a page are numbered from 1; name one, or leave the"
            " parameter out.",
            parameter="part",
        )
    return Visit(
        language(request),
        origin(request) if document.shows_origin else "",
        int(asked),
        request.query_params.get("of", "") if document.has_groups else "",
    )


def split(name: str) -> tuple[str, Format | None]:
    """A name without its suffix, and the format the suffix means."""
    stem, dot, extension = name.rpartition(".")
    if dot and stem and extension in RDF_BY_EXTENSION:
        return stem, RDF_BY_EXTENSION[extension]
    return name, None


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


def _asked(visit: Visit) -> list[tuple[str, str]]:
    """What a page is asked for, as it stands in an address."""
    part = [("part", str(visit.part))] if visit.part > 1 else []
    of = [("of", visit.of)] if visit.of else []
    return [*part, *of, ("lang", visit.language)]


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


def _links(serve: Serving, document: Document, visit: Visit | None) -> str:
    """The Link header: the other formats, the canonical address, the thing itself, the licence.

    Each language of a page has a canonical address of its own, the one that the page names.
    """
    targets: list[tuple[str, str, dict[str, str]]] = [
        (f"{document.path}.{f.extension}", "alternate", {"type": f.media_type})
        for f in (OFFERED if document.render else RDF_FORMATS)
    ]
    turtle = {"type": TURTLE.media_type}
    targets.append((f"{document.path}.{TURTLE.extension}", "describedby", turtle))
    is_thing = document.iri.startswith(terms.ID)
    canonical = terms.BASE + document.path[1:] if is_thing else document.iri
    if visit:
        canonical += "?" + urlencode(_asked(visit))
    targets.append((canonical, "canonical", {}))
    targets.append((document.iri, "cite-as", {}))
    if serve.licence:
        targets.append((serve.licence, "license", {}))
    return links(*targets)
