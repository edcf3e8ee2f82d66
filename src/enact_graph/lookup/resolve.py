"""What a text means: the one thing that it is a name, an identifier or an address of.

resolve(index, "Universitaet des Saarlandes").thing
required(index, "near", "Nanci")   # BadParameter: the nearest is Nancy (nancy)
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from enact_graph import terms
from enact_graph.errors import BadParameter
from enact_graph.lookup.groups import tier
from enact_graph.lookup.hit import Hit, How
from enact_graph.lookup.identifiers import written
from enact_graph.lookup.index import Index
from enact_graph.lookup.match import CHARACTERS, best, by_identifier, by_name, keys
from enact_graph.lookup.search import nearest, search

#: By these a whole text fits, and not a part of it or something like it.
SURE: Final = (How.IDENTIFIER, How.LABEL, How.ACRONYM)
#: Things offered where several are meant, and named where none is.
_OFFERED: Final = 8
_NAMED: Final = 3
#: Things looked at to find as many among those that can be meant.
_LOOKED_AT: Final = 400
_PAGES: Final = {
    "id": terms.ID,
    "doc": terms.ID,
    "network": terms.ID,
    "vocab": terms.VOCAB,
    "source": terms.SOURCE,
    "graph": terms.GRAPH,
}
_PAGE: Final = re.compile(rf"(?:^|/)({'|'.join(_PAGES)})/([\w.~-]+?)(?:\.[a-z]+)?/?$")
#: An IRI of this graph has no other characters.
_IRI: Final = re.compile(r"[A-Za-z0-9._~:/-]+(?:#[A-Za-z0-9._~:/-]*)?")
#: A name that is none of these stands between them.
_ROLES: Final = ("label", "", "former")


@dataclass(frozen=True)
class Resolved:
    """The thing meant; else those `near`, which are all meant where `is_several`."""

    thing: str | None
    near: tuple[str, ...] = ()
    is_several: bool = False


def resolve(
    index: Index, text: str, among: Collection[str] | None = None, language: str = ""
) -> Resolved:
    """Return the one of some things, or of all, that a text means, else those that come nearest.

    A part of a name or a slip is never taken for it. Of several that bear the name, what people
    name first goes before sources and ties, an identifier before a name, a first name before
    another, and that before the name of what a body came from.
    """
    asked = text.strip()[:CHARACTERS]
    known = index.codes.by_iri if among is None else among
    if iri := next((iri for iri in addresses(asked) if iri in known), None):
        return Resolved(iri)
    named = (hit for key in keys(asked) for hit in by_name(index, key))
    sure = [
        hit
        for hit in (*by_identifier(index, asked), *named)
        if hit.how in SURE and not hit.is_loose and hit.entry.iri in known
    ]
    first = min(map(_order, sure), default=None)
    meant = tuple(hit.entry.iri for hit in best((h for h in sure if _order(h) == first), language))
    if meant:
        return Resolved(meant[0]) if len(meant) == 1 else Resolved(None, meant[:_OFFERED], True)
    if (slug := terms.expand(asked.lower())) in known:
        return Resolved(slug)
    return Resolved(None, _near(index, asked, known, language))


def required(
    index: Index,
    parameter: str,
    text: str,
    among: Collection[str] | None = None,
    language: str = "",
) -> str:
    """Return the thing that a parameter names; BadParameter names those it may mean."""
    found = resolve(index, text, among, language)
    if found.thing:
        return found.thing
    raise unclear(index, parameter, text, found, language)


def unclear(
    index: Index, parameter: str, text: str, found: Resolved, language: str = ""
) -> BadParameter:
    """The error of a parameter that names nothing, or several things."""
    near = found.near if found.is_several else found.near[:_NAMED]
    slugs = [terms.abbreviate(iri) or iri for iri in near]
    entries = [index.entry(iri) for iri in near]
    names = [e.label(language).text if e else s for e, s in zip(entries, slugs, strict=True)]
    listed = ", ".join(f"{name} ({slug})" for name, slug in zip(names, slugs, strict=True))
    what = "several things have this name" if found.is_several else "nothing here has this name"
    like = f"; the nearest are {listed}" if listed and not found.is_several else f": {listed}"
    return BadParameter(
        f"{parameter}={text[:80]}: {what}{like if listed else ''}. Give a whole name in any"
        " language, an identifier, or the last part of the address of a page.",
        parameter=parameter,
        nearest=slugs,
        nearest_names=names,
    )


def addresses(asked: str) -> Iterator[str]:
    """The IRIs that a text may be: in full, with a prefix, by a page on any host, by a slug."""
    page = _PAGE.search(re.split("[?#]", asked, maxsplit=1)[0])
    found = (
        *written(asked.strip("<>")),
        _PAGES[page[1]] + page[2] if page else None,
        *(terms.expand(asked, prefix) for prefix in ("id", "v")),
    )
    return (iri for iri in dict.fromkeys(found) if iri and _IRI.fullmatch(iri))


def _order(hit: Hit) -> tuple[int, ...]:
    role = hit.naming.role if hit.naming else "label"
    place = _ROLES.index(role if role in _ROLES else "")
    return (hit.how is not How.IDENTIFIER, tier(hit.entry.kind), hit.how, place)


def _near(index: Index, asked: str, known: Collection[str], language: str) -> tuple[str, ...]:
    """What a text finds a part of, else what is like it, else like one of its words."""
    for hits in (search(index, asked, language).hits, nearest(index, asked, language, _LOOKED_AT)):
        if near := [hit.entry.iri for hit in hits if hit.entry.iri in known]:
            return tuple(near[:_OFFERED])
    return ()
