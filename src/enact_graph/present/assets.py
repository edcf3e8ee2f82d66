"""What every page shares: the release it shows, the style sheet and the signs, the sections."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, Self

from enact_graph import site
from enact_graph.release.store import Manifest


def shared(*path: str) -> Traversable:
    """A file that all pages share, or a folder of such."""
    return files("enact_graph.present").joinpath(*path)


def of_topic(topic: str, file: str) -> Traversable:
    """A file of one topic."""
    return files("enact_graph").joinpath("topics", topic, file)


def of_topics(pattern: str) -> Iterator[Traversable]:
    """The files of all topics with such a name, in the order of the topics."""
    for topic in sorted(files("enact_graph").joinpath("topics").iterdir(), key=str):
        if topic.is_dir():
            yield from (f for f in sorted(topic.iterdir(), key=str) if fnmatch(f.name, pattern))


_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "woff2": "font/woff2",
}
#: Where the build of frontend/ leaves what it made, and the list of it: {"map.js": "map-1a2b.js"}.
_BUILT: Final = "built"
_LIST: Final = "manifest.json"
#: The faces that each page uses, fetched before the style sheet asks for them.
_FACES: Final = ("source-sans-3-latin-wght-normal.woff2", "source-serif-4-latin-600-normal.woff2")


@dataclass(frozen=True)
class Asset:
    """A file that pages load; its name holds the digest of its content, so it never changes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Site:
    """The release that is shown, what the site says of itself, and the files its pages load.

    `built` names what frontend/ made, widget to file; empty where it was not built, and then the
    pages do without.
    """

    told: site.Site
    manifest: Manifest
    assets: Mapping[str, Asset]
    style: str
    icon: str
    built: Mapping[str, str]

    @classmethod
    def of(cls, manifest: Manifest, told: site.Site = site.NOTHING_SAID) -> Self:
        """Read style sheets, icon and what was built, and name each by its content."""
        static = shared("static")
        style, icon = _named("style.css", _style(static)), _asset(static, "favicon.svg")
        built, assets = _built(static.joinpath(_BUILT))
        files = {a.name: a for a in (style, icon, *assets)}
        return cls(told, manifest, files, style.name, icon.name, built)

    @property
    def title(self) -> str:
        """The name of the site."""
        return self.told.title

    @property
    def faces(self) -> list[str]:
        """The files of the fonts of every page; none where frontend/ was not built."""
        return [self.built[face] for face in _FACES if face in self.built]

    @property
    def version(self) -> str:
        """The version of the data."""
        return self.manifest.version

    @property
    def issued(self) -> str:
        """The day of the release as an xsd:date."""
        return self.manifest.issued


def _style(static: Traversable) -> bytes:
    """The one style sheet: what all pages share, each topic's own, then what lies over it."""
    over = sorted(static.joinpath("style").iterdir(), key=str)
    sheets = (static.joinpath("style.css"), *of_topics("style.css"), *over)
    return b"\n".join(sheet.read_bytes() for sheet in sheets)


def _built(folder: Traversable) -> tuple[dict[str, str], list[Asset]]:
    listed = folder.joinpath(_LIST)
    if not listed.is_file():
        return {}, []
    names: dict[str, str] = json.loads(listed.read_text(encoding="utf-8"))
    return names, [
        Asset(n, _media_type(n), folder.joinpath(n).read_bytes()) for n in names.values()
    ]


def _asset(folder: Traversable, file: str) -> Asset:
    return _named(file, folder.joinpath(file).read_bytes())


def _named(file: str, content: bytes) -> Asset:
    stem, _, extension = file.partition(".")
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(f"{stem}-{digest}.{extension}", _media_type(file), content)


def _media_type(file: str) -> str:
    return _TYPES[file.rpartition(".")[2]]
