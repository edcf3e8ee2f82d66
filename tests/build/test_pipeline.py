"""The pipeline: from the tiny repository to a release, and what stops it."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from enact_graph.authoring import archive
from enact_graph.errors import CorruptRelease, SourceError
from enact_graph.publishing.pipeline import STEPS, build
from enact_graph.release.store import SOURCES, current
from tests.build.sample import TINY


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a copy of the tiny repository that a test may change."""
    return Path(shutil.copytree(TINY, tmp_path / "repository"))


def files(public: Path) -> dict[str, bytes]:
    release = current(public)
    return {f.name: release.file(f.name).read_bytes() for f in release.manifest.files} | {
        "manifest.json": release.file("manifest.json").read_bytes()
    }


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = build(TINY, tmp_path / "one"), build(TINY, tmp_path / "two")
    assert one.release.name == two.release.name
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_a_separate_process_gives_the_same_bytes(tmp_path: Path) -> None:
    build(TINY, tmp_path / "here")
    call = [sys.executable, "-m", "enact_graph", "build", "--root", str(TINY)]
    subprocess.run(
        [*call, "--public", str(tmp_path / "there")],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        stdout=subprocess.DEVNULL,
    )
    assert files(tmp_path / "here") == files(tmp_path / "there")


def test_a_second_build_keeps_what_is_there(tmp_path: Path) -> None:
    assert build(TINY, tmp_path).fate == "new"
    assert build(TINY, tmp_path).fate == "kept"


def test_every_step_is_told(tmp_path: Path) -> None:
    steps: list[str] = []
    build(TINY, tmp_path, steps.append)
    assert len(steps) == STEPS
    assert steps[:3] == ["load", "infer", "validate"]


def test_the_manifest_counts_what_the_release_holds(tmp_path: Path) -> None:
    release = build(TINY, tmp_path).release
    counts, manifest = release.manifest.counts, release.manifest
    assert (manifest.version, manifest.issued) == ("0.1.0", "2024-06-01")
    assert manifest.software.startswith("enact-graph ")
    lines = {name: len(release.file(f"enact-graph.{name}").read_bytes().splitlines())
             for name in ("nq", "nt")}  # fmt: skip
    assert (counts["quads"], counts["triples"]) == (lines["nq"], lines["nt"])
    assert (counts["sources"], counts["passages"], counts["statements"]) == (1, 1, 8)
    assert (counts["concepts"], counts["links"], counts["terms"]) == (2, 0, 10)
    assert (counts["violations"], counts["warnings"]) == (0, 0)
    # ENACT, two institutions, two memberships, the activities of curation and of inference
    assert counts["entities"] == 7


def test_the_store_holds_the_merge_and_the_named_graphs(tmp_path: Path) -> None:
    release = build(TINY, tmp_path).release
    held = ox.Store.read_only(str(release.store))
    merge = {q for q in held if q.graph_name == ox.DefaultGraph()}
    assert len(merge) == release.manifest.counts["triples"]
    assert len(held) - len(merge) == release.manifest.counts["quads"]


def test_a_flipped_byte_is_found_and_named(tmp_path: Path) -> None:
    release = build(TINY, tmp_path).release
    path = release.file("enact-graph.ttl.gz")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(CorruptRelease, match=r"enact-graph\.ttl\.gz: the content differs"):
        current(tmp_path).verify()


def test_a_violation_stops_the_build_with_file_and_line(repository: Path, tmp_path: Path) -> None:
    path = repository / "data/documents/press-release-2024-05-22.trig"
    text = path.read_text("utf-8").replace("org:role v:role-member", "org:role v:role-lade")
    path.write_text(text, "utf-8")
    line = next(n for n, t in enumerate(text.splitlines(), 1) if "role-lade" in t)
    with pytest.raises(SourceError, match=rf"{path.name}:{line}: .*The role is a concept"):
        build(repository, tmp_path / "public")
    assert not (tmp_path / "public/current").exists()


def test_a_file_that_cannot_be_read_stops_the_build(repository: Path, tmp_path: Path) -> None:
    path = repository / "vocab/role.ttl"
    path.write_text(path.read_text("utf-8") + "v:x skos:nonsense", "utf-8")
    with pytest.raises(SourceError, match=r"vocab/role\.ttl:\d+"):
        build(repository, tmp_path / "public")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('dcat:version "0.1.0"', 'dcat:version "../up"', "is no version"),
        ('dcat:version "0.1.0"', 'dcterms:subject "x"', "has no dcat:version"),
        ('"2024-06-01"^^xsd:date', '"June"', "is no xsd:date"),
        ("a dcat:Dataset", "a dcat:Resource", "one dcat:Dataset is needed, 0 are there"),
    ],
)
def test_a_dataset_without_version_or_date_is_named(
    repository: Path, tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = repository / "data/catalog.ttl"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(SourceError, match=rf"data/catalog\.ttl: .*{message}"):
        build(repository, tmp_path / "public")


KILLED_HALF_WAY = """
import sys, time
from pathlib import Path
from enact_graph.publishing.pipeline import build

def step(name):
    print(name, flush=True)
    if name == "enact-graph.rdf":
        time.sleep(3600)

build(Path(sys.argv[1]), Path(sys.argv[2]), step)
"""


def test_a_killed_build_leaves_the_current_release_and_the_next_one_works(
    repository: Path, tmp_path: Path
) -> None:
    public = tmp_path / "public"
    before = build(repository, public).release
    path = repository / "data/catalog.ttl"
    path.write_text(path.read_text("utf-8").replace('"0.1.0"', '"0.2.0"'), "utf-8")
    call = [sys.executable, "-c", KILLED_HALF_WAY, str(repository), str(public)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "enact-graph.rdf\n" in process.stdout
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert [p.name for p in public.glob(".building-*")] == [f".building-{process.pid}"]
    assert current(public) == before
    before.verify()
    after = build(repository, public)
    assert (after.fate, after.release.manifest.version) == ("new", "0.2.0")
    assert current(public) == after.release
    assert list(public.glob(".building-*")) == []


def test_a_release_is_of_one_moment_whatever_is_edited_while_it_is_built(
    repository: Path, tmp_path: Path
) -> None:
    """The archive, the queries and the registry are those of the dataset; the later build wins."""
    public = tmp_path / "public"
    late = "Initial curation, edited"
    began_later: list[str] = []

    def edit(step: str) -> None:
        if step == "validate":
            path = repository / "data/curation.trig"
            text = path.read_text("utf-8").replace('"Initial curation"', f'"{late}"')
            path.write_text(text, "utf-8")
            began_later.append(build(repository, public).release.name)
            (repository / "vocab/role.ttl").unlink()

    built = build(repository, public, edit)
    assert built.fate == "overtaken"
    assert [current(public).name] == began_later
    for name, has_edit in ((built.release.name, False), (began_later[0], True)):
        folder = public / name
        archive.unpack(folder / SOURCES, tmp_path / name)
        assert (late in (folder / "enact-graph.nq").read_text("utf-8")) is has_edit
        curated = (tmp_path / name / "data/curation.trig").read_text("utf-8")
        assert (late in curated) is has_edit
