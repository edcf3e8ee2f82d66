"""The check of names: each is well formed, defined or described, and of a known vocabulary."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterator
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode
from rdflib import namespace as standard

from enact_graph.authoring import registry
from enact_graph.authoring.checks.messages import finding
from enact_graph.authoring.findings import Finding
from enact_graph.authoring.sources import REUSED, Sources
from enact_graph.rdf.statement import Place, Statement
from enact_graph.terms import (
    ENACT,
    GRAPH,
    GRAPH_LINKS,
    ID,
    PREFIXES,
    shorten,
)
from enact_graph.vocabulary import DCTERMS, OWL, RDF

#: Graphs that the build makes or fills from other files, and that files may speak of.
_BUILT: Final = (GRAPH + "inferred", GRAPH + "links")
#: The vocabularies of which every term is known, so that a misspelt one is noticed.
_CLOSED: Final[dict[str, type[standard.DefinedNamespace]]] = {
    PREFIXES["dcat"]: standard.DCAT,
    PREFIXES["dcterms"]: standard.DCTERMS,
    PREFIXES["foaf"]: standard.FOAF,
    PREFIXES["org"]: standard.ORG,
    PREFIXES["owl"]: standard.OWL,
    PREFIXES["prov"]: standard.PROV,
    PREFIXES["rdf"]: standard.RDF,
    PREFIXES["rdfs"]: standard.RDFS,
    PREFIXES["schema"]: standard.SDO,
    PREFIXES["sh"]: standard.SH,
    PREFIXES["skos"]: standard.SKOS,
    PREFIXES["vann"]: standard.VANN,
    PREFIXES["void"]: standard.VOID,
}
#: The language of RDF itself, whose terms the extract need not name.
_OF_RDF: Final = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "sh", "xsd"))
#: Properties whose value is a property or a class, and so has to be declared like one.
_TERMED: Final = frozenset(
    PREFIXES[prefix] + local
    for prefix, names in {
        "rdf": ("type",),
        "rdfs": ("subClassOf", "subPropertyOf"),
        "schema": ("domainIncludes", "rangeIncludes"),
        "sh": ("class", "path", "targetClass", "targetObjectsOf", "targetSubjectsOf"),
    }.items()
    for local in names
)
#: Letters that are no letter with an accent.
_SPELT: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "’": "-"}
)
_UNFIT: Final = re.compile(r"[^a-z0-9]+")
_LOCAL: Final = re.compile(r"[\w-]+")
#: Words of its title in the name of a document.
_WORDS: Final = 5


def check(sources: Sources, doubtful: Container[str] = ()) -> Iterator[Finding]:
    """Yield each name that nothing describes, defines or allows, at every line that uses it.

    The `doubtful` ones are left out: what describes them may be among what could not be read.
    """
    return _Names(sources, doubtful).check()


def judge(sources: Sources) -> Callable[[str], tuple[str, str | None] | None]:
    """Return what judges an IRI that is used outside these files, as in a query: None for a known
    one, else the code of the check and the name that was probably meant."""
    return _Names(sources, ()).verdict


def slug(text: str) -> str:
    """Return the nearest well-formed name: lower-case ASCII, digits and hyphens."""
    spelt = text.lower().translate(_SPELT)
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    return _UNFIT.sub("-", plain).strip("-")


def document_slug(publisher: str, day: str, title: str) -> str:
    """Return publisher, date and the first words of the title that do not repeat these."""
    said = set(f"{publisher}-{day}".split("-")) | {"of", "the", "a", "on", "in", "and", "de", "la"}
    words = [word for word in slug(title).split("-") if word and word not in said]
    return "-".join([publisher, day, *words[:_WORDS]])


class _Names:
    def __init__(self, sources: Sources, doubtful: Container[str]) -> None:
        self.sources = sources
        self.doubtful = doubtful
        self.typed: set[str] = set()
        #: The names that were given up, each with the one that replaced it.
        self.withdrawn: dict[str, str] = {}
        self.first: dict[str, Place] = {}
        for statement in sources.statements:
            quad = statement.quad
            subject = _iri(quad.subject)
            self.first.setdefault(subject, statement.place)
            if quad.predicate.value in (RDF.type, OWL.deprecated):
                self.typed.add(subject)
            if quad.predicate.value == DCTERMS.isReplacedBy:
                self.withdrawn[subject] = _iri(quad.object)
        reused = (s for s in sources.statements if s.place.file == REUSED)
        self.reused = {_iri(statement.quad.subject) for statement in reused}
        self.vocabularies = {ns for ns in map(_vocabulary, self.reused) if ns}
        self.near: dict[str, str | None] = {}
        self.reported: set[tuple[str, Place | None]] = set()

    def check(self) -> Iterator[Finding]:
        for statement in (*self.sources.statements, *self.sources.shapes):
            quad = statement.quad
            yield from self._withdrawn(statement)
            yield from self._once(statement, _iri(quad.graph_name), is_use=False)
            yield from self._once(statement, _iri(quad.subject), is_use=False)
            yield from self._once(statement, _iri(quad.predicate), is_use=True, is_term=True)
            if _iri(quad.graph_name) != GRAPH_LINKS:  # a link may lead to any term of others
                is_term = quad.predicate.value in _TERMED or isinstance(quad.object, Literal)
                yield from self._once(statement, _value_iri(quad.object), True, is_term)

    def _withdrawn(self, statement: Statement) -> Iterator[Finding]:
        """Report what is still said of, by, or in a name that was given up."""
        quad = statement.quad
        thing, value, graph = _iri(quad.subject), _iri(quad.object), _iri(quad.graph_name)
        is_tombstone = quad.predicate.value in (OWL.deprecated, DCTERMS.isReplacedBy)
        if thing in self.withdrawn and thing.startswith(ID) and not is_tombstone:
            used, about = thing, thing
        else:
            used, about = (value if value in self.withdrawn else graph), None
        if used in self.withdrawn:
            near = shorten(self.withdrawn[used])
            yield finding("withdrawn", statement, near, about, name=shorten(used))

    def verdict(self, iri: str) -> tuple[str, str | None] | None:
        """Return the code of what is wrong with a name that is used, and the nearest name."""
        if iri in self.typed:
            return None
        code = self._judge(iri, is_use=True)
        return (code, self._near(iri)) if code else None

    def _once(
        self, statement: Statement, iri: str, is_use: bool, is_term: bool = False
    ) -> Iterator[Finding]:
        """Report a subject or graph once in all, a property or value at each of its lines."""
        if not iri or iri in self.doubtful or (iri in self.typed and registry.is_well_formed(iri)):
            return
        code = self._judge(iri, is_use)
        if code is None and is_term:
            code = self._judge_term(iri, is_shape=statement.place.file.startswith("shapes/"))
        is_per_line = is_use and code != "bad-slug"
        key = (iri, statement.place if is_per_line else None)
        if code is None or key in self.reported:
            return
        self.reported.add(key)
        about = None if is_use else iri
        if code == "bad-slug":
            namespace = registry.namespace_of(iri) or ""
            better = shorten(namespace + (slug(iri.removeprefix(namespace)) or "…"))
            details = {"name": shorten(iri), "suggestion": better}
            yield finding(code, statement, None, about, **details)
        else:
            yield finding(code, statement, self._near(iri), about, name=shorten(iri))

    def _judge(self, iri: str, is_use: bool) -> str | None:
        """Return the code of what is wrong with a name, or None."""
        namespace = registry.namespace_of(iri)
        if namespace is None:
            return "unknown-reused-term" if self._is_unknown_reused(iri) else None
        if namespace == ENACT:
            return None if iri in self.typed else "unknown-term"
        if not registry.is_well_formed(iri):
            return "bad-slug"
        if iri in self.first:
            # Where something is said of the name, that line is the one to mend, not each use.
            return None if is_use else "untyped"
        return None if iri.startswith(_BUILT) else "dangling-iri"

    def _judge_term(self, iri: str, is_shape: bool) -> str | None:
        """Return the code of what is wrong with a property, class or datatype of others, or None.

        The extract of the reused terms declares them all; only shapes may name others of the same
        vocabularies, to keep them out.
        """
        if iri in self.reused or registry.namespace_of(iri) or iri.startswith(_OF_RDF):
            return None
        vocabulary = _vocabulary(iri)
        if vocabulary is None:
            return "unknown-vocabulary"
        is_open = is_shape or not self._is_extract(iri)
        return None if is_open and vocabulary in _CLOSED else "unknown-reused-term"

    def _is_unknown_reused(self, iri: str) -> bool:
        vocabulary = _vocabulary(iri)
        if vocabulary is None or iri in self.reused:
            return False
        if vocabulary in _CLOSED:
            return iri not in _CLOSED[vocabulary]
        return vocabulary in self.vocabularies

    def _near(self, iri: str) -> str | None:
        """Return the name that was probably meant."""
        if iri not in self.near:
            closed = _CLOSED.get(_vocabulary(iri) or "")
            # `dir` lists the terms; a namespace of rdflib that is iterated over never ends.
            terms = map(str, dir(closed)) if closed and not self._is_extract(iri) else ()
            known = [*self._known, *map(shorten, terms)]
            near = get_close_matches(shorten(iri), known, 1, 0.75)
            self.near[iri] = near[0] if near else self._namesake(iri)
        return self.near[iri]

    def _is_extract(self, iri: str) -> bool:
        """Is the IRI in a vocabulary of which the extract alone says what may be used?"""
        return _vocabulary(iri) in self.vocabularies - {*_OF_RDF}

    def _namesake(self, iri: str) -> str | None:
        """Return the known term that is called nearly so in another vocabulary, the most alike."""
        near = get_close_matches(_local(iri), self._terms, 3, 0.75)
        alike = [
            (SequenceMatcher(None, term, iri).ratio(), term)
            for local in near
            for term in self._terms[local]
        ]
        return shorten(max(alike)[1]) if alike else None

    @cached_property
    def _terms(self) -> dict[str, list[str]]:
        """The terms of this graph, of the extract and of RDF itself, by their last part."""
        own = (iri for iri in self.typed if iri.startswith(ENACT))
        rdf = (
            str(term)
            for vocabulary in _OF_RDF
            if vocabulary in _CLOSED
            for term in dir(_CLOSED[vocabulary])
        )
        terms: dict[str, list[str]] = {}
        for iri in (*own, *self.reused, *rdf):
            terms.setdefault(_local(iri), []).append(iri)
        return terms

    @cached_property
    def _known(self) -> list[str]:
        return sorted(shorten(iri) for iri in self.typed | self.reused)


def _value_iri(term: object) -> str:
    """Return the IRI of a value, or of the datatype of a literal that is not of XML Schema."""
    if isinstance(term, Literal):
        datatype = term.datatype.value
        return "" if datatype.startswith(_OF_RDF) else datatype
    return _iri(term)


def _local(iri: str) -> str:
    return re.split(r"[/#:]", iri)[-1]


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _vocabulary(iri: str) -> str | None:
    """Return the reused namespace of which an IRI is a plain name."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if prefix != "xsd" and local != iri and _LOCAL.fullmatch(local):
            return None if registry.namespace_of(iri) or prefix == "shape" else namespace
    return None
