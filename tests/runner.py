"""A store in this process that answers the queries of the pages, in place of the pool."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from enact_graph.formats import Format


@dataclass(frozen=True)
class Answer:
    """The bytes of an answer."""

    body: bytes


@dataclass(frozen=True)
class Runner:
    """Runs the queries of the pages on a store in this process."""

    store: ox.Store

    async def run(
        self,
        query: str,
        *,
        results: Format | None,
        graph: Format | None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        found = self.store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        assert body is not None
        return Answer(body)
