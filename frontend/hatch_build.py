"""Bundles the widgets into the wheel where npm is there; without it the wheel has none."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_WITHOUT = "npm is missing: this wheel has no widgets; its pages work without them"


class WidgetsHook(BuildHookInterface[Any]):
    """Runs the same build as `make widgets`, unless what is there is newer than its sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before hatchling collects the files; an editable install keeps what it has."""
        del build_data
        frontend = Path(self.root) / "frontend"
        made = Path(self.root) / "src/enact_graph/present/pages/static/built/manifest.json"
        if version == "editable" or _is_current(made, frontend):
            return
        npm = shutil.which("npm")
        if npm is None:
            self.app.display_warning(_WITHOUT)
            return
        if not (frontend / "node_modules").is_dir():
            subprocess.run([npm, "ci"], cwd=frontend, check=True)  # noqa: S603
        subprocess.run([npm, "run", "--silent", "build"], cwd=frontend, check=True)  # noqa: S603


def _is_current(made: Path, frontend: Path) -> bool:
    if not made.is_file():
        return False
    sources = [p for p in frontend.iterdir() if p.is_file()]
    sources += [p for p in (frontend / "src").rglob("*") if p.is_file()]
    return all(p.stat().st_mtime <= made.stat().st_mtime for p in sources)
