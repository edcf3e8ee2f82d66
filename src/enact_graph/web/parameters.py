"""Which parameters an address of data takes: any other, or one doubled, is refused.

A program would go on with an answer to another question than it meant to ask. A page passes over
what is none of its own, since people share addresses to which others have added something.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date
from difflib import get_close_matches
from typing import Final

from starlette.requests import Request

from enact_graph.errors import BadParameter

#: Taken by every address, by some without a consequence: pages keep it in all their links.
_EVERYWHERE: Final = ("lang",)
#: Added by programs and mailings: what defeats caches, and where a visitor came from.
_ADDED: Final = re.compile(r"_|utm_[a-z_]+")


def check(request: Request, *known: str, many: Collection[str] = ()) -> None:
    """BadParameter unless the address has these parameters alone, each once but those in `many`."""
    names = [name for name, _ in request.query_params.multi_items()]
    check_names(names, known, many)


def check_names(names: Iterable[str], known: Collection[str], many: Collection[str] = ()) -> None:
    """The same for names that were read before."""
    allowed = list(dict.fromkeys([*known, *many, *_EVERYWHERE]))
    seen: set[str] = set()
    for name in names:
        if name in allowed:
            if name in seen and name not in many:
                raise BadParameter(f"{name} is given twice; give it once.", parameter=name)
            seen.add(name)
        elif not is_added(name):
            said = name[:40].lower()
            near = get_close_matches(said, allowed, 1) or [
                n for n in allowed if said and n.startswith(said)
            ]
            meant = f" ({near[0]} may be meant)" if near else ""
            raise BadParameter(
                f"{name[:40]}: there is no such parameter here{meant}; this address takes"
                f" {', '.join(allowed)}.",
                parameter=name[:40],
                allowed=allowed,
                nearest=near,
            )


def is_added(name: str) -> bool:
    """Whether a parameter is known to be added by others, without a meaning for the answer."""
    return _ADDED.fullmatch(name) is not None


def day(text: str, field: str = "at") -> str:
    """A day as an xsd:date, empty where none is named; BadParameter where it is no day."""
    if text:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise BadParameter(
                f"{field}={text[:20]}: a day is written 2026-11-22; name one, or leave the"
                " parameter out.",
                parameter=field,
            ) from None
    return ""
