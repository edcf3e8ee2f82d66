"""Who sits in which alliance on a day: as a page, as CSV and as a drawing."""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.errors import BadParameter
from enact_graph.formats import HTML, RESULTS_CSV
from enact_graph.topics.alliances import read as alliances
from enact_graph.topics.alliances.page import Asked, Overlap, Overlaps
from enact_graph.topics.alliances.read import Alliances
from enact_graph.topics.connections.address import day
from enact_graph.topics.connections.networks import written
from enact_graph.web.address import drawn
from enact_graph.web.kept import SVG, Content, kept
from enact_graph.web.openapi import DAY, LANGUAGE, in_query, of_texts
from enact_graph.web.reply import language
from enact_graph.web.state import serving


async def _alliances(request: Request) -> Response:
    serve, lang = serving(request), language(request)
    suffix = request.url.path.rpartition(".")[2] if "." in request.url.path else ""
    fields = (tuple(request.query_params.getlist("members")), request.query_params.get("date", ""))

    async def make() -> Content:
        read = await alliances.read(serve.reader)
        frame = serve.frame
        asked = _asked(request, read, frame.today.isoformat())
        overlap = Overlap(read, asked, frame.voice(lang), frame.today)
        if suffix == "csv":
            return RESULTS_CSV.content_type, written(overlap.csv())
        if suffix == "svg":
            return SVG, overlap.svg()
        return HTML.content_type, await run_in_threadpool(Overlaps(frame).page, read, asked, lang)

    return await kept(request, fields, make)


def _asked(request: Request, read: Alliances, today: str) -> Asked:
    """Who is compared: as named, else the members of the cluster; BadParameter for anyone else."""
    lists = request.query_params.getlist("members")
    named = [m.strip() for text in lists for m in text.split(",") if m.strip()]
    members = []
    for slug in dict.fromkeys(named):
        member = terms.ID + slug
        if member not in read.members:
            raise BadParameter(
                f"members={slug[:80]}: no member of an alliance has that slug; name those of"
                " /alliances.csv, with commas between them.",
                parameter="members",
                allowed=[m.removeprefix(terms.ID) for m in read.members],
            )
        members.append(member)
    on = day(request.query_params.get("date", ""), "date")
    return Asked(
        tuple(members) if named else read.at_home,
        on or today,
        named=bool(named),
        dated=bool(on) and on != today,
    )


_TAKES: Final = (
    in_query(
        "members",
        of_texts("Universities, by slug, also with commas; the members of the cluster as usual."),
    ),
    in_query("date", DAY),
    LANGUAGE,
)
ADDRESSES: Final = drawn(
    "/alliances", _alliances, "Who sits in which alliance", _TAKES, in_sitemap=True
)
