"""Consistency: what SHACL cannot see, because it needs the text, the place or all files at once."""

from collections.abc import Collection, Iterable, Iterator

from enact_graph import site
from enact_graph.authoring import linksets, questions, registry
from enact_graph.authoring.checks import (
    literals,
    privacy,
    records,
    unread,
)
from enact_graph.authoring.checks import (
    names as naming,
)
from enact_graph.authoring.checks.messages import finding
from enact_graph.authoring.findings import Finding, from_fault, ordered
from enact_graph.authoring.registry import Registry
from enact_graph.authoring.shacl import idleness
from enact_graph.authoring.sources import SourceFile, Sources
from enact_graph.rdf.faults import LOSSLESS, MENDABLE
from enact_graph.rdf.statement import Fault, Place
from enact_graph.terms import shorten

#: So many missing names are listed; the rest is counted.
_LISTED = 5


def check(sources: Sources, changed: Collection[str] | None = None) -> tuple[Finding, ...]:
    """Return the faults of reading and all that does not hold between the files, by place.

    While triples are lost to faults, the names that these may describe are not judged, and the
    registry waits. With `changed`, only the form of the files of these names is looked at.
    """
    found = [from_fault(fault) for fault in sources.faults]
    found += literals.check(sources)
    found += privacy.check(sources)
    known = sources.registry
    found += _check_forms((f for f in sources.files if changed is None or f.name in changed), known)
    is_torn = unread.torn(sources.faults)
    for named in naming.check(sources, unread.names(sources)):
        if named.place is None or not is_torn(named.place):
            found.append(named)
    if is_whole(sources):
        found += idleness.check(sources)
        found += linksets.check(sources)
        found += records.check(sources)
        found += _check_registry(sources, known)
        found += _check_site(sources)
        found += questions.check(sources)
    return ordered(found)


def is_whole(sources: Sources) -> bool:
    """Was every triple read, whatever else the files may lack?"""
    return all(fault.code in LOSSLESS for fault in sources.faults)


def _check_forms(files: Iterable[SourceFile], known: Registry) -> Iterator[Finding]:
    """Files that can be read stand in canonical form; Windows line ends are told once for all."""
    windows = [registry.FILE] if known.has_windows_ends else []
    for file in files:
        if any(fault.code not in MENDABLE for fault in file.parsed.faults):
            continue
        if file.text == file.canonical or file.text == file.unmended:  # noqa: PLR1714 - is lazy
            if file.has_windows_ends:
                windows.append(file.name)
            elif not file.is_plain:
                yield finding("not-canonical", Place(file.name, 1))
        else:
            yield _first_difference(file)
    if windows:
        yield finding("line-ends", Place(min(windows), 1), count=str(len(windows)))


def _first_difference(file: SourceFile) -> Finding:
    lines, due = file.text.split("\n"), file.canonical.split("\n")
    same = (number for number, pair in enumerate(zip(lines, due, strict=False)) if len({*pair}) > 1)
    first = next(same, min(len(lines), len(due)))
    return finding("not-canonical", Place(file.name, min(first + 1, len(lines))))


def _check_site(sources: Sources) -> Iterator[Finding]:
    """The site file and its outlines can be read, and the things it names are described."""
    content, outlines = (sources.further.get(name) for name in (site.FILE, site.OUTLINES))
    yield from (from_fault(f) for f in (content, outlines) if isinstance(f, Fault))
    try:
        if isinstance(outlines, bytes):
            site.check_outlines(outlines)
        told = sources.site
    except site.Unfit as error:
        yield finding("site", Place(error.file, error.line), reason=str(error))
        return
    if not isinstance(content, bytes):
        return
    described, text = set(registry.minted(sources.statements)), content.decode()
    for key, iri in told.things:
        if iri not in described:
            place = Place(site.FILE, site.line_of(text, key))
            yield finding("site-thing", place, key=key, name=shorten(iri))


def _check_registry(sources: Sources, known: Registry) -> Iterator[Finding]:
    """The registry holds every name that is described, and no other."""
    described = set(registry.minted(sources.statements))
    yield from map(from_fault, known.faults)
    if known.lost:
        return
    for number, line in known.faulty.items():
        yield finding("registry-line", Place(registry.FILE, number), name=line)
    for iri, number in known.lines.items():
        if iri not in described:
            yield finding("registry-lost", Place(registry.FILE, number), name=shorten(iri))
    missing = sorted(map(shorten, described - known.lines.keys()))
    if missing:
        names = ", ".join(missing[:_LISTED]) + (", …" if len(missing) > _LISTED else "")
        place = Place(registry.FILE, 1)
        yield finding("registry-missing", place, name=names, count=str(len(missing)))
    elif not (known.faulty or known.faults or known.is_canonical or known.has_windows_ends):
        yield finding("not-canonical", Place(registry.FILE, 1))
