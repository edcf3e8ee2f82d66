"""What a reader finds in a file: statements and faults, each with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import Quad

from enact_graph.rdf.faults import CURES, MESSAGES


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A position in a file: lines and columns count from 1, the file is relative to the root."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Statement:
    """A quad and the place of its object, which is the line an editor has to change.

    `subject_place` is where its subject is written, some lines above.
    """

    quad: Quad
    place: Place
    subject_place: Place


@dataclass(frozen=True)
class Fault:
    """What keeps a file from being read as meant; `details` fill the message of its code."""

    place: Place
    code: str
    details: Mapping[str, str] = field(default_factory=dict)

    def messages(self) -> dict[str, str]:
        """Return what is wrong, in each language."""
        return {lang: text.format(**self.details) for lang, text in MESSAGES[self.code].items()}

    def cures(self) -> dict[str, str]:
        """Return what to do about it, in each language."""
        return {lang: text.format(**self.details) for lang, text in CURES[self.code].items()}

    @property
    def message(self) -> str:
        """The English message."""
        return self.messages()["en"]

    def __str__(self) -> str:
        return f"{self.place}: {self.message}; {self.cures()['en']}"


@dataclass(frozen=True)
class Parsed:
    """All that was found in one file; `header` is the comment block before the first statement."""

    statements: tuple[Statement, ...]
    faults: tuple[Fault, ...]
    prefixes: dict[str, str]
    header: str = ""
