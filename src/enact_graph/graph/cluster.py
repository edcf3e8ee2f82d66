"""The cluster of a graph: what its home page, its map and its timeline are about."""

from enact_graph.graph.reader import Reader
from enact_graph.vocabulary import ENACT


async def cluster(reader: Reader) -> str | None:
    """The cluster that most is said about; None in a graph without any."""
    rows = await reader.select(
        f"SELECT ?c WHERE {{ ?c a <{ENACT.Cluster}> . ?s ?p ?c }}"
        " GROUP BY ?c ORDER BY DESC(COUNT(*)) ?c LIMIT 1"
    )
    return rows[0]["c"].value if rows else None
