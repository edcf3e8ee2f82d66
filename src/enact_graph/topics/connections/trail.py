"""The SPARQL query whose answer is a chain of ties: its stops and nodes as variables."""

from collections.abc import Sequence

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.graph.network import Tie


def query(chain: Sequence[str], ties: Sequence[Tie]) -> str:
    """The query for chains tied in the same ways between the same ends; `ties` has one a step.

    Its columns are stop1 … for the things between the ends, tie1 … for the nodes between them.
    """
    last = len(chain) - 1
    names = {0: _name(chain[0]), last: _name(chain[-1])}
    lines, columns = [], []
    for step, tie in enumerate(ties, 1):
        here, there = (names.get(n, f"?stop{n}") for n in (step - 1, step))
        node = f"?tie{step}"
        ends = (here, there) if tie.one == chain[step - 1] else (there, here)
        lines.append("  " + tie.relation.pattern(*ends, node))
        if tie.relation.through:
            columns.append(node)
        if step < last:
            columns.append(there)
    stops = [c for c in columns if c.startswith("?stop")]
    things = [*stops, *names.values()]
    apart = [
        f"{one} != {other}"
        for n, one in enumerate(things)
        for other in things[n + 1 :]
        if one.startswith("?")
    ]
    if apart:
        lines.append(f"  FILTER({' && '.join(apart)})")
    body = "\n".join(lines)
    used = {p: ns for p, ns in terms.PREFIXES.items() if f"{p}:" in body}
    prologue = "\n".join(f"PREFIX {p}: <{ns}>" for p, ns in sorted(used.items()))
    if not columns:
        return f"{prologue}\n\nASK {{\n{body}\n}}\n"
    chosen = " ".join(columns)
    return f"{prologue}\n\nSELECT DISTINCT {chosen} WHERE {{\n{body}\n}}\nORDER BY {chosen}\n"


def _name(iri: str) -> str:
    short = terms.shorten(iri)
    return short if short != iri else str(ox.NamedNode(iri))
