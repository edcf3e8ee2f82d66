"""The list of what a reader may look for: every thing with its names, identifiers and weight."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.lookup.groups import kind_of
from enact_graph.lookup.listing import WEB, Code, Entry, Listing, Naming, in_order
from enact_graph.vocabulary import ADMS, DCTERMS, ENACT, ORG, OWL, RDF, RDFS, SCHEMA, SKOS

_NAMES: Final = {
    SKOS.prefLabel: "label",
    RDFS.label: "label",
    DCTERMS.title: "label",
    ENACT.officialName: "official",
    SCHEMA.legalName: "legal",
    ENACT.acronym: "acronym",
    SKOS.altLabel: "further",
    SKOS.hiddenLabel: "hidden",
}
#: A line about a thing; of several the first of these that it has.
_GISTS: Final = (
    SCHEMA.description,
    DCTERMS.description,
    SKOS.definition,
)
_SAME: Final = (
    OWL.sameAs,
    SKOS.exactMatch,
    SCHEMA.sameAs,
    SCHEMA.url,
    ENACT.domainName,
)
_NEAR: Final = (SKOS.closeMatch, SKOS.broadMatch)

_Facts = Mapping[str, Mapping[str, list[ox.NamedNode | ox.Literal]]]


def listing(triples: Iterable[ox.Triple]) -> Listing:
    """List what the merge of a dataset has to find; the order of the triples does not matter."""
    facts: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(
        lambda: defaultdict(list)
    )
    weights: Counter[str] = Counter()
    for triple in triples:
        subject, object_ = triple.subject, triple.object
        assert isinstance(subject, ox.NamedNode)
        assert isinstance(object_, ox.NamedNode | ox.Literal)
        facts[subject.value][triple.predicate.value].append(object_)
        weights[subject.value] += 1
        if isinstance(object_, ox.NamedNode):
            weights[object_.value] += 1
    former = _former(facts)
    entries = []
    for iri in sorted(facts):
        kind = kind_of({o.value for o in facts[iri].get(RDF.type, ())})
        names = in_order((*_names(facts[iri]), *former.get(iri, ())))
        if kind and iri.startswith(terms.BASE) and names:
            codes = tuple(sorted(set(_codes(facts, iri)), key=_order))
            entries.append(Entry(iri, kind, weights[iri], names, _gists(facts[iri]), codes))
    used = {code.scheme for entry in entries for code in entry.codes} - {WEB}
    return Listing(tuple(entries), {s: _labels(facts[terms.VOCAB + s]) for s in sorted(used)})


def _names(said: Mapping[str, list[ox.NamedNode | ox.Literal]]) -> Iterator[Naming]:
    for predicate, role in _NAMES.items():
        for text in said.get(predicate, ()):
            if isinstance(text, ox.Literal):
                yield Naming(text.value, text.language or "", role)


def _former(facts: _Facts) -> dict[str, list[Naming]]:
    """The names of the bodies that each body came from by a change."""
    found: dict[str, list[Naming]] = defaultdict(list)
    for said in list(facts.values()):
        for after in said.get(ORG.resultingOrganization, ()):
            for before in said.get(ORG.originalOrganization, ()):
                if before != after and before.value in facts:
                    names = _names(facts[before.value])
                    found[after.value] += [Naming(n.text, n.language, "former") for n in names]
    return found


def _gists(said: Mapping[str, list[ox.NamedNode | ox.Literal]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for predicate in _GISTS:
        for text in sorted(said.get(predicate, ()), key=str):
            if isinstance(text, ox.Literal):
                found.setdefault(text.language or "", text.value)
    return dict(sorted(found.items()))


def _labels(said: Mapping[str, list[ox.NamedNode | ox.Literal]]) -> dict[str, str]:
    texts = sorted(said.get(SKOS.prefLabel, ()), key=str)
    return {t.language or "": t.value for t in texts if isinstance(t, ox.Literal)}


def _codes(facts: _Facts, iri: str) -> Iterator[Code]:
    said = facts[iri]
    told: set[str] = set()
    for node in said.get(ADMS.identifier, ()):
        identifier = facts.get(node.value, {})
        urls = sorted(o.value for o in identifier.get(SCHEMA.url, ()))
        schemes = sorted(o.value for o in identifier.get(DCTERMS.conformsTo, ()))
        told |= {*urls}
        for value in identifier.get(SKOS.notation, ()):
            for scheme in schemes or [""]:
                local = scheme.removeprefix(terms.VOCAB) if scheme else WEB
                yield Code(local, value.value, urls[0] if urls else None)
    for predicates, is_same in ((_SAME, True), (_NEAR, False)):
        for predicate in predicates:
            for object_ in said.get(predicate, ()):
                if object_.value not in told and not object_.value.startswith(terms.BASE):
                    is_address = isinstance(object_, ox.NamedNode) or "://" in object_.value
                    url = object_.value if is_address else None
                    yield Code(WEB, object_.value, url, is_same)


def _order(code: Code) -> tuple[str, str, str, bool]:
    return (code.scheme, code.value, code.url or "", code.is_same)
