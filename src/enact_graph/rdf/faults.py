"""The faults a reader can find, each with its message and its cure in every language."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from enact_graph.terms import LANGUAGES, rebased

_TABLE: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
    rebased(files("enact_graph.rdf").joinpath("faults.toml").read_text(encoding="utf-8"))
)

#: What is wrong, by code and language; `{…}` is filled from the details of the fault.
MESSAGES: Final = {code: {lang: row[lang] for lang in LANGUAGES} for code, row in _TABLE.items()}

#: What to do, by code and language.
CURES: Final = {
    code: {lang: row[f"cure-{lang}"] for lang in LANGUAGES} for code, row in _TABLE.items()
}

#: Faults of the table of links.
_OF_LINKS: Final = frozenset(code for code in MESSAGES if code.startswith("links-"))

#: Files beside the authored ones, of which nothing is known and nothing expected.
_STRAYS: Final = frozenset(code for code in MESSAGES if code.startswith("stray-"))

#: Faults of form alone: the file means what it should, and `enact-graph fmt` mends them.
MENDABLE: Final = frozenset({"language-case", "duplicate"})

#: Faults that lose no triple, or a link on which nothing leans: names and shapes can be checked.
LOSSLESS: Final = MENDABLE | {
    "blank-node",
    "comment",
    "duplicate-elsewhere",
    "list",
    "prefix-namespace",
    "prefix-redefined",
    *_STRAYS,
    *_OF_LINKS,
}
