"""The check of literals: texts are clean and have a language, values fit their datatype."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal

from enact_graph.authoring.checks.messages import finding
from enact_graph.authoring.findings import Finding
from enact_graph.authoring.sources import Sources
from enact_graph.rdf.character import is_text, mend, superfluous, unfit, ungarbled
from enact_graph.rdf.lexical import DATATYPES, PARTIAL_DATES, is_valid
from enact_graph.rdf.statement import Statement
from enact_graph.terms import LANGUAGES, PREFIXES, shorten
from enact_graph.vocabulary import XSD

_XSD: Final = PREFIXES["xsd"]


def _expand(*names: str) -> frozenset[str]:
    return frozenset(PREFIXES[p] + local for p, _, local in (name.partition(":") for name in names))


#: Properties whose value is a text for people, so that it needs a language.
_SPOKEN: Final = _expand(
    "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "skos:definition", "skos:scopeNote",
    "skos:editorialNote", "skos:note", "rdfs:label", "rdfs:comment", "dcterms:title",
    "dcterms:description", "schema:description", "sh:name", "sh:message", "sh:description",
    "enact:officialName", "enact:legalForm", "enact:legalBasis",
)  # fmt: skip
#: Those of them that may be in any language: how a thing calls itself.
_FOREIGN: Final = _expand("enact:officialName")
_EXAMPLES: Final = {
    XSD.date: ', "2024-05-22"^^xsd:date',
    XSD.dateTime: ', "2024-05-22T10:00:00Z"^^xsd:dateTime',
    XSD.duration: ', "P5Y"^^xsd:duration',
    XSD.boolean: ", true",
}


def check(sources: Sources) -> Iterator[Finding]:
    """Yield each literal without its language, with a wrong character, or unlike its datatype."""
    for statement in (*sources.statements, *sources.shapes):
        value = statement.quad.object
        if isinstance(value, Literal):
            yield from _check_language(statement, value)
            if is_text(statement.quad.predicate, value):
                yield from _check_characters(statement, value.value)
            yield from _check_datatype(statement, value)


def _check_language(statement: Statement, value: Literal) -> Iterator[Finding]:
    spoken = statement.quad.predicate.value
    if spoken not in _SPOKEN:
        return
    if value.language is None:
        yield finding("language-missing", statement, name=shorten(spoken))
    elif value.language not in LANGUAGES and spoken not in _FOREIGN:
        name = shorten(spoken)
        yield finding("language-other", statement, name=name, language=value.language)


def _check_characters(statement: Statement, text: str) -> Iterator[Finding]:
    if text.isascii() and text.isprintable():
        return
    if found := superfluous(text):
        yield finding("hidden-character", statement, found=", ".join(found))
    elif mend(text) != text:
        yield finding("not-composed", statement)
    if found := unfit(text):
        yield finding("unfit-character", statement, found=", ".join(found))
    if meant := ungarbled(text):
        yield finding("garbled", statement, meant=meant)


def _check_datatype(statement: Statement, value: Literal) -> Iterator[Finding]:
    datatype = value.datatype.value
    if datatype in PARTIAL_DATES:
        yield finding("partial-date", statement, name=shorten(datatype))
    elif datatype.startswith(_XSD) and datatype not in DATATYPES:
        near = get_close_matches(datatype, DATATYPES, 1, 0.8)
        suggestion = shorten(near[0]) if near else None
        yield finding("unknown-datatype", statement, suggestion, name=shorten(datatype))
    elif not is_valid(value.value, datatype):
        example = _EXAMPLES.get(datatype, "")
        name, said = shorten(datatype), f"“{value.value}”"
        yield finding("bad-value", statement, name=name, value=said, example=example)
