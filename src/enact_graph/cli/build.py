"""The command `build`: check the authored files and publish them."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from enact_graph.authoring.reporters import text
from enact_graph.cli.root import Root, reading
from enact_graph.publishing import pipeline
from enact_graph.settings import read

_FATES = {
    "new": "published",
    "kept": "is there already, complete and unchanged; kept",
    "replaced": "was damaged and has been published again",
    "overtaken": "published; the current release stays, since its build began later",
}


def build(
    root: Root = None,
    public: Annotated[
        Path | None, typer.Option(help="Folder of the releases [default: public].")
    ] = None,
) -> None:
    """Check the authored files and publish them as a release in public/.

    The release gets every RDF format, a store, the catalogue and the validation report; its name
    is its version and a checksum. `public/current` points to it once all of it is on disk. A
    violation stops the build and leaves the last release as it is.
    """
    source = reading(root, "en")
    target = read(public=public).public
    with _bar() as bar:
        task = bar.add_task("build", total=pipeline.STEPS)

        def progress(step: str) -> None:
            bar.update(task, advance=1, description=step)

        built = pipeline.build(source, target, progress)
    sys.stderr.write(text(built.findings, "en"))
    counts = built.release.manifest.counts
    typer.echo(f"{built.release.path}: {_FATES[built.fate]}")
    typer.echo(
        f"{counts['triples']} triples about {counts['entities']} things in {counts['graphs']}"
        f" graphs, {counts['inferred']} of them inferred; {counts['warnings']} warnings"
    )


def _bar() -> Progress:
    """Return a bar on standard error, which stays silent unless that is a terminal."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
