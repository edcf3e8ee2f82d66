"""The example queries: one `.rq` file each, whose head says in three languages what it answers."""

import re
from pathlib import Path
from typing import Final

from enact_graph import terms
from enact_graph.errors import SourceError
from enact_graph.present.pages.table import Example

_TITLE: Final = re.compile(r"# title@([a-z]+): (.+)")
_SUFFIX: Final = ".rq"


def read_examples(folder: Path) -> tuple[Example, ...]:
    """The queries of a folder by name; SourceError where one lacks a title in some language."""
    return tuple(_read(path) for path in sorted(folder.glob("*" + _SUFFIX)))


def _read(path: Path) -> Example:
    text = path.read_text(encoding="utf-8")
    head, rest = [], text.splitlines()
    while rest and rest[0].startswith("#"):
        head.append(rest.pop(0))
    titles = {m[1]: m[2].strip() for line in head if (m := _TITLE.fullmatch(line))}
    if missing := [lang for lang in terms.LANGUAGES if lang not in titles]:
        raise SourceError(
            f"{path.name}: there is no title in {', '.join(missing)};"
            f" begin the file with a line `# title@{missing[0]}: …`"
        )
    return Example(path.name.removesuffix(_SUFFIX), titles, "\n".join(rest).strip() + "\n")


#: Where nothing else is given to begin with.
FIRST: Final = Example(
    "things",
    {
        "fr": "De quoi parle ce graphe ?",
        "en": "What does this graph speak of?",
        "de": "Wovon spricht dieser Graph?",
    },
    """SELECT ?kind (COUNT(DISTINCT ?thing) AS ?things) WHERE {
  ?thing a ?kind .
}
GROUP BY ?kind
ORDER BY DESC(?things) ?kind
LIMIT 20
""",
)
