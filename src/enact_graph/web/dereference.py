"""Documents of the data: an address answers as a page or as RDF, by header or by suffix."""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.errors import BadParameter, NotAcceptable, NotFound
from enact_graph.formats import HTML, RDF_BY_EXTENSION, RDF_FORMATS, TURTLE, Format
from enact_graph.graph import documents
from enact_graph.web.address import Address
from enact_graph.web.headers import with_style_of
from enact_graph.web.negotiation import choose
from enact_graph.web.openapi import DOCUMENT, LANGUAGE, in_path
from enact_graph.web.reply import Made, accept, language, links, origin, send, tag
from enact_graph.web.state import Serving, serving

OFFERED: Final = (*RDF_FORMATS, HTML)
T = TypeVar("T")


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


def _asked(visit: Visit) -> list[tuple[str, str]]:
    """What a page is asked for, as it stands in an address."""
    part = [("part", str(visit.part))] if visit.part > 1 else []
    of = [("of", visit.of)] if visit.of else []
    return [*part, *of, ("lang", visit.language)]


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


def whole(document: Document) -> Callable[[Request], Awaitable[Response]]:
    """A handler that sends a whole document, in the format of the suffix if there is one."""

    """A handler that sends a whole document, in the format of the suffix if there is one."""

    async def respond(request: Request) -> Response:
        suffix = request.path_params.get("suffix")
        if suffix is not None and suffix not in RDF_BY_EXTENSION:
            raise NotFound(f"{document.path} has no form .{suffix[:20]}.")
        return await answer(request, document, RDF_BY_EXTENSION[suffix] if suffix else None)

    return respond


def released(name: str) -> Callable[[Serving, Format], Awaitable[bytes]]:
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


def addresses(
    document: Document, key: str, *, in_sitemap: bool = False, menu: str = ""
) -> tuple[Address, Address]:
    """Where a whole document is read: at its own address, and under the suffix of each format."""
    suffix = in_path("suffix", "The extension of a format.")
    respond = whole(document)
    return (
        Address(
            document.path,
            respond,
            key,
            f"The document {key}",
            DOCUMENT,
            (LANGUAGE,),
            in_sitemap=in_sitemap,
            menu=menu,
        ),
        Address(
            document.path + ".{suffix}",
            respond,
            f"{key}In",
            f"{key} in a format",
            DOCUMENT,
            (suffix, LANGUAGE),
        ),
    )
