import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from enact_graph import formats
from enact_graph.engine.federation import Remote
from enact_graph.engine.forkserver import MERGE
from enact_graph.engine.pool import Pool
from enact_graph.settings import Settings
from enact_graph.sparql.ask import Answer, Ask

#: Two passages state one fact; a third states another.
NQUADS = """\
<urn:inria> <urn:memberOf> <urn:enact> <urn:p1> .
<urn:inria> <urn:memberOf> <urn:enact> <urn:p16> .
<urn:inria> <urn:name> "Inria"@fr <urn:p16> .
<urn:cnrs> <urn:memberOf> <urn:enact> <urn:p16> .
<urn:enact> <urn:name> "ENACT"@en <urn:p2> .
"""

OpenPool = Callable[..., AbstractAsyncContextManager[Pool]]
AskPool = Callable[..., Coroutine[Any, Any, Answer]]


@pytest.fixture(scope="session")
def nquads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / "small.nq"
    path.write_text(NQUADS, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def many_nquads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / "many.nq"
    lines = (f'<urn:s{i}> <urn:p{i % 7}> "value {i}" <urn:g{i % 9}> .\n' for i in range(3000))
    path.write_text("".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory, many_nquads: Path) -> Path:
    path = tmp_path_factory.mktemp("release") / "store"
    store = ox.Store(str(path))
    store.load(path=str(many_nquads), format=ox.RdfFormat.N_QUADS)
    store.update(MERGE)
    store.flush()
    del store
    return path


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def open_pool(nquads: Path) -> OpenPool:
    @asynccontextmanager
    async def opened(
        memory: Path | None = nquads,
        store: Path | None = None,
        remote: Remote | None = None,
        **settings: Any,
    ) -> AsyncIterator[Pool]:
        limits = Settings(**({"workers": 1, "reserve": 0} | settings))
        pool = await Pool.start(memory, store, limits, remote=remote)
        try:
            yield pool
        finally:
            await pool.close()

    return opened


@pytest.fixture(scope="session")
def ask() -> AskPool:
    def run(pool: Pool, query: str, **arguments: Any) -> Coroutine[Any, Any, Answer]:
        wanted = {"results": formats.RESULTS_CSV, "graph": formats.N_TRIPLES} | arguments
        return pool.run(Ask(query, **wanted))

    return run
