"""A hit: a thing that was found, and why."""

from enum import IntEnum
from typing import Final, NamedTuple

from enact_graph.lookup.groups import KINDS, tier
from enact_graph.lookup.listing import ROLES, Code, Entry, Naming


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


class Hit(NamedTuple):
    """A thing, how it was found, and by which name or identifier; `slips` counts letters.

    `gist` is the language of the description in which the words are, where it was that. `is_loose`
    where a name fits but in part. A tuple, since thousands are made to choose a few.
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
        entry, how, naming = self.entry, self.how, self.naming
        first, role, fit = _TIERS[entry.kind], 0, self.slips * 2 + self.is_loose
        if naming is not None:
            role = _ROLES[naming.role]
            if how is How.PREFIX and language and naming.language not in (language, ""):
                how = How.WORDS
        if how in _WHOLE:
            return (how, fit, role, first, -entry.weight, entry.iri)
        return (how, first, fit, role, -entry.weight, entry.iri)


_ROLES: Final = {role: place for place, role in enumerate(ROLES)}
_TIERS: Final = {kind: tier(kind) for kind in KINDS}
#: Where it is the whole name that fits, that goes before what kind of thing it is.
_WHOLE: Final = (How.LABEL, How.ACRONYM, How.TYPO)
