"""The command `fmt`: put the authored files into their one form and register new names."""

import os
import sys
from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Annotated, Final

import typer

from enact_graph.authoring.checks.messages import finding
from enact_graph.authoring.form import Change, Plan, plan
from enact_graph.authoring.replacement import alone, replace
from enact_graph.authoring.reporters import text as report
from enact_graph.authoring.sources import names
from enact_graph.cli.calling import runnable
from enact_graph.cli.check import Language, relative
from enact_graph.cli.language import locale_language
from enact_graph.cli.program import program
from enact_graph.cli.root import Root, reading, writing
from enact_graph.rdf.statement import Place

WRITTEN: Final[Mapping[str, str]] = {
    "fr": "{name} : mis en forme",
    "en": "{name}: put into form",
    "de": "{name}: in Form gebracht",
}
_RUN: Final[Mapping[str, str]] = {
    "fr": "Fichiers à mettre en forme : {count}. Lancer : {program} fmt",
    "en": "Files to put into form: {count}. Run: {program} fmt",
    "de": "In Form zu bringende Dateien: {count}. Ausführen: {program} fmt",
}
_NOTHING: Final[Mapping[str, str]] = {
    "fr": "Tout est déjà en forme.",
    "en": "Everything is in form already.",
    "de": "Alles ist schon in Form.",
}


def fmt(
    files: Annotated[
        list[Path] | None, typer.Argument(help="The files to put into form. [default: all]")
    ] = None,
    is_check: Annotated[
        bool, typer.Option("--check", help="Change nothing; show the differences and fail.")
    ] = False,
    root: Root = None,
    lang: Annotated[
        Language | None, typer.Option(help="Language of the messages [default: the locale's].")
    ] = None,
) -> None:
    """Put the authored files into their one canonical form and register new names in data/iris.txt.

    One triple stands on one line, sorted. A file with a fault is left as it is and the fault is
    shown. The exit status is 0 if all is well, 1 if a file has a fault or, with --check, is not in
    form, and 2 if the command was called wrongly.
    """
    source = (reading if is_check else writing)(root, lang)
    language = str(lang or locale_language(os.environ))
    chosen = _chosen(files, source) if files else None
    planned = plan(source, chosen) if is_check else _put(source, chosen)
    windows = [change for change in planned.changes if change.is_of_line_ends]
    for change in planned.changes:
        if not is_check:
            typer.echo(WRITTEN[language].format(name=change.name))
        elif change not in windows:
            sys.stdout.writelines(_difference(change))
    refused = list(planned.refused)
    if is_check and windows:
        refused.append(finding("line-ends", Place(windows[0].name, 1), count=str(len(windows))))
    sys.stderr.write(runnable(report(refused, language)))
    if is_check and planned.changes:
        typer.echo(_RUN[language].format(count=len(planned.changes), program=program()), err=True)
    if planned.refused or (is_check and planned.changes):
        raise typer.Exit(1)
    if not planned.changes:
        typer.echo(_NOTHING[language])


def _chosen(files: list[Path], root: Path) -> set[str]:
    chosen = relative(files, root)
    if unknown := chosen - set(names(root)):
        reason = "only authored .ttl and .trig files and the table of links have a form"
        raise typer.BadParameter(f"{min(unknown)}: {reason}")
    return chosen


def _put(root: Path, chosen: set[str] | None) -> Plan:
    """Bring the files into form while no other command writes; return what was planned."""
    with alone(root):
        planned = plan(root, chosen)
        replace(root, planned.changes)
    return planned


def _difference(change: Change) -> list[str]:
    before, after = (
        content.decode("utf-8", "replace").splitlines(keepends=True)
        for content in (change.before, change.after)
    )
    lines = unified_diff(before, after, change.name, change.name)
    # A last line without its line end, or one that ends in CRLF, must not run into the next.
    return [line.rstrip("\r\n") + "\n" for line in lines]
