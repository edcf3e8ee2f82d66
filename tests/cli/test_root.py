"""The root of a command: the folder that is named and no other; never an installed package."""

import shutil
from pathlib import Path

import pytest

from enact_graph.authoring import repository
from tests.cli.commands import TINY, Run

COPY = "copy.txt"
NEW = ("new", "membership", "--member", "inria")
READERS = [("check",), ("fmt", "--check"), ("build",), ("verify-source", COPY)]
WRITERS = [("fmt",), NEW]


def contents(root: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.mark.parametrize("command", READERS + WRITERS, ids=" ".join)
def test_a_folder_that_is_none_is_never_taken_for_another(
    command: tuple[str, ...], tiny: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tiny / COPY).write_text("text")
    (tiny / "empty").mkdir()
    before = contents(tiny)
    monkeypatch.chdir(tiny)
    monkeypatch.setenv("COLUMNS", "300")
    for name, says in (("typo", "there is no such folder"), ("empty", "holds no ontology/enact")):
        status, out, err = run(*command, "--root", tiny / name)
        assert (status, out) == (2, "")
        assert f"{tiny / name}: " in err
        assert says in " ".join(err.split())
    assert contents(tiny) == before


@pytest.mark.parametrize("command", WRITERS, ids=" ".join)
@pytest.mark.parametrize("is_named", [False, True])
def test_an_installed_package_is_not_written(
    command: tuple[str, ...],
    is_named: bool,
    tmp_path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    package = tmp_path / "site/enact_graph"
    root = Path(shutil.copytree(TINY, package / "authored"))
    path = root / "data/curation.trig"
    path.write_text(path.read_text("utf-8").replace(" ;", "  ;", 1), "utf-8")
    monkeypatch.setattr(repository, "__file__", str(package / "build/repository.py"))
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    monkeypatch.setenv("COLUMNS", "400")
    before = contents(tmp_path)
    named = ("--root", root) if is_named else ()
    for lang, says in (
        ("en", "belongs to the installed package"),
        ("fr", "appartient au paquet installé"),
        ("de", "gehört zum installierten Paket"),
    ):
        status, _, err = run(*command, *named, "--lang", lang)
        assert status == 2
        assert says in " ".join(err.split())
    assert contents(tmp_path) == before


def test_a_folder_that_was_looked_for_is_told(
    tiny: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tiny / "data/documents")
    for lang, says in (("en", "Folder: "), ("fr", "Dossier : "), ("de", "Ordner: ")):
        assert run("fmt", "--check", "--lang", lang)[2] == f"{says}{tiny}\n"
    monkeypatch.chdir(tiny)
    assert run("fmt", "--check")[2] == ""
