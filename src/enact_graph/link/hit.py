"""A hit: a thing that was found, and why."""

from dataclasses import dataclass
from enum import IntEnum

from enact_graph.link.entry import ROLES, Code, Entry, Naming
from enact_graph.link.kinds import tier


class How(IntEnum):
    """How a thing was found, the surest way first."""

    IDENTIFIER = 0
    LABEL = 1
    ACRONYM = 2
    PREFIX = 3
    WORDS = 4
    NEAR = 5
    DESCRIPTION = 6
    TYPO = 7


#: By what hits are sorted: the way, how well it fits, then what is better known.
Rank = tuple[int, int, int, int, int, str]


@dataclass(frozen=True)
class Hit:
    """A thing, how it was found, and by which name or identifier; `slips` counts letters.

    `gist` is the language of the description in which the words are, where it was that.
    """

    entry: Entry
    how: How
    naming: Naming | None = None
    code: Code | None = None
    gist: str | None = None
    slips: int = 0
    is_loose: bool = False

    def rank(self, language: str = "") -> Rank:
        """What it is sorted by; the beginning of a name in another language is but a word of it."""
        role = ROLES.index(self.naming.role) if self.naming else 0
        first = tier(self.entry.kind)
        fit = self.slips * 2 + self.is_loose
        is_whole = self.how in (How.LABEL, How.ACRONYM, How.TYPO)
        return (
            How.WORDS if self.how is How.PREFIX and self._is_foreign(language) else self.how,
            *((fit, role, first) if is_whole else (first, fit, role)),
            -self.entry.weight,
            self.entry.iri,
        )

    def _is_foreign(self, language: str) -> bool:
        name = self.naming
        return bool(language and name and name.language not in (language, ""))
