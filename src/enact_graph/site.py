"""What makes this site this one, data/site.toml: its title, its cluster, its map, its examples.

found = parse(Path("data/site.toml").read_bytes())
found.map.radius                                      # 150
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from enact_graph.terms import BASE, ENACT, ID, LANGUAGES

#: Where it is authored, and the outlines for the map where a site has its own.
FILE: Final = "data/site.toml"
OUTLINES: Final = "data/outlines.json"
#: What a site is about that does not say it: the cluster most is said about.
MOST_SAID_OF: Final = (
    f"SELECT ?c WHERE {{ ?c a <{ENACT}Cluster> . ?s ?p ?c }}"
    " GROUP BY ?c ORDER BY DESC(COUNT(*)) ?c LIMIT 1"
)
#: What outlines consist of.
_PARTS: Final = ("arcs", "shapes", "names", "rivers", "parts")


def _in_each_language(words: dict[str, str]) -> dict[str, str]:
    if set(words) != set(LANGUAGES):
        raise ValueError(f"give a text in each of {', '.join(LANGUAGES)}, and in no other language")
    return words


def _of_this_process(base: str) -> str:
    if not re.fullmatch(r'https?://[^\s<>"{}|\\^`?#]+/', base):
        raise ValueError("give an address with http:// or https://, and a slash at the end")
    if base != BASE:
        raise ValueError(
            f"addresses begin with {BASE} here; start the command `enact-graph` anew, or set"
            f" ENACT_GRAPH_BASE={base}"
        )
    return base


#: A thing, written as the last part of its address and read as its IRI.
Thing = Annotated[
    str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$"), AfterValidator(lambda slug: ID + slug)
]
Words = Annotated[dict[str, str], AfterValidator(_in_each_language)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Map(_Table):
    """Where the map begins; what is not said follows from what has coordinates."""

    centre: Thing = Field("", description="Distances are measured from there.")
    radius: int = Field(150, ge=1, le=20_000, description="Kilometres that count as near.")
    region: Thing = Field("", description="The region that is shown at large.")
    window: tuple[float, float, float, float] | None = Field(
        None, description="What is shown at large: degrees west, south, east, north."
    )


class Examples(_Table):
    """What readers are offered to try; of pairs those that the graph has."""

    searches: tuple[str, ...] = Field((), description="Names and identifiers to look for.")
    pairs: tuple[tuple[Thing, Thing], ...] = Field((), description="Two things to join by a path.")


class Titles(_Table):
    """Titles of what the build writes, in each language."""

    catalogue: Words = Field({}, description="Of the catalogue, if the data describe none.")
    quality: Words = Field({}, description="Of the quality report.")


class Site(_Table):
    """All that a site says of itself; every part of it may be missing."""

    base: Annotated[str, AfterValidator(_of_this_process)] = Field(
        BASE, description="Where the addresses begin: http:// or https://, with a slash at the end."
    )
    title: str = Field("enact-graph", min_length=1, description="The name of the site.")
    cluster: Thing = Field("", description="What the site is about: the cluster most is said of.")
    publisher: Thing = Field("", description="Who curates the data and publishes the site.")
    map: Map = Map()
    examples: Examples = Examples()
    titles: Titles = Titles()
    words: Mapping[str, Any] = Field({}, description="Texts of the pages that are this site's own.")

    @property
    def things(self) -> Iterator[tuple[str, str]]:
        """Each thing that is named, with the key that names it."""
        named = {"cluster": self.cluster, "publisher": self.publisher}
        named |= {key: getattr(self.map, key) for key in ("centre", "region")}
        yield from ((key, iri) for key, iri in named.items() if iri)
        yield from (("pairs", iri) for pair in self.examples.pairs for iri in pair)


#: A site without a file.
NOTHING_SAID: Final = Site()


class Unfit(ValueError):
    """A file of the site that says what it may not; `file` and `line` are where."""

    def __init__(self, reason: str, line: int, file: str = FILE) -> None:
        super().__init__(reason)
        self.line, self.file = line, file


def parse(content: bytes) -> Site:
    """Read a site file; Unfit where it is no TOML, or has a key or a value that is none."""
    try:
        text = content.decode()
        return Site.model_validate(tomllib.loads(text))
    except UnicodeDecodeError as error:
        raise Unfit("this is no UTF-8", content[: error.start].count(b"\n") + 1) from error
    except ValidationError as error:
        first = error.errors()[0]
        keys = [str(part) for part in first["loc"]]
        reason = first["msg"].removeprefix("Value error, ")
        raise Unfit(f"{'.'.join(keys)}: {reason}", line_of(text, *keys)) from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        last = text.count("\n") + 1
        raise Unfit(str(error), int(found[1]) if found else last) from error


def check_outlines(content: bytes) -> None:
    """Raise Unfit unless these are outlines as the map reads them."""
    try:
        told = json.loads(content)
        lacking = [key for key in _PARTS if key not in told]
    except (ValueError, TypeError) as error:
        raise Unfit(str(error), getattr(error, "lineno", 1), OUTLINES) from error
    if lacking:
        raise Unfit(f"there is no {', '.join(lacking)}", 1, OUTLINES)


def line_of(text: str, *keys: str) -> int:
    """The line of a key in a site file, or of the nearest table above it."""
    found = 1
    for key in keys:
        match = re.compile(rf"^\s*\[?(?:[\w.]+\.)?{re.escape(key)}\b", re.MULTILINE).search(text)
        found = text.count("\n", 0, match.end()) + 1 if match else found
    return found
