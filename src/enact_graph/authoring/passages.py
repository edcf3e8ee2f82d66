"""Passages of source documents: what is recorded of them, and whether a copy agrees."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from enact_graph.authoring import dataset
from enact_graph.authoring.dataset import term
from enact_graph.errors import SourceError
from enact_graph.rdf.statement import Statement
from enact_graph.terms import SOURCE

#: A paragraph is a block between blank lines, without white space at its ends.
_PARAGRAPH: Final = re.compile(r"\S(?:.*?\S)??(?=\s*\Z|[^\S\n]*\n\s*\n)", re.DOTALL)


@dataclass(frozen=True)
class Passage:
    """A passage: `start` and `end` count characters of the text, `checksum` is its SHA-256."""

    name: str
    start: int
    end: int
    checksum: str


@dataclass(frozen=True)
class SourceDocument:
    """A source document: the SHA-256 of its bytes, and its passages in the order of the text."""

    name: str
    checksum: str
    passages: tuple[Passage, ...]

    def is_copied_by(self, content: bytes) -> bool:
        """Say whether `content` is this document, byte for byte."""
        return sha256(content).hexdigest() == self.checksum


@dataclass(frozen=True)
class Comparison:
    """How one passage fares in a copy; `found` is where the same words are now, if elsewhere."""

    passage: Passage
    agrees: bool
    found: tuple[int, int] | None


def documents(statements: Iterable[Statement]) -> tuple[SourceDocument, ...]:
    """Return the documents with a recorded checksum and their passages, sorted by name."""
    store = dataset.collect(s.quad for s in statements)
    checksums = _pairs(store, "enact:sha256")
    selectors, starts, ends = (
        _pairs(store, short) for short in ("oa:hasSelector", "oa:start", "oa:end")
    )
    passages: dict[str, list[Passage]] = {}
    for passage, source in _pairs(store, "oa:hasSource").items():
        selector = selectors.get(passage, "")
        if passage in checksums and selector in starts and selector in ends:
            start, end = int(starts[selector]), int(ends[selector])
            found = Passage(_name(passage), start, end, checksums[passage])
            passages.setdefault(source, []).append(found)
    kind = term("enact:SourceDocument")
    named = {s for s, o in _pairs(store, "rdf:type").items() if o == kind.value}
    return tuple(
        SourceDocument(
            _name(iri),
            checksums[iri],
            tuple(sorted(passages.get(iri, ()), key=lambda p: (p.start, p.name))),
        )
        for iri in sorted(named & checksums.keys())
    )


def choose(
    known: Sequence[SourceDocument], content: bytes, stem: str, named: str | None = None
) -> SourceDocument:
    """Return the document that is `named`; else the one that `content` is a copy of: by checksum,
    else by the file's name.

    SourceError, with the names to choose from, where nothing tells.
    """
    if named is not None:
        found = [d for d in known if d.name == named.removeprefix("src:").removeprefix(SOURCE)]
        if not found:
            names = ", ".join(d.name for d in known) or "none"
            raise SourceError(f"{named}: no checksum is recorded for it; there are: {names}")
        return found[0]
    same = [d for d in known if d.is_copied_by(content)]
    alike = [d for d in known if d.name == stem or d.name in stem]
    if not same and not alike:
        names = ", ".join(d.name for d in known) or "none is recorded"
        raise SourceError(
            f"{stem}: neither its checksum nor its name is that of a recorded document ({names});"
            " name the document with --document"
        )
    return (same or sorted(alike, key=lambda d: -len(d.name)))[0]


def compare(document: SourceDocument, text: str) -> tuple[Comparison, ...]:
    """Compare each passage of `document` with the slice of `text` at its offsets."""
    spans = {_digest(m.group()): m.span() for m in _PARAGRAPH.finditer(text)}
    return tuple(_compare(passage, text, spans) for passage in document.passages)


def _compare(passage: Passage, text: str, spans: dict[str, tuple[int, int]]) -> Comparison:
    agrees = _digest(text[passage.start : passage.end]) == passage.checksum
    return Comparison(passage, agrees, None if agrees else spans.get(passage.checksum))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _name(iri: str) -> str:
    return iri.removeprefix(SOURCE)


def _pairs(store: dataset.Store, short: str) -> dict[str, str]:
    """Return subject and object of a property that has one value a subject."""
    quads = store.quads_for_pattern(None, term(short), None, dataset.DEFAULT)
    return {q.subject.value: q.object.value for q in quads}  # type: ignore[union-attr]
