"""Cures: a second value is told with the first, an allowed name is told as it is typed."""

import pytest

from enact_graph.authoring.findings import Finding, Places
from enact_graph.authoring.review import without_echoes
from enact_graph.authoring.shacl.validate import validate
from enact_graph.rdf.reader import read
from enact_graph.rdf.statement import Place, Statement
from enact_graph.terms import LANGUAGES, PREFIXES, SHAPES
from tests.build.sample import store
from tests.build.test_validate import graph

SHAPE = "shape:S a sh:NodeShape ; sh:targetClass schema:MonetaryAmount ; sh:property shape:P .\n"
ONE = SHAPE + 'shape:P sh:path schema:value ; sh:maxCount 1 ; sh:message "x"@fr, "x"@en, "x"@de .'


def check(files: dict[str, str], shape: str) -> tuple[Finding, ...]:
    """Validate TriG in several files against a shape."""
    statements: list[Statement] = []
    for name, text in files.items():
        statements += read(text, name, PREFIXES).statements
    return validate(store("".join(files.values())), graph(shape), Places(statements))


def test_values_of_two_sources_are_both_told_with_their_places_and_what_to_do() -> None:
    files = {
        "b.trig": "GRAPH g:b { id:a a schema:MonetaryAmount ;\n schema:value 67000000 . }",
        "a.trig": "GRAPH g:a {\n id:a schema:value 75000000 . }",
    }
    (found,) = check(files, ONE)
    assert found.message("en") == (
        "two sources say schema:value differently: 67000000 (b.trig:2), 75000000 (a.trig:2)"
    )
    assert "enact:differsFrom" in found.remedy("en")
    # The line that came to what was there already is the one to look at.
    assert found.place == Place("a.trig", 2, 20)
    assert set(found.messages) == set(found.cure) == set(LANGUAGES)


def test_two_values_of_one_source_are_told_and_the_rule_speaks() -> None:
    files = {"a.trig": "GRAPH g:a { id:a a schema:MonetaryAmount ; schema:value 1 ,\n 2 . }"}
    (found,) = check(files, ONE)
    assert found.message("en") == "x"
    assert found.remedy("en") == "keep one of these values: 1 (a.trig:1), 2 (a.trig:2)"
    assert found.place
    assert found.place.line == 2


def test_a_value_that_two_sources_share_is_one() -> None:
    files = {
        "a.trig": "GRAPH g:a { id:a a schema:MonetaryAmount ; schema:value 1 . }",
        "b.trig": "GRAPH g:b { id:a schema:value 1 . }",
    }
    assert check(files, ONE) == ()


def test_a_property_that_is_barred_is_not_to_be_kept_twice() -> None:
    files = {
        "a.trig": "GRAPH g:a { id:a a schema:MonetaryAmount ; schema:value 1 . }",
        "b.trig": "GRAPH g:b { id:a schema:value 2 . }",
    }
    (found,) = check(files, ONE.replace("maxCount 1", "maxCount 0"))
    assert found.message("en") == "x"
    assert found.remedy("en") == "correct the line"


def test_two_names_in_one_language_are_both_told() -> None:
    files = {"a.trig": 'GRAPH g:a { id:a a schema:MonetaryAmount ; skos:note "a"@fr, "b"@fr . }'}
    (found,) = check(files, SHAPE + "shape:P sh:path skos:note ; sh:uniqueLang true .")
    assert found.remedy("en") == "keep one of these values: “a”@fr (a.trig:1), “b”@fr (a.trig:1)"


def test_allowed_names_are_told_as_they_are_typed() -> None:
    files = {"a.trig": "GRAPH g:a { id:a a schema:MonetaryAmount ; org:role v:role . }"}
    shape = SHAPE + "shape:P sh:path org:role ; sh:in ( v:role-member v:role-lead ) ."
    (found,) = check(files, shape)
    assert found.remedy("en") == "write one of: v:role-lead, v:role-member"
    assert found.remedy("fr") == "écrire l’un de : v:role-lead, v:role-member"


@pytest.mark.parametrize(
    ("codes", "kept"),
    [
        (["contact", "Never", "unknown-reused-term", "Closed"], {"contact"}),
        (["Never", "unknown-vocabulary", "Closed"], {"Never"}),
        (["unknown-term", "Closed"], {"unknown-term"}),
        (["Closed", "MinCount"], {"Closed", "MinCount"}),
        (["In", "dangling-iri", "Class"], {"In"}),
        (["dangling-iri", "Class", "Closed"], {"dangling-iri", "Closed"}),
        (["contact", "language-missing"], {"contact", "language-missing"}),
    ],
)
def test_one_misfitting_property_is_told_once(codes: list[str], kept: set[str]) -> None:
    findings = [
        Finding(
            "violation",
            code,
            Place("a.trig", 3, number),
            "http://a/b",
            "http://a/p",
            None,
            f"{SHAPES}NeverPrivate" if code == "Never" else None,
            {},
            {},
        )
        for number, code in enumerate(codes)
    ]
    assert {finding.code for finding in without_echoes(findings)} == kept
