"""The resolver: which described thing an answer means, found as the portal's search finds it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from enact_graph.authoring.new.fields import Refusal
from enact_graph.authoring.new.inventory import AGENT, PERSON, Inventory
from enact_graph.authoring.searchable import listing
from enact_graph.lookup.hit import How
from enact_graph.lookup.index import Index
from enact_graph.lookup.resolve import resolve
from enact_graph.lookup.search import lookup
from enact_graph.terms import ID, SOURCE, shorten
from enact_graph.vocabulary import ENACT, RDF, SCHEMA, SKOS

_TYPE: Final = ox.NamedNode(RDF.type)
#: Things offered where nothing, or more than one, is meant.
_OFFERED: Final = 4


@dataclass(frozen=True)
class Resolver:
    """Finds what is described by its address, names and identifiers; tells names in a language."""

    inventory: Inventory
    language: str = "en"

    @cached_property
    def _index(self) -> Index:
        return Index.over(listing(self._triples()))

    def _triples(self) -> Iterator[ox.Triple]:
        """What the files say, each thing with all the classes that follow from its own."""
        typed: set[ox.NamedNode] = set()
        for statement in self.inventory.sources.statements:
            triple = statement.quad.triple
            is_plain = isinstance(triple.object, ox.NamedNode | ox.Literal)
            if not isinstance(triple.subject, ox.NamedNode) or not is_plain:
                continue
            if triple.predicate == _TYPE:
                typed.add(triple.subject)
            yield triple
        for subject in typed:
            for kind in self.inventory.classes(subject.value):
                yield ox.Triple(subject, _TYPE, ox.NamedNode(kind))

    def find(self, said: str, among: Iterable[str]) -> str:
        """Return the one of `among` that is meant by an address, its end, a name or an identifier.

        Refusal `unknown` or `ambiguous`, with the nearest names.
        """
        known = list(among)
        end = said.strip().rpartition("/")[2].rpartition(":")[2]
        short = [iri for iri in known if end in self._ends(iri)]
        if len(short) == 1:
            return short[0]
        found = resolve(self._index, said, set(known), self.language)
        if found.thing:
            return found.thing
        code = "ambiguous" if found.is_several else "unknown"
        raise Refusal(code, said=said, near=self._told(found.near[:_OFFERED]) or "–")

    def same(self, names: Mapping[str, str], url: str | None = None) -> tuple[str, ...]:
        """Return the bodies that bear one of these names, whatever its accents and joints, or have
        this web address."""
        agents = set(self.inventory.things(ID, AGENT)) - set(self.inventory.things(ID, PERSON))
        named = [iri for text in names.values() for iri in self._named(text) if iri in agents]
        homes = [iri for iri in sorted(agents) if url and self._is_at(iri, url)]
        return tuple(dict.fromkeys([*named, *homes]))

    def documents(self, url: str) -> tuple[str, ...]:
        """Return the documents read at this address, sorted."""
        known = self.inventory.things(SOURCE, ENACT.SourceDocument)
        return tuple(iri for iri in known if self._is_at(iri, url))

    def _is_at(self, iri: str, url: str) -> bool:
        return _plain(url) in map(_plain, self.inventory.values(iri, SCHEMA.url))

    def _named(self, text: str) -> Iterator[str]:
        for hit in lookup(self._index, text):
            if hit.how in (How.LABEL, How.ACRONYM) and not hit.is_loose:
                yield hit.entry.iri

    def _told(self, found: Iterable[str]) -> str:
        """Addresses with the names they go by, for one who has to choose."""
        name = self.inventory.name
        return ", ".join(f"{shorten(iri)} ({name(iri, self.language)})" for iri in found)

    def _ends(self, iri: str) -> set[str]:
        """Return the last part of an IRI, and of a concept also without what its scheme repeats."""
        end = iri.rpartition("/")[2]
        schemes = [s.rpartition("/")[2] for s in self.inventory.values(iri, SKOS.inScheme)]
        prefixes = [f"{part}-" for scheme in schemes for part in (scheme, scheme.split("-")[0])]
        return {end, *(end.removeprefix(prefix) for prefix in prefixes)}


def _plain(url: str) -> str:
    """An address without what does not tell two pages apart."""
    rest = url.partition("://")[2].partition("#")[0].rstrip("/")
    host, slash, path = rest.partition("/")
    return host.lower().removeprefix("www.") + slash + path
