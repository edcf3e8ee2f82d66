"""Where the authored files are: a checkout, or the copy inside the installed package."""

from pathlib import Path
from typing import Final

from enact_graph.errors import SourceError

ONTOLOGY: Final = "ontology/enact.ttl"
#: The copy of the authored files that an installed package brings.
_PACKED: Final = "authored"


def find_root(named: Path | None = None) -> Path:
    """Return the folder that holds the authored files: the one that is named, and no other.

    Where none is named, the nearest upwards from the current folder, else that of this code's own
    checkout, or the copy inside the installed package. SourceError where there is none.
    """
    if named is not None:
        if not named.is_dir():
            raise SourceError(f"{named}: there is no such folder")
        if not _is_root(named):
            raise SourceError(f"{named}: this folder holds no {ONTOLOGY} and no data/")
        return named.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents, *_code().parents, _code() / _PACKED):
        if _is_root(folder):
            return folder
    raise SourceError(f"{here}: no {ONTOLOGY} here or above; run this inside a checkout")


def is_packed(root: Path) -> bool:
    """Is this the copy inside the installed package, which the next upgrade replaces?"""
    return root.resolve() == _code() / _PACKED


def _is_root(folder: Path) -> bool:
    return (folder / ONTOLOGY).is_file() and (folder / "data").is_dir()


def _code() -> Path:
    return Path(__file__).resolve().parents[1]
