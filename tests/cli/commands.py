"""What the tests of `check` and `fmt` share: where the files are, and how to spoil them."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
TINY: Final = ROOT / "tests/tiny"
RELEASE: Final = "data/documents/press-release-2024-05-22.trig"
CURATION: Final = "data/curation.trig"

#: Calls the command line with arguments; returns exit status, standard output, standard error.
Run = Callable[..., tuple[int, str, str]]


def edit(root: Path, file: str, old: str, new: str) -> str:
    """Replace the first `old` in a file, or append to it if `old` is empty; return the text."""
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1) if old else text + new
    (root / file).write_text(changed, encoding="utf-8")
    return changed
