"""The columns of `SELECT *`: in the order in which the query first names them.

The engine sorts them by name. SPARQL leaves the order open (SPARQL 1.1 Query, section 16.1), but
people read `?s ?p ?o` in that order, and the examples of the standards have it so.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from enact_graph.sparql.tokens import Kind, scan

_BEFORE_STAR: Final = ("SELECT", "DISTINCT", "REDUCED")


def in_order(query: str, variables: Sequence[str]) -> str | None:
    """The query with its variables in place of the star; None where nothing would change.

    `variables` are the names of those that the star stands for; the query must parse.
    """
    if "*" not in query or len(variables) < 2:
        return None
    tokens = list(scan(query))
    wanted = set(variables)
    named = dict.fromkeys(t.text[1:] for t in tokens if t.kind is Kind.VARIABLE)
    ordered = [name for name in named if name in wanted]
    if ordered == list(variables) or len(ordered) != len(wanted):
        return None
    for before, token in pairwise(tokens):
        if token.kind is Kind.OPEN:
            return None  # the star of another SELECT, or none at all
        if token.text == "*" and before.text.upper() in _BEFORE_STAR:
            end = token.start + 1
            columns = " ".join("?" + name for name in ordered)
            return f"{query[: token.start]} {columns} {query[end:]}"
    return None
