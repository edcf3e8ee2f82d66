"""What a visitor means by a name, a slug or an address, among the things of the network.

Meanings.of(network).among("chru nancy")
"""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlsplit

from enact_graph import terms
from enact_graph.query.network import Network

#: Things offered where a name fits several or none.
OFFERED: Final = 8
_WORD: Final = re.compile(r"\w+")
_OURS: Final = re.compile(r"/(?:id|doc|network)/(?P<slug>[\w.~-]+?)(?:\.[a-z]+)?/?$")


@dataclass(frozen=True)
class Meant:
    """The thing meant; None where several `near` fit as well, or none does."""

    thing: str | None
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meanings:
    """Names as they are compared, and the things that bear each."""

    things: frozenset[str]
    named: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, network: Network) -> Self:
        """The names of everything that is tied to something."""
        named: dict[str, set[str]] = defaultdict(set)
        for thing, names in network.names.items():
            if network.ties.get(thing):
                for name in names:
                    named[fold(name)].add(thing)
        named.pop("", None)
        return cls(frozenset(network.ties), {n: tuple(sorted(of)) for n, of in named.items()})

    def among(self, text: str) -> Meant:
        """The thing of this slug, address or name, else those whose names are most like it."""
        text = text.strip()
        for iri in (text, terms.ID + text, terms.ID + _slug(text)):
            if iri in self.things:
                return Meant(iri)
        wanted = fold(text)
        if not wanted:
            return Meant(None)
        found = self.named.get(wanted) or self._holding(wanted)
        if len(found) == 1:
            return Meant(found[0])
        return Meant(None, (found or self._like(wanted))[:OFFERED])

    def _holding(self, wanted: str) -> tuple[str, ...]:
        """Those with a name that has all these words, each at the beginning of one of its own."""
        words = wanted.split()
        found: dict[str, int] = {}
        for name, things in self.named.items():
            own = name.split()
            if all(any(o.startswith(w) for o in own) for w in words):
                for thing in things:
                    found[thing] = min(found.get(thing, len(name)), len(name))
        return tuple(sorted(found, key=lambda thing: (found[thing], thing)))

    def _like(self, wanted: str) -> tuple[str, ...]:
        near = difflib.get_close_matches(wanted[:80], self.named, n=OFFERED, cutoff=0.6)
        return tuple(dict.fromkeys(thing for name in near for thing in self.named[name]))


def fold(text: str) -> str:
    """A name as it is compared: no accents, no capitals, words with a blank between them."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("ß", "ss"))
    return " ".join(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def _slug(text: str) -> str:
    """The slug in an address of ours, wherever it is served; nothing of any other text."""
    found = _OURS.search(urlsplit(text).path) if "/" in text else None
    return found["slug"] if found else "//"
