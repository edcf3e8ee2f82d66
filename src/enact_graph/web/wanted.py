"""The format that a request wants by its parameters: `format` or `output`, written as in Accept.

    format=csv    output=ttl    format=text/csv;q=0.5,application/json    format=json-ld

A value is a list of media ranges as in Accept, or of names; a blank between two words is the plus
that an address has to escape. Clients repeat the parameter in several spellings, which must agree.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from enact_graph.errors import BadParameter
from enact_graph.formats import HTML, RDF_FORMATS, RESULT_FORMATS, Format
from enact_graph.web.negotiation import choose, ranges

_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}")


def check(names: list[str]) -> str | None:
    """The value of the parameter `download`, empty where it has none; None where it is not there.

    BadParameter for what could not be the name of a file everywhere.
    """
    if not names:
        return None
    if len(names) > 1 or (names[0] and not _NAME.fullmatch(names[0])):
        raise BadParameter(
            f"download={','.join(names)[:80]}: name one file of at most 80 letters, digits, dots,"
            " hyphens and underscores, or leave the value out.",
            parameter="download",
        )
    return names[0]


def disposition(download: str | None, stem: str, format_: Format) -> str:
    """The header Content-Disposition of an answer in a format.

    With `download` (its value, or empty for a name made of `stem`) it is to be saved, else shown.
    """
    name = download or f"enact-graph-{stem}"
    if not name.lower().endswith("." + format_.extension):
        name += "." + format_.extension
    return f'{"inline" if download is None else "attachment"}; filename="{name}"'


PARAMETERS: Final = ("format", "output")
#: Names under which clients ask for a format that are neither its key, extension nor media type;
#: some have two meanings, one for tables and one for graphs.
_NICKNAMES: Final = {
    "json": ("json", "jsonld"),
    "json-ld": ("jsonld",),
    "n3": ("turtle",),
    "n-quads": ("nquads",),
    "n-triples": ("ntriples",),
    "rdf+xml": ("rdfxml",),
    "srj": ("json",),
    "srx": ("xml",),
    "xml": ("xml", "rdfxml"),
}
#: One element of a list: what stands before the first semicolon, and the rest.
_ELEMENT: Final = re.compile(r"(?P<name>[^,;]+)(?P<rest>[^,]*)")
#: How often a format may be named; no client is known to do so more than four times.
_MOST: Final = 16
#: Characters of a value; the longest header that any client is known to send has half as many.
_LONGEST: Final = 1000


@dataclass(frozen=True)
class Wanted:
    """The formats for a table and for a graph, None where there is none; or a page instead."""

    results: Format | None
    graph: Format | None
    is_page: bool = False


def read(
    fields: Iterable[tuple[str, str]],
    results: Sequence[Format] = RESULT_FORMATS,
    graphs: Sequence[Format] = RDF_FORMATS,
    pages: Sequence[Format] = (),
) -> Wanted | None:
    """What the fields of a request want of the formats offered; None where they do not say.

    BadParameter for what is none of them, and for fields that want different ones.
    """
    named = [(name, value.strip()) for name, value in fields if name in PARAMETERS]
    named = [(name, value) for name, value in named if value]
    if len(named) > _MOST:
        raise BadParameter(
            f"A format is named {len(named)} times; name it once.", parameter=named[-1][0]
        )
    found = [_read(name, value, results, graphs, pages) for name, value in named]
    if not found:
        return None
    tables = {w.results.key: w.results for w in reversed(found) if w.results}
    triples = {w.graph.key: w.graph for w in reversed(found) if w.graph}
    if max(len(tables), len(triples), len({w.is_page for w in found})) > 1:
        told = ", ".join(value for _, value in named)
        raise BadParameter(
            f"{' and '.join(dict(named))}: different formats are named ({told[:200]}); name one.",
            parameter=named[-1][0],
        )
    return Wanted(
        next(iter(tables.values()), None), next(iter(triples.values()), None), found[0].is_page
    )


def _read(
    name: str,
    value: str,
    results: Sequence[Format],
    graphs: Sequence[Format],
    pages: Sequence[Format],
) -> Wanted:
    offered = (*results, *graphs, *pages)
    accept = ""
    if len(value) <= _LONGEST:
        accept = ",".join(_ranges(m["name"], m["rest"], offered) for m in _ELEMENT.finditer(value))
    best = choose(accept, offered) if any(ranges(accept)) else None
    if best is None:
        known = sorted({f.key for f in offered})
        raise BadParameter(
            f"{name}={value[:80]}: there is no such format here; there are {', '.join(known)}.",
            parameter=name,
            allowed=known,
        )
    return Wanted(choose(accept, results), choose(accept, graphs), best.key == HTML.key)


def _ranges(written: str, rest: str, offered: Sequence[Format]) -> str:
    """One element of a value as Accept would have it: a name as the media types it means."""
    name = re.sub(" +", "+", written.strip()).lower()
    if "/" in name:
        return name + rest
    keys = _NICKNAMES.get(name, ())
    meant = [f for f in offered if f.key in keys or name in (f.key, f.extension)]
    return ",".join(f.media_type + rest for f in meant) or name
