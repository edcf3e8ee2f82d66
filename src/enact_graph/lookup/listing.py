"""What is found: a thing with its names and identifiers, as a release lists it in `search.json`."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from enact_graph.errors import CorruptRelease

#: What a name is to its thing, the better first; `former` is a name of a body it came from.
ROLES: Final = ("label", "official", "legal", "acronym", "further", "hidden", "former")

#: The scheme of an address that is none of a register's.
WEB: Final = "web"


@dataclass(frozen=True)
class Naming:
    """A name, its language ("" where it is in none) and its role, one of `ROLES`."""

    text: str
    language: str
    role: str


@dataclass(frozen=True)
class Code:
    """An identifier: its scheme (the end of the scheme's IRI, or `web`), value and address.

    `is_same` unless the address is of something that is only near to the thing.
    """

    scheme: str
    value: str
    url: str | None = None
    is_same: bool = True


@dataclass(frozen=True)
class Entry:
    """A thing to be found; `weight` counts the statements about it and those that lead to it.

    `gists` are a line about it by language.
    """

    iri: str
    kind: str
    weight: int
    names: tuple[Naming, ...]
    gists: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[Code, ...] = ()

    def label(self, language: str) -> Naming:
        """Return the label in a language, else in English, French, German, else any name."""
        labels = {n.language: n for n in self.names if n.role == "label"}
        for tag in (language, "en", "fr", "de", ""):
            if tag in labels:
                return labels[tag]
        return self.names[0]

    def gist(self, language: str) -> tuple[str, str] | None:
        """Return a line about the thing and its language, in the nearest there is."""
        for tag in (language, "en", "fr", "de", "", *sorted(self.gists)):
            if tag in self.gists:
                return self.gists[tag], tag
        return None


@dataclass(frozen=True)
class Listing:
    """Everything a release has to find, and the names of the schemes its identifiers are in."""

    entries: tuple[Entry, ...]
    schemes: Mapping[str, Mapping[str, str]]

    def to_json(self) -> bytes:
        """Return the one JSON form of a listing: an entry a line, in the order of the IRIs."""
        lines = [_line(_members(e)) for e in sorted(self.entries, key=lambda e: e.iri)]
        schemes = _line({k: dict(sorted(v.items())) for k, v in sorted(self.schemes.items())})
        text = ",\n".join(lines)
        return f'{{"schemes": {schemes},\n"entries": [\n{text}\n]}}\n'.encode()

    @classmethod
    def from_json(cls, content: bytes) -> "Listing":
        """Read a listing; CorruptRelease where it is none."""
        try:
            members = json.loads(content)
            return cls(tuple(map(_entry, members["entries"])), members["schemes"])
        except (ValueError, TypeError, KeyError) as error:
            raise CorruptRelease(
                f"search.json: this is no list of things ({error}); build again with"
                " `enact-graph build`"
            ) from error


def _line(members: object) -> str:
    return json.dumps(members, ensure_ascii=False)


def _members(entry: Entry) -> dict[str, Any]:
    members = asdict(entry)
    members["gists"] = dict(sorted(entry.gists.items()))
    return members


def _entry(members: dict[str, Any]) -> Entry:
    names = tuple(Naming(**n) for n in members.pop("names"))
    codes = tuple(Code(**c) for c in members.pop("codes"))
    return Entry(**members, names=names, codes=codes)


def in_order(names: Iterable[Naming]) -> tuple[Naming, ...]:
    """Return names sorted by role, language and text, each text once a language: in its best."""
    found: dict[tuple[str, str], Naming] = {}
    for name in sorted(names, key=lambda n: (ROLES.index(n.role), n.language, n.text)):
        found.setdefault((name.text, name.language), name)
    return tuple(found.values())
