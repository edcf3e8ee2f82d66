"""A query taken apart: its columns and the triple patterns that its solutions match."""

from dataclasses import dataclass
from typing import Final

#: How our own variables begin, which no question may use.
OWN: Final = "of_a_row_"


@dataclass(frozen=True)
class Pattern:
    """Subject, predicates of which one holds, object: each a `?variable` or as N-Triples write it.

    Written in `beside` is what has to be asked as well, where the solutions do not tell it.
    """

    subject: str
    predicates: tuple[str, ...]
    object: str
    beside: str = ""

    @property
    def variables(self) -> list[str]:
        """The variables in it."""
        found = (self.subject, *self.predicates, self.object)
        return [t[1:] for t in dict.fromkeys(found) if t.startswith("?")]


@dataclass(frozen=True)
class Reading:
    """A SELECT taken apart: what comes before it, its outermost group, columns and patterns."""

    prologue: str
    body: str
    columns: tuple[str, ...]
    patterns: tuple[Pattern, ...]
