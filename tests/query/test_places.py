"""Where bodies are: seats before sites, points of towns, nobody lost."""

import asyncio
from pathlib import Path

import pytest
from pydantic import ValidationError

from enact_graph import terms
from enact_graph.engine.pool import Pool
from enact_graph.graph.reader import Reader
from enact_graph.settings import Settings
from enact_graph.topics.map import read as places
from enact_graph.topics.map.atlas import GROUPS, Atlas
from enact_graph.topics.map.selection import Wish, select


@pytest.fixture(scope="module")
def atlas(real_public: Path) -> Atlas:
    async def read() -> Atlas:
        nquads = real_public / "current/enact-graph.nq"
        pool = await Pool.start(nquads=nquads, store=None, settings=Settings(workers=1))
        try:
            return await places.read(Reader(pool))
        finally:
            await pool.close()

    return asyncio.run(read())


def test_a_body_is_told_by_its_seat_else_by_its_sites(atlas: Atlas) -> None:
    dfki = atlas.bodies[terms.ID + "dfki"]
    assert [s.place for s in dfki.seats] == [terms.ID + "kaiserslautern"]
    assert len(dfki.spots) > 5
    assert dfki.spots[0].is_seat
    rptu = atlas.bodies[terms.ID + "rptu-kaiserslautern-landau"]
    assert {s.place for s in rptu.seats} == {terms.ID + "landau", terms.ID + "kaiserslautern"}


def test_every_spot_says_who_says_so(atlas: Atlas) -> None:
    for body in atlas.bodies.values():
        for spot in body.spots:
            assert spot.graphs, (body.iri, spot.site)
            assert set(spot.graphs) <= atlas.sources.keys()
            assert not any(g.startswith(terms.GRAPH_INFERRED) for g in spot.graphs)


def test_nobody_is_lost(atlas: Atlas) -> None:
    chosen = select(atlas, Wish(terms.ID + "strasbourg", show=GROUPS))
    shown = {h.body.iri for stop in chosen.stops for h in stop.bodies}
    lost = {body.iri for body in chosen.without}
    assert shown | lost == atlas.bodies.keys()
    assert not shown & lost
    assert [s.km for s in chosen.stops] == sorted(s.km for s in chosen.stops)
    assert chosen.counts == {g: sum(g in b.groups for b in atlas.bodies.values()) for g in GROUPS}


def test_what_lies_in_one_town_is_found_there(atlas: Atlas) -> None:
    toulouse = atlas.point(terms.ID + "toulouse")
    assert toulouse is not None
    assert atlas.point(terms.ID + "cluster-aniti") == toulouse
    # Three towns: the graph does not say which of them is the middle.
    assert atlas.point(terms.ID + "enact") is None


@pytest.mark.parametrize(
    "address",
    ["https://tiles.example.org/{x}/{y}.png", "javascript:{z}", "https://a'b/{z}/{x}/{y}", "/{z}"],
)
def test_tiles_are_an_address_with_a_host_and_a_zoom(address: str) -> None:
    with pytest.raises(ValidationError):
        Settings(tiles=address)
    assert Settings(tiles="https://tiles.example.org/{z}/{x}/{y}.png").tiles
