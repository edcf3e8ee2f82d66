"""The authored files are found, read, laid out in graphs; whatever is wrong is told together."""

import shutil
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from enact_graph.authoring import repository
from enact_graph.authoring.repository import find_root, is_packed
from enact_graph.authoring.sources import SourceFile, graph_of, load, load_file, names, reload
from enact_graph.errors import SourceError
from enact_graph.terms import GRAPH, GRAPH_CATALOGUE, GRAPH_ONTOLOGY, GRAPH_VOCABULARY
from tests.build.sample import TINY

ROOT = TINY.parents[1]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def codes(root: Path) -> list[tuple[str, str, int]]:
    return [(fault.code, fault.place.file, fault.place.line) for fault in load(root).faults]


def test_the_nearest_folder_upwards_is_the_root(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (tiny, tiny / "data/documents"):
        monkeypatch.chdir(folder)
        assert find_root() == tiny


def test_a_folder_that_is_named_is_that_or_none(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tiny)
    assert find_root(tiny) == find_root(Path()) == tiny
    with pytest.raises(SourceError, match="tinny: there is no such folder"):
        find_root(tiny / "tinny")
    with pytest.raises(SourceError, match=r"documents: this folder holds no ontology/enact\.ttl"):
        find_root(tiny / "data/documents")


def test_without_a_checkout_it_is_that_of_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_root() == ROOT


def test_an_installed_package_brings_its_own_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site/enact_graph"
    monkeypatch.setattr(repository, "__file__", str(package / "build/repository.py"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match=r"no ontology/enact\.ttl here or above"):
        find_root()
    shutil.copytree(TINY, package / "authored")
    assert find_root() == package / "authored"
    assert is_packed(package / "authored")
    assert not is_packed(ROOT)


def test_only_what_has_changed_is_read_again(tiny: Path) -> None:
    first = load(tiny)
    (tiny / "data/curation.trig").write_bytes(b"")
    (tiny / "data/z.trig").write_bytes(b"")
    (tiny / "vocab/role.ttl").unlink()
    again = reload(first)
    known = {file.name: file for file in first.files}
    assert [file.name for file in again.files] == names(tiny)
    fresh = {file.name for file in again.files if file is not known.get(file.name)}
    assert fresh == {"data/curation.trig", "data/z.trig"}


def test_each_file_has_its_graph() -> None:
    loaded = load(TINY)
    assert loaded.faults == ()
    by_file = {s.place.file: s.quad.graph_name for s in loaded.statements}
    assert by_file["ontology/enact.ttl"] == NamedNode(GRAPH_ONTOLOGY)
    assert by_file["ontology/reused.ttl"] == NamedNode(GRAPH + "reused")
    assert by_file["vocab/role.ttl"] == NamedNode(GRAPH_VOCABULARY)
    assert by_file["data/catalog.ttl"] == NamedNode(GRAPH_CATALOGUE)
    assert graph_of("data/curation.trig") is None


def test_shapes_are_read_apart() -> None:
    loaded = load(TINY)
    assert {s.place.file for s in loaded.shapes} == {"shapes/membership.ttl"}
    assert not any(s.place.file.startswith("shapes/") for s in loaded.statements)


def test_files_come_in_the_order_of_their_names(tiny: Path) -> None:
    loaded = load(tiny)
    assert [file.name for file in loaded.files] == names(tiny) == sorted(names(tiny))
    assert all(file.text == file.canonical for file in loaded.files)


def test_a_statement_knows_its_line_and_that_of_its_subject() -> None:
    text = (TINY / "data/curation.trig").read_text(encoding="utf-8")
    (file,) = (file for file in load(TINY).files if file.name == "data/curation.trig")
    lines = text.splitlines()
    for statement in file.parsed.statements:
        assert lines[statement.place.line - 1].endswith(" ;")
        assert not lines[statement.subject_place.line - 1].endswith(" ;")
        assert statement.subject_place < statement.place


def test_all_faults_of_all_files_are_told_together(tiny: Path) -> None:
    for name, text in {
        "data/a.trig": "id:a a id:b .\n",
        "data/documents/b.trig": "<http://a/a> <http://a/b> <http://a/c> .\n",
        "shapes/c.ttl": "<http://a/a> <http://a/b> _:c, ( 1 2 ) .\n",
        "vocab/d.ttl": "<http://a/a> <http://a/b> ( 1 ) .\n# end\n",
        "data/e.ttl": "",
    }.items():
        (tiny / name).write_text(text)
    (tiny / "data/f.trig").write_bytes(b"\n\n  \xe9")
    assert codes(tiny) == [
        ("undeclared-prefix", "data/a.trig", 1),
        ("undeclared-prefix", "data/a.trig", 1),
        ("default-graph", "data/documents/b.trig", 1),
        ("misplaced-file", "data/e.ttl", 1),
        ("not-utf-8", "data/f.trig", 3),
        ("blank-node", "shapes/c.ttl", 1),
        ("list", "vocab/d.ttl", 1),
        ("comment", "vocab/d.ttl", 2),
    ]


def test_a_missing_file_and_a_folder_in_its_place_are_faults(tiny: Path) -> None:
    (tiny / "data/catalog.ttl").unlink()
    (tiny / "vocab/folder.ttl").mkdir()
    assert codes(tiny) == [
        ("unreadable", "data/catalog.ttl", 1),
        ("unreadable", "vocab/folder.ttl", 1),
    ]
    assert "No such file" in load(tiny).faults[0].message


def test_a_triple_twice_in_a_graph_is_told_even_across_files(tiny: Path) -> None:
    (tiny / "data/z.trig").write_text(
        "@prefix g: <https://w3id.org/enact-graph/graph/> .\n"
        "@prefix id: <https://w3id.org/enact-graph/id/> .\n"
        "@prefix enact: <https://w3id.org/enact-graph/ontology#> .\n"
        "GRAPH g:other { id:enact a enact:Cluster . }\n"
        "GRAPH g:curation { id:enact a enact:Cluster . }\n"
    )
    (fault,) = load(tiny).faults
    assert (fault.code, fault.place.file, fault.place.line) == (
        "duplicate-elsewhere",
        "data/z.trig",
        5,
    )
    assert "data/curation.trig:53" in fault.message


def test_windows_line_ends_mean_the_same(tiny: Path) -> None:
    before = {s.quad for s in (*load(tiny).statements, *load(tiny).shapes)}
    for name in names(tiny):
        path = tiny / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    loaded = load(tiny)
    assert {s.quad for s in (*loaded.statements, *loaded.shapes)} - before == set()
    assert not any(file.is_plain for file in loaded.files)


def test_one_file_can_be_read_with_prefixes_assumed(tiny: Path) -> None:
    (tiny / "data/a.trig").write_text("GRAPH x:g { x:a x:b x:c }")
    file = load_file(tiny, "data/a.trig", assumed={"x": "http://example.org/"})
    assert isinstance(file, SourceFile)
    assert len(file.parsed.statements) == 1


CONFLICT = """\
GRAPH g:curation {
    id:inria
<<<<<<< HEAD
        a enact:Institution ;
||||||| parent
        a enact:Cluster ;
=======
        a org:Organization ;
>>>>>>> other
        .
}
"""


def test_a_conflict_of_a_merge_is_one_fault_with_its_lines(tiny: Path) -> None:
    (tiny / "data/z.trig").write_text(CONFLICT + CONFLICT)
    first, second = load(tiny).faults
    assert (first.code, first.place.line) == ("conflict", 3)
    assert "lines 3–9" in first.message
    assert "lines 14–20" in second.message


def test_a_conflict_without_its_end_reaches_to_the_end(tiny: Path) -> None:
    (tiny / "data/z.trig").write_text(CONFLICT.partition("=======")[0])
    (fault,) = load(tiny).faults
    assert "lines 3–6" in fault.message


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('{"@context": "https://schema.org"}', "JSON"),
        ('\n[ {"a": 1} ]', "JSON"),
        ('<?xml version="1.0"?><rdf:RDF/>', "XML"),
        ("<!DOCTYPE html>\n<p>x", "HTML"),
    ],
)
def test_a_file_of_another_format_is_told_once_as_that(text: str, form: str, tiny: Path) -> None:
    (tiny / "data/z.trig").write_text(text)
    (fault,) = load(tiny).faults
    assert (fault.code, fault.place.line) == ("other-format", 1)
    assert f"this file is {form}" in fault.message


@pytest.mark.parametrize("text", ["", "{ }", "[] a <http://a/b> .", "{ [] a <http://a/b> }"])
def test_trig_without_prefixes_is_no_json(text: str, tiny: Path) -> None:
    (tiny / "data/z.trig").write_text(text)
    assert "other-format" not in {code for code, _, _ in codes(tiny)}
