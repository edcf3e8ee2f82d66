"""Gaps: the names that unreadable lines may describe, which nobody may call unknown."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from enact_graph.authoring import registry
from enact_graph.authoring.sources import SourceFile, Sources
from enact_graph.rdf.faults import LOSSLESS
from enact_graph.rdf.statement import Fault, Place
from enact_graph.terms import ENACT, PREFIXES

#: The namespaces of this graph.
OWN: Final = (*registry.SLUGGED, ENACT)

_NAME: Final = r"(?P<name><[^<>\s]+>|[A-Za-z][\w-]*:[\w-]+)"
#: Where a text has a subject: alone on its line, before a type, or after a full stop or brace.
_SUBJECTS: Final = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"^[ \t]*{_NAME}[ \t]*$",
        rf"(?<![\w:-]){_NAME}\s+a\s",
        rf"(?:\A|[.{{}}]\s+){_NAME}\s",
    )
)


def names(sources: Sources) -> frozenset[str]:
    """Return the IRIs that the faulty parts of the files may describe.

    Of a file that was read in part, those are the subjects of statements with a fault and the
    subjects of which nothing was read; of a file that is no UTF-8, all subjects. A file that could
    not be opened may describe any registered name.
    """
    codes: dict[str, set[str]] = {}
    lines: dict[str, set[int]] = {}
    for fault in sources.faults:
        if fault.code not in LOSSLESS:
            codes.setdefault(fault.place.file, set()).add(fault.code)
            lines.setdefault(fault.place.file, set()).add(fault.place.line)
    files = {file.name: file for file in sources.files}
    read = _subjects_read(sources)
    found: set[str] = set()
    for name, kinds in codes.items():
        if "unreadable" in kinds:
            found.update(sources.registry.lines)
        elif name in files:
            found.update(_doubtful(files[name], read.get(name, set()), lines[name]))
        else:
            text = _text(sources.root / name)
            found.update(iri for _, iri in _mentioned(text, PREFIXES))
    return frozenset(found)


def torn(faults: Iterable[Fault]) -> Callable[[Place], bool]:
    """Return what tells whether a fault stands behind a place in the same line.

    There it may cut a name in two.
    """
    last: dict[tuple[str, int], int] = {}
    for fault in faults:
        if fault.code not in LOSSLESS:
            line = (fault.place.file, fault.place.line)
            last[line] = max(last.get(line, 0), fault.place.column)
    return lambda place: last.get((place.file, place.line), 0) > place.column


def _doubtful(file: SourceFile, read: set[str], faulty: Iterable[int]) -> Iterator[str]:
    """Yield the subjects of which nothing was read, and those of statements with a fault."""
    prefixes = {**PREFIXES, **file.parsed.prefixes}
    mentioned = sorted(_mentioned(file.text, prefixes))
    yield from (iri for _, iri in mentioned if iri not in read)
    starts = [line for line, _ in mentioned]
    texts = file.text.split("\n")
    for line in faulty:
        before = bisect_right(starts, line) - 1
        # Where a full stop or a closing mark is missing, the next statement may be lost as well.
        yield from (iri for _, iri in mentioned[max(before, 0) : before + 2])
        yield from _mended(texts[line - 1], prefixes)


def _mentioned(text: str, prefixes: Mapping[str, str]) -> set[tuple[int, str]]:
    """Return line and IRI of whatever the text seems to have as a subject."""
    found: set[tuple[int, str]] = set()
    ends = [match.start() for match in re.finditer("\n", text)]
    for pattern in _SUBJECTS:
        for match in pattern.finditer(text):
            line = bisect_left(ends, match.start("name")) + 1
            found.update((line, iri) for iri in _expand(match["name"], prefixes))
    return found


def _mended(line: str, prefixes: Mapping[str, str]) -> list[str]:
    """Return what a line with a name that some wrong character cuts in two was meant to say."""
    name = re.sub(r"[^\w:-]", "", line)
    return _expand(name, prefixes) if re.fullmatch(_NAME, name) else []


def _expand(name: str, prefixes: Mapping[str, str]) -> list[str]:
    """Return what a name may mean; one with a misspelt prefix, any name of ours with its end."""
    if name[0] == "<":
        return [name[1:-1]]
    prefix, _, local = name.partition(":")
    return [prefixes[prefix] + local] if prefix in prefixes else [ns + local for ns in OWN]


def _subjects_read(sources: Sources) -> dict[str, set[str]]:
    read: dict[str, set[str]] = {}
    for statement in sources.statements:
        if isinstance(statement.quad.subject, NamedNode):
            read.setdefault(statement.place.file, set()).add(statement.quad.subject.value)
    return read


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")
