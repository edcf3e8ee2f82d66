"""What happened and what is due around a thing: as a page, as CSV and as a drawing."""

from dataclasses import replace
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph.errors import BadParameter
from enact_graph.formats import HTML, RESULTS_CSV
from enact_graph.graph.cluster import cluster
from enact_graph.graph.entity import Entity, mentioned
from enact_graph.graph.network import read as read_network
from enact_graph.graph.provenance import by_subject
from enact_graph.graph.reader import Reader
from enact_graph.lookup.resolve import required
from enact_graph.present.table import csv_of
from enact_graph.topics.timeline.moments import KINDS, Chosen, Timeline
from enact_graph.topics.timeline.page import Timelines, svg
from enact_graph.vocabulary import ENACT, SCHEMA
from enact_graph.web.address import drawn
from enact_graph.web.openapi import LANGUAGE, in_query, of_text
from enact_graph.web.reply import SVG, Content, kept, language
from enact_graph.web.state import Serving, serving


async def read(reader: Reader, iri: str) -> Entity | None:
    """The thing with its nodes, the calls it was selected in, and the events about these."""
    entity = await reader.look_up(iri)
    if entity is None:
        return None
    rows = await reader.select(
        f"SELECT DISTINCT ?call ?event WHERE {{ ?selection <{ENACT.selected}> <{iri}> ;"
        f" <{ENACT.call}> ?call . OPTIONAL {{ ?event a <{SCHEMA.Event}> ;"
        f" <{SCHEMA.about}> ?call }} }}"
    )
    further = {row[name].value for row in rows for name in ("call", "event") if row[name]}
    said = await reader.about(further - entity.nodes.keys())
    if not said:
        return entity
    sources = await reader.sources({g for s in said for g in s.graphs})
    cited = {i for s in sources.values() for i in s.mentions}
    labels = await reader.labels({*mentioned(said), *cited})
    return replace(
        entity,
        nodes={**entity.nodes, **by_subject(said)},
        sources={**entity.sources, **sources},
        labels={**entity.labels, **labels},
    )


async def _timeline(request: Request) -> Response:
    serve, lang = serving(request), language(request)
    suffix = request.url.path.rpartition(".")[2] if "." in request.url.path else ""
    chosen, of = _kinds(request), request.query_params.get("of", "").strip()

    async def make() -> Content:
        entity = await _entity(serve, of, lang)
        shown = Chosen(entity.iri, chosen, is_named=bool(of))
        frame = serve.frame
        timeline = Timeline(entity, shown, frame.voice(lang), frame.today)
        if suffix == "csv":
            return RESULTS_CSV.content_type, csv_of(timeline.csv())
        if suffix == "svg":
            return SVG, svg(timeline)
        page = await run_in_threadpool(Timelines(frame).page, entity, shown, lang)
        return HTML.content_type, page

    return await kept(request, (of, chosen), make)


async def _entity(serve: Serving, of: str, lang: str) -> Entity:
    """What the timeline is of; BadParameter where nothing is called so."""
    if of:
        known = (await serve.once(read_network)).ties
        thing: str | None = required(serve.index, "of", of, known, lang)
    else:
        thing = await cluster(serve.reader, serve.site.cluster)
    found = await read(serve.reader, thing) if thing else None
    return found or Entity(thing or serve.dataset, (), (), 0, {}, {}, {})


def _kinds(request: Request) -> tuple[str, ...]:
    asked = [k for text in request.query_params.getlist("kind") for k in text.split(",") if k]
    for kind in asked:
        if kind not in KINDS:
            raise BadParameter(
                f"kind={kind[:40]}: there are the kinds {', '.join(KINDS)}.",
                parameter="kind",
                allowed=list(KINDS),
            )
    return tuple(k for k in KINDS if k in asked)


_TAKES: Final = (
    in_query("of", of_text("A thing by name, identifier or address; the cluster as usual.")),
    in_query("kind", {"type": "array", "items": {"enum": list(KINDS)}}),
    LANGUAGE,
)
ADDRESSES: Final = drawn(
    "/timeline", _timeline, "What happened and what is due", _TAKES, in_sitemap=True
)
