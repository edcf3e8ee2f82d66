"""What harvesters and agents read first: sitemap, robots, llms.txt, the contact for security."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from xml.sax.saxutils import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.errors import NotFound
from enact_graph.release.questions import read
from enact_graph.release.store import QUERIES
from enact_graph.topics.guides import read as guide
from enact_graph.topics.harvest import briefing
from enact_graph.web.address import Address, held
from enact_graph.web.openapi import answer, in_path
from enact_graph.web.reply import Made, origin, send, tag
from enact_graph.web.state import path_of, serving

#: Addresses in one sitemap; the limit of the format is 50 000, and 50 MB.
PART: Final = 20_000
_XML: Final = "application/xml; charset=utf-8"
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: Days for which the contact is promised to hold; the standard recommends less than a year.
_HOLDS: Final = 180


async def _sitemap(request: Request) -> Response:
    """All pages, or the list of the parts where there are more than one part holds."""
    serve, here = serving(request), origin(request)
    paths = await _paths(request)
    if len(paths) <= PART:
        body = await run_in_threadpool(sitemap, paths, here, serve.release.manifest.issued)
    else:
        parts = -(-len(paths) // PART)
        body = index(parts, here, serve.release.manifest.issued)
    return send(request, Made(body, _XML, tag(body)))


async def _part(request: Request) -> Response:
    serve, asked = serving(request), request.path_params["part"]
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
    paths = await _paths(request)
    some = paths[(number - 1) * PART : number * PART] if number else []
    if not some or len(paths) <= PART:
        raise NotFound(
            f"There is no part {number} of the sitemap; /sitemap.xml names those there are."
        )
    body = await run_in_threadpool(sitemap, some, origin(request), serve.release.manifest.issued)
    return send(request, Made(body, _XML, tag(body)))


async def _paths(request: Request) -> list[str]:
    """The path of every page, each once: the general ones that exist, then those of the data."""
    front = [address.path for address in held(request) if address.in_sitemap]
    return [*front, *map(path_of, await guide.pages(serving(request).reader))]


def sitemap(paths: Sequence[str], origin: str, modified: str) -> bytes:
    """The sitemap of some pages, each with its addresses in every language."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<urlset xmlns="{_SITEMAP}" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for path in paths:
        address = escape(origin + path)
        lines.append(f"<url><loc>{address}</loc><lastmod>{modified}</lastmod>")
        for tongue, tail in (*((t, f"?lang={t}") for t in terms.LANGUAGES), ("x-default", "")):
            lines.append(
                f'<xhtml:link rel="alternate" hreflang="{tongue}" href="{address}{tail}"/>'
            )
        lines.append("</url>")
    return "\n".join([*lines, "</urlset>", ""]).encode()


def index(parts: int, origin: str, modified: str) -> bytes:
    """The list of the parts of a sitemap."""
    told = "".join(
        f"<sitemap><loc>{escape(origin)}/sitemap-{n}.xml</loc>"
        f"<lastmod>{modified}</lastmod></sitemap>\n"
        for n in range(1, parts + 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<sitemapindex xmlns="{_SITEMAP}">\n{told}</sitemapindex>\n'.encode()


async def _robots(request: Request) -> Response:
    """Keep crawlers away from what has no end, or costs more than it tells them."""
    closed = [f"Disallow: {path}" for address in held(request) for path in address.robots]
    told = "\n".join(["User-agent: *", *closed, "Allow: /"])
    body = f"{told}\n\nSitemap: {origin(request)}/sitemap.xml\n".encode()
    return send(request, Made(body, "text/plain; charset=utf-8", tag(body)))


async def _llms(request: Request) -> Response:
    serve = serving(request)
    paths = frozenset(address.path for address in held(request))
    text = briefing.write(
        serve.frame,
        await guide.dataset(serve.reader, serve.dataset),
        await serve.cluster(),
        read(serve.release.file(QUERIES).read_bytes()),
        (origin(request), serve.settings, paths),
    )
    body = text.encode()
    return send(request, Made(body, "text/markdown; charset=utf-8", tag(body)))


async def _security(request: Request) -> Response:
    """The contact for security (RFC 9116); nothing where the operator has named none."""
    contact = serving(request).settings.contact
    if not contact:
        raise NotFound("Whoever runs this server has named no contact (ENACT_GRAPH_CONTACT).")
    # To the day, so that the text stays the same for one.
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {today + timedelta(days=_HOLDS):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(terms.LANGUAGES)}",
        f"Canonical: {origin(request)}/.well-known/security.txt",
    ]
    body = "".join(f"{line}\n" for line in lines).encode()
    return send(request, Made(body, "text/plain; charset=utf-8", tag(body)))


_MAPPED: Final = answer("It.", "application/xml")
ADDRESSES: Final = (
    Address("/sitemap.xml", _sitemap, "sitemap", "Every page, or the list of parts", _MAPPED),
    Address(
        "/sitemap-{part}.xml",
        _part,
        "sitemapPart",
        "A part of the sitemap",
        _MAPPED,
        (in_path("part", "The number of the part."),),
    ),
    Address("/robots.txt", _robots, "robots", "For robots", answer("It.", "text/plain")),
    Address("/llms.txt", _llms, "llms", "A briefing for agents", answer("It.", "text/markdown")),
    Address(
        "/.well-known/security.txt",
        _security,
        "security",
        "The contact for security (RFC 9116)",
        answer("It.", "text/plain"),
    ),
)
