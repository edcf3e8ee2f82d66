"""Shapes arranged for speed: each query on one line.

pySHACL looks, before each run of a query, for words that SHACL bars from it, with expressions that
start anew at each line and read to the end. On one line they read the text once.
"""

import rdflib
from rdflib.namespace import SH


def flatten(shapes: rdflib.Graph) -> None:
    """Write the text of each query on one line, unless a `#` in it may start a comment."""
    for query, text in sorted(shapes.subject_objects(SH.select)):
        if isinstance(text, rdflib.Literal) and "#" not in text:
            line = rdflib.Literal(" ".join(text.split("\n")), datatype=text.datatype)
            shapes.set((query, SH.select, line))
