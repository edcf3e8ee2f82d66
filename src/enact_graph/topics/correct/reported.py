"""What the pages of a correction show: statements to choose, the case, the answers, the patch."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.entity import Entity, Labels, Statement
from enact_graph.present.view import Note, Part
from enact_graph.proposal import Outcome
from enact_graph.vocabulary import RDF, XSD

_NUMBERS: Final = frozenset({XSD.integer, XSD.decimal, XSD.double, XSD.nonNegativeInteger})
#: Lines of a patch that are shown; the file has all.
LINES: Final = 400
_MARKS: Final = {"+": "add", "-": "del", "@": "hunk"}


@dataclass(frozen=True)
class Pick:
    """A statement to choose: what it says, and where it is chosen."""

    label: Part
    value: tuple[Part, ...]
    href: str
    language: str


@dataclass(frozen=True)
class Group:
    """The statements about one thing."""

    subject: Part
    picks: tuple[Pick, ...]


@dataclass(frozen=True)
class Told:
    """The statement that is wrong: about what, which property, which value, who says so.

    `kind` is the way its value is written: date, number, text, string, concept, thing, address.
    """

    subject: Part
    label: Part
    value: tuple[Part, ...]
    note: Note
    kind: str
    is_dated: bool
    language: str


@dataclass(frozen=True)
class Choice:
    """One of several things that a name may mean."""

    value: str
    name: Part


@dataclass(frozen=True)
class Diffed:
    """A line of a patch, and how it is drawn: add, del, hunk, file, at."""

    text: str
    style: str


@dataclass(frozen=True)
class Post:
    """Where a proposal goes: the form of a forge, a contact, or nowhere that is known."""

    repository: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Case:
    """The statement in question, what is known of its thing, and what else its value may be."""

    entity: Entity
    statement: Statement
    graph: str
    siblings: Mapping[str, Labels]

    @property
    def kind(self) -> str:
        """The way a value of the statement is written: date, number, text, string, concept, thing
        or address."""
        value = self.statement.object
        if isinstance(value, ox.NamedNode):
            is_ours = value.value.startswith(terms.BASE)
            return "concept" if self.siblings else "thing" if is_ours else "address"
        if value.language:
            return "text"
        if value.datatype.value == XSD.date:
            return "date"
        return "number" if value.datatype.value in _NUMBERS else "string"


@dataclass(frozen=True)
class Result:
    """What came of the form, and the things that a name in it may mean; where it can be sent.

    `origin` is where the reader is.
    """

    outcome: Outcome | None = None
    choices: Sequence[tuple[str, Labels]] = ()
    post: Post = field(default_factory=Post)
    origin: str = ""


@dataclass(frozen=True)
class Answers:
    """What the address says: short names of thing and graph, the statement, the form."""

    subject: str = ""
    graph: str = ""
    statement: str = ""
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The fields of the address, for one that differs in the language alone."""
        shown = {"s": self.subject, "g": self.graph, "t": self.statement, **self.form}
        return [(name, value) for name, value in shown.items() if value]


def key(statement: Statement) -> str:
    """The short name of a statement within its graph."""
    written = f"<{statement.subject}> <{statement.predicate}> {statement.object}"
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def in_graph(entity: Entity, graph: str) -> list[Statement]:
    """The statements of a graph about a thing, about what is told with it, and that lead to it."""
    every = (*entity.statements, *entity.incoming, *(s for n in entity.nodes.values() for s in n))
    return sorted({s for s in every if graph in s.graphs}, key=lambda s: _order(s, entity.iri))


def _order(s: Statement, iri: str) -> tuple[bool, str, bool, str, str]:
    return (s.subject != iri, s.subject, s.predicate != RDF.type, s.predicate, str(s.object))


def language_of(statement: Statement) -> str:
    """The language of the value; empty where it has none."""
    value = statement.object
    return (value.language or "") if isinstance(value, ox.Literal) else ""


def diffed(patch: str) -> list[Diffed]:
    """The lines of a patch; those that only git reads are left out."""
    found = []
    for line in patch.split("\n")[:-1][:LINES]:
        if line.startswith(("diff --git ", "new file mode ", "--- ")):
            continue
        if line.startswith("+++ "):
            found.append(Diffed(line[4:].removeprefix("b/"), "file"))
        else:
            found.append(Diffed(line, _MARKS.get(line[:1], "at")))
    return found
