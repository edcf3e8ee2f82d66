"""What a running server holds: one release, the engine that answers from it, answers made before.

Handlers find it with `serving(request)`, always the same for one request; `running` opens it and
closes it.
"""

import json
from asyncio import to_thread
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from starlette.requests import Request

from enact_graph import terms
from enact_graph.engine.cache import ByteCache
from enact_graph.engine.local import Start
from enact_graph.engine.protocol import Engine
from enact_graph.errors import CorruptRelease
from enact_graph.graph.cluster import cluster, names
from enact_graph.graph.entity import Entity, Name
from enact_graph.graph.reader import Reader
from enact_graph.lookup.index import Index
from enact_graph.lookup.resolve import Resolved, addresses, resolve
from enact_graph.lookup.search import nearest_address
from enact_graph.present.frame import Frame
from enact_graph.rdf.jsonld import Context
from enact_graph.release.questions import Question
from enact_graph.release.questions import read as read_questions
from enact_graph.release.store import CURRENT, MANIFEST, QUERIES, SITE, Release
from enact_graph.settings import Settings
from enact_graph.site import NOTHING_SAID, Site, Unfit, parse
from enact_graph.vocabulary import DCAT, DCTERMS
from enact_graph.web.accounting import Asker, name_of
from enact_graph.web.conditional import write_date
from enact_graph.web.made import Made
from enact_graph.web.metrics import Meter

T = TypeVar("T")
_PACKAGE: Final = Path(__file__).resolve().parents[1]


@dataclass
class Serving:
    """A release being served; `made` keeps finished answers under what they depend on.

    `engine` answers from it, `asker` and `reader` ask that in somebody's name; `index` finds things
    by name and identifier.

    `changed` is the HTTP-date at which an answer may last have become another one.
    """

    release: Release
    settings: Settings
    engine: Engine
    asker: Asker
    reader: Reader
    context: Context
    frame: Frame
    made: ByteCache[Made]
    questions: Sequence[Question]
    software: str
    dataset: str
    licence: str | None
    changed: str
    index: Index
    site: Site
    _held: dict[Hashable, Any] = field(default_factory=dict)

    def of(self, client: str, request: str) -> "Serving":
        """The same for one request, whose queries run in the name of its client."""
        asker = replace(self.asker, client=client, request=request)
        return replace(self, asker=asker, reader=Reader(asker))

    async def once(self, read: "Callable[..., Awaitable[T]]", *of: Hashable) -> T:
        """What a topic reads of the graph once a release: read when it is first asked for."""
        key = (read, *of)
        if key not in self._held:
            self._held[key] = await read(self.reader, *of)
        return cast(T, self._held[key])

    def held(self, make: "Callable[[Serving], T]") -> T:
        """What a topic keeps while a release is served, made when it is first asked for."""
        if make not in self._held:
            self._held[make] = make(self)
        return cast(T, self._held[make])

    async def cluster(self) -> Entity:
        """What the site is about; in a graph without any cluster, the dataset itself."""
        iri = await cluster(self.reader, self.site.cluster) or self.dataset
        return await self.reader.look_up(iri) or Entity(iri, (), (), 0, {}, {}, {})

    async def resolve(self, text: str, language: str) -> Resolved:
        """What a text means among all there is, also by the address of what no search finds."""
        known = self.index.codes.by_iri
        for iri in addresses(text.strip()):
            if iri not in known and await self.reader.exists(iri):
                return Resolved(iri)
        return resolve(self.index, text, language=language)

    def nearest(self, path: str, language: str) -> list[tuple[str, Name]]:
        """The IRIs whose addresses are most like a mistyped path, the most alike first."""
        labels = [(e.iri, e.label(language)) for e in nearest_address(self.index, path)]
        return [(iri, Name(label.text, label.language)) for iri, label in labels]


def path_of(iri: str) -> str:
    """The path on this host under which an IRI of ours is read."""
    path = "/" + iri.removeprefix(terms.BASE)
    return path.replace("/id/", "/doc/", 1) if path.startswith("/id/") else path


def serving(request: Request) -> Serving:
    """What serves this request, from its first byte to its last."""
    state = request.scope["state"]
    found = state.get("asking")
    if found is None:
        client = name_of(request.client.host if request.client else None)
        found = state["asking"] = state["serving"].of(client, state["number"])
    return cast(Serving, found)


async def open_serving(
    release: Release,
    settings: Settings,
    meter: Meter,
    start: Start,
    sections: Sequence[tuple[str, str]] = (),
) -> Serving:
    """Start the engine over a release; who gets it closes it."""
    engine = await start(release, settings)
    is_open = False
    try:
        asker = Asker(engine, settings, meter)
        reader = Reader(asker)
        dataset, licence = await _described(reader)
        context = await to_thread(_context, release)
        site = await to_thread(_site, release)
        known = await names(reader, site)
        frame = await to_thread(Frame.of, release.manifest, sections, site, known)
        index = await to_thread(Index.of, release)
        asked = await to_thread(_questions, release)
        is_open = True
    finally:
        if not is_open:
            await engine.close()
    return Serving(
        release=release,
        settings=settings,
        engine=engine,
        asker=asker,
        reader=reader,
        context=context,
        frame=frame,
        made=ByteCache(settings.cache_bytes),
        questions=asked,
        software=version("enact-graph"),
        dataset=dataset,
        licence=licence,
        changed=write_date(_changed(release)),
        index=index,
        site=site,
    )


def _site(release: Release) -> Site:
    """What the site says of itself; CorruptRelease where that cannot be read."""
    if not release.has(SITE):
        return NOTHING_SAID
    path = release.file(SITE)
    try:
        return parse(path.read_bytes())
    except Unfit as error:
        raise CorruptRelease(f"{path}:{error.line}: {error}") from error


def _questions(release: Release) -> tuple[Question, ...]:
    return read_questions(release.file(QUERIES).read_bytes())


def _context(release: Release) -> Context:
    return Context.from_json(json.loads(release.file("context.jsonld").read_bytes()))


def _changed(release: Release) -> datetime:
    """When this release was put here, made the current one, or this software was put here.

    The latest of these: going back to an earlier release is a change, too.
    """
    files = [release.path / MANIFEST, release.path.parent / CURRENT, *_PACKAGE.rglob("*.*")]
    moments = [file.lstat().st_mtime for file in files if file.exists()]
    return datetime.fromtimestamp(min(max(moments), datetime.now(UTC).timestamp()), UTC)


async def _described(reader: Reader) -> tuple[str, str | None]:
    """The IRI of the dataset and of its licence, as the catalogue in the data has them."""
    rows = await reader.select(
        "SELECT ?dataset ?licence WHERE"
        f" {{ ?dataset a <{DCAT.Dataset}>"
        f" OPTIONAL {{ ?dataset <{DCTERMS.license}> ?licence }} }}"
        " ORDER BY ?dataset ?licence LIMIT 1"
    )
    if not rows:
        return terms.BASE, None
    licence = rows[0]["licence"]
    return rows[0]["dataset"].value, licence.value if licence else None
