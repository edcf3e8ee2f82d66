"""The SPARQL 1.1 Protocol: what a request asks, read strictly and never beyond the limit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from enact_graph.errors import (
    BadParameter,
    EnactGraphError,
    QueryMissing,
    QueryRefused,
    QuerySyntax,
    QueryTooLong,
    UnsupportedMedia,
)
from enact_graph.formats import RDF_FORMATS, RESULT_FORMATS, Format
from enact_graph.query.tokens import unmarked
from enact_graph.settings import Settings
from enact_graph.web import attachment

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
ACCEPT_POST: Final = f"{QUERY}, {FORM}"

#: Names under which clients ask for a format that are neither its key, extension nor media type.
_NICKNAMES: Final = {
    "json-ld": "jsonld",
    "n3": "turtle",
    "n-quads": "nquads",
    "n-triples": "ntriples",
    "rdf+xml": "rdfxml",
    "srj": "json",
    "srx": "xml",
}
#: A character of the query takes at most this many bytes in a form: four of UTF-8, each as %XX.
_FORM_BYTES: Final = 12
_REST_OF_FORM: Final = 65_536


#: The formats of results and of graphs that a name means.
Formats = tuple[Format | None, Format | None]


@dataclass(frozen=True)
class Asked:
    """One protocol request; `query`, `formats`, `download` are None where it names none."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    formats: Formats | None = None
    download: str | None = None


async def read(request: Request, settings: Settings) -> Asked:
    """Read a request; an error of the family tells what is wrong with it.

    A query may stand in the query string, in a form, or be the whole body; once in all of them.
    """
    fields = list(read_fields(request.scope["query_string"], "query string"))
    direct: list[str] = []
    if request.method == "POST":
        media_type = _media_type(request)
        if media_type == FORM:
            body = await _body(request, settings.query_chars * _FORM_BYTES + _REST_OF_FORM)
            fields += read_fields(body, "form")
        elif media_type == QUERY:
            body = await _body(request, settings.query_chars * 4)
            direct.append(_utf8(body, "The query"))
        elif media_type == UPDATE:
            raise _no_update()
        else:
            raise UnsupportedMedia(
                f"A body of type {media_type or 'unknown'} is not read here; send the query as"
                f" {QUERY}, or in a form ({FORM}).",
                accepted=[FORM, QUERY],
            )
    return _asked(fields, direct)


def named_format(
    name: str, results: Sequence[Format] = RESULT_FORMATS, graphs: Sequence[Format] = RDF_FORMATS
) -> Formats:
    """The formats of results and of graphs that a key, extension, media type or nickname means.

    BadParameter where it means neither.
    """
    wanted = _NICKNAMES.get(name.lower(), name.lower())

    def find(offered: Sequence[Format]) -> Format | None:
        by_name = (f for f in offered if wanted in (f.key, f.extension, f.media_type))
        return next(by_name, next((f for f in offered if wanted in f.also), None))

    found = (find(results), find(graphs) or _plain(graphs, wanted))
    if found == (None, None):
        known = sorted({f.key for f in (*results, *graphs)})
        raise BadParameter(
            f"format={name[:80]}: there is no such format here; there are {', '.join(known)}.",
            parameter="format",
            allowed=known,
        )
    return found


def _plain(graphs: Sequence[Format], wanted: str) -> Format | None:
    """The graph format meant by the bare `json` and `xml` that clients send for any query."""
    plain = {"json": "jsonld", "xml": "rdfxml"}.get(wanted)
    return next((f for f in graphs if f.key == plain), None)


def _asked(fields: Sequence[tuple[str, str]], direct: Sequence[str]) -> Asked:
    if any(name == "update" for name, _ in fields):
        raise _no_update()
    queries = [*direct, *(value for name, value in fields if name == "query")]
    queries = [unmarked(query) for query in queries]
    if len(queries) > 1:
        raise QueryMissing(f"There are {len(queries)} queries in this request; send one.")
    names = [value for name, value in fields if name in ("format", "output") and value]
    # Clients name one format in several parameters and spellings; what they mean must agree.
    formats = {named_format(name) for name in names}
    if len(formats) > 1:
        raise BadParameter(
            f"format and output name different formats ({', '.join(names)[:200]}); name one.",
            parameter="format",
        )
    return Asked(
        query=queries[0] if queries else None,
        default_graphs=tuple(v for name, v in fields if name == "default-graph-uri"),
        named_graphs=tuple(v for name, v in fields if name == "named-graph-uri"),
        formats=formats.pop() if formats else None,
        download=attachment.check([value for name, value in fields if name == "download"]),
    )


def read_fields(content: bytes, place: str) -> Iterator[tuple[str, str]]:
    """The fields of a form or query string, decoded once, as UTF-8 and nothing else."""
    for field in content.split(b"&"):
        if field:
            name, _, value = field.partition(b"=")
            yield _decode(name, place), _decode(value, place)


def _decode(part: bytes, place: str) -> str:
    if re.search(rb"%(?![0-9A-Fa-f]{2})", part):
        raise BadParameter(
            f"The {place} has a % that begins no escape; write a percent sign as %25.",
            parameter=part[:40].decode("ascii", "replace"),
        )
    return _utf8(unquote_to_bytes(part.replace(b"+", b" ")), f"The {place}")


def _utf8(content: bytes, what: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise QuerySyntax(
            f"{what} is not UTF-8: byte {error.start + 1} is 0x{content[error.start]:02X};"
            " send it as UTF-8."
        ) from error


def _media_type(request: Request) -> str:
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = re.search(r'(?:^|;)\s*charset="?([^\s";]+)', parameters, re.IGNORECASE)
    if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMedia(
            f"A body in {charset[1][:40]} is not read here; send it as UTF-8.", accepted=["utf-8"]
        )
    encoding = request.headers.get("content-encoding", "identity").lower()
    if encoding != "identity":
        raise UnsupportedMedia(
            f"A body encoded as {encoding[:40]} is not read here; send it as it is.",
            accepted=["identity"],
        )
    return media_type.strip().lower()


async def _body(request: Request, limit: int) -> bytes:
    """The body, given up as soon as it is seen to exceed `limit` bytes."""
    announced = request.headers.get("content-length", "")
    received = bytearray()
    too_long = QueryTooLong(
        f"The body of the request exceeds {limit} bytes; shorten the query.", limit=limit
    )
    if announced.isdigit() and int(announced) > limit:
        raise too_long
    async for chunk in request.stream():
        received += chunk
        if len(received) > limit:
            raise too_long
    return bytes(received)


def _no_update() -> EnactGraphError:
    return QueryRefused(
        "This endpoint only reads: there is no SPARQL Update here. The data are edited as files"
        " and published as a new release."
    )
