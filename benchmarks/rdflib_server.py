"""rdflib-endpoint over a file of N-Quads: FILE.nq PORT. Runs in the benchmark's environment."""

import sys

import rdflib
import uvicorn
from rdflib_endpoint import SparqlEndpoint  # type: ignore[import-not-found]

graph = rdflib.Dataset()
graph.parse(sys.argv[1], format="nquads")
app = SparqlEndpoint(graph=graph, path="/sparql")
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), access_log=False, log_level="error")
