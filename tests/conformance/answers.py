"""Answers as rows of terms, read from every format, and whether two are the same."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree

import pyoxigraph as ox

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_SRX: Final = "{http://www.w3.org/2005/sparql-results#}"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_ITS: Final = "{http://www.w3.org/2005/11/its}"

#: ("iri", value) | ("bnode", label) | ("literal", text, language, direction, datatype)
#: | ("triple", subject, predicate, object); None where a variable is not bound.
Term = tuple[Any, ...] | None
Row = tuple[Term, ...]


@dataclass(frozen=True)
class Table:
    """The rows of a SELECT, each in the order of the sorted `variables`."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    is_ordered: bool = False


Found = Table | bool


def literal(text: str, language: str = "", direction: str = "", datatype: str = "") -> Term:
    """A literal in the one shape: its datatype follows from language and direction."""
    if language:
        datatype = RDF + ("dirLangString" if direction else "langString")
    return ("literal", text, language.lower(), direction, datatype or XSD + "string")


def of_node(node: object) -> Term:
    """A term of the engine's library."""
    if node is None:
        return None
    if isinstance(node, ox.NamedNode):
        return ("iri", node.value)
    if isinstance(node, ox.BlankNode):
        return ("bnode", node.value)
    if isinstance(node, ox.Triple):
        return ("triple", of_node(node.subject), of_node(node.predicate), of_node(node.object))
    assert isinstance(node, ox.Literal)
    direction = str(node.direction.value) if node.direction else ""
    return literal(node.value, node.language or "", direction, node.datatype.value)


def table(variables: Iterable[str], rows: Iterable[Mapping[str, Term]]) -> Table:
    names = tuple(sorted(variables))
    return Table(names, tuple(tuple(row.get(name) for name in names) for row in rows))


def from_json(content: str) -> Found:
    document = json.loads(content)
    if "boolean" in document:
        return bool(document["boolean"])
    rows = document["results"]["bindings"]
    found = ({name: _json_term(term) for name, term in row.items()} for row in rows)
    return table(document["head"]["vars"], found)


def _json_term(term: dict[str, Any]) -> Term:
    value = term["value"]
    match term["type"]:
        case "uri":
            return ("iri", value)
        case "bnode":
            return ("bnode", value)
        case "triple":
            return ("triple", *(_json_term(value[p]) for p in ("subject", "predicate", "object")))
        case "literal" | "typed-literal":
            named = (term.get(key, "") for key in ("xml:lang", "its:dir", "datatype"))
            return literal(value, *named)
    raise AssertionError(f"no such type of term: {term}")


def from_xml(content: str) -> Found:
    root = ElementTree.fromstring(content)
    boolean = root.find(_SRX + "boolean")
    if boolean is not None:
        return (boolean.text or "").strip() == "true"
    names = [v.attrib["name"] for v in root.iterfind(f"{_SRX}head/{_SRX}variable")]
    rows = (
        {b.attrib["name"]: _xml_term(b[0]) for b in row}
        for row in root.iterfind(f"{_SRX}results/{_SRX}result")
    )
    return table(names, rows)


def _xml_term(element: ElementTree.Element) -> Term:
    value = element.text or ""
    match element.tag.removeprefix(_SRX):
        case "uri":
            return ("iri", value)
        case "bnode":
            return ("bnode", value)
        case "triple":
            return ("triple", *(_xml_term(part[0]) for part in element))
        case "literal":
            named = (element.get(key, "") for key in (_XML + "lang", _ITS + "dir", "datatype"))
            return literal(value, *named)
    raise AssertionError(f"no such element: {element.tag}")


def from_graph(triples: Sequence[ox.Triple]) -> Found | None:
    """The table or truth value that a graph describes; None where it is a graph like any other."""
    objects: dict[tuple[object, str], list[Any]] = {}
    for t in triples:
        objects.setdefault((t.subject, t.predicate.value), []).append(t.object)
    of_type = [t.subject for t in triples if of_node(t.object) == ("iri", _RS + "ResultSet")]
    if not of_type:
        return None
    if truth := objects.get((of_type[0], _RS + "boolean")):
        return str(truth[0].value) in ("true", "1")
    names = [o.value for o in objects.get((of_type[0], _RS + "resultVariable"), [])]
    solutions = objects.get((of_type[0], _RS + "solution"), [])
    is_ordered = any((s, _RS + "index") in objects for s in solutions)
    if is_ordered:
        solutions.sort(key=lambda s: int(objects[s, _RS + "index"][0].value))
    rows = [
        {
            objects[b, _RS + "variable"][0].value: of_node(objects[b, _RS + "value"][0])
            for b in objects.get((s, _RS + "binding"), [])
        }
        for s in solutions
    ]
    found = table(names, rows)
    return Table(found.variables, found.rows, is_ordered)


def rows_of(triples: Iterable[ox.Triple]) -> tuple[Row, ...]:
    """A graph as rows of three terms, each row once."""
    return tuple({(of_node(t.subject), of_node(t.predicate), of_node(t.object)) for t in triples})


def same(one: Sequence[Row], other: Sequence[Row], *, is_ordered: bool = False) -> bool:
    """Whether the rows are the same under some renaming of blank nodes."""
    if len(one) != len(other):
        return False
    if is_ordered:
        return all(mapping is not None for mapping in _in_order(one, other))
    if Counter(map(_mask, one)) != Counter(map(_mask, other)):
        return False
    return _matches(sorted(one, key=repr), list(other), {})


def _in_order(one: Sequence[Row], other: Sequence[Row]) -> Iterator[dict[str, str] | None]:
    mapping: dict[str, str] | None = {}
    for mine, theirs in zip(one, other, strict=True):
        mapping = None if mapping is None else _unify(mine, theirs, mapping)
        yield mapping


def _matches(rest: list[Row], others: list[Row], mapping: dict[str, str]) -> bool:
    if not rest:
        return True
    # The row with the fewest candidates first, so that few ways have to be tried.
    ways = {
        i: [(j, m) for j, o in enumerate(others) if (m := _unify(row, o, mapping)) is not None]
        for i, row in enumerate(rest[:40])
    }
    chosen = min(ways, key=lambda i: len(ways[i]))
    left = rest[:chosen] + rest[chosen + 1 :]
    seen: set[Row] = set()
    for j, extended in ways[chosen]:
        if others[j] in seen:
            continue
        seen.add(others[j])
        if _matches(left, others[:j] + others[j + 1 :], extended):
            return True
    return False


def _unify(mine: Term, theirs: Term, mapping: dict[str, str]) -> dict[str, str] | None:
    """The mapping of blank nodes, extended so that one term or row becomes the other."""
    if mine is None or theirs is None or not isinstance(mine, tuple):
        return mapping if mine == theirs else None
    if not isinstance(theirs, tuple) or len(mine) != len(theirs):
        return None
    if mine[:1] == ("bnode",) == theirs[:1]:
        if mine[1] in mapping:
            return mapping if mapping[mine[1]] == theirs[1] else None
        return None if theirs[1] in mapping.values() else {**mapping, mine[1]: theirs[1]}
    for a, b in zip(mine, theirs, strict=True):
        extended = _unify(a, b, mapping)
        if extended is None:
            return None
        mapping = extended
    return mapping


def _mask(term: Any) -> Any:
    if not isinstance(term, tuple):
        return term
    return "bnode" if term[:1] == ("bnode",) else tuple(_mask(part) for part in term)


def within(rows: Sequence[Row], wanted: Sequence[Row]) -> bool:
    """Whether the rows are those wanted, each at least once and at most as often (REDUCED)."""
    return set(rows) == set(wanted) and not Counter(rows) - Counter(wanted)
