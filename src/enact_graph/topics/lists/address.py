"""The lists: every kind of thing with its facets, as a page, as CSV and as JSON."""

import asyncio
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph.errors import BadParameter, NotFound
from enact_graph.formats import HTML, JSON, RESULTS_CSV
from enact_graph.present.table import csv_of
from enact_graph.topics.lists.kinds import KINDS, Kind
from enact_graph.topics.lists.page import Listing, Told, pages, slug
from enact_graph.topics.lists.read import Choice, Shelf, read
from enact_graph.web import parameters
from enact_graph.web.address import Address
from enact_graph.web.openapi import LANGUAGE, PAGE, Json, answer, in_path, in_query, of_text
from enact_graph.web.reply import Content, kept, language
from enact_graph.web.state import serving

_COLUMNS: Final = (
    "iri",
    "name",
    "description",
    "place",
    "date",
    "date_precision",
    "value",
    "currency",
    "qualifier",
)


def as_csv(told: Told, choice: Choice) -> bytes:
    """The chosen entries as RFC 4180 has it, by name; several values in a field part by `; `."""
    facets = [f.key for f in told.shelf.kind.facets]
    columns = (*_COLUMNS, told.shelf.kind.count.key, *facets)
    table = [list(columns)]
    for item in _items(told, choice):
        by = item["values"]
        row = item | {key: [v["name"] for v in by.get(key, ())] for key in facets}
        table.append([_field(row[column]) for column in columns])
    return csv_of(table).encode()


def as_json(told: Told, choice: Choice) -> bytes:
    """The chosen entries by name, the facets with what each value would show, and the choice."""
    kind = told.shelf.kind
    chosen: dict[str, list[str]] = {}
    for facet, value in choice.pairs():
        chosen.setdefault(facet, []).append(slug(value))
    items = list(_items(told, choice))
    content = {
        "kind": kind.key,
        "language": told.voice.lang,
        "total": len(told.shelf.entries),
        "found": len(items),
        "chosen": chosen,
        "facets": {
            f.key: [
                {"key": v.key, "name": v.name.text, "count": v.count}
                for v in told.values(f, choice)
            ]
            for f in kind.facets
        },
        "items": items,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _items(told: Told, choice: Choice) -> Iterator[dict[str, Any]]:
    kind = told.shelf.kind
    for entry in told.sorted(choice):
        line = told.line(entry)
        yield {
            "iri": entry.iri,
            "name": line.name.name.text,
            "description": line.gist.text if line.gist else "",
            "place": [told.named(v).text for v in entry.places],
            "date": entry.when.day if entry.when else "",
            "date_precision": entry.when.precision if entry.when else "",
            "value": [f.value for f in entry.figures],
            "currency": sorted({f.currency for f in entry.figures} - {""}),
            "qualifier": [told.named(f.qualifier).text for f in entry.figures if f.qualifier],
            kind.count.key: entry.count,
            "values": {
                key: [{"key": slug(v), "name": told.named(v, key).text} for v in entry.values[key]]
                for key in entry.values
            },
        }


def _field(value: str | int | Sequence[str]) -> str:
    return str(value) if isinstance(value, str | int) else "; ".join(value)


_KINDS: Final = {kind.key: kind for kind in KINDS}
#: The forms of a list beside its page, by suffix.
_WRITERS: Final = {"csv": (RESULTS_CSV.content_type, as_csv), "json": (JSON.content_type, as_json)}


async def _overview(request: Request) -> Response:
    serve, lang = serving(request), language(request)

    async def make() -> Content:
        shelves = await asyncio.gather(*(serve.once(read, kind) for kind in KINDS))
        by_key = {s.kind.key: s for s in shelves}
        listing = Listing(serve.frame)
        return HTML.content_type, await run_in_threadpool(listing.overview, by_key, lang)

    return await kept(request, (), make)


async def _list(request: Request) -> Response:
    serve, lang = serving(request), language(request)
    name, dot, suffix = request.path_params["kind"].partition(".")
    kind = _KINDS.get(name)
    if kind is None or (dot and suffix not in _WRITERS):
        raise NotFound(
            f"There is no list {request.path_params['kind'][:80]!r}; there are"
            f" {', '.join(_KINDS)}, each also under .csv and .json."
        )
    shelf = await serve.once(read, kind)
    if suffix:
        parameters.check(request, many=[facet.key for facet in kind.facets])
    choice = _choice(request, shelf)
    number = 1 if suffix else _number(request, len(choice.entries(shelf)), kind)

    async def make() -> Content:
        if suffix:
            content_type, write = _WRITERS[suffix]
            told = Told(shelf, serve.frame.voice(lang))
            return content_type, await run_in_threadpool(write, told, choice)
        page = Listing(serve.frame).page
        return HTML.content_type, await run_in_threadpool(page, shelf, choice, lang, number)

    return await kept(request, (tuple(choice.pairs()), number), make)


def _choice(request: Request, shelf: Shelf) -> Choice:
    """The values chosen in the address; BadParameter names a value there is not."""
    pairs: list[tuple[str, str]] = []
    facets = [f.key for f in shelf.kind.facets]
    for facet, asked in request.query_params.multi_items():
        if facet not in facets or not asked:
            continue
        values = {v for e in shelf.entries for v in e.values.get(facet, ())}
        found = [v for v in values if slug(v) == asked]
        if not found:
            raise BadParameter(
                f"{facet}={asked[:60]}: nothing in this list is filed under that.",
                parameter=facet,
                allowed=sorted(map(slug, values)),
            )
        pairs += [(facet, v) for v in found]
    return Choice.of(pairs)


def _number(request: Request, entries: int, kind: Kind) -> int:
    """The page asked for; BadParameter where it is no number, NotFound beyond the last."""
    asked = request.query_params.get("page", "1")
    if not re.fullmatch(r"[1-9][0-9]{0,5}", asked):
        raise BadParameter(
            f"page={asked[:40]}: the pages of a list are numbered from 1; name one, or leave the"
            " parameter out.",
            parameter="page",
        )
    if int(asked) > pages(entries):
        raise NotFound(f"/list/{kind.key} has {pages(entries)} pages; there is no page {asked}.")
    return int(asked)


_FACETS: Final = sorted({facet.key for kind in KINDS for facet in kind.facets})
_CHOSEN: Final[Json] = {
    "type": "array",
    "items": of_text("The last part of the IRI of a value, or a year."),
}
_NUMBERED: Final[Json] = {
    "type": "integer",
    "minimum": 1,
    "maximum": 999_999,
    "description": "Of the page for people; 404 beyond the last.",
}
ADDRESSES: Final = (
    Address(
        "/list",
        _overview,
        "lists",
        "All lists",
        answer("The overview.", PAGE),
        (LANGUAGE,),
        in_sitemap=True,
        menu="explore",
    ),
    Address(
        "/list/{kind}",
        _list,
        "list",
        "The things of a kind",
        answer("The list.", PAGE, RESULTS_CSV.media_type, JSON.media_type),
        (
            in_path("kind", f"One of {', '.join(_KINDS)}; as a table behind it .csv or .json."),
            *(in_query(facet, _CHOSEN) for facet in _FACETS),
            in_query("page", _NUMBERED),
            LANGUAGE,
        ),
    ),
)
