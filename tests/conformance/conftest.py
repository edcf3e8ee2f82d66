"""One real server whose store holds the data of all W3C tests, each file as a named graph."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from enact_graph.release.store import MANIFEST, Release, ReleaseFile, current
from tests.conformance import suites
from tests.conformance.exchanges import graphs
from tests.conftest import Site, running
from tests.patience import PATIENCE


@pytest.fixture(scope="session")
def suite_public(tiny_public: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small release, its graph enlarged by the files of the suites."""
    public = tmp_path_factory.mktemp("suites") / "public"
    small = current(tiny_public)
    content = small.file("enact-graph.nq").read_bytes()
    files = [(address, address) for address in suites.data()]
    files += [(file, name) for name, file in graphs("sparql11/protocol").items()]
    quads = (quad for file, name in files for quad in suites.quads(file, name))
    content += ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return _enlarged(small, public, content)


@pytest.fixture(scope="session")
def suite_site(suite_public: Path) -> Iterator[Site]:
    with running(suite_public) as (_, url), httpx.Client(base_url=url, timeout=PATIENCE) as client:
        yield Site(url, current(suite_public), client)


def _enlarged(small: Release, public: Path, content: bytes) -> Path:
    described = ReleaseFile.of("enact-graph.nq", "application/n-quads", content)
    files = (*(f for f in small.manifest.files if f.name != described.name), described)
    counts = {**small.manifest.counts, "quads": content.count(b"\n")}
    manifest = replace(small.manifest, counts=counts, digest=described.sha256, files=files)
    folder = public / manifest.release_name
    shutil.copytree(small.path, folder)
    (folder / described.name).write_bytes(content)
    (folder / MANIFEST).write_bytes(manifest.to_json())
    (public / "current").symlink_to(folder.name)
    return public
