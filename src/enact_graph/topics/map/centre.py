"""What a reader means by a name: the place or body the map is centred on."""

import difflib
import unicodedata
from dataclasses import dataclass
from typing import Final

from enact_graph import terms
from enact_graph.topics.map.atlas import Atlas

#: Letters that are two, or one without its stroke, to who has no such key.
_JOINED: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})


@dataclass(frozen=True)
class Found:
    """The thing meant, or the names most like what was typed."""

    iri: str | None
    nearest: tuple[str, ...] = ()


def find(atlas: Atlas, text: str) -> Found:
    """The thing of this slug, else of this name in any language, places before bodies.

    Case, accents and punctuation do not count.
    """
    iri = terms.ID + text.strip().lower()
    if iri in atlas.names:
        return Found(iri)
    # A town before a body of its name, what has coordinates before what has none.
    things = sorted(atlas.names, key=lambda i: (i not in atlas.towns, atlas.point(i) is None, i))
    wanted = fold(text)
    names: dict[str, tuple[str, str]] = {}
    for iri in things:
        for name in atlas.names[iri]:
            names.setdefault(fold(name), (iri, name))
    if wanted in names:
        return Found(names[wanted][0])
    near = difflib.get_close_matches(wanted, names, n=4, cutoff=0.6)
    near += [n for n in sorted(names) if wanted and n.startswith(wanted) and n not in near][:4]
    return Found(None, tuple(names[n][1] for n in near[:5]))


def fold(text: str) -> str:
    """A name without case, accents and punctuation: "Groß-Gerau" is "gross gerau"."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_JOINED))
    kept = (c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join("".join(kept).split())
