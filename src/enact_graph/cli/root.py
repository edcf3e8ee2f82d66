"""The root of a command: the folder with the authored files, to read or to write."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from enact_graph.authoring.repository import find_root, is_packed
from enact_graph.cli.language import spoken
from enact_graph.errors import SourceError

#: The option that names it.
Root: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        help="Folder with ontology/, vocab/, shapes/ and data/"
        " [default: the nearest from here upwards]."
    ),
]
_WHERE: Final[Mapping[str, str]] = {
    "fr": "Dossier : {root}",
    "en": "Folder: {root}",
    "de": "Ordner: {root}",
}
_PACKED: Final[Mapping[str, str]] = {
    "fr": "{root} appartient au paquet installé : rien n’y est écrit, la prochaine mise à jour"
    " l’effacerait. Clonez le dépôt du graphe et lancez la commande dans ce dossier.",
    "en": "{root} belongs to the installed package: nothing is written there, the next upgrade"
    " would delete it. Clone the repository of the graph and run the command in that folder.",
    "de": "{root} gehört zum installierten Paket: dort wird nichts geschrieben, die nächste"
    " Aktualisierung würde es löschen. Das Repositorium des Graphen klonen und den Befehl in"
    " dessen Ordner ausführen.",
}


def reading(named: Path | None, language: str | None = None) -> Path:
    """Return the folder that a command reads; typer.BadParameter where the one named is none.

    A folder that was looked for and is not the current one is told on standard error.
    """
    try:
        root = find_root(named)
    except SourceError as error:
        if named is None:
            raise
        raise typer.BadParameter(error.detail, param_hint="--root") from error
    if named is None and root != Path.cwd():
        typer.echo(_WHERE[spoken(language)].format(root=root), err=True)
    return root


def writing(named: Path | None, language: str | None = None) -> Path:
    """Return the folder that a command writes; typer.BadParameter for an installed package's."""
    root = reading(named, language)
    if is_packed(root):
        raise typer.BadParameter(_PACKED[spoken(language)].format(root=root), param_hint="--root")
    return root
