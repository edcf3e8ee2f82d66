"""The links to other datasets: one a line in data/links.sssom.tsv, reviewed, asserted or rejected.

What may stand in each line is said here; `sssom` reads the table apart.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pyoxigraph import NamedNode, Quad

from enact_graph.authoring import sssom
from enact_graph.authoring.sssom import COLUMNS
from enact_graph.rdf.statement import Fault, Parsed, Place, Statement
from enact_graph.terms import ID, PREFIXES, VOCAB

FILE: Final = "data/links.sssom.tsv"
REJECTED: Final = "Not"

_SAME: Final = "owl:sameAs"
_MATCHES: Final = tuple(
    f"skos:{name}Match" for name in ("broad", "close", "exact", "narrow", "related")
)
#: What a link may say, and of what: identity of things, matches and pointers of concepts.
_SUBJECTS: Final[Mapping[str, str]] = {
    _SAME: ID,
    **dict.fromkeys(_MATCHES, VOCAB),
    "rdfs:seeAlso": VOCAB,
}
#: The relations that a link may have.
PREDICATES: Final = tuple(_SUBJECTS)
#: The prefixes that SSSOM knows without a declaration, as far as links use them.
_KNOWN: Final[Mapping[str, str]] = {
    **{prefix: PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "skos", "xsd")},
    "semapv": "https://w3id.org/semapv/vocab/",
    "sssom": "https://w3id.org/sssom/",
}
_NAME: Final = re.compile(r"([\w.-]+):([^\s<>\"{}|\\^`]+)")


@dataclass(frozen=True)
class Link:
    """One line of the table: a link that is asserted, or a candidate that is rejected."""

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode
    is_rejected: bool
    justification: NamedNode
    date: str
    place: Place


@dataclass(frozen=True)
class Table:
    """What was read: links in file order, each once, the declared prefixes and the faults."""

    links: tuple[Link, ...]
    prefixes: Mapping[str, str]
    faults: tuple[Fault, ...]

    @property
    def parsed(self) -> Parsed:
        """The asserted links as statements, like those of any other file."""
        asserted = (link for link in self.links if not link.is_rejected)
        statements = tuple(
            Statement(Quad(link.subject, link.predicate, link.object), link.place, link.place)
            for link in asserted
        )
        return Parsed(statements, self.faults, dict(self.prefixes))


def read(text: str, file: str = FILE) -> Table:
    """Read the table; every fault is reported with its line, the other lines are read on."""
    return _Reader(text, file).read()


def canonical(text: str) -> str:
    """Return the table in its one form: header first, lines sorted by subject, each once."""
    return sssom.write(sssom.part(text))


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.sheet = sssom.part(text)
        self.faults: list[Fault] = []
        self.prefixes = dict(_KNOWN)
        self.seen: dict[tuple[str, str, str], Link] = {}
        self.twins: dict[str, Link] = {}
        self.is_bare = False
        self.lost: set[int] = set()

    def read(self) -> Table:
        self._read_prefixes()
        if self.sheet.is_known:
            for line, row in self.sheet.rows:
                self._read_row(line, row)
        else:
            self._fault(self.sheet.line, "links-columns", expected=" ".join(COLUMNS))
        return Table(tuple(self.seen.values()), self.prefixes, tuple(self.faults))

    def _fault(self, line: int, code: str, **details: str) -> None:
        self.faults.append(Fault(Place(self.file, line), code, details))

    def _read_prefixes(self) -> None:
        for line, prefix, namespace in self.sheet.prefixes():
            due = PREFIXES.get(prefix, _KNOWN.get(prefix, namespace))
            if namespace != due:
                self._fault(line, "links-prefix", prefix=prefix, namespace=due)
            self.prefixes[prefix] = due
        self.is_bare = self.sheet.is_known and self.prefixes == _KNOWN
        if self.is_bare:
            self._fault(1, "links-header", expected="#curie_map:")

    def _read_row(self, line: int, row: Sequence[str]) -> None:
        if len(row) != len(COLUMNS):
            numbers = {"found": str(len(row)), "expected": str(len(COLUMNS))}
            self._fault(line, "links-cells", **numbers)
            return
        before = len(self.faults)
        cells = dict(zip(COLUMNS, row, strict=True))
        nodes = {
            name: self._node(line, name, cells[name])
            for name in COLUMNS
            if name.endswith("_id") or name == "mapping_justification"
        }
        for code, found, expected in _objections(cells):
            self._fault(line, code, found=found, expected=expected)
        if len(self.faults) == before and line not in self.lost:
            self._keep(
                cells,
                Link(
                    subject=nodes["subject_id"],
                    predicate=nodes["predicate_id"],
                    object=nodes["object_id"],
                    is_rejected=cells["predicate_modifier"] == REJECTED,
                    justification=nodes["mapping_justification"],
                    date=cells["mapping_date"],
                    place=Place(self.file, line),
                ),
            )

    def _node(self, line: int, column: str, name: str) -> NamedNode:
        found = _NAME.fullmatch(name)
        if self.is_bare and found and found[1] not in self.prefixes:
            self.lost.add(line)  # what the one fault of the header says
            return NamedNode("about:invalid")
        if found is None or found[1] not in self.prefixes:
            known = ", ".join(f"{prefix}:" for prefix in sorted(self.prefixes))
            self._fault(line, "links-name", found=name, column=column, expected=known)
            return NamedNode("about:invalid")
        return NamedNode(self.prefixes[found[1]] + found[2])

    def _keep(self, cells: Mapping[str, str], link: Link) -> None:
        """Keep a link unless an earlier line says it, denies it, or gives its object away."""
        key = (link.subject.value, link.predicate.value, link.object.value)
        earlier = self.seen.get(key)
        if earlier is not None:
            same = earlier.is_rejected == link.is_rejected
            code = "links-repeated" if same else "links-contradicted"
            self._fault(link.place.line, code, first=f"{self.file}:{earlier.place.line}")
            return
        self.seen[key] = link
        if cells["predicate_id"] != _SAME or link.is_rejected:
            return
        twin = self.twins.setdefault(link.object.value, link)
        if twin is not link:
            first = f"{self.file}:{twin.place.line}"
            self._fault(link.place.line, "links-shared", found=cells["object_id"], first=first)


def _objections(cells: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield what the cells of one line get wrong: code, what was found, what was expected."""
    subject, predicate = cells["subject_id"], cells["predicate_id"]
    if predicate not in _SUBJECTS:
        yield "links-predicate", predicate, ", ".join(PREDICATES)
    else:
        prefix = "id:" if _SUBJECTS[predicate] == ID else "v:"
        if not subject.startswith(prefix):
            yield "links-subject", f"{subject} {predicate}", prefix
    if cells["predicate_modifier"] not in ("", REJECTED):
        yield "links-modifier", cells["predicate_modifier"], REJECTED
    if not cells["mapping_justification"].startswith("semapv:"):
        yield "links-justification", cells["mapping_justification"], "semapv:ManualMappingCuration"
    try:
        is_date = date.fromisoformat(cells["mapping_date"]).isoformat() == cells["mapping_date"]
    except ValueError:
        is_date = False
    if not is_date:
        yield "links-date", cells["mapping_date"], "2024-05-22"
    if cells["predicate_modifier"] == REJECTED and not cells["comment"]:
        yield "links-reason", subject, "comment"
