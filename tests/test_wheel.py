"""The wheel: it carries the authored files and serves them from an empty folder."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from enact_graph.authoring.sources import further, names
from tests.conftest import ROOT, TINY
from tests.frontend.bundles import BUILT, needs_widgets
from tests.patience import PATIENCE
from tests.strata import EVERY


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as hatchling makes it from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the package is imported from the installed wheel, not the tree."""
    site = tmp_path_factory.mktemp("site")
    subprocess.run(
        [
            sys.executable,
            *["-m", "pip", "install", "-q", "--no-deps", "--no-index", "--no-cache-dir"],
            "--no-compile",
            "--target",
            site,
            wheel,
        ],
        check=True,
        capture_output=True,
    )
    return {k: v for k, v in os.environ.items() if not k.startswith("ENACT_GRAPH_")} | {
        "PYTHONPATH": str(site),
        "PYTHONUNBUFFERED": "1",
    }


@pytest.fixture(scope="module")
def address(installed: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `enact-graph serve`, started in an empty folder.

    It first builds what came with the package: the whole of it where everything is looked at.
    """
    if not EVERY:
        packed = Path(installed["PYTHONPATH"]) / "enact_graph/authored"
        shutil.rmtree(packed)
        shutil.copytree(TINY, packed)
    empty = tmp_path_factory.mktemp("empty")
    command = [sys.executable, "-m", "enact_graph", "serve", "--port", "0"]
    with subprocess.Popen(
        command,
        cwd=empty,
        env=installed,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            assert server.stdout
            said = ""
            while not (found := re.search(r"http://127\.0\.0\.1:[1-9]\d*", said)):
                line = server.stdout.readline()
                assert line, said
                said += line
            yield found[0]
        finally:
            server.terminate()
        assert server.wait(timeout=PATIENCE) == 0


def packing() -> ModuleType:
    """The module that hatchling loads by its path."""
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_wheel_carries_the_authored_files_and_no_others(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    authored = packing().authored(ROOT)
    assert len(authored) > 30
    assert {f"enact_graph/authored/{name}" for name in authored} == {
        name for name in inside if name.startswith("enact_graph/authored/")
    }
    with zipfile.ZipFile(wheel) as packed:
        for name in authored:
            assert packed.read(f"enact_graph/authored/{name}") == (ROOT / name).read_bytes(), name


def test_whatever_a_release_is_built_of_stands_in_a_folder_that_travels() -> None:
    read = {*names(ROOT), *further(ROOT)}
    assert {name.partition("/")[0] for name in read} == set(packing().AUTHORED)


def test_drafts_and_remains_of_editors_stay_at_home(tmp_path: Path) -> None:
    (tmp_path / "data/documents").mkdir(parents=True)
    names = ("data/a.trig", "data/documents/draft.trig", "data/a.trig~", "data/.#a.trig")
    for name in names:
        (tmp_path / name).write_text("")
    assert packing().authored(tmp_path) == ["data/a.trig", "data/documents/draft.trig"]
    for command in (["init", "-q"], ["add", "data/a.trig"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    assert packing().authored(tmp_path) == ["data/a.trig"]


def test_an_archive_of_the_sources_holds_no_draft(tmp_path: Path) -> None:
    root = tmp_path / "project"
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        root.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    for name in ("data/LICENSE", "data/kept.trig", "src/enact_graph/__init__.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("")
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=root, check=True)
    (root / "data/dra[f]t *.trig").write_text("")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)],
        cwd=root,
        check=True,
        capture_output=True,
    )
    (made,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(made) as content:
        inside = {name.partition("/")[2] for name in content.getnames()}
    assert "data/kept.trig" in inside
    assert {name for name in inside if "dra" in name} == set()


def test_the_wheel_carries_templates_styles_and_rules(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    sources = [p for p in (ROOT / "src").rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    for path in sources:
        assert str(path.relative_to(ROOT / "src")) in inside, path


@needs_widgets
def test_the_wheel_carries_the_widgets_where_npm_is_there(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel)
    folder = BUILT.relative_to(ROOT / "src")
    names = json.loads(inside.read(f"{folder}/manifest.json"))
    assert {"fonts.css", "editor.js", "licences.txt"} <= set(names)
    for name in names.values():
        assert f"{folder}/{name}" in inside.namelist(), name


def test_the_package_is_imported_from_the_wheel(installed: dict[str, str], tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", "import enact_graph; print(enact_graph.__file__)"],
        cwd=tmp_path,
        env=installed,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert shown.startswith(installed["PYTHONPATH"])


def test_an_installed_wheel_serves_the_graph_from_an_empty_folder(address: str) -> None:
    query = "SELECT%20(COUNT(*)%20AS%20%3Fn)%20WHERE%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D"
    with urllib.request.urlopen(
        f"{address}/sparql?query={query}&format=json", timeout=PATIENCE
    ) as answer:
        (row,) = json.load(answer)["results"]["bindings"]
    assert int(row["n"]["value"]) > (3000 if EVERY else 100)
    with urllib.request.urlopen(f"{address}/doc/enact.html?lang=fr", timeout=PATIENCE) as page:
        assert "Université de Lorraine" in page.read().decode()
