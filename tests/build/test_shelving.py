"""Shelving: new statements find their place; what stands there stays, in canonical form."""

import shutil
from pathlib import Path

import pytest

from enact_graph.authoring import registry
from enact_graph.authoring.form import plan
from enact_graph.authoring.new import skeleton
from enact_graph.authoring.new.fields import Refusal
from enact_graph.authoring.new.save import shelve
from enact_graph.authoring.new.skeleton import Draft, Named
from enact_graph.authoring.replacement import replace
from enact_graph.authoring.sources import load
from enact_graph.errors import SourceError
from enact_graph.terms import GRAPH, VOCAB
from tests.build.sample import TINY

RELEASE = "data/documents/press-release-2024-05-22.trig"
CURATION = "data/curation.trig"
NAMES = {"fr": "Essai", "en": "Trial", "de": "Probe"}


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def said(slug: str, graph: str, file: str = RELEASE) -> Draft:
    return skeleton.mention(slug, VOCAB + "kind-x", "https://a.example.org/", GRAPH + graph, file)


def described(slug: str) -> Draft:
    return skeleton.organization(Named(slug, NAMES), (VOCAB + "C",), VOCAB + "k", CURATION)


def write(root: Path, *drafts: Draft) -> list[str]:
    changes = shelve(load(root), drafts)
    replace(root, changes)
    return [change.name for change in changes]


def test_statements_join_their_graph_and_nothing_is_lost(tiny: Path) -> None:
    before = (tiny / RELEASE).read_text("utf-8").splitlines()
    assert write(tiny, said("a", "press-release-2024-05-22-p16")) == [RELEASE]
    after = (tiny / RELEASE).read_text("utf-8").splitlines()
    assert set(before) <= set(after)
    assert [c.name for c in plan(tiny).changes] == []


def test_a_paragraph_of_its_own_comes_in_the_order_of_the_document(tiny: Path) -> None:
    stem = "press-release-2024-05-22"
    write(tiny, said("a", f"{stem}-p07"), said("b", f"{stem}-p18"))
    graphs = [
        line.split()[1]
        for line in (tiny / RELEASE).read_text("utf-8").splitlines()
        if line.startswith("GRAPH") and stem in line
    ]
    assert graphs == sorted(graphs)
    assert f"g:{stem}-p07" in graphs


def test_new_names_are_registered_and_what_is_no_name_is_left(tiny: Path) -> None:
    path = tiny / registry.FILE
    path.write_text(path.read_text("utf-8") + "nonsense\n", "utf-8")
    assert write(tiny, described("aaa")) == [CURATION, registry.FILE]
    lines = path.read_text("utf-8").splitlines()
    assert "id:aaa" in lines
    assert lines[-1] == "nonsense"
    assert lines[:-1] == sorted(lines[:-1])


def test_several_drafts_of_a_file_are_one_change(tiny: Path) -> None:
    assert write(tiny, described("aaa"), described("bbb")) == [CURATION, registry.FILE]


def test_prefixes_of_the_file_s_own_and_the_header_stay(tiny: Path) -> None:
    path = tiny / CURATION
    text = path.read_text("utf-8").replace(
        "@prefix g:", "@prefix ex: <https://ex.example.org/> .\n@prefix g:", 1
    )
    path.write_text(text.replace("a prov:Activity ;", "a prov:Activity ;\n ex:p ex:q ;"), "utf-8")
    write(tiny, described("aaa"))
    after = path.read_text("utf-8")
    assert "ex:p ex:q ;" in after
    assert after.startswith(text.partition("\n")[0])


def test_a_file_that_begins_is_never_one_that_is_there(tiny: Path) -> None:
    begun = Draft("data/documents/new.trig", described("aaa").quads, "# New.")
    (tiny / begun.file).write_text("", "utf-8")
    with pytest.raises(Refusal) as refused:
        shelve(load(tiny), [begun])
    assert refused.value.code == "exists"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("a prov:Activity ;", "a prov:Activity ; # ask Anne", "ask Anne|comment"),
        ("a prov:Activity ;", "a prov:Activity ;\n prov:used [] ;", "blank"),
    ],
)
def test_a_file_that_would_lose_something_is_not_written(
    old: str, new: str, says: str, tiny: Path
) -> None:
    path = tiny / CURATION
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(SourceError, match=rf"{CURATION}:\d+.*(?:{says})"):
        shelve(load(tiny), [described("aaa")])
