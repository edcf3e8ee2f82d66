"""The dates of the graph, and how precisely each is known."""

from typing import Final

from enact_graph.vocabulary.enact import ENACT
from enact_graph.vocabulary.reused import DCTERMS, SCHEMA

#: Each date, and the property that says to the day, the month or the year.
PRECISION: Final = {
    SCHEMA.startDate: ENACT.startPrecision,
    SCHEMA.endDate: ENACT.endPrecision,
    ENACT.dueBy: ENACT.duePrecision,
    DCTERMS.date: ENACT.datePrecision,
    DCTERMS.issued: ENACT.issuedPrecision,
}
