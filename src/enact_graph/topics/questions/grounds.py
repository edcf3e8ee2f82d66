"""What each row of an answer rests on: the graphs that hold the statements its query matched.

    found = await grounds(reader, query)
    found.of(row).graphs

The solutions of the query are read with all their variables, so that each of its patterns becomes
a statement; then the graphs of these statements are read. Names and classes say nothing of a row
and are left out.
"""

from asyncio import to_thread
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.reader import LABELS, Reader
from enact_graph.vocabulary import DCTERMS, ENACT, PRECISION, PROV, RDF, SCHEMA

if TYPE_CHECKING:  # rdflib's parser is large, and a server that is asked no question does without
    from enact_graph.sparql.patterns import Pattern, Reading

#: What of the statements matched says no more than how a thing is called or where it is written.
_UNSAID: Final = frozenset(f"<{p}>" for p in (RDF.type, DCTERMS.source, *LABELS)) | {
    f"<{PROV.wasDerivedFrom}>"
}
#: The same as patterns of a query write them.
_PRECISION: Final = {f"<{date}>": f"<{precision}>" for date, precision in PRECISION.items()}
_VALUE: Final = f"<{SCHEMA.value}>"
#: The unit of a number that is a multiple of a baseline.
TIMES: Final = "×"
#: Solutions that are read; an answer with more is one for programs.
_MOST: Final = 5_000
#: Characters of what is asked for at once: our own texts stay below the limit for everybody's.
_BLOCK: Final = 8_000

Triple = tuple[str, str, str]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """What one row rests on: graphs, what rules led to, how precise dates are, what numbers count.

    `inferred` holds subject and object of each statement that is in no graph but those of rules;
    `precision` and `units` are by column, a unit being a currency or `×` for a multiple.
    """

    graphs: frozenset[str] = frozenset()
    inferred: frozenset[tuple[str, str]] = frozenset()
    precision: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grounds:
    """The ground of each row, under the values of the variables `key`."""

    key: tuple[str, ...] = ()
    rows: Mapping[Key, Ground] = field(default_factory=dict)

    def of(self, row: Mapping[str, object]) -> Ground:
        """The ground of a row of the answer."""
        found = self.rows.get(tuple(_text(row.get(k)) for k in self.key))
        return found or Ground()


def _read(query: str) -> "Reading | None":
    from enact_graph.sparql import patterns  # noqa: PLC0415

    return patterns.read(query)


async def grounds(reader: Reader, query: str) -> Grounds:
    """Read what the rows of a SELECT rest on; nothing where its form does not tell."""
    reading = await to_thread(_read, query)
    if reading is None or not reading.patterns:
        return Grounds()
    visible = {v for p in reading.patterns if not p.beside for v in p.variables}
    key = tuple(c for c in reading.columns if c in visible)
    if not key:
        return Grounds()
    matched: dict[Key, set[Triple]] = defaultdict(set)
    near: dict[Key, set[tuple[str, Triple]]] = defaultdict(set)
    counted: dict[Key, set[tuple[str, str]]] = defaultdict(set)
    wanted: set[Triple] = set()
    for row in await reader.select(_solutions(reading)):
        bound = {v: _text(row[v]) for v in _columns(reading)}
        of = tuple(bound.get(k, "") for k in key)
        for pattern in reading.patterns:
            matched[of].update(_said(pattern, bound))
            near[of].update(_nearby(pattern, bound, reading.columns))
            if pattern.predicates[0] == _VALUE and pattern.object[1:] in reading.columns:
                counted[of].add((pattern.object[1:], _filled(pattern.subject, bound)))
    for told in matched.values():
        wanted |= told
    graphs = await _graphs(reader, wanted)
    precise = await _precisions(reader, {t for ts in near.values() for _, t in ts})
    units = await _units(reader, {node for told in counted.values() for _, node in told if node})
    rows = {}
    for of, told in matched.items():
        found = _ground(told, near[of], graphs, precise)
        of_columns = {column: units[node] for column, node in counted[of] if node in units}
        rows[of] = replace(found, units=of_columns)
    return Grounds(key, rows)


async def tying(
    reader: Reader, pairs: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], set[str]]:
    """The nodes of ours that have both things of a pair as objects: what ties one to the other."""
    found: dict[tuple[str, str], set[str]] = {}
    for values in _blocks(f"({ox.NamedNode(a)} {ox.NamedNode(b)})" for a, b in set(pairs)):
        rows = await reader.select(
            f"SELECT DISTINCT ?a ?b ?node WHERE {{ VALUES (?a ?b) {{ {values} }}"
            " ?node ?p ?a ; ?q ?b FILTER(?a != ?b)"
            f' FILTER(STRSTARTS(STR(?node), "{terms.ID}") && ?node != ?a && ?node != ?b) }}'
        )
        for row in rows:
            found.setdefault((row["a"].value, row["b"].value), set()).add(row["node"].value)
    return found


def _solutions(reading: "Reading") -> str:
    columns = " ".join(f"?{v}" for v in _columns(reading))
    beside = dict.fromkeys(p.beside for p in reading.patterns if p.beside)
    further = " ".join(f"OPTIONAL {{ {text} }}" for text in beside)
    group = f"{{ {reading.body} {further} }}"
    return f"{reading.prologue}SELECT DISTINCT {columns} WHERE {group} LIMIT {_MOST}"


def _columns(reading: "Reading") -> list[str]:
    return list(dict.fromkeys(v for p in reading.patterns for v in p.variables))


def _said(pattern: "Pattern", bound: Mapping[str, str]) -> list[Triple]:
    """The statements a pattern may stand for in a solution; none where a variable is not bound."""
    subject, object_ = (_filled(t, bound) for t in (pattern.subject, pattern.object))
    predicates = [_filled(p, bound) for p in pattern.predicates]
    return [
        (subject, p, object_)
        for p in predicates
        if subject.startswith("<") and p and object_ and p not in _UNSAID
    ]


def _nearby(
    pattern: "Pattern", bound: Mapping[str, str], columns: Iterable[str]
) -> list[tuple[str, Triple]]:
    """Of a date in the answer: its column, and where its precision is written."""
    column, subject = pattern.object[1:], _filled(pattern.subject, bound)
    precision = _PRECISION.get(pattern.predicates[0])
    if not (precision and subject and pattern.object.startswith("?") and column in columns):
        return []
    return [(column, (subject, precision, ""))] if bound.get(column) else []


def _filled(term: str, bound: Mapping[str, str]) -> str:
    return bound.get(term[1:], "") if term.startswith("?") else term


async def _graphs(reader: Reader, wanted: Iterable[Triple]) -> dict[Triple, set[str]]:
    found: dict[Triple, set[str]] = defaultdict(set)
    for values in _blocks(f"({' '.join(t)})" for t in wanted):
        rows = await reader.select(
            f"SELECT ?s ?p ?o ?g WHERE {{ VALUES (?s ?p ?o) {{ {values} }}"
            " GRAPH ?g { ?s ?p ?o } }"
        )
        for row in rows:
            found[str(row["s"]), str(row["p"]), str(row["o"])].add(row["g"].value)
    return found


async def _precisions(reader: Reader, wanted: Iterable[Triple]) -> dict[Triple, str]:
    found: dict[Triple, str] = {}
    for values in _blocks(f"({s} {p})" for s, p, _ in wanted):
        rows = await reader.select(
            f"SELECT ?s ?p ?o WHERE {{ VALUES (?s ?p) {{ {values} }} ?s ?p ?o }}"
        )
        for row in rows:
            at = (str(row["s"]), str(row["p"]), "")
            found[at] = _coarser(found.get(at), row["o"].value.rpartition("precision-")[2])
    return found


async def _units(reader: Reader, nodes: Iterable[str]) -> dict[str, str]:
    """The currency of each amount among some nodes, and which are multiples of a baseline."""
    found: dict[str, str] = {}
    ratio = f"<{ENACT.valueKind}> <{terms.VOCAB}ratio-to-baseline>"
    for values in _blocks(nodes):
        rows = await reader.select(
            f"SELECT ?node ?unit WHERE {{ VALUES ?node {{ {values} }}"
            f" {{ ?node <{SCHEMA.currency}> ?unit }} UNION"
            f' {{ ?target <{ENACT.targetValue}> ?node ; {ratio} BIND("{TIMES}" AS ?unit) }} }}'
        )
        found |= {str(row["node"]): row["unit"].value for row in rows}
    return found


def _ground(
    matched: Iterable[Triple],
    near: Iterable[tuple[str, Triple]],
    graphs: Mapping[Triple, set[str]],
    precise: Mapping[Triple, str],
) -> Ground:
    held = {t: graphs[t] for t in matched if t in graphs}
    inferred = {
        (s[1:-1], o[1:-1])
        for (s, _, o), where in held.items()
        if o.startswith("<") and all(g.startswith(terms.GRAPH_INFERRED) for g in where)
    }
    precision: dict[str, str] = {}
    for column, at in sorted(near):
        precision[column] = _coarser(precision.get(column), precise.get(at, "day"))
    return Ground(frozenset(g for gs in held.values() for g in gs), frozenset(inferred), precision)


def _blocks(written: Iterable[str]) -> Iterator[str]:
    """Some texts in lines of `_BLOCK` characters, one after another."""
    line, length = list[str](), 0
    for text in sorted(written):
        if line and length + len(text) > _BLOCK:
            yield " ".join(line)
            line, length = [], 0
        line.append(text)
        length += len(text) + 1
    if line:
        yield " ".join(line)


def _coarser(one: str | None, other: str) -> str:
    order = ("day", "month", "year")
    return max((one or "day", other if other in order else "day"), key=order.index)


def _text(term: object) -> str:
    return "" if term is None else str(term)
