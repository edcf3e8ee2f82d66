"""The correction of a link to another dataset: its line stays, rejected, so that all know."""

from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from enact_graph.authoring import links, sssom
from enact_graph.authoring.correction.evidence import Unusable
from enact_graph.authoring.form import Change
from enact_graph.authoring.new import fields
from enact_graph.authoring.new.refusal import Refusal
from enact_graph.authoring.sources import Sources
from enact_graph.proposal import Proposal
from enact_graph.rdf.statement import Statement

_MODIFIER: Final = sssom.COLUMNS.index("predicate_modifier")
_OBJECT: Final = sssom.COLUMNS.index("object_id")
_LABEL: Final = sssom.COLUMNS.index("object_label")
_COMMENT: Final = sssom.COLUMNS.index("comment")


def correct(sources: Sources, statement: Statement, proposal: Proposal) -> tuple[Change, ...]:
    """Return the table with the link rejected and, if another is meant, that one asserted."""
    if proposal.change not in ("value", "source"):
        raise Unusable("", Refusal("link-change"))
    file = next(file for file in sources.files if file.name == links.FILE)
    sheet = sssom.part(file.text)
    rows = dict(sheet.rows)
    cells = rows.pop(statement.place.line)
    rejected = list(cells)
    rejected[_MODIFIER] = links.REJECTED
    rejected[_COMMENT] = "does not denote the same thing"
    if url := proposal.evidence.url:
        rejected[_COMMENT] += f" ({_address('url', url)})"
    further = [tuple(rejected)]
    if proposal.change == "value":
        fresh = list(cells)
        fresh[_OBJECT] = _name(file.text, _address("value", proposal.value))
        if fresh[_OBJECT] == cells[_OBJECT]:
            raise Unusable("value", Refusal("same-value"))
        fresh[_LABEL] = ""
        further.append(tuple(fresh))
    text = sssom.write(replace(sheet, rows=(*rows.items(), *((0, row) for row in further))))
    before = (sources.root / links.FILE).read_bytes()
    return (Change(links.FILE, before, text.encode()),)


def _address(field: str, said: str) -> str:
    try:
        return fields.url(said)
    except Refusal as refusal:
        raise Unusable(field, refusal) from refusal


def _name(text: str, iri: str) -> str:
    """The IRI as the table writes it; Unusable where no prefix of the table fits."""
    ox.NamedNode(iri)
    prefixes = links.read(text).prefixes
    fits = [(ns, p) for p, ns in prefixes.items() if iri.startswith(ns) and iri != ns]
    if not fits:
        raise Unusable("value", Refusal("no-prefix", said=iri))
    namespace, prefix = max(fits, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri[len(namespace) :]}"
