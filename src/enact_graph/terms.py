"""The IRI base and the namespaces: every address and prefix of the graph is written here once."""

import os
import re
from typing import Final

#: Where addresses begin unless data/site.toml says otherwise; so do those of the rules' files.
USUAL_BASE: Final = "https://w3id.org/enact-graph/"
#: The one of this process and of all it starts; the command line takes it from the site file.
BASE: Final = os.environ.get("ENACT_GRAPH_BASE") or USUAL_BASE

ENACT: Final = BASE + "ontology#"
ID: Final = BASE + "id/"
DOC: Final = BASE + "doc/"
VOCAB: Final = BASE + "vocab/"
GRAPH: Final = BASE + "graph/"
SOURCE: Final = BASE + "source/"
SHAPES: Final = BASE + "shapes#"
PROBLEM: Final = BASE + "problem/"

ONTOLOGY_IRI: Final = BASE + "ontology"

LANGUAGES: Final = ("fr", "en", "de")

#: The prefixes of authored files, dumps, the published JSON-LD context and example queries.
PREFIXES: Final[dict[str, str]] = {
    "adms": "http://www.w3.org/ns/adms#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "enact": ENACT,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frapo": "http://purl.org/cerif/frapo/",
    "g": GRAPH,
    "geo": "http://www.opengis.net/ont/geosparql#",
    "id": ID,
    "locn": "http://www.w3.org/ns/locn#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": SHAPES,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "src": SOURCE,
    "v": VOCAB,
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_SLUG: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,199}")
#: The prefixes that an address of this graph may be written with.
_SHORT: Final = {prefix: PREFIXES[prefix] for prefix in ("id", "v", "src", "g", "enact")}

#: Graphs with a part of their own; every other graph holds what one passage or record says.
GRAPH_ONTOLOGY: Final = GRAPH + "ontology"
GRAPH_VOCABULARY: Final = GRAPH + "vocabulary"
GRAPH_CURATION: Final = GRAPH + "curation"
GRAPH_PROVENANCE: Final = GRAPH + "provenance"
GRAPH_CATALOGUE: Final = GRAPH + "catalogue"
GRAPH_LINKS: Final = GRAPH + "links"
GRAPH_INFERRED: Final = GRAPH + "inferred"


def rebased(text: str) -> str:
    """Return a text of this package with the addresses of this site."""
    return text.replace(USUAL_BASE, BASE)


def shorten(iri: str) -> str:
    """Return `prefix:local` where a namespace fits and the rest is a plain name, else the IRI."""
    fits = [(ns, p) for p, ns in PREFIXES.items() if iri.startswith(ns)]
    if not fits:
        return iri
    namespace, prefix = max(fits, key=lambda pair: len(pair[0]))
    local = iri[len(namespace) :]
    return f"{prefix}:{local}" if local and all(c.isalnum() or c in "-_" for c in local) else iri


def expand(short: str, prefix: str = "id") -> str | None:
    """Return the IRI of a short name, `enact` or `v:role-member`; None of any other text."""
    before, colon, slug = short.rpartition(":")
    namespace = _SHORT.get(before if colon else prefix)
    return namespace + slug if namespace and _SLUG.fullmatch(slug) else None


def abbreviate(iri: str, prefix: str = "id") -> str | None:
    """Return the short name of an IRI of this graph, which `expand` reads; None of any other."""
    for name, namespace in _SHORT.items():
        slug = iri.removeprefix(namespace)
        if slug != iri and _SLUG.fullmatch(slug):
            return slug if name == prefix else f"{name}:{slug}"
    return None
