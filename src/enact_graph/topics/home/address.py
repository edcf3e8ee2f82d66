"""The home page, which is also the catalogue; the tree of the home page as files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from enact_graph import terms
from enact_graph.errors import NotFound
from enact_graph.formats import RESULTS_CSV
from enact_graph.graph.entity import Entity
from enact_graph.present.assets import of_topic
from enact_graph.present.frame import Frame
from enact_graph.present.table import csv_of
from enact_graph.topics.home import page, read
from enact_graph.topics.home.page import LISTS, Home
from enact_graph.topics.home.tree import Planter, Tree
from enact_graph.topics.lists.kinds import KINDS
from enact_graph.topics.lists.read import read as read_list
from enact_graph.web.address import Address
from enact_graph.web.dereference import Document, Visit, addresses, released, whole
from enact_graph.web.openapi import DOCUMENT, LANGUAGE, SVG_TYPE, answer, in_path
from enact_graph.web.reply import SVG, Content, kept, language
from enact_graph.web.state import Serving, serving

_STYLE: Final = "glance.css"


@dataclass(frozen=True)
class Glance:
    """Renders the tree of a cluster apart from any page."""

    frame: Frame
    cluster: Entity

    def svg(self, lang: str) -> str | None:
        """The drawing with a style of its own and lasting links; None where there is no tree."""
        tree = self._tree(lang)
        if tree is None:
            return None
        voice = self.frame.voice(lang)
        style = of_topic("home", _STYLE)
        template = self.frame.environment.get_template("home/glance.svg")
        return template.render(
            lang=lang,
            tree=tree,
            t=voice.text,
            count=voice.count,
            number=voice.number,
            style=style.read_text(encoding="utf-8"),
        ).replace(' href="/', f' href="{terms.BASE}')

    def csv(self, lang: str) -> str | None:
        """Each name under its group, with its lasting address; None where there is no tree."""
        tree = self._tree(lang)
        if tree is None:
            return None
        voice, table = self.frame.voice(lang), [("group", "name", "page")]
        for group in tree.groups:
            for part in group.parts:
                page = terms.BASE + (part.href or "/")[1:]
                table.append((voice.text(f"tree.{group.key}"), part.name.text, page))
        return csv_of(table)

    def _tree(self, lang: str) -> Tree | None:
        return Planter(self.cluster, self.frame.voice(lang), self.frame.today).tree()


async def _home(serve: Serving, visit: Visit) -> str:
    cluster = await serve.cluster()
    asked = await read.ask(serve.reader, cluster.iri, serve.site.map)
    kinds = (k for k in KINDS if k.key in LISTS)
    shelves = {k.key: await serve.once(read_list, k) for k in kinds}
    shown = Home(cluster, visit.origin, asked, shelves, serve.site.examples.searches)
    return await run_in_threadpool(page.page, serve.frame, shown, visit.language)


_CATALOGUE: Final = Document(
    "/catalog", terms.BASE, released("catalog.ttl"), _home, shows_origin=True
)


_FORMS: Final[dict[str, tuple[str, Callable[[Glance, str], str | None]]]] = {
    "svg": (SVG, Glance.svg),
    "csv": (RESULTS_CSV.content_type, Glance.csv),
}


async def _glance(request: Request) -> Response:
    serve, lang, form = serving(request), language(request), request.path_params["form"]
    if form not in _FORMS:
        raise NotFound(f"/glance has no form .{form[:20]}; there are .{' and .'.join(_FORMS)}.")

    async def make() -> Content:
        content_type, write = _FORMS[form]
        glance = Glance(serve.frame, await serve.cluster())
        written = await run_in_threadpool(write, glance, lang)
        if written is None:
            raise NotFound("Nothing in this release is tied to a cluster, so there is no tree.")
        return content_type, written

    return await kept(request, (), make)


ADDRESSES: Final = (
    Address(
        "/",
        whole(_CATALOGUE),
        "home",
        "The catalogue; for people the home page",
        DOCUMENT,
        (LANGUAGE,),
        in_sitemap=True,
    ),
    *addresses(_CATALOGUE, "catalog"),
    Address(
        "/glance.{form}",
        _glance,
        "glance",
        "Who is tied to the cluster",
        answer("It.", SVG_TYPE, RESULTS_CSV.media_type),
        (in_path("form", "svg or csv."), LANGUAGE),
        is_strict=True,
    ),
)
