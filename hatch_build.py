"""What hatchling does before it packs: authored files that git knows alone, and bundled widgets."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: The folders that travel with the package, which then serves the same graph as a checkout.
AUTHORED = ("ontology", "vocab", "shapes", "data", "queries")

_WITHOUT = "{}: this wheel has no widgets; its pages work without them"
_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\*?[ "})


class PackingHook(BuildHookInterface[Any]):
    """Leaves drafts and remains of editors out, and brings the widgets where npm is there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Say what hatchling is to take before it collects the files."""
        root = Path(self.root)
        if self.target_name == "sdist":
            others = _git(root, "--others", "--exclude-standard") or []
            left_out = self.build_config.target_config.setdefault("exclude", [])
            left_out += [f"/{name.translate(_SPECIAL)}" for name in others]
        elif version != "editable":  # an editable install keeps what it has
            for name in authored(root):
                build_data["force_include"][str(root / name)] = f"enact_graph/authored/{name}"
            self._bundle(root / "frontend")

    def _bundle(self, frontend: Path) -> None:
        """Run the same build as `make widgets`, unless what is there is newer than its sources."""
        made = Path(self.root) / "src/enact_graph/present/static/built/manifest.json"
        if _is_current(made, frontend):
            return
        npm = shutil.which("npm")
        if npm is None:
            self.app.display_warning(_WITHOUT.format("npm is missing"))
            return
        if not (frontend / "node_modules").is_dir():
            fetched = subprocess.run([npm, "ci"], cwd=frontend, check=False)  # noqa: S603
            if fetched.returncode:
                self.app.display_warning(_WITHOUT.format("npm could not fetch what it needs"))
                return
        subprocess.run([npm, "run", "--silent", "build"], cwd=frontend, check=True)  # noqa: S603


def authored(root: Path) -> list[str]:
    """Return the authored files: those that git tracks, else (in an archive) all that are there."""
    tracked = _git(root, "--cached", "--", *AUTHORED)
    names = _found(root) if tracked is None else tracked
    return sorted(name for name in names if (root / name).is_file())


def _found(root: Path) -> Iterator[str]:
    for folder in AUTHORED:
        for path in (root / folder).rglob("*"):
            if not path.name.startswith(".") and not path.name.endswith("~"):
                yield path.relative_to(root).as_posix()


def _git(root: Path, *arguments: str) -> list[str] | None:
    """Return names that `git ls-files` lists; None where this is no checkout or git is missing."""
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        return None
    command = [git, "ls-files", "-z", *arguments]
    listed = subprocess.run(command, cwd=root, check=False, capture_output=True)  # noqa: S603
    return None if listed.returncode else listed.stdout.decode().split("\0")[:-1]


def _is_current(made: Path, frontend: Path) -> bool:
    if not made.is_file():
        return False
    sources = [p for p in frontend.iterdir() if p.is_file()]
    sources += [p for p in (frontend / "src").rglob("*") if p.is_file()]
    return all(p.stat().st_mtime <= made.stat().st_mtime for p in sources)
