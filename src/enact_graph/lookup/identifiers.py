"""Identifiers as people write them: with or without address, prefix, blanks and hyphens.

codes.find("https://www.wikidata.org/wiki/Q157575")
codes.find("ROR 00pg6eq24"), codes.find("isni: 0000 0001 2157 9291"), codes.find("id:enact")
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import unquote, urlsplit

from enact_graph import terms
from enact_graph.lookup.listing import Code, Entry, Listing
from enact_graph.lookup.normalise import compact, fold

#: The scheme under which one of our own addresses is found.
OWN: Final = "own"
_ADDRESS: Final = re.compile(r"(?:https?:)?//|www\.|[\w-]+(?:\.[\w-]+)+/", re.IGNORECASE)
_FILLERS: Final = frozenset(
    {
        *("id", "identifier", "identifiant", "kennung", "n", "no", "nr", "num"),
        *("numero", "number", "nummer"),
    }
)
#: Names of schemes and hosts that differ from what the vocabulary calls them.
_ALSO: Final = {"wd": "wikidata", "archives": "hal", "pic": "cordis", "fundref": "crossref"}
_SUFFIX: Final = re.compile(r"\.(?:html|ttl|jsonld|nt|rdf|trig|nq)$")


@dataclass(frozen=True)
class Found:
    """The place of an entry in its listing, and the identifier by which it was found."""

    entry: int
    code: Code


@dataclass(frozen=True)
class Codes:
    """Every identifier of a listing, by its letters and digits, and by its address."""

    by_value: Mapping[str, tuple[Found, ...]]
    by_address: Mapping[str, tuple[Found, ...]]
    by_iri: Mapping[str, int]
    words: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, listing: Listing) -> Self:
        """Put the identifiers of a listing in order."""
        values: dict[str, list[Found]] = defaultdict(list)
        addresses: dict[str, list[Found]] = defaultdict(list)
        for place, entry in enumerate(listing.entries):
            for code in entry.codes:
                found = Found(place, code)
                if code.url is None or code.url != code.value:
                    values[compact(code.value)].append(found)
                for address in {code.url, code.value if "/" in code.value else None} - {None}:
                    addresses[_address(address or "")].append(found)
        words = {
            scheme: frozenset(
                word
                for text in (scheme.removeprefix("scheme-"), *labels.values())
                for word in fold(text).split()
            )
            for scheme, labels in listing.schemes.items()
        }
        return cls(_frozen(values), _frozen(addresses), _places(listing.entries), words)

    def find(self, text: str) -> tuple[Found, ...]:
        """Return what a text is an identifier of, exact ones before addresses of what is near."""
        asked = text.strip().strip("<>")
        found = [*self._own(asked), *self.by_value.get(compact(asked), ())]
        if _ADDRESS.match(asked):
            found += self.by_address.get(_address(asked), ())
            if not found:
                found += self._in_address(asked)
        elif not found:
            found += self._in_words(asked)
        unique = dict.fromkeys(found)
        return tuple(sorted(unique, key=lambda f: (not f.code.is_same, f.entry)))

    def _own(self, asked: str) -> Iterator[Found]:
        """What one of our own addresses means, in full or with a prefix."""
        for name in written(asked):
            if name in self.by_iri:
                yield Found(self.by_iri[name], Code(OWN, name, name))
                return

    def _in_address(self, asked: str) -> Iterator[Found]:
        """What a part of an address identifies, where the host is that of the scheme."""
        whole = asked if "//" in asked else "//" + asked
        try:
            parts = urlsplit(whole)
        except ValueError:
            return
        host = set(fold(parts.netloc).split())
        host |= {_ALSO[word] for word in host & _ALSO.keys()}
        segments = [s for s in unquote(parts.path).split("/") if s]
        tails = ["/".join(segments[n:]) for n in range(len(segments))]
        for part in (*reversed(segments), *tails):
            for found in self.by_value.get(compact(part.removesuffix(".html")), ()):
                if self.words.get(found.code.scheme, frozenset()) & host:
                    yield found

    def _in_words(self, asked: str) -> Iterator[Found]:
        """What the end of a text identifies, where the words before it name the scheme."""
        tokens = fold(asked).split()
        for start in range(1, min(len(tokens), 6)):
            before = {_ALSO.get(t, t) for t in tokens[:start]} - _FILLERS
            for found in self.by_value.get("".join(tokens[start:]), ()):
                if before <= self.words.get(found.code.scheme, frozenset()):
                    yield found


def written(text: str) -> Iterator[str]:
    """The IRIs of this graph that a text is: written in full, or with a prefix."""
    iri = "https://" + text.partition("://")[2] if text.startswith("http://") else text
    prefix, colon, local = text.partition(":")
    if colon and terms.PREFIXES.get(prefix, "").startswith(terms.BASE):
        iri = terms.PREFIXES[prefix] + local
    if iri.startswith(terms.BASE):
        iri = iri.replace(terms.DOC, terms.ID, 1).partition("?")[0]
        yield from (iri, _SUFFIX.sub("", iri), iri.partition("#")[0])


def _address(url: str) -> str:
    """An address as it is compared: without scheme, www, a slash at its end, and escapes."""
    rest = unquote(url).partition("//")[2] or unquote(url)
    return rest.casefold().removeprefix("www.").rstrip("/")


def _frozen(found: Mapping[str, list[Found]]) -> dict[str, tuple[Found, ...]]:
    return {key: tuple(places) for key, places in found.items() if key}


def _places(entries: Iterable[Entry]) -> dict[str, int]:
    return {entry.iri: place for place, entry in enumerate(entries)}
