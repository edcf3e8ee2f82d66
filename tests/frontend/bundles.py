"""What frontend/ built, for the tests that look at it."""

import gzip
import json
import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
FRONTEND: Final = ROOT / "frontend"
BUILT: Final = ROOT / "src/enact_graph/present/static/built"

needs_widgets: Final = pytest.mark.skipif(
    not (BUILT / "manifest.json").is_file(),
    reason="the widgets are not built: run `make widgets`, which needs npm",
)


def manifest() -> dict[str, str]:
    """The files by the name under which the pages know them."""
    found: dict[str, str] = json.loads((BUILT / "manifest.json").read_text("utf-8"))
    return found


def first_load(widget: str) -> set[str]:
    """The files that a widget loads at once: itself and what it imports, and so on."""
    wanted, found = [manifest()[f"{widget}.js"]], set[str]()
    while wanted:
        name = wanted.pop()
        if name in found:
            continue
        found.add(name)
        text = (BUILT / name).read_text("utf-8")
        # `import("./x")` fetches later; `from"./x"` and `import"./x"` at once.
        wanted += re.findall(r'(?:from|import)"\./([^"]+)"', text)
    return found


def compressed(names: set[str]) -> int:
    """The bytes of some files as they are sent."""
    return sum(len(gzip.compress((BUILT / name).read_bytes(), 9)) for name in names)
