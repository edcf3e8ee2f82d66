"""Inference: rules in SPARQL, one file each, run until nothing new follows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

from enact_graph.authoring import dataset
from enact_graph.errors import SourceError
from enact_graph.terms import GRAPH_INFERRED, ID, LANGUAGES, rebased
from enact_graph.vocabulary import DCTERMS, ENACT, PROV, RDF, SKOS, XSD

#: The activity that made every inferred graph.
INFERENCE: Final = ox.NamedNode(ID + "inference")

_DAY: Final = re.compile(r"\?releaseDate\b")
_HEADER: Final = re.compile(r"^# (title|concludes)@(\w+): (.+)$", re.MULTILINE)
_ACTIVITY_NAME: Final = {
    "fr": "Inférence à la publication",
    "en": "Inference at publication",
    "de": "Schlussfolgerung bei der Veröffentlichung",
}


@dataclass(frozen=True)
class Rule:
    """One rule: a SPARQL CONSTRUCT over the merge, with its title and what it concludes.

    The query may use `?releaseDate`, an xsd:date. `title` and `concludes` are by language.
    """

    name: str
    title: dict[str, str]
    concludes: dict[str, str]
    query: str

    @property
    def graph(self) -> ox.NamedNode:
        """The named graph of what this rule concludes."""
        return ox.NamedNode(f"{GRAPH_INFERRED}-{self.name}")

    @classmethod
    def read(cls, name: str, text: str) -> "Rule":
        """Read a rule file; SourceError unless its header speaks all three languages."""
        header: dict[str, dict[str, str]] = {"title": {}, "concludes": {}}
        for key, language, words in _HEADER.findall(text):
            header[key][language] = words
        for key, by_language in header.items():
            if missing := [tag for tag in LANGUAGES if tag not in by_language]:
                raise SourceError(f"{name}.rq: the header lacks `# {key}@{missing[0]}: …`; add it")
        return cls(name, header["title"], header["concludes"], text)


def rules() -> tuple[Rule, ...]:
    """Return the rules of this package, sorted by name."""
    folder = files("enact_graph.authoring") / "rules"
    found = [f for f in folder.iterdir() if f.name.endswith(".rq")]
    texts = {f.name.removesuffix(".rq"): rebased(f.read_text("utf-8")) for f in found}
    return tuple(Rule.read(name, texts[name]) for name in sorted(texts))


def infer(store: dataset.Store, known: Iterable[Rule], release_date: str) -> int:
    """Add what follows from the merge, by each rule to its own graph; return how many triples.

    A conclusion that is stated already is not added again. In each round every rule sees the
    same state, so neither the order of the rules nor a circle of them changes the outcome; a
    triple that several rules conclude in the same round is in the graph of each of them.
    """
    day = ox.Literal(release_date, datatype=ox.NamedNode(XSD.date))
    applied = {rule.name: rule for rule in known}
    described: set[str] = set()
    inferred = 0
    while True:
        news = {name: _conclude(store, rule, day) for name, rule in applied.items()}
        if not any(news.values()):
            return inferred
        inferred += len(frozenset().union(*news.values()))
        for name, triples in news.items():
            if triples and name not in described:
                described.add(name)
                dataset.extend(store, _describe(applied[name]))
            dataset.extend(store, [_in_graph(t, applied[name].graph) for t in triples])


def _conclude(store: dataset.Store, rule: Rule, day: ox.Literal) -> frozenset[ox.Triple]:
    # The engine's own substitution does not reach into NOT EXISTS, where the dates are compared.
    try:
        found = store.query(_DAY.sub(str(day), rule.query))
    except SyntaxError as error:
        raise SourceError(f"{rule.name}.rq: the rule is not valid SPARQL: {error}") from error
    if not isinstance(found, ox.QueryTriples):
        raise SourceError(f"{rule.name}.rq: a rule is a CONSTRUCT query; make it one")
    return frozenset(t for t in found if _in_graph(t, dataset.DEFAULT) not in store)


def _in_graph(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _describe(rule: Rule) -> Iterator[ox.Quad]:
    """Say, in the rule's own graph, what the graph is and which activity made it."""
    graph = rule.graph
    yield _quad(graph, RDF.type, ox.NamedNode(ENACT.AssertionGraph), graph)
    yield _quad(graph, PROV.wasGeneratedBy, INFERENCE, graph)
    yield _quad(INFERENCE, RDF.type, ox.NamedNode(PROV.Activity), graph)
    for language in LANGUAGES:
        label = SKOS.prefLabel
        yield _quad(graph, label, _said(rule.title, language), graph)
        yield _quad(INFERENCE, label, _said(_ACTIVITY_NAME, language), graph)
        description = DCTERMS.description
        yield _quad(graph, description, _said(rule.concludes, language), graph)


def _quad(
    subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal, graph: ox.NamedNode
) -> ox.Quad:
    return ox.Quad(subject, ox.NamedNode(predicate), value, graph)


def _said(words: dict[str, str], language: str) -> ox.Literal:
    return ox.Literal(words[language], language=language)
