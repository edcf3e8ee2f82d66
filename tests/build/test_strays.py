"""Strays: what would silently not be read is told, what editors keep is passed over everywhere."""

import os
import shutil
from pathlib import Path

import pytest

from enact_graph.authoring import questions
from enact_graph.authoring.review import review
from enact_graph.authoring.sources import further, load
from tests.build.sample import TINY


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def faults(root: Path) -> list[tuple[str, str]]:
    return [(fault.code, fault.place.file) for fault in load(root).faults]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("data/documents/x.trig.txt", "stray-ending"),
        ("data/documents/x.TRIG", "stray-ending"),
        ("data/x.nq", "stray-ending"),
        ("data/x", "stray-ending"),
        ("vocab/x.rdf", "stray-ending"),
        ("shapes/x.ttl.bak", "stray-ending"),
        ("ontology/x.owl", "stray-ending"),
        ("queries/x.sparql", "stray-ending"),
        ("queries/more/x.rq", "stray-place"),
        ("x.trig", "stray-place"),
        ("X.TTL", "stray-place"),
    ],
)
def test_a_file_that_would_not_be_read_is_told(name: str, code: str, tiny: Path) -> None:
    (tiny / name).parent.mkdir(exist_ok=True)
    (tiny / name).write_text("nonsense")
    assert faults(tiny) == [(code, name)]


@pytest.mark.parametrize(
    "name",
    [
        "data/.#x.trig",
        "data/documents/._x.trig",
        "data/documents/x.trig~",
        "data/#x.trig#",
        "shapes/.x.ttl.swp",
        "vocab/.#role.ttl",
        "queries/.#x.rq",
        "queries/._members.rq",
        "data/README.md",
        "data/LICENSE",
        ".x.trig",
        "notes.txt",
    ],
)
def test_what_editors_and_systems_keep_is_passed_over(name: str, tiny: Path) -> None:
    (tiny / name).symlink_to("somebody@host.1")
    assert faults(tiny) == []
    assert [file.name for file in questions.files(further(tiny))] == ["queries/members.rq"]


def test_a_folder_that_is_a_link_is_told(tiny: Path) -> None:
    (tiny / "elsewhere").mkdir()
    (tiny / "elsewhere/x.trig").write_text("nonsense")
    (tiny / "data/more").symlink_to(tiny / "elsewhere")
    assert faults(tiny) == [("stray-folder", "data/more")]


@pytest.mark.parametrize("folder", ["data/documents", "queries"])
def test_a_name_that_is_not_utf_8_is_told_and_can_be_printed(folder: str, tiny: Path) -> None:
    ending = "rq" if folder == "queries" else "trig"
    path = os.fsencode(tiny / folder) + b"/caf\xe9." + ending.encode()
    try:
        with open(path, "wb"):  # noqa: PTH123 - the name is bytes
            pass
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert faults(tiny) == [("stray-name", f"{folder}/caf\\xe9.{ending}")]
    assert [file.name for file in questions.files(further(tiny))] == ["queries/members.rq"]


def test_a_folder_in_the_place_of_a_question_is_a_finding(tiny: Path) -> None:
    (tiny / "queries/d.rq").mkdir()
    found = [(f.code, f.place.file) for f in review(tiny).findings if f.place]
    assert found == [("unreadable", "queries/d.rq")]


def test_a_stray_does_not_keep_the_rules_from_being_applied(tiny: Path) -> None:
    (tiny / "data/x.TRIG").write_text("nonsense")
    assert review(tiny).is_whole
