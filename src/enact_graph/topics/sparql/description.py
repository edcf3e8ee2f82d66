"""The description of the SPARQL service (SPARQL 1.1 Service Description), from what it serves."""

from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.formats import RDF_FORMATS, RESULT_FORMATS
from enact_graph.settings import Settings
from enact_graph.topics.sparql import probes
from enact_graph.web.state import Serving

_LANGUAGES: Final = ("sd:SPARQL10Query", "sd:SPARQL11Query")
#: Nothing is inferred while answering: what follows from the rules is in the data already.
_NEVER: Final = "graphs are names and never fetched; there is no SPARQL Update."
_NO_SERVICE: Final = "SERVICE is refused, since query processes have no network; "
_SERVICE: Final = "SERVICE is answered for these hosts and refused for all others: "
_SIMPLE: Final = "http://www.w3.org/ns/entailment/Simple"
#: The names W3C gives to formats of files, as this vocabulary uses them.
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_FORMAT_NAMES: Final = {
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
#: The settings that bound a query of anybody, with the unit in which each counts.
LIMITS: Final = {
    "query_chars": "characters",
    "query_depth": "levels",
    "query_timeout": "seconds",
    "query_memory": "megabytes",
    "whole_bytes": "bytes",
    "answer_bytes": "bytes",
    "answer_rows": "rows",
    "stream_seconds": "seconds",
    "streams": "answers",
    "client_streams": "answers",
    "url_bytes": "bytes",
    "queue": "queries",
    "client_queries": "queries",
}
#: Those that count only where other servers may be asked.
SERVICE_LIMITS: Final = {
    "service_seconds": "seconds",
    "service_bytes": "bytes",
    "service_requests": "clauses",
}
_SPARQL12: Final = "https://www.w3.org/TR/sparql12-query/"

_Value = str | int | float | ox.NamedNode | ox.Literal


async def describe(serve: Serving, endpoint: str) -> list[ox.Triple]:
    """The triples of the description, each node of it a part of the address `endpoint`.

    The default graph is the merge of all named graphs, which `sd:UnionDefaultGraph` says. The
    features are those that are there: no address is ever read to answer a query, so there is no
    `sd:DereferencesURIs`; a query needs no dataset of its own; there are no empty graphs. A limit
    is a feature, too, with name, value and unit after schema.org.
    """
    told = _Description(endpoint)
    told.service(serve)
    told.limits(serve.settings)
    for iri in await probes.functions(serve.asker):
        told.say(endpoint, "sd:extensionFunction", ox.NamedNode(iri))
        told.say(iri, "rdf:type", _term("sd:Function"))
    for name, label in await probes.language(serve.asker):
        told.say(endpoint, "sd:languageExtension", ox.NamedNode(f"{endpoint}#{name}"))
        told.say(f"{endpoint}#{name}", "rdf:type", _term("sd:Feature"))
        told.say(f"{endpoint}#{name}", "rdfs:label", ox.Literal(label, language="en"))
        told.say(f"{endpoint}#{name}", "rdfs:seeAlso", ox.NamedNode(_SPARQL12))
    rows = await serve.reader.select(
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    )
    for row in rows:
        told.graph(row["g"], int(row["n"].value))
    return told.triples


class _Description:
    """The triples said so far about the service at an address."""

    def __init__(self, endpoint: str) -> None:
        self.triples: list[ox.Triple] = []
        self._endpoint = endpoint
        self._dataset = endpoint + "#dataset"

    def say(self, subject: str, predicate: str, *values: _Value) -> None:
        """Say a predicate, as a prefixed name, with each of the values."""
        for value in values:
            object_: ox.NamedNode | ox.Literal
            if isinstance(value, float):
                object_ = ox.Literal(f"{value:g}", datatype=_term("xsd:decimal"))
            else:
                object_ = (
                    value if isinstance(value, ox.NamedNode | ox.Literal) else ox.Literal(value)
                )
            self.triples.append(ox.Triple(ox.NamedNode(subject), _term(predicate), object_))

    def service(self, serve: Serving) -> None:
        """Languages, formats and the dataset as a whole, with the VoID that tells more of it."""
        service, dataset = self._endpoint, self._dataset
        default, release = self._endpoint + "#default", serve.release.manifest
        formats = (_FORMAT_NAMES[f.key] for f in (*RESULT_FORMATS, *RDF_FORMATS))
        void = service.removesuffix("/sparql") + "/.well-known/void"
        self.say(service, "rdf:type", _term("sd:Service"))
        self.say(service, "rdfs:seeAlso", ox.NamedNode(void))
        self.say(service, "sd:endpoint", ox.NamedNode(service))
        self.say(service, "sd:supportedLanguage", *map(_term, _LANGUAGES))
        self.say(service, "sd:feature", _term("sd:UnionDefaultGraph"))
        hosts = serve.settings.service_hosts
        if hosts:
            self.say(service, "sd:feature", _term("sd:BasicFederatedQuery"))
        asked = f"{_SERVICE}{', '.join(hosts)}; " if hosts else _NO_SERVICE
        self.say(service, "rdfs:comment", ox.Literal(asked + _NEVER, language="en"))
        self.say(service, "sd:resultFormat", *(ox.NamedNode(_FORMATS + name) for name in formats))
        self.say(service, "sd:defaultEntailmentRegime", ox.NamedNode(_SIMPLE))
        self.say(service, "sd:defaultDataset", ox.NamedNode(dataset))
        # FROM and the parameters of the protocol choose among the same graphs.
        self.say(service, "sd:availableGraphs", ox.NamedNode(dataset))
        self.say(dataset, "rdf:type", _term("sd:Dataset"), _term("sd:GraphCollection"))
        self.say(dataset, "sd:defaultGraph", ox.NamedNode(default))
        self.say(default, "rdf:type", _term("sd:Graph"))
        self.say(default, "void:triples", release.counts["triples"])
        self.say(serve.dataset, "rdf:type", _term("void:Dataset"))
        self.say(serve.dataset, "void:sparqlEndpoint", ox.NamedNode(service))
        self.say(serve.dataset, "owl:versionInfo", release.version)
        if serve.licence:
            self.say(serve.dataset, "dcterms:license", ox.NamedNode(serve.licence))

    def limits(self, settings: Settings) -> None:
        """Every limit that a query can meet, as a feature with name, value and unit."""
        limits = LIMITS | (SERVICE_LIMITS if settings.service_hosts else {})
        for name, unit in limits.items():
            node = f"{self._endpoint}#limit-{name.replace('_', '-')}"
            meaning = Settings.model_fields[name].description or ""
            self.say(self._endpoint, "sd:feature", ox.NamedNode(node))
            self.say(node, "rdf:type", _term("sd:Feature"), _term("schema:PropertyValue"))
            self.say(node, "schema:propertyID", name)
            self.say(node, "schema:maxValue", getattr(settings, name))
            self.say(node, "schema:unitText", ox.Literal(unit, language="en"))
            self.say(node, "schema:description", ox.Literal(meaning, language="en"))

    def graph(self, name: ox.NamedNode, triples: int) -> None:
        """One named graph and how many triples it holds."""
        slug = quote(name.value.removeprefix(terms.GRAPH), safe="")
        node, held = f"{self._endpoint}#named-{slug}", f"{self._endpoint}#graph-{slug}"
        self.say(self._dataset, "sd:namedGraph", ox.NamedNode(node))
        self.say(node, "rdf:type", _term("sd:NamedGraph"))
        self.say(node, "sd:name", name)
        self.say(node, "sd:graph", ox.NamedNode(held))
        self.say(held, "rdf:type", _term("sd:Graph"))
        self.say(held, "void:triples", triples)


def _term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(terms.PREFIXES[prefix] + local)
