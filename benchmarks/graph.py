"""Graphs shaped like ENACT's, of any size, always the same for one size and seed.

Clusters with members in roles and from a date on, fundings with amounts, institutions with labels
in three languages and a place, and for each cluster a document whose paragraphs are named graphs
with a passage. Usage: python -m benchmarks.graph QUADS FILE.nq [SEED]
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from enact_graph import terms
from enact_graph.terms import ENACT, GRAPH, ID, PREFIXES, SOURCE, VOCAB
from enact_graph.vocabulary import RDF

SEED = 20240522
#: Members of a cluster, paragraphs of a document.
_MEMBERS, _PARAGRAPHS = 24, 16
_KINDS = {
    "university": ("Université", "University", "Universität"),
    "hospital": ("Hôpital", "Hospital", "Krankenhaus"),
    "institute": ("Institut", "Institute", "Institut"),
    "region": ("Région", "Region", "Region"),
    "company": ("Entreprise", "Company", "Unternehmen"),
}
_ROLES = {
    "member": ("membre", "member", "Mitglied"),
    "lead": ("porteur", "lead", "Leitung"),
    "partner": ("partenaire", "partner", "Partner"),
}
_PLACES = ("Nancy", "Metz", "Strasbourg", "Reims", "Mulhouse", "Colmar", "Troyes", "Épinal")
_GIVEN = ("Ada", "Blaise", "Émilie", "Gottfried", "Henri", "Marie", "Sophie", "Évariste")


def _iri(short: str) -> str:
    prefix, _, name = short.partition(":")
    return f"<{PREFIXES[prefix]}{name}>"


_TYPE = f"<{RDF.type}>"


def _text(text: str, language: str) -> str:
    return f'"{text}"@{language}'


def _typed(value: str | int, datatype: str) -> str:
    return f'"{value}"^^{_iri("xsd:" + datatype)}'


@dataclass
class _Writer:
    """Lines of N-Quads, each once."""

    lines: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def say(self, graph: str, subject: str, *pairs: tuple[str, str]) -> None:
        for predicate, value in pairs:
            line = f"{subject} {predicate} {value} {graph} .\n"
            if line not in self.seen:
                self.seen.add(line)
                self.lines.append(line)

    def name(self, graph: str, subject: str, names: tuple[str, str, str]) -> None:
        labels = zip(names, terms.LANGUAGES, strict=True)
        self.say(graph, subject, *((_iri("skos:prefLabel"), _text(n, tag)) for n, tag in labels))


_CURATION, _PROVENANCE = f"<{GRAPH}curation>", f"<{GRAPH}provenance>"
_VOCABULARY = f"<{GRAPH}vocabulary>"


def quads(target: int, seed: int = SEED) -> Iterator[str]:
    """Yield N-Quads, one a line with its end, until there are `target` of them."""
    chance = random.Random(seed)  # noqa: S311 - wanted to be the same each time
    writer = _Writer()
    for group, names in (("kind", _KINDS), ("role", _ROLES)):
        for slug, labels in names.items():
            concept = f"<{VOCAB}{group}-{slug}>"
            writer.say(_VOCABULARY, concept, (_TYPE, _iri("skos:Concept")))
            writer.say(_VOCABULARY, concept, (_iri("skos:inScheme"), f"<{VOCAB}{group}>"))
            writer.name(_VOCABULARY, concept, labels)
    for place in _PLACES:
        named = f"<{ID}place-{_PLACES.index(place)}>"
        writer.say(_CURATION, named, (_TYPE, _iri("dcterms:Location")))
        writer.name(_CURATION, named, (place, place, place))
    written = 0
    for number in count():
        for line in writer.lines:
            if written == target:
                return
            written += 1
            yield line
        writer.lines.clear()
        _cluster(writer, chance, number)


def _cluster(writer: _Writer, chance: random.Random, number: int) -> None:
    """One cluster: its document, its members, some of them of other clusters too, its money."""
    cluster = f"<{ID}cluster-{number}>"
    writer.say(_CURATION, cluster, (_TYPE, f"<{ENACT}Cluster>"))
    names = (f"Pôle d’IA {number}", f"AI cluster {number}", f"KI-Cluster {number}")
    writer.name(_CURATION, cluster, names)
    graphs = _document(writer, chance, number)
    for place in range(_MEMBERS):
        serial = number * _MEMBERS + place
        # One member in six is known from an earlier cluster.
        who = chance.randrange(serial) if serial and chance.random() < 1 / 6 else serial
        graph = chance.choice(graphs)
        if who == serial:
            _institution(writer, chance, who)
        node = f"<{ID}cluster-{number}-membership-{who}>"
        role = "lead" if place == 0 else chance.choice(("member", "member", "partner"))
        since = f"{chance.randint(2015, 2026)}-{chance.randint(1, 12):02}-01"
        writer.say(
            graph,
            node,
            (_TYPE, f"<{ENACT}ConsortiumMembership>"),
            (_iri("org:organization"), cluster),
            (_iri("org:member"), f"<{ID}institution-{who}>"),
            (_iri("org:role"), f"<{VOCAB}role-{role}>"),
            (_iri("schema:startDate"), _typed(since, "date")),
            (f"<{ENACT}startPrecision>", f"<{VOCAB}precision-month>"),
        )
        if chance.random() < 0.4:
            until = f"{int(since[:4]) + chance.randint(1, 6)}-12-31"
            writer.say(graph, node, (_iri("schema:endDate"), _typed(until, "date")))
        # What a second paragraph says again is in a second graph.
        if chance.random() < 0.2:
            again = chance.choice(graphs)
            writer.say(again, node, (_iri("org:member"), f"<{ID}institution-{who}>"))
    _money(writer, chance, number, graphs)


def _institution(writer: _Writer, chance: random.Random, number: int) -> None:
    subject = f"<{ID}institution-{number}>"
    kind = chance.choice(tuple(_KINDS))
    whose = f"{chance.choice(_GIVEN)} {number}"
    seat = chance.randrange(len(_PLACES))
    writer.say(
        _CURATION,
        subject,
        (_TYPE, f"<{ENACT}Institution>"),
        (_iri("org:classification"), f"<{VOCAB}kind-{kind}>"),
        (_iri("dcterms:spatial"), f"<{ID}place-{seat}>"),
        (_iri("schema:url"), f"<https://institution-{number}.example/>"),
    )
    names = (f"{name} {whose}, {_PLACES[seat]}" for name in _KINDS[kind])
    fr, en, de = names
    writer.name(_CURATION, subject, (fr, en, de))


def _document(writer: _Writer, chance: random.Random, number: int) -> list[str]:
    """The document of a cluster; hands back the graphs of its paragraphs."""
    document = f"<{SOURCE}document-{number}>"
    day = f"{chance.randint(2015, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    writer.say(
        _PROVENANCE,
        document,
        (_TYPE, f"<{ENACT}SourceDocument>"),
        (_iri("dcterms:issued"), _typed(day, "date")),
    )
    graphs, start = [], 0
    for paragraph in range(1, _PARAGRAPHS + 1):
        stem = f"document-{number}-p{paragraph:02}"
        graph, passage = f"<{GRAPH}{stem}>", f"<{SOURCE}{stem}>"
        selector = f"<{SOURCE}{stem}-position>"
        end = start + chance.randint(80, 900)
        writer.say(
            _PROVENANCE,
            graph,
            (_TYPE, f"<{ENACT}AssertionGraph>"),
            (_iri("prov:wasDerivedFrom"), passage),
        )
        writer.say(
            _PROVENANCE,
            passage,
            (_TYPE, f"<{ENACT}Passage>"),
            (_iri("oa:hasSource"), document),
            (_iri("oa:hasSelector"), selector),
            (f"<{ENACT}paragraph>", _typed(paragraph, "integer")),
        )
        writer.say(
            _PROVENANCE,
            selector,
            (_TYPE, _iri("oa:TextPositionSelector")),
            (_iri("oa:start"), _typed(start, "integer")),
            (_iri("oa:end"), _typed(end, "integer")),
        )
        graphs.append(graph)
        start = end + 2
    return graphs


def _money(writer: _Writer, chance: random.Random, number: int, graphs: list[str]) -> None:
    for part in range(3):
        node, graph = f"<{ID}cluster-{number}-funding-{part}>", chance.choice(graphs)
        amount = f"<{ID}cluster-{number}-funding-{part}-amount>"
        year = chance.randint(2018, 2026)
        writer.say(
            graph,
            node,
            (_TYPE, f"<{ENACT}Funding>"),
            (_iri("schema:fundedItem"), f"<{ID}cluster-{number}>"),
            (_iri("schema:startDate"), _typed(f"{year}-01-01", "date")),
            (_iri("schema:endDate"), _typed(f"{year + 5}-12-31", "date")),
            (_iri("schema:amount"), amount),
        )
        writer.say(
            graph,
            amount,
            (_TYPE, _iri("schema:MonetaryAmount")),
            (_iri("schema:value"), _typed(chance.randint(1, 70) * 1_000_000, "integer")),
            (_iri("schema:currency"), '"EUR"'),
        )


def main(target: str, path: str, seed: str = str(SEED)) -> None:
    """Write the graph to a file."""
    with Path(path).open("w", encoding="utf-8") as file:
        file.writelines(quads(int(target), int(seed)))


if __name__ == "__main__":
    main(*sys.argv[1:])
