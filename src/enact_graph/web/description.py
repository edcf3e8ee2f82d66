"""The description of the SPARQL service (SPARQL 1.1 Service Description), from what it serves."""

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.formats import RDF_FORMATS, RESULT_FORMATS
from enact_graph.web.serving import Serving

_SD = terms.PREFIXES["sd"]
_VOID = terms.PREFIXES["void"]
_TYPE = ox.NamedNode(terms.RDF_TYPE)

#: Nothing is inferred while answering: what follows from the rules is in the data already.
_SIMPLE = "http://www.w3.org/ns/entailment/Simple"
#: The names W3C gives to formats of files, as this vocabulary uses them.
_FORMATS = "http://www.w3.org/ns/formats/"
_FORMAT_NAMES = {
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
    "nquads": "N-Quads",
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
}


async def describe(serve: Serving, endpoint: str) -> list[ox.Triple]:
    """The triples of the description; every node but the named graphs is a part of the endpoint.

    The default graph is the merge of all named graphs, which `sd:UnionDefaultGraph` says; limits
    stand in a comment, since the vocabulary has no term for them.
    """
    service = ox.NamedNode(endpoint)
    dataset, default = ox.NamedNode(endpoint + "#dataset"), ox.NamedNode(endpoint + "#default")
    found = [
        _is(service, "Service"),
        _sd(service, "endpoint", service),
        _sd(service, "supportedLanguage", ox.NamedNode(_SD + "SPARQL11Query")),
        _sd(service, "feature", ox.NamedNode(_SD + "UnionDefaultGraph")),
        _sd(service, "defaultEntailmentRegime", ox.NamedNode(_SIMPLE)),
        _sd(service, "defaultDataset", dataset),
        _is(dataset, "Dataset"),
        _sd(dataset, "defaultGraph", default),
        _is(default, "Graph"),
        _triples(default, serve.release.manifest.counts["triples"]),
    ]
    for format_ in (*RESULT_FORMATS, *RDF_FORMATS):
        found.append(
            _sd(service, "resultFormat", ox.NamedNode(_FORMATS + _FORMAT_NAMES[format_.key]))
        )
    comment = ox.NamedNode(terms.PREFIXES["rdfs"] + "comment")
    found.append(ox.Triple(service, comment, ox.Literal(_limits(serve), language="en")))
    rows = await serve.reader.select(
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    )
    for row in rows:
        name = row["g"]
        held = ox.NamedNode(f"{endpoint}#graph-{name.value.rpartition('/')[2]}")
        node = ox.NamedNode(f"{endpoint}#named-{name.value.rpartition('/')[2]}")
        found += [
            _sd(dataset, "namedGraph", node),
            _is(node, "NamedGraph"),
            _sd(node, "name", name),
            _sd(node, "graph", held),
            _is(held, "Graph"),
            _triples(held, int(row["n"].value)),
        ]
    return found


def _limits(serve: Serving) -> str:
    of = serve.settings
    return (
        f"A query may have {of.query_chars} characters, nest {of.query_depth} brackets deep, run"
        f" {of.query_timeout:g} seconds and answer with {of.answer_bytes} bytes. There is no"
        " SERVICE and no update."
    )


def _is(subject: ox.NamedNode, kind: str) -> ox.Triple:
    return ox.Triple(subject, _TYPE, ox.NamedNode(_SD + kind))


def _sd(subject: ox.NamedNode, name: str, object_: ox.NamedNode) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(_SD + name), object_)


def _triples(subject: ox.NamedNode, count: int) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(_VOID + "triples"), ox.Literal(count))
