"""The pages of the vocabularies and of the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from enact_graph.errors import NotFound
from enact_graph.formats import TURTLE
from enact_graph.graph.entity import Entity, Name, local_name, pick
from enact_graph.present.frame import Frame, Heading, verdict
from enact_graph.present.view import File, Part
from enact_graph.topics.thing.term_lists import Catalogue


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
        shown = []
        for rule in group.rules:
            shown.append(replace(rule, is_first=rule.anchor not in told))
            told.add(rule.anchor)
        found.append(replace(group, rules=tuple(shown)))
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


def vocabulary(frame: Frame, schemes: Sequence[Entity], lang: str) -> str:
    """All concept schemes with their concepts."""
    voice = frame.voice(lang)
    told = [Catalogue(s, voice).scheme() for s in schemes]
    return frame.render(
        "schema/vocabulary.html",
        lang,
        Heading(
            voice.text("vocabulary.title"),
            voice.text("vocabulary.description"),
            "vocabulary",
            path="/vocab",
        ),
        schemes=told,
        entries=[(s.term.anchor, s.term.name.text) for s in told],
    )


def shapes(frame: Frame, listed: Sequence[dict[str, Any]], lang: str, of: str = "") -> str:
    """The rules by name, from the shapes.json of the release; or those `of` a group in words.

    NotFound where there is no such group.
    """
    voice = frame.voice(lang)
    groups = read(listed, lang)
    group = next((g for g in groups if g.key == of), None)
    if of and group is None:
        raise NotFound(f"/shapes has no group {of[:80]!r}; the page names all.")
    title = group.name.text if group else voice.text("shapes.title")
    return frame.render(
        "schema/shapes.html",
        lang,
        Heading(title, voice.text("shapes.description"), "shapes", path="/shapes"),
        kept=[("of", of)] if of else [],
        crumbs=[Part(Name(voice.text("shapes.title"), lang), "/shapes")] if group else [],
        crumb_here=title,
        group=group,
        groups=groups,
        rules=[r for g in groups for r in g.rules],
        entries=[
            *((g.anchor, g.name.text) for g in groups),
            ("data", voice.text("entity.data")),
        ],
        verdict=verdict(frame, voice),
        files=[File("Turtle", "/shapes.ttl", TURTLE.media_type)],
    )
