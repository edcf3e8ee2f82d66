"""How the command line is called from here: what a hint names must be what a reader can type."""

import re
from typing import Final

from enact_graph.cli.app import COMMANDS
from enact_graph.cli.program import NAME, program

_HINT: Final = re.compile(rf"(?<![\w/.-]){NAME}(?= (?:{'|'.join(map(re.escape, COMMANDS))})\b)")


def runnable(text: str) -> str:
    """Return a text in which each command can be run as it is written."""
    return _HINT.sub(lambda _: program(), text) if _HINT.search(text) else text
