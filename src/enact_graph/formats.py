"""The one table of formats: name, media type, extension, what it can carry."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Carries(StrEnum):
    """What a format can carry."""

    GRAPH = "graph"
    DATASET = "dataset"
    RESULTS = "results"
    PAGE = "page"


@dataclass(frozen=True)
class Format:
    """One format; `also` holds further media types under which it may be asked for."""

    key: str
    title: str
    media_type: str
    extension: str
    carries: Carries
    also: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The Content-Type header: text formats say that they are UTF-8."""
        is_text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if is_text else self.media_type


TURTLE: Final = Format(
    "turtle",
    "Turtle",
    "text/turtle",
    "ttl",
    Carries.GRAPH,
    # Every Turtle document is Notation3, too.
    ("application/x-turtle", "text/n3", "text/rdf+n3"),
)
N_TRIPLES: Final = Format(
    "ntriples",
    "N-Triples",
    "application/n-triples",
    "nt",
    Carries.GRAPH,
    ("text/ntriples", "text/plain"),
)
RDF_XML: Final = Format(
    "rdfxml",
    "RDF/XML",
    "application/rdf+xml",
    "rdf",
    Carries.GRAPH,
    ("application/xml", "text/xml"),
)
JSON_LD: Final = Format(
    "jsonld", "JSON-LD", "application/ld+json", "jsonld", Carries.GRAPH, ("application/json",)
)
TRIG: Final = Format(
    "trig", "TriG", "application/trig", "trig", Carries.DATASET, ("application/x-trig",)
)
N_QUADS: Final = Format(
    "nquads", "N-Quads", "application/n-quads", "nq", Carries.DATASET, ("text/x-nquads",)
)

RESULTS_JSON: Final = Format(
    "json",
    "JSON",
    "application/sparql-results+json",
    "json",
    Carries.RESULTS,
    ("application/json", "text/json"),
)
RESULTS_XML: Final = Format(
    "xml",
    "XML",
    "application/sparql-results+xml",
    "xml",
    Carries.RESULTS,
    ("application/xml", "text/xml"),
)
RESULTS_CSV: Final = Format("csv", "CSV", "text/csv", "csv", Carries.RESULTS)
RESULTS_TSV: Final = Format("tsv", "TSV", "text/tab-separated-values", "tsv", Carries.RESULTS)

#: Made of an answer by ourselves: no query engine writes it.
XLSX: Final = Format(
    "xlsx",
    "XLSX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsx",
    Carries.RESULTS,
)
#: What is neither RDF nor the answer of a query.
JSON: Final = Format("plain-json", "JSON", "application/json", "json", Carries.PAGE)

HTML: Final = Format("html", "HTML", "text/html", "html", Carries.PAGE, ("application/xhtml+xml",))

#: In which a query comes by POST (SPARQL 1.1 Protocol, 2.1).
QUERY_TYPE: Final = "application/sparql-query"
FORM_TYPE: Final = "application/x-www-form-urlencoded"
ACCEPT_POST: Final = f"{QUERY_TYPE}, {FORM_TYPE}"

#: Preference of the server where the client has none: the first of each tuple. Those that every
#: library reads stand before JSON-LD, which some name as loudly and read with a further package.
RDF_FORMATS: Final = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD, TRIG, N_QUADS)
RESULT_FORMATS: Final = (RESULTS_JSON, RESULTS_XML, RESULTS_CSV, RESULTS_TSV)
ALL_FORMATS: Final = (*RDF_FORMATS, *RESULT_FORMATS, HTML)

BY_KEY: Final = {f.key: f for f in ALL_FORMATS}
RDF_BY_EXTENSION: Final = {f.extension: f for f in (*RDF_FORMATS, HTML)}
