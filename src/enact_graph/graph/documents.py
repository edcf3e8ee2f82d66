"""RDF documents: some statements in any format of the table, sorted, the same bytes each time.

    write(entity.everything, TRIG, context)

Formats that carry a dataset keep the named graph of each statement; the others hold each triple
once. What is said about the document itself stands in no graph.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import pyoxigraph as ox

from enact_graph import terms
from enact_graph.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Carries, Format
from enact_graph.graph.entity import Statement
from enact_graph.rdf import jsonld
from enact_graph.rdf.writer import write as write_trig
from enact_graph.rdf.xml_safe import check_rdf_xml
from enact_graph.vocabulary import RDF

_WRITERS: Final = {
    TURTLE.key: ox.RdfFormat.TURTLE,  # and TriG: only where there are blank nodes
    N_TRIPLES.key: ox.RdfFormat.N_TRIPLES,
    RDF_XML.key: ox.RdfFormat.RDF_XML,
    TRIG.key: ox.RdfFormat.TRIG,
    N_QUADS.key: ox.RdfFormat.N_QUADS,
}


def quads(statements: Iterable[Statement], about: Sequence[ox.Triple] = ()) -> list[ox.Quad]:
    """One quad for each graph of each statement, after those about the document itself."""
    found = {
        ox.Quad(ox.NamedNode(s.subject), ox.NamedNode(s.predicate), s.object, ox.NamedNode(g))
        for s in statements
        for g in s.graphs
    }
    inside = sorted(found, key=lambda q: (str(q.graph_name), *_place(q)))
    return [*(ox.Quad(t.subject, t.predicate, t.object) for t in about), *inside]


def triples(statements: Iterable[Statement], about: Sequence[ox.Triple] = ()) -> list[ox.Triple]:
    """The triples of the statements, each once, after those about the document itself."""
    found = {
        ox.Triple(ox.NamedNode(s.subject), ox.NamedNode(s.predicate), s.object) for s in statements
    }
    return [*about, *sorted(found - set(about), key=_place)]


def write(
    statements: Iterable[Statement],
    format_: Format,
    context: jsonld.Context,
    about: Sequence[ox.Triple] = (),
) -> bytes:
    """The statements in an RDF format of the table; `context` names the terms of JSON-LD."""
    if format_.carries is Carries.DATASET:
        return convert(quads(statements, about), format_, context)
    return convert(triples(statements, about), format_, context)


def convert(
    content: Sequence[ox.Triple] | Sequence[ox.Quad], format_: Format, context: jsonld.Context
) -> bytes:
    """Triples or quads in an RDF format of the table, with the prefixes that occur in them.

    Turtle and TriG have the form of the authored files: a line of a document is a line of data.
    NotAcceptable for what RDF/XML cannot write.
    """
    if format_.key == JSON_LD.key:
        return jsonld.write((_triple(item) for item in content), context)
    if format_.carries is not Carries.DATASET:
        content = [_triple(item) for item in content]
    if format_.key in (TURTLE.key, TRIG.key) and not any("_:" in str(item) for item in content):
        return write_trig((_quad(item) for item in content), terms.PREFIXES).encode()
    if format_.key == RDF_XML.key:
        for item in content:
            check_rdf_xml(_triple(item))
    used = _prefixes(content) if format_.key != N_TRIPLES.key else {}
    written = ox.serialize(content, format=_WRITERS[format_.key], prefixes=used)
    assert isinstance(written, bytes)
    return written


def _quad(item: ox.Triple | ox.Quad) -> ox.Quad:
    return item if isinstance(item, ox.Quad) else ox.Quad(*item)


def _triple(item: ox.Triple | ox.Quad) -> ox.Triple:
    return item.triple if isinstance(item, ox.Quad) else item


def _place(item: ox.Triple | ox.Quad) -> tuple[str, bool, str, str]:
    predicate = item.predicate.value
    return (str(item.subject), predicate != RDF.type, predicate, str(item.object))


def _prefixes(content: Iterable[ox.Triple | ox.Quad]) -> dict[str, str]:
    """The prefixes of the table under which some IRI of the content falls."""
    seen: set[str] = set()
    for item in content:
        seen |= {str(item.subject), str(item.predicate), str(item.object)}
        if isinstance(item, ox.Quad):
            seen.add(str(item.graph_name))
    return {
        prefix: namespace
        for prefix, namespace in terms.PREFIXES.items()
        if any(namespace in term for term in seen)
    }
