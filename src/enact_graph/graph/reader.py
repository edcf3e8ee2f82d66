"""Reads entities, labels and sources by queries of our own that run in the pool."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

from enact_graph.graph.entity import Entity, Labels, Source, Statement, mentioned
from enact_graph.graph.provenance import (
    DERIVED_FROM,
    HAS_SELECTOR,
    HAS_SOURCE,
    by_subject,
    facts,
    first,
    source,
)
from enact_graph.graph.provenance import statements as read
from enact_graph.graph.relations import FOLLOWED, NODES
from enact_graph.sparql.ask import Ask, Runner
from enact_graph.vocabulary import DCTERMS, FOAF, OWL, RDFS, SCHEMA, SKOS

#: A better label first.
LABELS = (
    SKOS.prefLabel,
    RDFS.label,
    DCTERMS.title,
    FOAF.name,
    SCHEMA.name,
)

_NODE_CLASSES = " ".join(f"<{c}>" for c in NODES)
_LABEL_PREDICATES = ", ".join(f"<{p}>" for p in LABELS)

#: Incoming statements read for one page: a role or a country may have very many.
INCOMING = 2_000
#: Labels kept for the next page.
_KEPT = 50_000
#: IRIs in one VALUES block: our own texts stay below the limit set for everybody's.
_BLOCK = 120


class Reader:
    """Reads entities through a runner; remembers sources and labels: a release never changes."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._sources: dict[str, Source] = {}
        self._labels: dict[str, Labels] = {}

    async def look_up(self, iri: str, parts: Iterable[str] | None = None) -> Entity | None:
        """Everything said about an IRI, with its parts told in full; None where nothing is said.

        Without `parts` these are the nodes tied to it: memberships, fundings, amounts …
        """
        statements = await self.about([iri])
        incoming = await self._quads(
            f"SELECT ?g ?s ?p ?o WHERE {{ VALUES ?o {{ {ox.NamedNode(iri)} }}"
            f" GRAPH ?g {{ ?s ?p ?o }} }} ORDER BY ?s ?p LIMIT {INCOMING}"
        )
        if not statements and not incoming:
            return None
        if parts is None:
            nodes = await self._nodes(iri, statements, incoming)
        else:
            nodes = by_subject(await self.about(parts))
        total = len(incoming)
        every = (*statements, *incoming, *(s for node in nodes.values() for s in node))
        sources = await self.sources({g for s in every for g in s.graphs})
        cited = {iri for s in sources.values() for iri in s.mentions}
        return Entity(
            iri=iri,
            statements=statements,
            incoming=incoming,
            incoming_total=total if total < INCOMING else await self._count(iri),
            nodes=nodes,
            labels=await self.labels({iri, *mentioned(every), *cited}),
            sources=sources,
        )

    async def look_into(
        self, graph: str, start: int = 0, count: int | None = None
    ) -> Entity | None:
        """A named graph: what is said about it, and as nodes what it says, subject by subject.

        With `count`, only that many subjects beginning with the one at `start`, in their order.
        """
        about = await self.look_up(graph, parts=())
        subjects = ""
        if count is not None:
            subjects = (
                f"{{ SELECT DISTINCT ?s WHERE {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?x ?y }} }}"
                f" ORDER BY ?s LIMIT {count} OFFSET {start} }} "
            )
        inside = await self._quads(
            f"SELECT ?g ?s ?p ?o WHERE {{ {subjects}GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }}"
            " GRAPH ?g { ?s ?p ?o } }"
        )
        if about is None and not inside:
            return None
        if about is None:
            about = Entity(graph, (), (), 0, {}, {}, {})
        every = (*about.statements, *about.incoming, *inside)
        sources = await self.sources({graph, *(g for s in every for g in s.graphs)})
        cited = {iri for s in sources.values() for iri in s.mentions}
        return replace(
            about,
            nodes=by_subject(inside),
            labels=await self.labels({graph, *mentioned(every), *cited}),
            sources=sources,
        )

    async def size(self, graph: str) -> int:
        """How many subjects a named graph speaks of."""
        rows = await self.select(
            "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE"
            f" {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}"
        )
        return int(rows[0]["n"].value)

    async def look_up_all(self, wholes: Mapping[str, Sequence[str]]) -> list[Entity]:
        """Several things with the parts named for each, read together; what leads to them not."""
        told = by_subject(await self.about({*wholes, *(p for ps in wholes.values() for p in ps)}))
        every = [s for said in told.values() for s in said]
        sources = await self.sources({g for s in every for g in s.graphs})
        labels = await self.labels(mentioned(every))
        return [
            Entity(whole, told.get(whole, ()), (), 0, {p: told[p] for p in parts}, labels, sources)
            for whole, parts in wholes.items()
        ]

    async def about(self, subjects: Iterable[str]) -> tuple[Statement, ...]:
        """The statements whose subject is one of these IRIs."""
        return await self._in_blocks(
            subjects, "SELECT ?g ?s ?p ?o WHERE {{ VALUES ?s {{ {} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        )

    async def labels(self, iris: Iterable[str]) -> dict[str, Labels]:
        """The labels of these IRIs, those without any left out."""
        known = self._labels
        wanted = set(iris)
        new = wanted - known.keys()
        found = {iri: known[iri] for iri in wanted - new}
        if new:
            told = await self._read_labels(new)
            found |= {iri: told.get(iri, {}) for iri in new}
            if len(known) > _KEPT:
                known.clear()
            known |= found
        return {iri: found[iri] for iri in sorted(wanted) if found[iri]}

    async def sources(self, graphs: Iterable[str]) -> dict[str, Source]:
        """The source of each of these graphs."""
        graphs = set(graphs)
        if new := sorted(graphs - self._sources.keys()):
            origins = facts(await self.about(new))
            passages = {first(origins.get(g, {}), DERIVED_FROM) for g in new} - {None}
            told = facts(await self.about(p for p in passages if p))
            further = {first(f, p) for f in told.values() for p in (HAS_SOURCE, HAS_SELECTOR)}
            told |= facts(await self.about(iri for iri in further if iri))
            self._sources |= {g: source(g, origins.get(g, {}), told) for g in new}
        return {g: self._sources[g] for g in sorted(graphs)}

    async def subjects(self, predicate: str, object_: str) -> tuple[str, ...]:
        """The subjects of a predicate and an object, sorted."""
        pattern = f"?s {ox.NamedNode(predicate)} {ox.NamedNode(object_)}"
        rows = await self.select(f"SELECT DISTINCT ?s WHERE {{ {pattern} }} ORDER BY ?s")
        return tuple(row["s"].value for row in rows)

    async def pairs(self, predicate: str) -> dict[str, list[str]]:
        """The subjects of a predicate under each of its objects, both sorted."""
        rows = await self.select(
            f"SELECT DISTINCT ?o ?s WHERE {{ ?s {ox.NamedNode(predicate)} ?o }} ORDER BY ?o ?s"
        )
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row["o"].value, []).append(row["s"].value)
        return found

    async def successor(self, iri: str) -> str | None:
        """The IRI that replaced one that was withdrawn; None of one that stands."""
        node = ox.NamedNode(iri)
        withdrawn = f"{node} <{OWL.deprecated}> true ; <{DCTERMS.isReplacedBy}> ?new"
        rows = await self.select(f"SELECT ?new {{ {withdrawn} }} LIMIT 1")
        return rows[0]["new"].value if rows else None

    async def exists(self, iri: str) -> bool:
        """Whether anything is said about an IRI, or in a graph of that name."""
        node = ox.NamedNode(iri)
        patterns = (f"{node} ?p ?o", f"?s ?p {node}", f"GRAPH {node} {{ ?s ?p ?o }}")
        anywhere = " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)
        answer = await self._runner.run(Ask(f"ASK {{ {anywhere} }}"))
        return bool(ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON))

    async def select(self, query: str) -> list[ox.QuerySolution]:
        """The rows of one SELECT of ours."""
        answer = await self._runner.run(Ask(query))
        rows = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
        assert isinstance(rows, ox.QuerySolutions)
        return list(rows)

    async def _nodes(
        self, iri: str, statements: Iterable[Statement], incoming: Iterable[Statement]
    ) -> dict[str, tuple[Statement, ...]]:
        """The nodes tied to a thing, and those they lead to (an amount, a value)."""
        nodes: dict[str, tuple[Statement, ...]] = {}
        near = {s.subject for s in incoming} | {s.target for s in statements if s.target}
        for _step in ("to the thing", "to a node of it"):
            found = await self._in_rows(
                near - nodes.keys() - {iri},
                f"SELECT DISTINCT ?s WHERE {{{{ VALUES ?type {{{{ {_NODE_CLASSES} }}}}"
                " VALUES ?s {{ {} }} ?s a ?type }}",
            )
            told = await self.about(row["s"].value for row in found)
            nodes |= by_subject(told)
            near = {s.target for s in told if s.target}
        nodes |= by_subject(await self.about(await self._followed(nodes.keys() - {iri})))
        return nodes

    async def _followed(self, nodes: Iterable[str]) -> set[str]:
        """What was measured of these nodes later, and their parts."""
        rows = await self._in_rows(
            nodes,
            f"SELECT DISTINCT ?s WHERE {{{{ VALUES ?node {{{{ {{}} }}}}"
            f" ?s {'|'.join(f'<{p}>' for p in FOLLOWED)} ?node }}}}",
        )
        return {row["s"].value for row in rows}

    async def _read_labels(self, iris: Iterable[str]) -> dict[str, dict[str, str]]:
        # The filter, unlike values of ?p, lets the engine begin with the subjects.
        rows = await self._in_rows(
            iris,
            f"SELECT ?s ?p ?o WHERE {{{{ VALUES ?s {{{{ {{}} }}}} ?s ?p ?o"
            f" FILTER(?p IN ({_LABEL_PREDICATES})) }}}}",
        )
        found: dict[str, dict[str, str]] = {}
        by_rank = sorted(rows, key=lambda r: (LABELS.index(r["p"].value), r["o"].value))
        for row in by_rank:
            if isinstance(label := row["o"], ox.Literal):
                found.setdefault(row["s"].value, {}).setdefault(label.language or "", label.value)
        return found

    async def _count(self, iri: str) -> int:
        rows = await self.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s ?p {ox.NamedNode(iri)} }}")
        return int(rows[0]["n"].value)

    async def _quads(self, query: str) -> tuple[Statement, ...]:
        return read(await self.select(query))

    async def _in_blocks(self, iris: Iterable[str], template: str) -> tuple[Statement, ...]:
        return read(await self._in_rows(iris, template))

    async def _in_rows(self, iris: Iterable[str], template: str) -> list[ox.QuerySolution]:
        names = [str(ox.NamedNode(iri)) for iri in sorted(set(iris))]
        rows: list[ox.QuerySolution] = []
        for start in range(0, len(names), _BLOCK):
            rows += await self.select(template.format(" ".join(names[start : start + _BLOCK])))
        return rows
