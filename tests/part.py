"""A part of this repository that holds by itself: nothing in it speaks of what it leaves out."""

import re
import shutil
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from enact_graph.authoring.form import plan
from enact_graph.authoring.replacement import replace
from enact_graph.authoring.sources import load
from enact_graph.terms import GRAPH, ID, SOURCE
from enact_graph.vocabulary import RDF
from tests.cli.commands import CURATION, RELEASE, ROOT
from tests.strata import EVERY

_FOLDERS: Final = ("ontology", "shapes", "vocab")
_FILES: Final = ("data/catalog.ttl", CURATION, "data/curation/places.trig", RELEASE)
_DESCRIBED: Final = (ID, SOURCE, GRAPH)
_EMPTY_BLOCK: Final = re.compile(r"\n    \S+\n        \.\n")


def take_part(folder: Path) -> None:
    """Copy the press release and what the project itself says of whom it names, with every rule.

    It is checked in a tenth of the time of the whole, which `make test-all` takes instead.
    """
    for name in (*_FOLDERS, "data") if EVERY else _FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    if EVERY:
        return
    for name in _FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    _leave_out_what_nothing_describes(folder)


def _leave_out_what_nothing_describes(folder: Path) -> None:
    """Drop the lines, one a statement, that speak of it; then form and registry anew."""
    said = load(folder).statements
    described = {s.quad.subject for s in said if s.quad.predicate.value == RDF.type}
    dropped: dict[str, set[int]] = {}
    for statement in said:
        named = (statement.quad.subject, statement.quad.object)
        ours = {t for t in named if isinstance(t, NamedNode) and t.value.startswith(_DESCRIBED)}
        if not ours <= described:
            dropped.setdefault(statement.place.file, set()).add(statement.place.line)
    for file, numbers in dropped.items():
        lines = (folder / file).read_text("utf-8").splitlines(keepends=True)
        kept = "".join(line for number, line in enumerate(lines, 1) if number not in numbers)
        (folder / file).write_text(_EMPTY_BLOCK.sub("\n", kept), "utf-8")
    replace(folder, plan(folder).changes)
