"""The command `check`: read, infer and validate the authored files, and say what does not hold."""

import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from os import environ
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.text import Text

from enact_graph.authoring.checks.messages import insist
from enact_graph.authoring.findings import Finding, is_clean
from enact_graph.authoring.reporters import REPORTERS, block
from enact_graph.authoring.review import Review, review
from enact_graph.cli.calling import runnable
from enact_graph.cli.language import locale_language
from enact_graph.cli.root import Root, reading
from enact_graph.terms import LANGUAGES

Language = StrEnum("Language", list(LANGUAGES))  # type: ignore[misc]
Report = StrEnum("Report", list(REPORTERS))  # type: ignore[misc]

_STYLES: Final = {"violation": "bold red", "warning": "bold yellow", "info": "bold blue"}
_SUMMARY: Final[Mapping[str, str]] = {
    "fr": "{files} fichiers, {triples} énoncés, {shapes} énoncés de formes : "
    "erreurs : {violations}, avertissements : {warnings}",
    "en": "{files} files, {triples} triples, {shapes} triples of shapes: "
    "violations: {violations}, warnings: {warnings}",
    "de": "{files} Dateien, {triples} Aussagen, {shapes} Aussagen der Formen: "
    "Fehler: {violations}, Warnungen: {warnings}",
}
_PARTIAL: Final[Mapping[str, str]] = {
    "fr": "Vérifié : ce qui se lit. Les formes et le registre le seront une fois tout lisible.",
    "en": "What can be read was checked; shapes and the registry wait until everything can be.",
    "de": "Geprüft ist, was lesbar ist; Formen und Register folgen, sobald alles lesbar ist.",
}


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Show only what concerns these files; all are read. [default: all]"),
    ] = None,
    root: Root = None,
    lang: Annotated[
        Language | None, typer.Option(help="Language of the messages [default: the locale's].")
    ] = None,
    format: Annotated[  # noqa: A002 - the option is called so
        Report | None, typer.Option(help="Form of the report [default: text].")
    ] = None,
    is_form: Annotated[
        bool, typer.Option("--form", help="Fail also where a file is not in canonical form.")
    ] = False,
) -> None:
    """Check the authored files; each finding names file and line, what is wrong and the cure.

    Warnings are shown and do not fail; with --form, those of form are violations. The exit status
    is 0 if there is no violation, 1 if there is one, and 2 if the command was called wrongly.
    """
    source = reading(root, lang)
    chosen = relative(files, source) if files else None
    reviewed = review(source)
    findings = tuple(
        found
        for found in (insist(reviewed.findings) if is_form else reviewed.findings)
        if chosen is None or (found.place is not None and found.place.file in chosen)
    )
    language = str(lang or locale_language(environ))
    if format in (None, "text"):
        _print(findings, reviewed, language)
    else:
        sys.stdout.write(REPORTERS[str(format)](findings, language))
    if not is_clean(findings):
        raise typer.Exit(1)


def relative(files: Sequence[Path], root: Path) -> set[str]:
    """Return the names of files relative to the root; typer.BadParameter for any other path."""
    names = set()
    for file in files:
        path = file.resolve()
        if not path.exists() or not path.is_relative_to(root):
            raise typer.BadParameter(f"{file}: no file of {root}")
        names.add(path.relative_to(root).as_posix())
    return names


def _print(findings: Sequence[Finding], reviewed: Review, language: str) -> None:
    """Print the blocks and a summary; a terminal gets colours, lines are never folded."""
    console = Console(highlight=False, soft_wrap=True)
    for finding in findings:
        head, tail = map(runnable, block(finding, language))
        first = Text(head)
        if finding.place:
            first.stylize(_STYLES[finding.severity], 0, len(finding.place.file))
        console.print(first)
        console.print(Text(tail, "dim"))
    by_severity = [finding.severity for finding in findings]
    summary = _SUMMARY[language].format(
        files=len(reviewed.sources.files),
        triples=len(reviewed.sources.statements),
        shapes=len(reviewed.sources.shapes),
        violations=by_severity.count("violation"),
        warnings=by_severity.count("warning"),
    )
    console.print(Text(summary))
    if not reviewed.is_whole:
        console.print(Text(_PARTIAL[language]))
