"""The answer of a query as RDF: the result set vocabulary of the W3C's SPARQL test suite.

Each row is a solution with its place in the order, each cell a binding; an answer of yes or no is
one boolean. See http://www.w3.org/2001/sw/DataAccess/tests/result-set.
"""

from typing import Final

import pyoxigraph as ox

_PREFIXES: Final = (
    "@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n"
)


def write(body: bytes) -> bytes:
    """SPARQL results in JSON as a result set in Turtle, the same bytes for the same answer."""
    answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(answer, ox.QueryBoolean):
        truth = "true" if answer else "false"
        return f"{_PREFIXES}[] a rs:ResultSet ;\n    rs:boolean {truth} .\n".encode()
    assert isinstance(answer, ox.QuerySolutions)
    variables = [v.value for v in answer.variables]
    lines = ["[] a rs:ResultSet"]
    lines += [f"    rs:resultVariable {ox.Literal(v)}" for v in variables]
    for index, solution in enumerate(answer, 1):
        cells = [
            f"        rs:binding [ rs:variable {ox.Literal(v)} ; rs:value {_term(solution[v])} ]"
            for v in variables
            if solution[v] is not None
        ]
        row = " ;\n".join([f"        rs:index {index}", *cells])
        lines.append(f"    rs:solution [\n{row}\n    ]")
    return (_PREFIXES + " ;\n".join(lines) + " .\n").encode()


def _term(term: object) -> str:
    """A term as Turtle has it; a blank node keeps its name within the answer."""
    return str(term)
