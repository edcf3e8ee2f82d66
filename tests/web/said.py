"""What the endpoint answers about a thing, in the words in which a page shows it.

Nothing of the code that makes pages is used here but the table of interface texts: statements are
read over HTTP, and put into words by the rules that `test_statements_equal` sets out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from re import search
from typing import Final

from enact_graph import terms
from enact_graph.graph.reader import LABELS
from enact_graph.graph.relations import FOLLOWED, NODES
from enact_graph.present.words import Labels, Voice
from enact_graph.vocabulary import RDF
from tests.conftest import Site
from tests.web.tree import plain, target

P: Final = terms.PREFIXES
E: Final = terms.ENACT
V: Final = terms.VOCAB
TYPE: Final = RDF.type
PRECISION: Final = {
    P["schema"] + "startDate": E + "startPrecision",
    P["schema"] + "endDate": E + "endPrecision",
    E + "dueBy": E + "duePrecision",
    P["dcterms"] + "date": E + "datePrecision",
    P["dcterms"] + "issued": E + "issuedPrecision",
}
NAMES: Final = frozenset(
    {
        *LABELS,
        P["skos"] + "altLabel",
        P["skos"] + "hiddenLabel",
        P["schema"] + "legalName",
        E + "officialName",
        E + "acronym",
    }
)
_INTERFACE: Final = Labels.load()


@dataclass(frozen=True)
class Term:
    """A term of an answer: `kind` is uri or literal."""

    kind: str
    value: str
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True)
class Fact:
    """A statement and the graphs that hold it."""

    subject: str
    predicate: str
    object: Term
    graphs: frozenset[str]

    @property
    def is_inferred(self) -> bool:
        return all(g.startswith(terms.GRAPH_INFERRED) for g in self.graphs)


@dataclass(frozen=True)
class Claim:
    """A statement as it is shown: where its links lead, and its words."""

    label: str
    links: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()


def select(site: Site, query: str) -> list[dict[str, Term]]:
    answer = site.client.post(
        "/sparql", data={"query": query}, headers={"Accept": "application/sparql-results+json"}
    )
    assert answer.status_code == 200, answer.text
    return [
        {
            name: Term(
                cell["type"], cell["value"], cell.get("xml:lang", ""), cell.get("datatype", "")
            )
            for name, cell in row.items()
        }
        for row in answer.json()["results"]["bindings"]
    ]


def address(iri: str) -> str:
    """Where an IRI is read: things at /doc/, what else is ours at its path, others elsewhere."""
    if iri.startswith(terms.ID):
        return "/doc/" + iri.removeprefix(terms.ID)
    return target("/" + iri.removeprefix(terms.BASE)) if iri.startswith(terms.BASE) else iri


def _values(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in sorted(set(iris)))


def _facts(rows: Iterable[Mapping[str, Term]]) -> list[Fact]:
    found: dict[tuple[str, str, Term], set[str]] = {}
    for row in rows:
        key = (row["s"].value, row["p"].value, row["o"])
        found.setdefault(key, set()).add(row["g"].value)
    return [Fact(s, p, o, frozenset(gs)) for (s, p, o), gs in found.items()]


@dataclass
class Said:
    """The answer about one thing: its statements, and those of the nodes that tie it to others."""

    site: Site
    iri: str
    lang: str
    graph: str | None = None
    facts: list[Fact] = field(default_factory=list)
    nodes: set[str] = field(default_factory=set)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.graph:
            rows = select(
                self.site,
                f"SELECT ?g ?s ?p ?o WHERE {{ VALUES ?g {{ <{self.graph}> }}"
                " GRAPH ?g { ?s ?p ?o } }",
            )
            self.facts = _facts(rows)
            self.nodes = {f.subject for f in self.facts}
        else:
            self._read_thing()
        iris = {self.iri} | {f.predicate for f in self.facts} | {f.subject for f in self.facts}
        iris |= {f.object.value for f in self.facts if f.object.kind == "uri"}
        self._read_labels(i for i in iris if " " not in i)

    def _read_thing(self) -> None:
        rows = select(
            self.site,
            f"SELECT ?g ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o }}"
            f" FILTER(?s = <{self.iri}> || ?o = <{self.iri}>) }}",
        )
        near = {row["s"].value for row in rows} | _uris(rows)
        for _ in ("what is tied to the thing", "what these lead to"):
            new = self._nodes_among(near - self.nodes - {self.iri})
            self.nodes |= new
            further = self._about(new)
            rows += further
            near = _uris(further)
        # Beside a node stands what tells more of it: what was counted, what is a part.
        if self.nodes:
            ways = _values(FOLLOWED)
            more = select(
                self.site,
                f"SELECT DISTINCT ?s WHERE {{ VALUES ?p {{ {ways} }} VALUES ?o"
                f" {{ {_values(self.nodes)} }} ?s ?p ?o }}",
            )
            added = {row["s"].value for row in more} - self.nodes - {self.iri}
            self.nodes |= added
            told = self._about(added)
            values = self._nodes_among(_uris(told) - self.nodes - {self.iri})
            self.nodes |= values
            rows += told + self._about(values)
        self.facts = _facts(rows)

    def _about(self, subjects: Iterable[str]) -> list[dict[str, Term]]:
        found: list[dict[str, Term]] = []
        ordered = sorted(set(subjects))
        for start in range(0, len(ordered), 100):
            values = _values(ordered[start : start + 100])
            found += select(
                self.site,
                f"SELECT ?g ?s ?p ?o WHERE {{ VALUES ?s {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}",
            )
        return found

    def _nodes_among(self, iris: Iterable[str]) -> set[str]:
        found: set[str] = set()
        ordered = sorted(i for i in set(iris) if i.startswith(terms.BASE))
        for start in range(0, len(ordered), 100):
            values = _values(ordered[start : start + 100])
            rows = select(
                self.site,
                f"SELECT DISTINCT ?s WHERE {{ VALUES ?s {{ {values} }} VALUES ?t"
                f" {{ {_values(NODES)} }} ?s a ?t }}",
            )
            found |= {row["s"].value for row in rows}
        return found

    def _read_labels(self, iris: Iterable[str]) -> None:
        ordered = sorted(set(iris))
        for predicate in LABELS:
            for start in range(0, len(ordered), 150):
                values = _values(ordered[start : start + 150])
                rows = select(
                    self.site,
                    f"SELECT ?s ?o WHERE {{ VALUES ?s {{ {values} }} ?s <{predicate}> ?o }}",
                )
                for row in sorted(rows, key=lambda r: r["o"].value, reverse=True):
                    known = self.labels.setdefault(row["s"].value, {})
                    known.setdefault(row["o"].language, row["o"].value)

    @cached_property
    def voice(self) -> Voice:
        return Voice(_INTERFACE, self.lang)

    @cached_property
    def _by_subject(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.subject, []).append(fact)
        return found

    def of(self, subject: str) -> list[Fact]:
        """The statements with a subject."""
        return self._by_subject.get(subject, [])

    def objects(self, subject: str, predicate: str) -> list[Term]:
        return [f.object for f in self.of(subject) if f.predicate == predicate]

    def name(self, iri: str) -> str:
        """The name of a thing in the language, else in the nearest there is."""
        known = self.labels.get(iri, {})
        for tag in (self.lang, "en", "fr", "de", "", *sorted(known)):
            if tag in known:
                return plain(known[tag])
        return iri.rstrip("#/").rpartition("#")[2].rpartition("/")[2].rpartition(":")[2]

    def spoken(self, subject: str) -> list[Fact]:
        """The statements of a subject, of texts in several languages the one to be shown."""
        found = self.of(subject)
        kept = []
        for fact in found:
            tags = {o.language for o in self.objects(subject, fact.predicate) if o.language}
            best = next((t for t in (self.lang, "en", "fr", "de", *sorted(tags)) if t in tags), "")
            if fact.object.language in ("", best) or fact.predicate in NAMES:
                kept.append(fact)
        return kept

    def claim(self, fact: Fact) -> Claim:
        """A statement in the words of a page."""
        links, texts = self.words(fact.object, fact.predicate, fact.subject)
        label = self.name(fact.predicate)
        return Claim(label, frozenset(links), tuple(plain(t) for t in texts if t))

    def words(self, term: Term, predicate: str, subject: str) -> tuple[list[str], list[str]]:
        """The links and words of an object."""
        if term.kind == "uri":
            return self._thing(term.value)
        if term.datatype == P["xsd"] + "anyURI":
            return [term.value], []
        return [], [self._literal(term, predicate, subject)]

    def _thing(self, iri: str) -> tuple[list[str], list[str]]:
        if iri in self.nodes or iri == self.iri:
            if numbers := self.objects(iri, P["schema"] + "value"):
                return [], [*self.hedges(iri), *(self._number(n, iri) for n in numbers)]
            if notations := self.objects(iri, P["skos"] + "notation"):
                schemes = self.objects(iri, P["dcterms"] + "conformsTo")
                return [address(s.value) for s in schemes], [n.value for n in notations]
            if points := self.objects(iri, P["geo"] + "asWKT"):
                return [], [self._point(p.value) for p in points]
            if P["org"] + "Site" in {t.value for t in self.objects(iri, TYPE)}:
                return self._site(iri)
        return [address(iri)], []

    def _site(self, iri: str) -> tuple[list[str], list[str]]:
        links, texts = [address(iri)], []
        texts += [o.value for o in self.objects(iri, P["locn"] + "fullAddress")]
        links += [address(o.value) for o in self.objects(iri, P["dcterms"] + "spatial")]
        for geometry in self.objects(iri, P["geo"] + "hasGeometry"):
            texts += self._thing(geometry.value)[1] if geometry.value in self.nodes else []
        return links, texts

    def hedges(self, node: str) -> list[str]:
        """The words that limit a number: about, nearly, at least."""
        found = self.objects(node, E + "qualifier")
        return [self.name(o.value) for o in found if o.value != V + "exactly"]

    def _number(self, term: Term, node: str) -> str:
        currency = next((o.value for o in self.objects(node, P["schema"] + "currency")), None)
        if currency:
            return self.voice.money(Decimal(term.value), currency)
        return self.voice.number(Decimal(term.value))

    def _point(self, wkt: str) -> str:
        found = search(r"POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)", wkt)
        if not found:
            return wkt
        lon, lat = (self.voice.number(round(Decimal(n), 4)) for n in found.groups())
        return self.voice.text("value.point", lat=lat, lon=lon)

    def day(self, term: Term, predicate: str, subject: str) -> str:
        """A date, no more precise than the statement beside it says."""
        stated = self.objects(subject, PRECISION.get(predicate, ""))
        precision = next((o.value.rpartition("precision-")[2] for o in stated), "day")
        written = self.voice.date(date.fromisoformat(term.value[:10]), precision)
        about = {o.value for o in self.objects(subject, E + "qualifier")} == {V + "about"}
        if predicate == P["dcterms"] + "issued" and about:
            return self.voice.text("date.about", date=written)
        return written

    def _literal(self, term: Term, predicate: str, subject: str) -> str:
        kind = term.datatype.removeprefix(P["xsd"])
        if kind == "date":
            return self.day(term, predicate, subject)
        if kind in ("integer", "decimal", "nonNegativeInteger", "positiveInteger", "int"):
            return self.voice.number(Decimal(term.value))
        if kind == "boolean":
            return self.voice.text("value.true" if term.value == "true" else "value.false")
        if kind == "duration" and (found := search(r"^P(\d+)([YMD])$", term.value)):
            unit = {"Y": "value.years", "M": "value.months", "D": "value.days"}[found[2]]
            return self.voice.count(unit, int(found[1]))
        return term.value


def _uris(rows: Iterable[Mapping[str, Term]]) -> set[str]:
    return {row["o"].value for row in rows if row["o"].kind == "uri"}
