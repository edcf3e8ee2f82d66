"""The cluster of a graph: what its home page, its map and its timeline are about; its names."""

from enact_graph.graph.entity import Labels
from enact_graph.graph.reader import Reader
from enact_graph.site import MOST_SAID_OF, Site


async def cluster(reader: Reader, named: str = "") -> str | None:
    """The cluster that the site names, else the one that most is said about; None without any."""
    if named:
        return named
    rows = await reader.select(MOST_SAID_OF)
    return rows[0]["c"].value if rows else None


async def names(reader: Reader, site: Site) -> dict[str, Labels]:
    """The names of the cluster, the region and the centre of a site, as the graph has them."""
    told = {
        "cluster": await cluster(reader, site.cluster) or "",
        "region": site.map.region,
        "centre": site.map.centre,
    }
    labels = await reader.labels([iri for iri in told.values() if iri])
    return {key: labels.get(iri, {}) for key, iri in told.items()}
