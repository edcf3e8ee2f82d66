"""The release on disk: open, verify, list; immutable, named by its content."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from enact_graph.errors import CorruptRelease, NoRelease

MANIFEST: Final = "manifest.json"
STORE: Final = "store"
CURRENT: Final = "current"
#: The named questions, as `enact_graph.release.questions` writes them.
QUERIES: Final = "queries.json"
#: What may be looked for, as `enact_graph.lookup.listing` writes it.
SEARCH: Final = "search.json"
#: What makes this site this one, as it was authored; a release may lack it.
SITE: Final = "site.toml"
#: Further outlines for the map, where the site has its own.
OUTLINES: Final = "outlines.json"
#: The authored files that the release was built from.
SOURCES: Final = "sources.tar.gz"

_NAME: Final = re.compile(r"(?P<version>[^/]+)-(?P<digest>[0-9a-f]{12})")
_AGAIN: Final = "build it again with `enact-graph build`"


@dataclass(frozen=True)
class ReleaseFile:
    """One file of a release; `size` in bytes, `sha256` in hexadecimal digits."""

    name: str
    media_type: str
    size: int
    sha256: str

    @classmethod
    def of(cls, name: str, media_type: str, content: bytes) -> "ReleaseFile":
        """Describe `content` as the file `name`."""
        return cls(name, media_type, len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True)
class Manifest:
    """What a release holds.

    `digest` is the SHA-256 of the canonical N-Quads (RDFC-1.0) of the dataset, `issued` an
    xsd:date taken from the data, and `files` every file but the manifest itself and the store.
    """

    version: str
    digest: str
    issued: str
    software: str
    counts: Mapping[str, int]
    files: tuple[ReleaseFile, ...]

    def to_json(self) -> bytes:
        """Return the one JSON form of the manifest, from which the release is named."""
        members = asdict(self) | {"counts": dict(sorted(self.counts.items()))}
        members["files"] = [asdict(f) for f in sorted(self.files, key=lambda f: f.name)]
        return (json.dumps(members, ensure_ascii=False, indent=2) + "\n").encode()

    @classmethod
    def from_json(cls, content: bytes) -> "Manifest":
        """Read a manifest; ValueError, TypeError or KeyError where it is not one."""
        members: dict[str, Any] = json.loads(content)
        files = tuple(ReleaseFile(**entry) for entry in members.pop("files"))
        return cls(**members, files=files)

    @property
    def release_name(self) -> str:
        """The name of the release's folder: version and first digits of the manifest's SHA-256."""
        return f"{self.version}-{hashlib.sha256(self.to_json()).hexdigest()[:12]}"


@dataclass(frozen=True)
class Release:
    """One release that lies complete in the folder `path`."""

    path: Path
    name: str
    manifest: Manifest

    @property
    def store(self) -> Path:
        """The folder of the store: named graphs, and their merge as the default graph."""
        return self.path / STORE

    def has(self, name: str) -> bool:
        """Whether the manifest lists a file of this name."""
        return any(file.name == name for file in self.manifest.files)

    def file(self, name: str) -> Path:
        """Return the path of a file the manifest lists, or of the manifest; else CorruptRelease."""
        if name != MANIFEST and not self.has(name):
            raise CorruptRelease(f"{self.path}: the manifest lists no file {name}; {_AGAIN}")
        return self.path / name

    def verify(self) -> None:
        """Raise CorruptRelease, naming the file, unless every file is as the manifest says."""
        for entry in self.manifest.files:
            path = self.path / entry.name
            if not path.is_file():
                raise CorruptRelease(f"{path}: the file is missing; {_AGAIN}")
            if ReleaseFile.of(entry.name, entry.media_type, path.read_bytes()) != entry:
                raise CorruptRelease(
                    f"{path}: the content differs from the manifest"
                    f" (SHA-256 {entry.sha256} expected); {_AGAIN}"
                )
        if not (self.store / "CURRENT").is_file():
            raise CorruptRelease(f"{self.store}: the store is missing; {_AGAIN}")


def open_release(path: Path) -> Release:
    """Open the release in the folder `path`; CorruptRelease unless manifest and name agree."""
    manifest_path = path / MANIFEST
    try:
        manifest = Manifest.from_json(manifest_path.read_bytes())
    except OSError as error:
        raise CorruptRelease(f"{manifest_path}: {error.strerror}; {_AGAIN}") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CorruptRelease(f"{manifest_path}: this is no manifest ({error}); {_AGAIN}") from error
    if manifest.release_name != path.name:
        raise CorruptRelease(
            f"{manifest_path}: the manifest belongs to {manifest.release_name},"
            f" not to {path.name}; {_AGAIN}"
        )
    return Release(path, path.name, manifest)


def current(public: Path) -> Release:
    """Open the release that `public/current` points to; NoRelease where there is none."""
    link = public / CURRENT
    if not link.is_symlink():
        raise NoRelease(f"{link}: nothing has been built; run `enact-graph build`")
    return open_release(public / link.readlink())


def releases(public: Path) -> tuple[Release, ...]:
    """Open every release in `public`, sorted by date of issue, then name; oldest first."""
    if not public.is_dir():
        return ()
    folders = [p for p in public.iterdir() if p.is_dir() and not p.is_symlink()]
    kept = [open_release(p) for p in folders if p.name[0] != "." and _NAME.fullmatch(p.name)]
    return tuple(sorted(kept, key=lambda r: (r.manifest.issued, r.name)))
