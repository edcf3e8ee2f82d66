"""Linksets: the datasets that the links lead to, and how many links of each kind go there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from enact_graph.authoring import links
from enact_graph.authoring.checks.messages import finding
from enact_graph.authoring.dataset import Value, term
from enact_graph.authoring.findings import Finding
from enact_graph.authoring.links import Link
from enact_graph.authoring.sources import CATALOGUE, Sources
from enact_graph.terms import shorten
from enact_graph.vocabulary import RDF

_TYPE: Final = ox.NamedNode(RDF.type)
_ISSUED: Final = term("dcterms:issued")


@dataclass(frozen=True)
class Target:
    """A dataset that links lead to: all that is said of it, and where its addresses begin."""

    iri: ox.NamedNode
    space: str
    said: Mapping[ox.NamedNode, frozenset[Value]]

    def literals(self, predicate: str) -> list[ox.Literal]:
        """Return the literals of a property given as `prefix:local`, sorted."""
        values = self.said.get(term(predicate), ())
        return sorted((v for v in values if isinstance(v, ox.Literal)), key=str)


@dataclass(frozen=True)
class Linkset:
    """The asserted links with one predicate to one dataset; `date` is that of the last review."""

    target: Target
    predicate: ox.NamedNode
    links: tuple[Link, ...]

    @property
    def date(self) -> str:
        """The day of the last review, an xsd:date."""
        return max(link.date for link in self.links)


def linksets(sources: Sources) -> tuple[Linkset, ...]:
    """Return the linksets of the asserted links, sorted by dataset and predicate."""
    found: defaultdict[tuple[str, str], list[Link]] = defaultdict(list)
    targets = {target.iri.value: target for target in _targets(sources)}
    for link in table(sources):
        target = _target(targets.values(), link)
        if target is not None and not link.is_rejected:
            found[(target.iri.value, link.predicate.value)].append(link)
    return tuple(
        Linkset(targets[iri], ox.NamedNode(predicate), tuple(found[iri, predicate]))
        for iri, predicate in sorted(found)
    )


def table(sources: Sources) -> tuple[Link, ...]:
    """Return the links of the table, rejected ones too; none where there is no table."""
    texts = (file.text for file in sources.files if file.name == links.FILE)
    return tuple(link for text in texts for link in links.read(text).links)


def check(sources: Sources) -> Iterator[Finding]:
    """Yield each rejected link of an unknown thing, each link to no known dataset, and each that
    was reviewed years after the date of this dataset.

    The subject of an asserted link is a name like any other, so the check of names sees to it.
    """
    described = {s.quad.subject for s in sources.statements if s.quad.predicate == _TYPE}
    targets = _targets(sources)
    issued = _issued(sources)
    for link in table(sources):
        if issued and int(link.date[:4]) > int(issued[:4]) + 1:
            yield finding("link-future", link.place, date=link.date, issued=issued)
        if link.is_rejected and link.subject not in described:
            yield finding("link-subject", link.place, name=shorten(link.subject.value))
        if _target(targets, link) is None:
            yield finding("link-target", link.place, name=link.object.value)


def _issued(sources: Sources) -> str:
    """Return the day on which the dataset is published, or nothing where the catalogue lacks it."""
    days = (
        s.quad.object
        for s in sources.statements
        if s.quad.predicate == _ISSUED and s.place.file == CATALOGUE
    )
    return max((day.value for day in days if isinstance(day, ox.Literal)), default="")


def _targets(sources: Sources) -> tuple[Target, ...]:
    said: defaultdict[ox.NamedNode, defaultdict[ox.NamedNode, set[Value]]]
    said = defaultdict(lambda: defaultdict(set))
    for statement in sources.statements:
        quad = statement.quad
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, Value):
            said[quad.subject][quad.predicate].add(quad.object)
    kind, space = term("void:Dataset"), term("void:uriSpace")
    return tuple(
        Target(iri, value.value, {p: frozenset(values) for p, values in said[iri].items()})
        for iri in sorted(said, key=str)
        if kind in said[iri][_TYPE]
        for value in said[iri][space]
    )


def _target(targets: Iterable[Target], link: Link) -> Target | None:
    """Return the dataset whose addresses begin like the object; the longest beginning wins."""
    fits = [target for target in targets if link.object.value.startswith(target.space)]
    return max(fits, key=lambda target: len(target.space), default=None)
