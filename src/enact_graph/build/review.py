"""The review of the authored files: everything a check can object to, found in one pass."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from enact_graph.build import consistency, dataset, describe, shapes
from enact_graph.build.checks import finding
from enact_graph.build.findings import Finding, ordered
from enact_graph.build.infer import infer, rules
from enact_graph.build.places import Places
from enact_graph.build.sources import CATALOGUE, Sources, load
from enact_graph.build.validate import validate
from enact_graph.errors import SourceError
from enact_graph.terms import SHAPES
from enact_graph.trig.statement import Place

_NEVER: Final = SHAPES + "Never"
#: The rank of what is no echo of anything.
_OTHER: Final = 4


@dataclass(frozen=True)
class Before:
    """A state in which all conformed, and the names of the files that have changed since."""

    quads: frozenset[ox.Quad]
    changed: Collection[str]

    def differing(self, store: ox.Store) -> frozenset[ox.Quad]:
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
        infer(store, rules(), describe.about(store).issued)
        dataset.extend(store, sources.links)
        changed = before.differing(store) if before else None
        rules_of = shapes.graph(sources.shapes)
        objections = validate(store, rules_of, Places(sources.statements), changed)
    except SourceError as error:
        unusable = finding("unusable", Place(CATALOGUE, 1), detail=error.detail)
        return Review(sources, ordered((*found, unusable)), is_whole=False)
    return Review(sources, ordered(without_echoes((*found, *objections))), is_whole=True)


def without_echoes(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, of those on one misfitting property the one that says most.

    That is what is private about it, else what it is called, else that it is not expected.
    """
    best: dict[tuple[object, ...], int] = {}
    ranked = [(finding, _rank(finding), _spot(finding)) for finding in findings]
    for _, rank, spot in ranked:
        best[spot] = min(rank, best.get(spot, rank))
    return [f for f, rank, spot in ranked if rank == best[spot] or rank == _OTHER]


def _rank(finding: Finding) -> int:
    if finding.code == "contact":
        return 0
    if finding.rule and finding.rule.startswith(_NEVER) and finding.path:
        return 1
    if finding.code in ("unknown-term", "unknown-reused-term", "unknown-vocabulary"):
        return 2
    return 3 if finding.code == "Closed" else _OTHER


def _spot(finding: Finding) -> tuple[object, ...]:
    return (finding.focus, finding.path, finding.place and (finding.place.file, finding.place.line))
