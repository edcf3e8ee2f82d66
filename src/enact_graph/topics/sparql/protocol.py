"""The SPARQL 1.1 Protocol: what a request asks, read strictly and never beyond the limit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from starlette.concurrency import run_in_threadpool
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
from enact_graph.formats import FORM_TYPE, HTML, QUERY_TYPE, RESULT_FORMATS, XLSX
from enact_graph.settings import Settings
from enact_graph.sparql.tokens import unmarked
from enact_graph.web import wanted
from enact_graph.web.headers import announces_body
from enact_graph.web.wanted import Wanted

UPDATE: Final = "application/sparql-update"
#: What the endpoint takes. Beside a query other names are passed over: clients add their own.
PARAMETERS: Final = (
    "query",
    "update",
    "default-graph-uri",
    "named-graph-uri",
    *wanted.PARAMETERS,
    "download",
)

#: A character takes at most so many bytes in UTF-8, and seldom as many as escapes in a form.
_CHARACTER_BYTES: Final = 4
_REST_OF_FORM: Final = 65_536
#: Fields of a request: more than there will be graphs to name.
_FIELDS: Final = 10_000
#: From here on decoding a body takes long enough to let other requests go on meanwhile.
_IN_THREAD: Final = 65_536


@dataclass(frozen=True)
class Asked:
    """One protocol request; `query`, `wanted`, `download` are None where it names none.

    `others` are the names of parameters that are none of ours: a client adds or misspells them.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    wanted: Wanted | None = None
    download: str | None = None
    others: tuple[str, ...] = ()


async def read(request: Request, settings: Settings) -> Asked:
    """Read a request; an error of the family tells what is wrong with it.

    A query may stand in the query string, in a form, or be the whole body; once in all of them.
    """
    fields = list(read_fields(request.scope["query_string"], "query string"))
    direct: list[str] = []
    if request.method == "POST":
        media_type = _media_type(request)
        limit = settings.query_chars * _CHARACTER_BYTES
        if media_type == FORM_TYPE:
            body = await _body(request, limit + _REST_OF_FORM)
            if len(body) < _IN_THREAD:
                fields += read_fields(body, "form")
            else:
                fields += await run_in_threadpool(lambda: list(read_fields(body, "form")))
        elif media_type == QUERY_TYPE:
            body = await _body(request, limit)
            direct += [_utf8(body, "The query")] if body else []
        elif media_type == UPDATE:
            raise _no_update()
        elif announces_body(request.scope):
            raise UnsupportedMedia(
                f"A body of type {media_type or 'unknown'} is not read here; send the query as"
                f" {QUERY_TYPE}, or in a form ({FORM_TYPE}).",
                accepted=[FORM_TYPE, QUERY_TYPE],
            )
        # Where there is no body, the query may stand in the address: some programs put it there.
    return _asked(fields, direct)


def _asked(fields: Sequence[tuple[str, str]], direct: Sequence[str]) -> Asked:
    if any(name == "update" and value for name, value in fields):
        raise _no_update()
    queries = [*direct, *(value for name, value in fields if name == "query")]
    queries = [unmarked(query) for query in queries]
    if len(queries) > 1:
        raise QueryMissing(f"There are {len(queries)} queries in this request; send one.")
    return Asked(
        query=queries[0] if queries else None,
        # Forms send fields that nobody filled in.
        default_graphs=tuple(v for name, v in fields if name == "default-graph-uri" and v),
        named_graphs=tuple(v for name, v in fields if name == "named-graph-uri" and v),
        wanted=wanted.read(fields, (*RESULT_FORMATS, XLSX), pages=(HTML,)),
        download=wanted.check([value for name, value in fields if name == "download"]),
        others=tuple(name for name, _ in fields if name not in PARAMETERS),
    )


def read_fields(content: bytes, place: str) -> Iterator[tuple[str, str]]:
    """The fields of a form or query string, decoded once, as UTF-8 and nothing else.

    BadParameter for a malformed escape or too many fields; QuerySyntax for what is no UTF-8.
    """
    if content.count(b"&") > _FIELDS:
        raise BadParameter(f"The {place} has more than {_FIELDS} fields; send fewer.")
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
        f"The body of the request exceeds {limit} bytes; shorten the query, or ask in parts. As a"
        f" body of type {QUERY_TYPE} it takes less room than in a form.",
        limit=limit,
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
