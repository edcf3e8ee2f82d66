"""A thing with all that has a date around it: what it is tied to, and what befell its calls."""

from dataclasses import replace

from enact_graph.graph.entity import Entity, mentioned
from enact_graph.graph.provenance import by_subject
from enact_graph.graph.reader import Reader
from enact_graph.vocabulary import ENACT, SCHEMA


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
