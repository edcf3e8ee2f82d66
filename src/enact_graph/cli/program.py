"""This program as its user calls it: its name, and the site that it is called for."""

import os
import re
import shutil
import sys
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from enact_graph.authoring.repository import find_root
from enact_graph.errors import SourceError

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


def settle_base(arguments: Sequence[str]) -> None:
    """Have this process, and all it starts, make addresses with the base that the site names.

    To be called before anything is imported that does. A site file that cannot be read is told of
    by who reads the rest of it.
    """
    with suppress(OSError, ValueError, SourceError):
        base = tomllib.loads(_site_file(arguments).read_text("utf-8")).get("base")
        if isinstance(base, str) and re.fullmatch(r"https?://\S+/", base):
            os.environ["ENACT_GRAPH_BASE"] = base


def _site_file(arguments: Sequence[str]) -> Path:
    """The site file of the release that is served or asked, else of the authored files."""
    if {"serve", "query"} & set(arguments):
        public = _option("public", arguments) or os.environ.get("ENACT_GRAPH_PUBLIC") or "public"
        if (released := Path(public) / "current").is_dir():
            return released / "site.toml"
    root = _option("root", arguments)
    return find_root(Path(root) if root else None) / "data/site.toml"


def _option(name: str, arguments: Sequence[str]) -> str | None:
    """The value of an option, given as `--name value` or `--name=value`."""
    for argument, after in zip(arguments, (*arguments[1:], ""), strict=True):
        if argument == f"--{name}":
            return after
        if argument.startswith(f"--{name}="):
            return argument.partition("=")[2]
    return None
