"""The terms that the code speaks of exist, and are written once."""

import ast
import re
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, Graph, URIRef
from rdflib.namespace import DefinedNamespace

from enact_graph import terms, vocabulary
from enact_graph.ontology import Namespace
from tests.authored import ROOT

KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
NAMESPACES = [n for n in map(vars(vocabulary).get, vocabulary.__all__) if isinstance(n, type)]
#: The vocabularies whose terms rdflib lists; of others the files must have each term.
LISTED = {str(ns): ns for ns in vars(rdflib).values() if isinstance(ns, type(DefinedNamespace))}
#: A namespace as code writes it.
WHOLE = re.compile(r"\b[A-Z]+\.iri$|\bterms\.ENACT$|PREFIXES\[")
#: Terms that pages would tell, of which the files have none at present.
UNUSED = {"locn": ("Address", "fullAddress")}
SOURCE = sorted((ROOT / "src/enact_graph").rglob("*.py"))


def own(namespace: type[Namespace]) -> list[str]:
    return [getattr(namespace, name) for name in namespace.__annotations__]


def test_our_own_terms_are_those_of_the_ontology() -> None:
    ontology = Graph().parse(ROOT / "ontology/enact.ttl")
    defined = {str(s) for kind in KINDS for s in ontology.subjects(RDF.type, kind)}
    assert sorted(own(vocabulary.ENACT)) == sorted(i for i in defined if i.startswith(terms.ENACT))


@pytest.mark.parametrize("namespace", NAMESPACES, ids=lambda n: n.__name__)
def test_a_term_of_another_vocabulary_is_one(namespace: type[Namespace]) -> None:
    assert namespace.iri == terms.PREFIXES[namespace.__name__.lower()]
    listed = LISTED.get(namespace.iri)
    authored = "".join(
        path.read_text("utf-8")
        for folder in ("ontology", "vocab", "shapes", "data")
        for path in (ROOT / folder).rglob("*.t*")
    )
    prefix = namespace.__name__.lower()
    for iri in own(namespace):
        local = iri.removeprefix(namespace.iri)
        is_known = (listed is not None and URIRef(iri) in listed) or f"{prefix}:{local}" in authored
        assert is_known or local in UNUSED.get(prefix, ()), iri


def composed(tree: ast.AST) -> list[int]:
    """The lines on which an IRI is put together from a namespace and a name."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            whole, is_name = ast.unparse(node.left), isinstance(node.right, ast.Constant)
        elif isinstance(node, ast.JoinedStr) and node.values:
            first = node.values[0]
            whole = ast.unparse(first.value) if isinstance(first, ast.FormattedValue) else ""
            is_name = len(node.values) > 1 and isinstance(node.values[1], ast.Constant)
        else:
            continue
        if is_name and WHOLE.search(whole):
            found.append(node.lineno)
    return found


@pytest.mark.parametrize("path", SOURCE, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_term_is_put_together_elsewhere(path: Path) -> None:
    assert composed(ast.parse(path.read_text("utf-8"))) == []


def test_a_term_put_together_is_found() -> None:
    assert composed(ast.parse('x = terms.PREFIXES["org"] + "member"')) == [1]
    assert composed(ast.parse('x = f"{terms.ENACT}Cluster"')) == [1]
