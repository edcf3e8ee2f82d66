"""Strays: files beside the authored ones that would silently not be read, and those of editors."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from enact_graph.rdf.statement import Fault, Place

#: The folders of authored files, with what is read in them beside what others name.
FOLDERS: Final = ("ontology", "vocab", "shapes", "data")
QUERIES: Final = "queries"

#: What lies in the folders and is not meant to be read as data.
_APART: Final = ("LICENSE", "README", "README.md", "README.txt", "Thumbs.db", "desktop.ini")
#: What a file that somebody meant to be read may end in, whatever its case.
_MEANT: Final = (
    ".ttl", ".trig", ".nt", ".nq", ".n3", ".rdf", ".owl", ".jsonld", ".rq", ".sparql",
    ".sssom.tsv",
)  # fmt: skip


def is_passed_over(name: str) -> bool:
    """Is this the name of a file that an editor or a system keeps for itself?

    `.#x.trig` and `#x.trig#` (Emacs), `.x.swp` (vim), `x.trig~`, `._x.trig` (macOS).
    """
    last = name.rpartition("/")[2]
    return last.startswith((".", "#")) or last.endswith("~")


def is_sayable(name: str) -> bool:
    """Can the name be written as UTF-8, as every report of it must be?"""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def strays(root: Path, read: Collection[str]) -> Iterator[Fault]:
    """Yield each file in or just above the folders under `root` that is not among those `read`."""
    for folder in (*FOLDERS, QUERIES):
        for name, code in _unread(root, folder, read):
            yield Fault(Place(_said(name), 1), code, {"found": _ending(name)})
    for name in sorted(path.name for path in root.iterdir()):
        if name.lower().endswith(_MEANT) and not is_passed_over(name) and name not in read:
            yield Fault(Place(_said(name), 1), "stray-place")


def _unread(root: Path, folder: str, read: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the names of what is not read below a folder, each with the code of the fault."""
    for path, folders, files in os.walk(root / folder):
        above = Path(path).relative_to(root).as_posix()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if (Path(path) / name).is_symlink():
                yield f"{above}/{name}", "stray-folder"
        for name in sorted(files):
            whole = f"{above}/{name}"
            if is_passed_over(name) or name in _APART or whole in read:
                continue
            if not is_sayable(name):
                yield whole, "stray-name"
            elif folder == QUERIES and name.endswith(".rq"):
                if above != QUERIES:
                    yield whole, "stray-place"
            else:
                yield whole, "stray-ending"


def _ending(name: str) -> str:
    """Return the ending that keeps a file from being read, with one before it that would not."""
    last = name.rpartition("/")[2]
    return "".join(Path(last).suffixes[-2:]) or last


def _said(name: str) -> str:
    """Return a name as it can be printed; bytes that are no UTF-8 as `\\xe9`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
