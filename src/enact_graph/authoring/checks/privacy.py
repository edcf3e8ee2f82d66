"""The check of privacy: nobody's telephone number or e-mail address, whatever the property."""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from enact_graph import contact
from enact_graph.authoring import links
from enact_graph.authoring.checks.messages import finding
from enact_graph.authoring.findings import Finding
from enact_graph.authoring.sources import Sources
from enact_graph.rdf.character import is_text
from enact_graph.rdf.statement import Place
from enact_graph.vocabulary import SKOS

#: Identifiers of registers, which have patterns and check digits of their own.
_NOTATION: Final = SKOS.notation


def check(sources: Sources) -> Iterator[Finding]:
    """Yield each value and remark by which somebody could be called or written to."""
    for statement in sources.statements:
        predicate, value = statement.quad.predicate, statement.quad.object
        if isinstance(value, Literal):
            is_read = is_text(predicate, value) and predicate.value != _NOTATION
            found = contact.in_text(value.value) if is_read else None
        else:
            found = contact.in_address(value.value) if isinstance(value, NamedNode) else None
        if found:
            yield finding("contact", statement, found=found)
    for file in sources.files:
        for number, line in enumerate(file.text.split("\n"), 1):
            if file.name != links.FILE and line and not line.startswith("#"):
                break  # remarks stand at the head of a file; of the table all is published
            if found := contact.in_text(line):
                yield finding("contact", Place(file.name, number), found=found)
