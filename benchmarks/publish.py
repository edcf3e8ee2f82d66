"""A release of any quads, written by the build's own code without its checks, for measurements."""

from pathlib import Path

import pyoxigraph as ox

from enact_graph.authoring import dataset
from enact_graph.authoring import metadata as describe
from enact_graph.authoring.sources import load
from enact_graph.publishing.pipeline import Contents
from enact_graph.publishing.staging import staging
from enact_graph.release.store import Release
from enact_graph.terms import GRAPH_CATALOGUE


def publish(nquads: Path, public: Path, checkout: Path) -> Release:
    """Publish a file of N-Quads, with the catalogue and the shapes of the checkout beside them."""
    sources = load(checkout)
    catalogue = [
        s.quad for s in sources.statements if s.quad.graph_name == ox.NamedNode(GRAPH_CATALOGUE)
    ]
    store = dataset.collect(ox.parse(path=nquads, format=ox.RdfFormat.N_QUADS))
    dataset.extend(store, catalogue)
    about = describe.about(store)
    counts = describe.count(store, 0, 0)
    contents = Contents(sources, store, about, (), counts)
    with staging(public) as stage:
        for _ in contents.fill(stage):
            pass
        made = stage.publish(about.version, contents.digest, about.issued, "benchmark", counts)
    return made.release


def whole(release: Release, path: Path) -> Path:
    """Write the named graphs and their merge to one file: what every server is to answer from."""
    named, merge = release.file("enact-graph.nq"), release.file("enact-graph.nt")
    path.write_bytes(named.read_bytes() + merge.read_bytes())
    return path
