"""How the command line is called from here: what a hint names must be what a reader can type."""

import re
import shutil
import sys
from pathlib import Path
from typing import Final

from enact_graph.cli.app import COMMANDS

NAME: Final = "enact-graph"
_HINT: Final = re.compile(rf"(?<![\w/.-]){NAME}(?= (?:{'|'.join(map(re.escape, COMMANDS))})\b)")


def program() -> str:
    """Return the command as it can be typed here: its name where the search path has it, else its
    path, as short as that gets: `.venv/bin/enact-graph` in a checkout."""
    if shutil.which(NAME):
        return NAME
    path = Path(sys.executable).with_name(NAME)
    if not path.is_file():
        return f"{sys.executable} -m enact_graph"
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def runnable(text: str) -> str:
    """Return a text in which each command can be run as it is written."""
    return _HINT.sub(lambda _: program(), text) if _HINT.search(text) else text
