"""The command `refresh`: after a change of the data, all that has to follow it in one go."""

import sys
from collections.abc import Mapping
from difflib import unified_diff
from typing import Annotated, Final

import typer

from enact_graph.authoring.findings import is_clean
from enact_graph.authoring.form import Change, plan
from enact_graph.authoring.replacement import alone, replace
from enact_graph.authoring.reporters import text as report
from enact_graph.authoring.review import judge
from enact_graph.authoring.sources import load
from enact_graph.cli.check import Language
from enact_graph.cli.fmt import WRITTEN
from enact_graph.cli.language import spoken
from enact_graph.cli.program import program
from enact_graph.cli.root import Root, reading, writing
from enact_graph.publishing.derived import Derived

#: Lines of the difference of one file that are shown.
_SHOWN: Final = 12
_TOLD: Final[Mapping[str, Mapping[str, str]]] = {
    "form": WRITTEN,
    "derived": {
        "fr": "{name} : mis à jour (+{come} −{gone} lignes)",
        "en": "{name}: brought up to date (+{come} −{gone} lines)",
        "de": "{name}: auf den Stand gebracht (+{come} −{gone} Zeilen)",
    },
    "more": {"fr": "  … et {n} autres", "en": "  … and {n} more", "de": "  … und {n} weitere"},
    "stopped": {
        "fr": "Corrigez d’abord ce qui précède : réponses et chiffres en découlent.",
        "en": "Mend what stands above first: answers and counts follow from it.",
        "de": "Zuerst das Obige beheben: Antworten und Zahlen folgen daraus.",
    },
    "review": {
        "fr": "Relisez ces différences : elles disent ce que votre changement a changé."
        " Puis proposez-les avec lui.",
        "en": "Read these differences: they say what your change has changed."
        " Then propose them together with it.",
        "de": "Diese Unterschiede durchlesen: sie sagen, was die Änderung geändert hat."
        " Dann zusammen mit ihr vorschlagen.",
    },
    "due": {
        "fr": "Fichiers à mettre à jour : {n}. Lancer : {program} refresh",
        "en": "Files to bring up to date: {n}. Run: {program} refresh",
        "de": "Auf den Stand zu bringende Dateien: {n}. Ausführen: {program} refresh",
    },
    "nothing": {
        "fr": "Tout est à jour.",
        "en": "Everything is up to date.",
        "de": "Alles ist auf dem Stand.",
    },
}


def refresh(
    is_check: Annotated[
        bool, typer.Option("--check", help="Change nothing; show the differences and fail.")
    ] = False,
    root: Root = None,
    lang: Annotated[
        Language | None, typer.Option(help="Language of the messages [default: the locale's].")
    ] = None,
) -> None:
    """Put the files into form, check them, and write anew what is committed of their consequences.

    These are the answers in tests/answers/ and, in the README, the counts, the picture and the
    answer. What changed is shown, for review. The exit status is 0 if all is well, 1 if a rule is
    violated or, with --check, a file is not up to date, and 2 if the command was called wrongly.
    """
    language = spoken(lang)
    folder = (reading if is_check else writing)(root, language)

    def tell(key: str, **details: object) -> None:
        typer.echo(_TOLD[key][language].format(**details))

    with alone(folder):
        planned = plan(folder)
        if not is_check:
            replace(folder, planned.changes)
        reviewed = judge(load(folder))
        for change in planned.changes:
            tell("form", name=change.name)
        if planned.refused or not is_clean(reviewed.findings):
            sys.stdout.write(report(reviewed.findings, language))
            tell("stopped")
            raise typer.Exit(1)
        changes = Derived.of(reviewed.sources).changes(folder)
        if not is_check:
            replace(folder, changes)
    sys.stdout.write(report(reviewed.findings, language))
    for change in changes:
        come, gone = _lines(change, "+"), _lines(change, "-")
        tell("derived", name=change.name, come=len(come), gone=len(gone))
        for line in [*gone, *come][:_SHOWN]:
            typer.echo(f"  {line}")
        if len(gone) + len(come) > _SHOWN:
            tell("more", n=len(gone) + len(come) - _SHOWN)
    due = len(changes) + len(planned.changes)
    if is_check and due:
        tell("due", n=due, program=program())
        raise typer.Exit(1)
    tell("review" if changes else "nothing")


def _lines(change: Change, sign: str) -> list[str]:
    """Return the lines that come (`+`) or go (`-`)."""
    before, after = (
        content.decode("utf-8", "replace").splitlines() for content in (change.before, change.after)
    )
    lines = list(unified_diff(before, after, n=0, lineterm=""))[2:]
    return [line for line in lines if line.startswith(sign)]
