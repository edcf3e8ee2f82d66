"""The review of the authored files: everything a check can object to, found in one pass."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from enact_graph.authoring import dataset, metadata
from enact_graph.authoring.checks import consistency
from enact_graph.authoring.checks.messages import finding
from enact_graph.authoring.findings import Finding, Places, ordered
from enact_graph.authoring.inference import infer, rules
from enact_graph.authoring.shacl import shapes
from enact_graph.authoring.shacl.validate import validate
from enact_graph.authoring.sources import CATALOGUE, Sources, load
from enact_graph.errors import SourceError
from enact_graph.rdf.statement import Place
from enact_graph.terms import SHAPES

_NEVER: Final = SHAPES + "Never"
#: Findings of one family on one line are told once; the lowest rank says most.
_FAMILIES: Final[Mapping[str, tuple[str, int]]] = {
    "contact": ("property", 0),
    "never": ("property", 1),
    "unknown-term": ("property", 2),
    "unknown-reused-term": ("property", 2),
    "unknown-vocabulary": ("property", 2),
    "Closed": ("property", 3),
    "In": ("value", 0),
    "dangling-iri": ("value", 1),
    "Class": ("value", 2),
}


@dataclass(frozen=True)
class Before:
    """A state in which all conformed, and the names of the files that have changed since."""

    quads: frozenset[ox.Quad]
    changed: Collection[str]

    def differing(self, store: dataset.Store) -> frozenset[ox.Quad]:
        """The quads of named graphs that came or went, conclusions among them."""
        return self.quads ^ frozenset(q for q in store if q.graph_name != dataset.DEFAULT)


@dataclass(frozen=True)
class Review:
    """What was read and what was found; `is_whole` says that the shapes could be applied too."""

    sources: Sources
    findings: tuple[Finding, ...]
    is_whole: bool


def review(root: Path) -> Review:
    """Read the files under `root`, draw the conclusions, apply the shapes; nothing is written."""
    return judge(load(root))


def judge(sources: Sources, before: Before | None = None) -> Review:
    """Draw the conclusions from what was read and apply the shapes.

    With `before`, only what may have become wrong since is looked at.
    """
    found = consistency.check(sources, before.changed if before else None)
    if not consistency.is_whole(sources):
        return Review(sources, ordered(without_echoes(found)), is_whole=False)
    store = dataset.collect(sources.facts)
    try:
        infer(store, rules(), metadata.about(store).issued)
        dataset.extend(store, sources.links)
        changed = before.differing(store) if before else None
        rules_of = shapes.graph(sources.shapes)
        objections = validate(store, rules_of, Places(sources.statements), changed)
    except SourceError as error:
        unusable = finding("unusable", Place(CATALOGUE, 1), detail=error.detail)
        return Review(sources, ordered((*found, unusable)), is_whole=False)
    return Review(sources, ordered(without_echoes((*found, *objections))), is_whole=True)


def without_echoes(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings without those that say of a line what another says better.

    Of a property: that it is private, else what it is called, else that it is not expected. Of a
    value: which ones are allowed, else that nothing describes it, else what it should be.
    """
    told = [(found, *_kind(found)) for found in findings]
    best: dict[tuple[object, ...], int] = {}
    for found, family, rank in told:
        spot = (family, *_spot(found))
        best[spot] = min(rank, best.get(spot, rank))
    return [f for f, family, rank in told if not family or rank == best[family, *_spot(f)]]


def _kind(finding: Finding) -> tuple[str, int]:
    """Return the family that a finding is of, if any, and its rank in it."""
    if finding.rule and finding.rule.startswith(_NEVER) and finding.path:
        return _FAMILIES["never"]
    return _FAMILIES.get(finding.code, ("", 0))


def _spot(finding: Finding) -> tuple[object, ...]:
    return (finding.focus, finding.path, finding.place and (finding.place.file, finding.place.line))
