"""Who is tied to whom: every thing, its names and its ties, read once a release.

network = await read(reader)
network.ties["https://w3id.org/enact-graph/id/inria"]
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.entity import Labels, Source, Statement, mentioned
from enact_graph.graph.provenance import by_subject, statements
from enact_graph.graph.reader import LABELS, Reader
from enact_graph.graph.relations import DATE, DIRECT, END, KINDS, ROLES, START, THROUGH, Relation
from enact_graph.vocabulary import DCTERMS, ENACT, GEO, ORG, SCHEMA

_P: Final = terms.PREFIXES
#: What shares a place is only near each other: no chain leads through one unless asked to.
_PLACES: Final = frozenset(
    {
        DCTERMS.Location,
        GEO.Feature,
        *(
            terms.VOCAB + f"kind-{name}"
            for name in (
                *("city", "country", "cross-border-space"),
                *("departement", "historical-region", "region"),
            )
        ),
    }
)
_PROMISES: Final = frozenset({ENACT.Target, ENACT.Initiative, ENACT.Ambition, ENACT.Commitment})
_CITY: Final = terms.VOCAB + "kind-city"
#: A hub has more neighbours than so many times the root of the number of things that are tied.
HUB: Final = 2.5
_INFERRED: Final = f'STRSTARTS(STR(?g), "{terms.GRAPH_INFERRED}")'
_OURS: Final = f'STRSTARTS(STR({{}}), "{terms.ID}")'


@dataclass(frozen=True)
class Tie:
    """One tie of two things, read from `one` to `other`; `node` where it is a node of its own."""

    relation: Relation
    one: str
    other: str
    node: str | None = None
    role: str | None = None
    start: str = ""
    end: str = ""
    is_inferred: bool = False

    @property
    def order(self) -> tuple[object, ...]:
        """By this the ties of two things are sorted: those written down first, then by kind."""
        place = _ORDER[self.relation.key]
        return (
            self.is_inferred,
            place,
            self.start or "0",
            self.node or "",
            self.one,
            self.role or "",
        )

    def of(self, thing: str) -> str:
        """The other end."""
        return self.other if thing == self.one else self.one

    def holds_on(self, day: str) -> bool:
        """Whether the tie may have held on a day: neither over before nor begun after it."""
        return (not self.start or self.start <= day) and (not self.end or self.end >= day)


_ORDER: Final = {r.key: (KINDS.index(r.kind), n) for n, r in enumerate((*THROUGH, *DIRECT))}


@dataclass(frozen=True)
class Network:
    """All things of a release with their ties, names, kinds and places."""

    ties: Mapping[str, tuple[Tie, ...]]
    labels: Mapping[str, Labels]
    kinds: Mapping[str, str]
    places: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def near(self) -> dict[str, tuple[str, ...]]:
        """The neighbours of each thing, in the order of their addresses."""
        return neighbours(self.ties)

    @cached_property
    def hubs(self) -> frozenset[str]:
        """What ties too much to tell anything: places, and who has very many neighbours."""
        places = {thing for thing, kind in self.kinds.items() if kind in _PLACES}
        tied = sum(map(bool, self.near.values()))
        return frozenset(
            places | {t for t, others in self.near.items() if len(others) > HUB * tied**0.5}
        )

    @cached_property
    def promises(self) -> frozenset[str]:
        """Promises: to be named in one of them ties two things less than what they do together."""
        return frozenset(thing for thing, kind in self.kinds.items() if kind in _PROMISES)

    def on(self, day: str) -> "Network":
        """The same with those ties alone that may have held on a day."""
        held = {t: tuple(x for x in ties if x.holds_on(day)) for t, ties in self.ties.items()}
        return Network(held, self.labels, self.kinds, self.places)

    def between(self, one: str, other: str) -> tuple[Tie, ...]:
        """The ties of two things."""
        return tuple(t for t in self.ties.get(one, ()) if t.of(one) == other)


def neighbours(ties: Mapping[str, Iterable[Tie]]) -> dict[str, tuple[str, ...]]:
    """The things that each thing is tied to, sorted."""
    return {thing: tuple(sorted({t.of(thing) for t in of})) for thing, of in ties.items()}


async def read(reader: Reader) -> Network:
    """Read the network through the pool."""
    ties = [*await _through(reader), *await _direct(reader)]
    found: dict[str, list[Tie]] = defaultdict(list)
    for tie in _told(ties):
        found[tie.one].append(tie)
        found[tie.other].append(tie)
    things = await _things(reader)
    by_thing = {t: tuple(sorted(found.get(t, ()), key=lambda x: x.order)) for t in things}
    # What is tied to something has a name of its own; a tie to anything else is none to follow.
    by_thing = {
        thing: tuple(t for t in of if t.of(thing) in by_thing) for thing, of in by_thing.items()
    }
    rows = await reader.select(
        f"SELECT ?s ?p ?o WHERE {{ VALUES ?p {{ <{ORG.classification}> <{DCTERMS.type}> }} ?s ?p ?o"
        f" FILTER({_OURS.format('?s')}) FILTER(STRSTARTS(STR(?o), '{terms.VOCAB}kind-')) }}"
        " ORDER BY DESC(?o)"
    )
    kinds = {row["s"].value: row["o"].value for row in rows}
    classes = await reader.select(
        f"SELECT ?s ?c WHERE {{ GRAPH ?g {{ ?s a ?c }} FILTER({_OURS.format('?s')})"
        f" FILTER(!{_INFERRED}) }} ORDER BY DESC(?c)"
    )
    by_class = {row["s"].value: row["c"].value for row in classes}
    kinds = {s: k for s, k in (by_class | kinds).items() if s in by_thing}
    labels = await reader.labels({*by_thing, *kinds.values()})
    return Network(by_thing, labels, kinds, _places(by_thing, kinds))


def _places(ties: Mapping[str, Iterable[Tie]], kinds: Mapping[str, str]) -> dict[str, str]:
    """Where each thing sits: its seat before other sites, these before what is only said of it."""
    found: dict[str, str] = {}
    for key in ("located", "site", "seat"):
        for thing, of in ties.items():
            told = [t.other for t in of if t.relation.key == key and t.one == thing]
            if told:
                found[thing] = min(told, key=lambda place: (kinds.get(place) != _CITY, place))
    return found


async def _through(reader: Reader) -> list[Tie]:
    """The ties through nodes."""
    found = []
    for relation in THROUGH:
        pattern = relation.pattern("?one", "?other", "?node")
        prologue = _prologue(pattern)
        sides = " && ".join(_OURS.format(v) for v in ("?one", "?other", "?node"))
        order = "STR(?one) < STR(?other)" if relation.is_even else "?one != ?other"
        roles = "|".join(f"<{p}>" for p in ROLES)
        rows = await reader.select(
            f"{prologue} SELECT DISTINCT ?one ?other ?node ?role ?start ?end ?date WHERE {{"
            f" {pattern} FILTER({sides} && {order})"
            f" OPTIONAL {{ ?node {roles} ?role }} OPTIONAL {{ ?node <{START}> ?start }}"
            f" OPTIONAL {{ ?node <{END}> ?end }} OPTIONAL {{ ?node <{DATE}> ?date }} }}"
        )
        for row in rows:
            one, other, node = (row[name].value for name in ("one", "other", "node"))
            role, start, end = (_text(row[name]) for name in ("role", "start", "end"))
            tie = Tie(relation, one, other, node, role or None, start or _text(row["date"]), end)
            found.append(tie)
    return found


async def _direct(reader: Reader) -> list[Tie]:
    """The ties by one statement; those that rules alone lead to are marked."""
    by_property = {r.first: r for r in DIRECT}
    properties = " ".join(f"<{p}>" for p in by_property)
    rows = await reader.select(
        f"SELECT ?s ?p ?o (MIN(?rule) AS ?inferred) WHERE {{ VALUES ?p {{ {properties} }}"
        f" GRAPH ?g {{ ?s ?p ?o }} BIND({_INFERRED} AS ?rule)"
        f" FILTER({_OURS.format('?s')} && {_OURS.format('?o')} && ?s != ?o) }} GROUP BY ?s ?p ?o"
    )
    found = []
    for row in rows:
        relation = by_property[row["p"].value]
        one, other = row["s"].value, row["o"].value
        if relation.is_even and one > other:
            one, other = other, one
        is_inferred = row["inferred"].value in ("true", "1")
        found.append(Tie(relation, one, other, is_inferred=is_inferred))
    return found


def _told(ties: Iterable[Tie]) -> list[Tie]:
    """Each tie once: a seat is not a site again, nor what a rule repeats of two things."""
    found: dict[tuple[object, ...], Tie] = {}
    for tie in sorted(ties, key=lambda t: (t.order, t.end)):
        relation = tie.relation
        # A whole and its part, said in one way and inferred in others, are tied once.
        same = relation.kind if relation.kind in ("structure", "place") else relation.key
        pair = frozenset((tie.one, tie.other))
        key = (pair, same, tie.node if not relation.is_site else None, tie.role)
        found.setdefault(key, tie)
    authored = {frozenset((t.one, t.other)) for t in found.values() if not t.is_inferred}
    return [
        t
        for t in found.values()
        if not t.is_inferred or frozenset((t.one, t.other)) not in authored
    ]


async def _things(reader: Reader) -> list[str]:
    """Whatever has a name and is no tie itself, in the order of addresses."""
    nodes = " ".join(sorted({f"<{r.through}>" for r in THROUGH}))
    rows = await reader.select(
        f"SELECT DISTINCT ?s WHERE {{ VALUES ?p {{ {' '.join(f'<{p}>' for p in LABELS)} }}"
        f" ?s ?p ?name FILTER({_OURS.format('?s')})"
        f" FILTER NOT EXISTS {{ VALUES ?node {{ {nodes} }} ?s a ?node }} }} ORDER BY ?s"
    )
    return [row["s"].value for row in rows]


def _prologue(pattern: str) -> str:
    """The prefixes that a pattern uses."""
    return " ".join(f"PREFIX {p}: <{ns}>" for p, ns in _P.items() if f"{p}:" in pattern)


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


_AMOUNTS: Final = frozenset({SCHEMA.amount, ENACT.targetValue})
#: Pairs of things in one query.
_BLOCK: Final = 60


@dataclass(frozen=True)
class Evidence:
    """The statements of each node and of each thing tied directly, their sources, all labels."""

    said: Mapping[str, tuple[Statement, ...]]
    sources: Mapping[str, Source]
    labels: Mapping[str, Labels]


async def evidence(reader: Reader, ties: Iterable[Tie]) -> Evidence:
    """Read what is said of these ties."""
    ties = tuple(ties)
    nodes = {t.node for t in ties if t.node}
    of_nodes = await reader.about(nodes)
    parts = {s.target for s in of_nodes if s.predicate in _AMOUNTS and s.target}
    pairs = {(t.one, t.node if t.node and t.relation.is_site else t.other) for t in ties}
    pairs |= {(other, one) for one, other in pairs}
    direct = await _between(reader, sorted(pairs)) if pairs else ()
    every = (*of_nodes, *await reader.about(parts), *direct)
    sources = await reader.sources({g for s in every for g in s.graphs})
    cited = {iri for s in sources.values() for iri in s.mentions}
    return Evidence(by_subject(every), sources, await reader.labels({*mentioned(every), *cited}))


async def _between(reader: Reader, pairs: list[tuple[str, str]]) -> tuple[Statement, ...]:
    found: list[ox.QuerySolution] = []
    for start in range(0, len(pairs), _BLOCK):
        values = " ".join(
            f"({ox.NamedNode(s)} {ox.NamedNode(o)})" for s, o in pairs[start : start + _BLOCK]
        )
        found += await reader.select(
            f"SELECT ?g ?s ?p ?o WHERE {{ VALUES (?s ?o) {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        )
    return statements(found)
