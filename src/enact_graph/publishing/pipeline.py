"""The build: authored files in, a release out; anything that does not hold stops it."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from enact_graph.authoring import dataset, metadata
from enact_graph.authoring.checks import consistency
from enact_graph.authoring.findings import Finding, is_clean, ordered
from enact_graph.authoring.inference import infer, rules
from enact_graph.authoring.locations import Places
from enact_graph.authoring.reporters import block
from enact_graph.authoring.shacl import shapes
from enact_graph.authoring.shacl.validate import validate
from enact_graph.authoring.sources import load
from enact_graph.errors import SourceError
from enact_graph.publishing.contents import Contents
from enact_graph.publishing.staging import staging
from enact_graph.release.store import Release

#: Called once a step, with its name.
Progress = Callable[[str], None]
#: How many steps there are: load, infer, validate and the files.
STEPS: Final = 3 + Contents.STEPS


@dataclass(frozen=True)
class Built:
    """A published release, its warnings, and its `fate`: new, kept, replaced or overtaken."""

    release: Release
    fate: str
    findings: tuple[Finding, ...]


def build(root: Path, public: Path, progress: Progress = lambda _: None) -> Built:
    """Publish the authored files under `root` as a release in `public` and make it current.

    It does not become current where another build has published that began later. Each file is
    read once: what is edited meanwhile is of the next release.

    SourceError with all findings in `extra["findings"]` where a file does not hold; ReleaseError
    where `public` cannot be written. Equal files give the same release, byte for byte.
    """
    begun = time.time_ns()
    progress("load")
    sources = load(root)
    consistent = consistency.check(sources)
    if not consistency.is_whole(sources):
        _stop(consistent)
    store = dataset.collect(sources.facts)
    about = metadata.about(store)
    progress("infer")
    inferred = infer(store, rules(), about.issued)
    dataset.extend(store, sources.links)
    progress("validate")
    findings = validate(store, shapes.graph(sources.shapes), Places(sources.statements))
    _stop((*consistent, *findings))
    counts = metadata.count(store, inferred, len(findings))
    contents = Contents(sources, store, about, findings, counts)
    with staging(public, begun) as stage:
        for name in contents.fill(stage):
            progress(name)
        software = f"enact-graph {version('enact-graph')}"
        published = stage.publish(about.version, contents.digest, about.issued, software, counts)
    return Built(published.release, published.fate, ordered((*consistent, *findings)))


def _stop(findings: Iterable[Finding]) -> None:
    found = ordered(findings)
    if not is_clean(found):
        text = "\n".join(block(f, "en")[0] for f in found if f.severity == "violation")
        raise SourceError(text, findings=found)
