"""What each address takes and gives: queries, documents, wholes, files, the service itself."""

from enact_graph.formats import (
    FORM_TYPE,
    HTML,
    JSON_LD,
    QUERY_TYPE,
    RDF_FORMATS,
    RESULT_FORMATS,
    XLSX,
)
from enact_graph.settings import Settings
from enact_graph.topics.openapi.parts import (
    ANYWHERE,
    ASKING,
    LANGUAGE,
    PAGE,
    RDF,
    RESULTS,
    Json,
    answer,
    described,
    document,
    in_path,
    in_query,
    of_format,
    of_text,
    operation,
)


def asking(settings: Settings) -> Json:
    """Queries and graphs."""
    query = of_text("The text of one SPARQL query.", maxLength=settings.query_chars)
    iris = {"type": "array", "items": {"type": "string"}}
    names = {
        "default-graph-uri": iris | {"description": "Graphs whose merge is the default graph."},
        "named-graph-uri": iris | {"description": "Graphs that GRAPH speaks of."},
        **of_format((*RESULT_FORMATS, XLSX, *RDF_FORMATS, HTML)),
        "download": of_text("Save the answer, under this name if there is one."),
    }
    # What fits into an address however it is written: no more is promised there.
    short = query | {"maxLength": min(settings.query_chars, settings.url_bytes // 24)}
    parameters = [in_query("query", short), *(in_query(name, of) for name, of in names.items())]
    kinds = (*RESULTS, XLSX.media_type, *RDF, PAGE)
    answers = answer("The answer; without a query the service itself.", *kinds)
    form = {"type": "object", "properties": {"query": query, **names}, "required": ["query"]}
    body = {
        "required": True,
        "content": {FORM_TYPE: {"schema": form}, QUERY_TYPE: {"schema": query}},
    }
    graph = [
        in_query("graph", of_text("The IRI of a named graph.")),
        in_query("default", of_text("The merge of all graphs; its value is not looked at.")),
        *(in_query(name, of) for name, of in of_format(RDF_FORMATS).items()),
        in_query("download", names["download"]),
    ]
    return {
        "/sparql": {
            "get": operation("sparql", "Ask in SPARQL", answers, parameters, ASKING),
            "post": operation("sparqlPost", "Ask in SPARQL", answers, parameters[1:], ASKING)
            | {"requestBody": body},
        },
        "/graphs": {
            "get": operation("graph", "One graph", answer("The graph.", *RDF), graph, ASKING)
        },
    }


def documents() -> Json:
    """The documents about things, concepts, graphs and sources."""
    name = in_path("name", "The name, which the extension of a format may follow.")
    redirect = {"303": described("The document about the thing is at `Location`.")}
    about = {
        "/doc/{name}": ("document", "All that is said of a thing"),
        "/source/{name}": ("source", "A document or a passage, and what it says"),
        "/graph/{name}": ("assertions", "The graph of a passage"),
        "/vocab/{name}": ("concept", "A vocabulary or a concept"),
    }
    found: Json = {"/id/{name}": {"get": operation("thing", "A thing", redirect, [name], ANYWHERE)}}
    for path, (key, title) in about.items():
        found[path] = {"get": document(key, title, [name])}
    return found


def wholes() -> Json:
    """What the release says of itself, each also under the extension of a format."""
    found: Json = {
        "/": {"get": document("home", "The catalogue; for people the home page", [])},
        "/.well-known/void": {"get": document("wellKnownVoid", "The VoID description", [])},
        "/vocab/": {"get": document("vocabularies", "All vocabularies", [])},
        "/ontology/{version}": {
            "get": document("ontologyVersion", "A version of the ontology", [in_path("version")])
        },
        "/quality.json": {
            "get": operation("figures", "The quality report", answer("It.", "application/json"))
        },
        "/context.jsonld": {
            "get": operation("context", "The JSON-LD context", answer("It.", JSON_LD.media_type))
        },
    }
    for name in ("catalog", "void", "ontology", "vocab", "shapes", "quality", "report"):
        found[f"/{name}"] = {"get": document(name, f"The document {name}", [])}
        suffix = in_path("suffix", "The extension of a format.")
        key = f"{name}In"
        found[f"/{name}.{{suffix}}"] = {"get": document(key, f"{name} in a format", [suffix])}
    return found


def files() -> Json:
    """What is downloaded."""
    found = answer("The file.", "*/*")
    file, release = in_path("file"), in_path("release")
    page = answer("The list.", PAGE)
    return {
        "/download/": {"get": operation("downloads", "All files", page, [LANGUAGE])},
        "/download": {"get": operation("allDownloads", "All files", page, [LANGUAGE])},
        "/download/{file}": {"get": operation("file", "A file", found, [file])},
        "/download/{release}/{file}": {
            "get": operation("kept", "A file of a release", found, [release, file])
        },
        "/static/{name}": {
            "get": operation(
                "asset", "A file of the pages", answer("It.", "*/*"), [in_path("name")]
            )
        },
    }


def service() -> Json:
    """How the server is, and what it says of itself."""
    live = answer("It lives.", "application/json", schema="Live")
    ready = answer("It answers.", "application/json", schema="Ready")
    figures = answer("In Prometheus's format.", "text/plain", "application/openmetrics-text")
    kind = answer("The meaning.", "application/json", PAGE)
    parameters = [in_path("slug"), LANGUAGE]
    return {
        "/health/live": {"get": operation("live", "The process answers", live)},
        "/health/ready": {"get": operation("ready", "Queries are answered", ready)},
        "/metrics": {"get": operation("metrics", "What was counted", figures)},
        "/problem/{slug}": {"get": operation("problem", "A kind of problem", kind, parameters)},
        "/robots.txt": {"get": operation("robots", "For robots", answer("It.", "text/plain"))},
        "/openapi.json": {
            "get": operation("openapi", "This description", answer("It.", "application/json"))
        },
    }
