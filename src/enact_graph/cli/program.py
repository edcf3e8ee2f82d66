"""The name of this program as the shell of its user finds it."""

import shutil
import sys
from pathlib import Path
from typing import Final

NAME: Final = "enact-graph"


def program() -> str:
    """Return what to type: the plain name where the shell finds it, else the path to it.

    A command that is told can then be copied as it is, with an environment activated or not.
    """
    if shutil.which(NAME):
        return NAME
    script = Path(sys.executable).parent / NAME
    if not script.exists():
        return f"{sys.executable} -m enact_graph"
    here = Path.cwd()
    return str(script.relative_to(here) if script.is_relative_to(here) else script)
