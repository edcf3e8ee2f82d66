"""Who sits in which alliance on a day: as a page, as CSV and as a drawing."""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph.formats import HTML, RESULTS_CSV
from enact_graph.lookup.resolve import required
from enact_graph.present.table import csv_of
from enact_graph.topics.alliances import read as alliances
from enact_graph.topics.alliances.page import Asked, Overlap, Overlaps
from enact_graph.topics.alliances.read import Alliances
from enact_graph.web.address import drawn
from enact_graph.web.openapi import DAY, LANGUAGE, in_query, of_texts
from enact_graph.web.parameters import day
from enact_graph.web.reply import SVG, Content, kept, language
from enact_graph.web.state import serving


async def _alliances(request: Request) -> Response:
    serve, lang = serving(request), language(request)
    suffix = request.url.path.rpartition(".")[2] if "." in request.url.path else ""
    lists = request.query_params.getlist("members")
    members = tuple(m.strip() for text in lists for m in text.split(",") if m.strip())
    fields = (members, request.query_params.get("date", ""))

    async def make() -> Content:
        read = await alliances.read(serve.reader)
        frame = serve.frame
        named = [required(serve.index, "members", m, read.members, lang) for m in members]
        asked = _asked(request, read, tuple(dict.fromkeys(named)), frame.today.isoformat())
        overlap = Overlap(read, asked, frame.voice(lang), frame.today)
        if suffix == "csv":
            return RESULTS_CSV.content_type, csv_of(overlap.csv())
        if suffix == "svg":
            return SVG, overlap.svg()
        return HTML.content_type, await run_in_threadpool(Overlaps(frame).page, read, asked, lang)

    return await kept(request, fields, make)


def _asked(request: Request, read: Alliances, members: tuple[str, ...], today: str) -> Asked:
    """Who is compared: as named, else the members of the cluster; on the day named, else today."""
    on = day(request.query_params.get("date", ""), "date")
    return Asked(
        members or read.at_home,
        on or today,
        named=bool(members),
        dated=bool(on) and on != today,
    )


_TAKES: Final = (
    in_query(
        "members",
        of_texts("Universities, also with commas; the members of the cluster as usual."),
    ),
    in_query("date", DAY),
    LANGUAGE,
)
ADDRESSES: Final = drawn(
    "/alliances", _alliances, "Who sits in which alliance", _TAKES, in_sitemap=True
)
