"""What a running server holds: one release, the query processes over it, and answers made before.

Handlers find it with `serving(request)`, always the same for one request; `running` opens it and
closes it.
"""

import json
from asyncio import to_thread
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final, cast

from starlette.requests import Request

from enact_graph import terms
from enact_graph.jsonld import Context
from enact_graph.link.address import nearest_address
from enact_graph.link.index import Index
from enact_graph.present.pages.pages import Pages
from enact_graph.present.pages.table import Example
from enact_graph.query import places, portal, shelf
from enact_graph.query.atlas import Atlas
from enact_graph.query.cache import ByteCache
from enact_graph.query.entity import Entity, Name
from enact_graph.query.kinds import Kind
from enact_graph.query.network import Network
from enact_graph.query.network import read as read_network
from enact_graph.query.pool import Pool
from enact_graph.query.reader import Reader
from enact_graph.query.remote import Remote
from enact_graph.question import Question
from enact_graph.release import CURRENT, MANIFEST, Release
from enact_graph.settings import Settings
from enact_graph.web.asker import Asker, name_of
from enact_graph.web.checking import Checks
from enact_graph.web.conditions import write_date
from enact_graph.web.examples import FIRST, examples, questions
from enact_graph.web.made import Made
from enact_graph.web.meter import Meter

_PACKAGE: Final = Path(__file__).resolve().parents[1]


@dataclass
class Serving:
    """A release being served; `made` keeps finished answers under what they depend on.

    `processes` are the query processes over it, `pool` and `reader` ask them in somebody's name;
    `index` finds things by name and identifier.

    `changed` is the HTTP-date at which an answer may last have become another one.
    """

    release: Release
    settings: Settings
    processes: Pool
    pool: Asker
    reader: Reader
    context: Context
    pages: Pages
    made: ByteCache[Made]
    questions: Sequence[Question]
    checks: Checks
    examples: Sequence[Example]
    software: str
    dataset: str
    licence: str | None
    changed: str
    index: Index
    _shelves: dict[str, shelf.Shelf] = field(default_factory=dict)
    _atlas: list[Atlas] = field(default_factory=list)
    _networks: list[Network] = field(default_factory=list)

    def of(self, client: str, request: str) -> "Serving":
        """The same for one request, whose queries run in the name of its client."""
        asker = replace(self.pool, client=client, request=request)
        return replace(self, pool=asker, reader=Reader(asker))

    async def shelf(self, kind: Kind) -> shelf.Shelf:
        """The list of one kind, read when it is first asked for."""
        found = self._shelves.get(kind.key)
        if found is None:
            found = self._shelves[kind.key] = await shelf.read(self.reader, kind)
        return found

    async def network(self) -> Network:
        """Who is tied to whom, read when it is first asked for."""
        if not self._networks:
            self._networks.append(await read_network(self.reader))
        return self._networks[0]

    async def atlas(self) -> Atlas:
        """Where everything is, read when it is first asked for."""
        if not self._atlas:
            self._atlas.append(await places.read(self.reader))
        return self._atlas[0]

    async def cluster(self) -> Entity:
        """The cluster most is said about; in a graph without any, the dataset itself."""
        iri = await portal.cluster(self.reader) or self.dataset
        return await self.reader.look_up(iri) or Entity(iri, (), (), 0, {}, {}, {})

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
    release: Release, settings: Settings, meter: Meter, remote: Remote | None = None
) -> Serving:
    """Open the query processes over a release; who gets it closes them."""
    in_memory = release.manifest.counts["quads"] <= settings.memory_triples
    pool = await Pool.start(
        nquads=release.file("enact-graph.nq") if in_memory else None,
        store=None if in_memory else release.store,
        settings=settings,
        remote=remote,
    )
    is_open = False
    try:
        asker = Asker(pool, settings, meter)
        reader = Reader(asker)
        dataset, licence = await _described(reader)
        context = await to_thread(_context, release)
        pages = await to_thread(Pages.of, release)
        index = await to_thread(Index.of, release)
        asked = await to_thread(questions, release)
        is_open = True
    finally:
        if not is_open:
            await pool.close()
    return Serving(
        release=release,
        settings=settings,
        processes=pool,
        pool=asker,
        reader=reader,
        context=context,
        pages=pages,
        made=ByteCache(settings.cache_bytes),
        questions=asked,
        examples=examples(asked) or (FIRST,),
        checks=Checks(release, settings),
        software=version("enact-graph"),
        dataset=dataset,
        licence=licence,
        changed=write_date(_changed(release)),
        index=index,
    )


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
        f" {{ ?dataset a <{terms.PREFIXES['dcat']}Dataset>"
        f" OPTIONAL {{ ?dataset <{terms.PREFIXES['dcterms']}license> ?licence }} }}"
        " ORDER BY ?dataset ?licence LIMIT 1"
    )
    if not rows:
        return terms.BASE, None
    licence = rows[0]["licence"]
    return rows[0]["dataset"].value, licence.value if licence else None
