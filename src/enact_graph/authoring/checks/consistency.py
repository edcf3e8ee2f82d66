"""Consistency: what SHACL cannot see, because it needs the text, the place or all files at once."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal, NamedNode

from enact_graph import contact, site
from enact_graph.authoring import links, linksets, questions, registry
from enact_graph.authoring.checks import (
    names as naming,
)
from enact_graph.authoring.checks import records, unread
from enact_graph.authoring.checks.messages import finding
from enact_graph.authoring.findings import Finding, from_fault, ordered
from enact_graph.authoring.registry import Registry
from enact_graph.authoring.shacl import shapes
from enact_graph.authoring.sources import SourceFile, Sources
from enact_graph.rdf.characters import is_text, mend, superfluous, unfit, ungarbled
from enact_graph.rdf.faults import LOSSLESS, MENDABLE
from enact_graph.rdf.lexical import DATATYPES, PARTIAL_DATES, is_valid
from enact_graph.rdf.statement import Fault, Place, Statement
from enact_graph.terms import LANGUAGES, PREFIXES, shorten
from enact_graph.vocabulary import SKOS, XSD

#: Identifiers of registers, which have patterns and check digits of their own.
_NOTATION: Final = SKOS.notation


def check_privacy(sources: Sources) -> Iterator[Finding]:
    """Yield each value and remark by which somebody could be called or written to."""
    for statement in sources.statements:
        predicate, value = statement.quad.predicate, statement.quad.object
        if isinstance(value, Literal):
            is_read = is_text(predicate, value) and predicate.value != _NOTATION
            found = contact.in_text(value.value) if is_read else None
        else:
            found = contact.in_address(value.value) if isinstance(value, NamedNode) else None
        if found:
            yield finding("contact", statement, found=found)
    for file in sources.files:
        for number, line in enumerate(file.text.split("\n"), 1):
            if file.name != links.FILE and line and not line.startswith("#"):
                break  # remarks stand at the head of a file; of the table all is published
            if found := contact.in_text(line):
                yield finding("contact", Place(file.name, number), found=found)


_XSD: Final = PREFIXES["xsd"]


def _expand(*names: str) -> frozenset[str]:
    return frozenset(PREFIXES[p] + local for p, _, local in (name.partition(":") for name in names))


#: Properties whose value is a text for people, so that it needs a language.
_SPOKEN: Final = _expand(
    "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "skos:definition", "skos:scopeNote",
    "skos:editorialNote", "skos:note", "rdfs:label", "rdfs:comment", "dcterms:title",
    "dcterms:description", "schema:description", "sh:name", "sh:message", "sh:description",
    "enact:officialName", "enact:legalForm", "enact:legalBasis",
)  # fmt: skip
#: Those of them that may be in any language: how a thing calls itself.
_FOREIGN: Final = _expand("enact:officialName")
_EXAMPLES: Final = {
    XSD.date: ', "2024-05-22"^^xsd:date',
    XSD.dateTime: ', "2024-05-22T10:00:00Z"^^xsd:dateTime',
    XSD.duration: ', "P5Y"^^xsd:duration',
    XSD.boolean: ", true",
}


def check_literals(sources: Sources) -> Iterator[Finding]:
    """Yield each literal without its language, with a wrong character, or unlike its datatype."""
    for statement in (*sources.statements, *sources.shapes):
        value = statement.quad.object
        if isinstance(value, Literal):
            yield from _check_language(statement, value)
            if is_text(statement.quad.predicate, value):
                yield from _check_characters(statement, value.value)
            yield from _check_datatype(statement, value)


def _check_language(statement: Statement, value: Literal) -> Iterator[Finding]:
    spoken = statement.quad.predicate.value
    if spoken not in _SPOKEN:
        return
    if value.language is None:
        yield finding("language-missing", statement, name=shorten(spoken))
    elif value.language not in LANGUAGES and spoken not in _FOREIGN:
        name = shorten(spoken)
        yield finding("language-other", statement, name=name, language=value.language)


def _check_characters(statement: Statement, text: str) -> Iterator[Finding]:
    if text.isascii() and text.isprintable():
        return
    if found := superfluous(text):
        yield finding("hidden-character", statement, found=", ".join(found))
    elif mend(text) != text:
        yield finding("not-composed", statement)
    if found := unfit(text):
        yield finding("unfit-character", statement, found=", ".join(found))
    if meant := ungarbled(text):
        yield finding("garbled", statement, meant=meant)


def _check_datatype(statement: Statement, value: Literal) -> Iterator[Finding]:
    datatype = value.datatype.value
    if datatype in PARTIAL_DATES:
        yield finding("partial-date", statement, name=shorten(datatype))
    elif datatype.startswith(_XSD) and datatype not in DATATYPES:
        near = get_close_matches(datatype, DATATYPES, 1, 0.8)
        suggestion = shorten(near[0]) if near else None
        yield finding("unknown-datatype", statement, suggestion, name=shorten(datatype))
    elif not is_valid(value.value, datatype):
        example = _EXAMPLES.get(datatype, "")
        name, said = shorten(datatype), f"“{value.value}”"
        yield finding("bad-value", statement, name=name, value=said, example=example)


#: So many missing names are listed; the rest is counted.
_LISTED = 5


def check(sources: Sources, changed: Collection[str] | None = None) -> tuple[Finding, ...]:
    """Return the faults of reading and all that does not hold between the files, by place.

    While triples are lost to faults, the names that these may describe are not judged, and the
    registry waits. With `changed`, only the form of the files of these names is looked at.
    """
    found = [from_fault(fault) for fault in sources.faults]
    found += check_literals(sources)
    found += check_privacy(sources)
    known = sources.registry
    found += _check_forms((f for f in sources.files if changed is None or f.name in changed), known)
    is_torn = unread.torn(sources.faults)
    for named in naming.check(sources, unread.names(sources)):
        if named.place is None or not is_torn(named.place):
            found.append(named)
    if is_whole(sources):
        found += shapes.check(sources)
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
