"""The review of the authored files: everything a check can object to, found in one pass."""

from dataclasses import dataclass
from pathlib import Path

from enact_graph.build import consistency, dataset, describe, shapes
from enact_graph.build.checks import finding
from enact_graph.build.findings import Finding, ordered
from enact_graph.build.infer import infer, rules
from enact_graph.build.places import Places
from enact_graph.build.sources import CATALOGUE, Sources, load
from enact_graph.build.validate import validate
from enact_graph.errors import SourceError
from enact_graph.trig.statement import Place


@dataclass(frozen=True)
class Review:
    """What was read and what was found; `is_whole` says that the shapes could be applied too."""

    sources: Sources
    findings: tuple[Finding, ...]
    is_whole: bool


def review(root: Path) -> Review:
    """Read the files under `root`, draw the conclusions, apply the shapes; nothing is written."""
    return judge(load(root))


def judge(sources: Sources) -> Review:
    """Draw the conclusions from what was read and apply the shapes."""
    found = consistency.check(sources)
    if not consistency.is_whole(sources):
        return Review(sources, found, is_whole=False)
    store = dataset.collect(sources.facts)
    try:
        infer(store, rules(), describe.about(store).issued)
        dataset.extend(store, sources.links)
        objections = validate(store, shapes.graph(sources.shapes), Places(sources.statements))
    except SourceError as error:
        unusable = finding("unusable", Place(CATALOGUE, 1), detail=error.detail)
        return Review(sources, ordered((*found, unusable)), is_whole=False)
    return Review(sources, ordered((*found, *objections)), is_whole=True)
