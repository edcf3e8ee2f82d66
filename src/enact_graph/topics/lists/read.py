"""The things of one list, read once for a release: names, a line each, values of each facet."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.entity import Labels
from enact_graph.graph.reader import Reader
from enact_graph.topics.lists.facets import PROLOGUE, Facet
from enact_graph.topics.lists.kinds import Kind
from enact_graph.vocabulary import DCTERMS, PRECISION, SCHEMA, SKOS

#: A better line first.
_GISTS: Final = (
    SCHEMA.description,
    DCTERMS.description,
    SKOS.definition,
)
#: Where the precision of a day is written.
_PRECISION: Final = {terms.shorten(d): terms.shorten(p) for d, p in PRECISION.items()}


@dataclass(frozen=True)
class Day:
    """A day, how precisely it is known (day, month or year), and whether it is so only about."""

    day: str
    precision: str = "day"
    is_about: bool = False


@dataclass(frozen=True)
class Figure:
    """A number, its currency ("" where it is no money), and the IRI of what limits it."""

    value: str
    currency: str = ""
    qualifier: str = ""


@dataclass(frozen=True)
class Entry:
    """A thing in a list.

    `values` are those of each facet, IRIs and literals; `places` where it has its seat; `when`
    it is due, was published, began or happened; `count` is what its kind counts: the documents
    that speak of it.
    """

    iri: str
    names: Labels
    gists: Labels
    values: Mapping[str, tuple[str, ...]]
    count: int
    places: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    when: Day | None = None


@dataclass(frozen=True)
class Shelf:
    """All entries of one kind, by IRI, and the names of the values they are filed under."""

    kind: Kind
    entries: tuple[Entry, ...]
    labels: Mapping[str, Labels]


async def read(reader: Reader, kind: Kind) -> Shelf:
    """Read the list of one kind; empty where the graph has no such things."""
    rows = await _select(reader, kind, "")
    things = sorted({row["thing"].value for row in rows})
    filed = {f.key: await _values(reader, kind, f) for f in kind.facets}
    places = await _pairs(
        reader,
        kind,
        "?thing org:hasPrimarySite?/dcterms:spatial ?value . ?value dcterms:type v:kind-city",
        "?value",
    )
    names = await reader.labels(things)
    gists = await _gists(reader, kind)
    figures = await _figures(reader, kind)
    days = await _days(reader, kind)
    counts = await _counts(reader, kind)
    values = {v for by in filed.values() for vs in by.values() for v in vs}
    values |= {v for vs in places.values() for v in vs}
    values |= {f.qualifier for fs in figures.values() for f in fs}
    return Shelf(
        kind,
        tuple(
            Entry(
                iri,
                names.get(iri, {}),
                gists.get(iri, {}),
                {key: by[iri] for key, by in filed.items() if iri in by},
                counts.get(iri, 0),
                places.get(iri, ()),
                figures.get(iri, ()),
                days.get(iri),
            )
            for iri in things
        ),
        await reader.labels(v for v in values if ":" in v),
    )


async def _select(
    reader: Reader, kind: Kind, more: str, variables: str = "?thing", end: str = ""
) -> list[ox.QuerySolution]:
    return await reader.select(
        f"{PROLOGUE} SELECT DISTINCT {variables} WHERE"
        f" {{ {{ SELECT DISTINCT ?thing WHERE {{ {kind.pattern} }} }} {more} }} {end}"
    )


async def _values(reader: Reader, kind: Kind, facet: Facet) -> Mapping[str, tuple[str, ...]]:
    return await _pairs(reader, kind, facet.pattern, "?value")


async def _pairs(
    reader: Reader, kind: Kind, more: str, variable: str
) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in await _select(reader, kind, more, f"?thing {variable}", f"ORDER BY {variable}"):
        if value := row[1]:
            found.setdefault(row["thing"].value, []).append(value.value)
    return {iri: tuple(values) for iri, values in found.items()}


async def _gists(reader: Reader, kind: Kind) -> Mapping[str, Labels]:
    wanted = ", ".join(f"<{p}>" for p in _GISTS)
    rows = await _select(
        reader, kind, f"?thing ?p ?text FILTER(?p IN ({wanted}))", "?thing ?p ?text"
    )
    found: dict[str, dict[str, str]] = {}
    for row in sorted(rows, key=lambda r: (_GISTS.index(r["p"].value), r["text"].value)):
        if isinstance(text := row["text"], ox.Literal):
            found.setdefault(row["thing"].value, {}).setdefault(text.language or "", text.value)
    return found


async def _figures(reader: Reader, kind: Kind) -> Mapping[str, tuple[Figure, ...]]:
    rows = await _select(
        reader,
        kind,
        "?thing (schema:amount|enact:targetValue)? ?node . ?node schema:value ?number"
        " OPTIONAL { ?node schema:currency ?currency }"
        " OPTIONAL { ?node enact:qualifier ?qualifier FILTER(?qualifier != v:exactly) }",
        "?thing ?number ?currency ?qualifier",
        "ORDER BY ?number ?currency ?qualifier",
    )
    found: dict[str, list[Figure]] = {}
    for row in rows:
        told = (
            row[name].value if row[name] else "" for name in ("number", "currency", "qualifier")
        )
        found.setdefault(row["thing"].value, []).append(Figure(*told))
    return {iri: tuple(figures) for iri, figures in found.items()}


async def _days(reader: Reader, kind: Kind) -> Mapping[str, Day]:
    """The day of each thing, no more precise than its precision, a concept's last word, says."""
    found: dict[str, Day] = {}
    for day in kind.days:
        rows = await _select(
            reader,
            kind,
            f"?thing {day} ?day OPTIONAL {{ ?thing {_PRECISION[day]} ?precision }}"
            " BIND(EXISTS { ?thing enact:qualifier v:about } AS ?about)",
            "?thing ?day ?precision ?about",
            "ORDER BY ?day ?precision",
        )
        for row in rows:
            told = row["precision"].value.rpartition("-")[2] if row["precision"] else "day"
            known = Day(row["day"].value, told, row["about"].value == "true")
            found.setdefault(row["thing"].value, known)
    return found


async def _counts(reader: Reader, kind: Kind) -> Mapping[str, int]:
    """What is counted beside each thing."""
    rows = await reader.select(
        f"{PROLOGUE} SELECT ?thing ({kind.count.total} AS ?n) WHERE"
        f" {{ {{ SELECT DISTINCT ?thing WHERE {{ {kind.pattern} }} }} {kind.count.pattern} }}"
        " GROUP BY ?thing"
    )
    return {row["thing"].value: int(row["n"].value) for row in rows}


@dataclass(frozen=True)
class Choice:
    """The values chosen of each facet, those of a facet without any left out."""

    values: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Choice":
        """The choice of these facets and values."""
        found: dict[str, set[str]] = {}
        for facet, value in pairs:
            found.setdefault(facet, set()).add(value)
        return cls({facet: frozenset(values) for facet, values in found.items()})

    def pairs(self) -> list[tuple[str, str]]:
        """Facet and value of all that is chosen, sorted."""
        return sorted((f, v) for f, values in self.values.items() for v in values)

    def without(self, facet: str, value: str) -> "Choice":
        """The same with one value less."""
        return Choice.of(pair for pair in self.pairs() if pair != (facet, value))

    def meets(self, entry: Entry, but: str = "") -> bool:
        """Whether an entry is chosen, `but` one facet whose values do not matter."""
        return all(
            not wanted.isdisjoint(entry.values.get(facet, ()))
            for facet, wanted in self.values.items()
            if facet != but
        )

    def entries(self, shelf: Shelf) -> list[Entry]:
        """The chosen entries, in the order of the shelf."""
        return [e for e in shelf.entries if self.meets(e)]

    def counts(self, shelf: Shelf, facet: str) -> Counter[str]:
        """How many entries each value of a facet has, the other facets applied; none has nought."""
        found: Counter[str] = Counter()
        for entry in shelf.entries:
            if self.meets(entry, but=facet):
                found.update(set(entry.values.get(facet, ())))
        return found
