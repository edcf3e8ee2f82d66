"""A licence by the name it is known under."""

import re
from typing import Final

from enact_graph.graph.entity import Name
from enact_graph.present.view import Part, address

#: The licences of registries, by the address of their text.
_LICENCES: Final = re.compile(
    r"creativecommons\.org/(?:publicdomain/(?P<zero>zero)|licenses/(?P<by>[a-z-]+)/(?P<v>[\d.]+))"
)


def licence(iri: str, name: Name | None) -> Part:
    """A licence, by its common name where it has one, linked to its text."""
    known = _LICENCES.search(iri)
    text = name.text if name else iri.partition("://")[2].rstrip("/")
    if known:
        text = "CC0" if known["zero"] else f"CC {known['by'].upper()} {known['v']}"
    return Part(Name(text, name.language if name else ""), address(iri))
