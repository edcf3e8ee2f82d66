"""The rules of the data in words, read from the list of shapes a release carries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from enact_graph.graph.entity import Name, local_name, pick


@dataclass(frozen=True)
class Rule:
    """One condition: what it is called, what it says when broken, where it is written.

    `is_first` where no group before tells it, too.
    """

    anchor: str
    name: Name | None
    path: str | None
    message: Name | None
    severity: str
    file: str
    line: int
    is_first: bool = True


@dataclass(frozen=True)
class Group:
    """The rules of one class of things; `key` names it in the address of the page of its own."""

    key: str
    anchor: str
    name: Name
    targets: tuple[str, ...]
    rules: tuple[Rule, ...]


def read(shapes: Sequence[Mapping[str, Any]], lang: str) -> list[Group]:
    """Gather property shapes and constraints under their node shapes, in the order of the files.

    `shapes` has the members written by the build: `iri`, `kind`, `file`, `line`, `targets`, `path`,
    `properties`, `constraints`, `severity`, `names`, `descriptions` and `messages`.
    """
    by_iri = {shape["iri"]: shape for shape in shapes}
    ordered = sorted(shapes, key=lambda s: (s["file"], s["line"]))
    groups, told = [], set()
    for shape in ordered:
        if shape["kind"] != "NodeShape":
            continue
        parts = [by_iri[i] for i in (*shape["properties"], *shape["constraints"]) if i in by_iri]
        parts.sort(key=lambda s: (s["file"], s["line"]))
        told |= {shape["iri"], *(p["iri"] for p in parts)}
        # What a node shape itself demands, such as being closed, is a rule like any other.
        own = [shape] if shape["messages"] else []
        # A constraint without words of its own is told by the message of its shape.
        told_apart = [p for p in parts if p["names"] or p["messages"] or p["descriptions"]]
        groups.append(_group(shape, [*own, *told_apart], lang))
    rest = [s for s in ordered if s["iri"] not in told]
    groups += [_group(shape, [shape], lang) for shape in rest]
    return _once([g for g in groups if g.rules])


def _once(groups: list[Group]) -> list[Group]:
    """A rule that several shapes share is the first of its kind in one of them only."""
    told: set[str] = set()
    found = []
    for group in groups:
        rules = []
        for rule in group.rules:
            rules.append(replace(rule, is_first=rule.anchor not in told))
            told.add(rule.anchor)
        found.append(replace(group, rules=tuple(rules)))
    return found


def _group(shape: Mapping[str, Any], parts: Sequence[Mapping[str, Any]], lang: str) -> Group:
    anchor = local_name(shape["iri"])
    name = pick(shape["names"], lang) or Name(anchor, "")
    rules = tuple(_rule(p, lang, is_own=p is shape) for p in parts)
    return Group(anchor, "of-" + anchor, name, tuple(shape["targets"]), rules)


def _rule(shape: Mapping[str, Any], lang: str, *, is_own: bool) -> Rule:
    return Rule(
        local_name(shape["iri"]),
        None if is_own else pick(shape["names"], lang),
        shape["path"],
        pick(shape["descriptions"], lang) or pick(shape["messages"], lang),
        shape["severity"],
        shape["file"],
        shape["line"],
    )
