"""The project's own promises: sizes, docstrings, drawn trees, documented settings and commands."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from enact_graph import errors
from enact_graph.settings import Settings

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "src").rglob("*.py"))
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def name(path: Path) -> str:
    """The path as it reads in the repository."""
    return str(path.relative_to(ROOT))


def tracked() -> list[str]:
    """Every file under version control; none in an export without git."""
    run = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return run.stdout.split("\n")[:-1]


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_module_says_what_it_is_and_stays_short(module: Path) -> None:
    text = module.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{name(module)} has no docstring"
    assert text.count("\n") <= 300, f"{name(module)} is longer than 300 lines: split it"


@pytest.mark.parametrize("module", [m for m in MODULES if m.name == "__init__.py"], ids=name)
def test_a_package_is_only_its_docstring(module: Path) -> None:
    if module.parent.name == "build":
        return  # the pipeline itself
    assert len(ast.parse(module.read_text("utf-8")).body) == 1


#: Where the store of a graph may be named: another one takes its place by a change of these.
_STORE_ROOMS = ("engine/", "publishing/", "authoring/dataset.py", "authoring/shacl/validate.py")


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_the_store_is_named_only_where_data_are_held(module: Path) -> None:
    if str(module.relative_to(ROOT / "src/enact_graph")).startswith(_STORE_ROOMS):
        return
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "pyoxigraph":
            assert "Store" not in {alias.name for alias in node.names}, node.lineno
        if isinstance(node, ast.Attribute) and node.attr == "Store":
            assert ast.unparse(node.value) not in ("ox", "pyoxigraph"), node.lineno


def test_one_place_starts_query_processes() -> None:
    naming = {name(m) for m in MODULES if re.search(r"\bPool\b", m.read_text("utf-8"))}
    engine = "src/enact_graph/engine"
    assert naming == {f"{engine}/local.py", f"{engine}/pool.py"}


def test_every_error_is_drawn_in_the_tree_and_has_its_own_slug() -> None:
    family = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.EnactGraphError)
    ]
    drawn = re.findall(r"(?:^|[├└]── )([A-Z]\w+)", errors.__doc__ or "", re.MULTILINE)
    assert sorted(kind.__name__ for kind in family) == sorted(set(drawn) - {"A", "On", "Every"})
    assert len({kind.slug for kind in family}) == len(family)


def test_every_setting_is_documented() -> None:
    operating = (ROOT / "docs/operating.md").read_text("utf-8")
    for field in Settings.model_fields:
        assert f"`ENACT_GRAPH_{field.upper()}`" in operating, field


def test_every_command_and_its_options_are_documented() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "enact_graph", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1"},
    ).stdout
    text = "\n".join(path.read_text("utf-8") for path in DOCS)
    for command in ("new", "fmt", "check", "build", "serve", "query", "verify-source"):
        assert re.search(rf"\b{command}\b", shown), command
        assert f"enact-graph {command}" in text, command


@pytest.mark.parametrize("page", DOCS, ids=name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{name(page)} links to {target}"


#: Files that a repository may have.
OPTIONAL = ("data/outlines.json",)
NAMED = re.compile(r"`((?:[\w.-]+/)+(?:[\w.-]+\.(?:py|toml|css|html|json|rq|mjs|ts))?)`")


@pytest.mark.parametrize("page", DOCS, ids=name)
def test_a_file_that_a_document_names_is_there(page: Path) -> None:
    places = (ROOT, ROOT / "src", ROOT / "src/enact_graph", ROOT / "frontend", page.parent)
    for path in NAMED.findall(page.read_text("utf-8")):
        is_made = path.startswith(("public/", "dist/", "/")) or path in OPTIONAL
        assert is_made or any((place / path).exists() for place in places), path


def test_make_knows_each_target_it_names() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    for target in phony[1].split():
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_no_tracked_file_names_a_registry_or_a_machine() -> None:
    files = tracked()
    if not files:
        pytest.skip("not a git checkout: there is no list of tracked files to look through")
    # Written in pieces so that this file does not find itself.
    forbidden = re.compile(
        "|".join(["py" + r"pi\.", "python" + "hosted", "npm" + r"js\.", "/ro" + "ot/"])
    )
    for file in files:
        path = ROOT / file
        if path.is_file():
            found = forbidden.search(path.read_bytes().decode("utf-8", "replace"))
            assert not found, f"{file} says {found and found[0]}"


def test_lock_files_pin_every_package_with_a_hash() -> None:
    for lock in ("run", "dev"):
        text = (ROOT / f"requirements/{lock}.txt").read_text("utf-8")
        pinned = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==", text, re.MULTILINE)
        assert len(pinned) > 10
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "index-url" not in text


def test_generated_files_are_not_tracked() -> None:
    files = tracked()
    if not files:
        pytest.skip("not a git checkout: there is no list of tracked files to look through")
    assert not [f for f in files if f.startswith("public/") or f.endswith((".nq", ".gz", ".whl"))]


_TESTS = sorted((ROOT / "tests").rglob("*.py"))
#: What a deadline is in which something has to fail, by module.
_MEANT_TO_PASS = {"tests/query/test_confinement.py", "tests/test_client.py"}


@pytest.mark.parametrize("module", _TESTS, ids=name)
def test_no_test_judges_by_the_clock_of_the_wall(module: Path) -> None:
    """A busy machine breaks no promise: `tests/patience.py` alone knows how late it is."""
    if name(module) == "tests/patience.py":
        return
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            clock = f"{node.value.id}.{node.attr}"
            assert clock not in {"time.time", "time.monotonic", "time.perf_counter"}, (
                f"{name(module)}:{node.lineno} reads {clock}: say the order of events, or the time"
                " of the processor, or measure it in benchmarks/"
            )
        if isinstance(node, ast.keyword) and node.arg == "timeout":
            is_literal = isinstance(node.value, ast.Constant)
            assert not is_literal or name(module) in _MEANT_TO_PASS, (
                f"{name(module)}:{node.value.lineno}: wait for PATIENCE of tests/patience.py"
            )


def test_the_software_names_nothing_of_this_site() -> None:
    """What makes this site this one stands in data/site.toml; terms of the ontology are not meant.

    The outlines are data of others, of many regions.
    """
    written = re.compile(r"strasbourg|straßburg|grand-est|grand est|\bENACT\b", re.IGNORECASE)
    term = re.compile(r"\benact\b")
    package = ROOT / "src/enact_graph"
    found = []
    for path in sorted(package.rglob("*")):
        if path.suffix == ".py" and path.stem not in {"ontology", "vocabulary"}:
            nodes = ast.walk(ast.parse(path.read_text("utf-8")))
            values = [n.value for n in nodes if isinstance(n, ast.Constant)]
            texts = [value for value in values if isinstance(value, str)]
        elif path.suffix in {".css", ".html", ".md", ".rq", ".svg", ".toml"}:
            texts = path.read_text("utf-8").splitlines()
        else:
            continue
        found += [(name(path), text) for text in texts if written.search(term.sub("", text))]
    assert found == []
