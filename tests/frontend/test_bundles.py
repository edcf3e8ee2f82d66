"""The bundles: complete, small where every page loads them, the same again, no code from text."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Site
from tests.frontend.bundles import (
    BUILT,
    FRONTEND,
    ROOT,
    compressed,
    first_load,
    manifest,
    needs_widgets,
)
from tests.patience import PATIENCE

pytestmark = needs_widgets
IMMUTABLE = "public, max-age=31536000, immutable"


def test_each_widget_and_sheet_has_its_file_and_nothing_is_left_over() -> None:
    named = manifest()
    entries = {p.stem + ".js" for p in (FRONTEND / "src").glob("*.ts")}
    entries |= {p.name for p in (FRONTEND / "src").glob("*.css")}
    assert entries <= set(named)
    assert {p.name for p in BUILT.iterdir()} == {*named.values(), "manifest.json"}


def test_a_file_only_asks_for_files_that_are_there() -> None:
    there = set(manifest().values())
    for name in there:
        if name.endswith((".js", ".css")):
            text = (BUILT / name).read_text("utf-8")
            wanted = re.findall(r'(?:from|import\(?)\s*"\./([\w.-]+)"|url\("?\./([^")]+)', text)
            assert {a or b for a, b in wanted} <= there, name


@pytest.mark.parametrize(("widget", "most"), [("search", 12_000), ("editor", 150_000)])
def test_a_widget_is_no_larger_than_promised(widget: str, most: int) -> None:
    if f"{widget}.js" not in manifest():
        pytest.skip(f"there is no widget {widget} yet")
    assert compressed(first_load(widget)) < most


def test_views_of_an_answer_come_when_they_are_wanted() -> None:
    at_once = first_load("editor")
    later = {n for n in manifest().values() if n.startswith("part-")} - at_once
    for view in ("chart", "map", "graph", "raw"):
        assert any(name.startswith(f"part-{view}-") for name in later), view


def test_no_bundle_makes_code_or_styles_from_text() -> None:
    for name in manifest().values():
        if name.endswith(".js"):
            text = (BUILT / name).read_text("utf-8")
            assert not re.search(r"\beval\(|new Function\(", text), name
            assert not re.search(r'setAttribute\("style"', text), name


def test_the_licences_of_all_that_is_in_the_bundles_are_told() -> None:
    told = (BUILT / manifest()["licences.txt"]).read_text("utf-8")
    for name in ("@codemirror/view", "d3-force", "style-mod", "@fontsource/source-serif-4"):
        assert re.search(rf"^{re.escape(name)} \d", told, re.MULTILINE), name
    assert "Permission is hereby granted" in told
    assert "SIL OPEN FONT LICENSE" in told.upper()


def test_the_same_sources_give_the_same_names_elsewhere(tmp_path: Path) -> None:
    npm, modules = shutil.which("npm"), FRONTEND / "node_modules"
    if npm is None or not modules.is_dir():
        pytest.skip("npm or frontend/node_modules is missing: run `make widgets`")
    for part in ("frontend", "src/enact_graph/topics/map"):
        ignored = shutil.ignore_patterns("node_modules", "*.py", "__pycache__")
        shutil.copytree(ROOT / part, tmp_path / part, ignore=ignored)
    (tmp_path / "frontend/node_modules").symlink_to(modules)
    subprocess.run(
        [npm, "run", "--silent", "build"], cwd=tmp_path / "frontend", check=True, timeout=PATIENCE
    )
    made = tmp_path / BUILT.relative_to(ROOT)
    assert (made / "manifest.json").read_bytes() == (BUILT / "manifest.json").read_bytes()
    for name in manifest().values():
        assert (made / name).read_bytes() == (BUILT / name).read_bytes(), name


def test_the_server_gives_each_file_for_good(site: Site) -> None:
    types = {"js": "text/javascript", "css": "text/css", "woff2": "font/woff2", "txt": "text/plain"}
    for name in manifest().values():
        answer = site.get(f"/static/{name}")
        assert answer.status_code == 200, name
        assert answer.headers["content-type"].startswith(types[name.rpartition(".")[2]]), name
        assert answer.headers["cache-control"] == IMMUTABLE, name


def test_a_page_loads_its_faces_early_and_its_widgets_last(site: Site) -> None:
    page = site.get("/sparql?lang=en", "text/html").text
    named = manifest()
    for face in ("source-sans-3-latin-wght-normal.woff2", "source-serif-4-latin-600-normal.woff2"):
        assert f'<link rel="preload" href="/static/{named[face]}" as="font"' in page
    assert f'<script type="module" src="/static/{named["editor.js"]}"></script>' in page
    assert named["editor.js"] not in site.get("/?lang=en", "text/html").text
