"""What every page shares: the release it shows, the style sheet and the signs, the sections."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Self

from enact_graph.release import Manifest

#: The sections in the head of each page; only addresses that exist.
SECTIONS: Final = (
    ("ontology", "/ontology"),
    ("vocabulary", "/vocab"),
    ("shapes", "/shapes"),
    ("sparql", "/sparql"),
    ("quality", "/quality"),
    ("download", "/download/"),
)
_TYPES: Final = {"css": "text/css", "svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    """A file that pages load; its name holds the digest of its content, so it never changes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Site:
    """The release that is shown and the names of the files its pages load."""

    manifest: Manifest
    assets: Mapping[str, Asset]
    style: str
    icon: str

    @classmethod
    def of(cls, manifest: Manifest) -> Self:
        """Read the style sheet and the icon, and name them by their content."""
        style, icon = _asset("style.css"), _asset("favicon.svg")
        return cls(manifest, {a.name: a for a in (style, icon)}, style.name, icon.name)

    @property
    def version(self) -> str:
        """The version of the data."""
        return self.manifest.version

    @property
    def issued(self) -> str:
        """The day of the release as an xsd:date."""
        return self.manifest.issued


def _asset(file: str) -> Asset:
    content = files("enact_graph.present.pages").joinpath("static", file).read_bytes()
    stem, _, extension = file.partition(".")
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(f"{stem}-{digest}.{extension}", _TYPES[extension], content)
