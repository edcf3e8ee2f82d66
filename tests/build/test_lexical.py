"""Lexical forms are judged as two RDF engines judge them, or more strictly where they are lax."""

import pytest

from enact_graph.rdf.lexical import is_valid
from enact_graph.terms import PREFIXES

GOOD = {
    "string": ["", "a\nb"],
    "boolean": ["true", "false", "0", "1"],
    "decimal": ["1", "-1.5", "+.5", "1."],
    "double": ["1", "-1.5e3", "INF", "-INF", "NaN", ".5E-1"],
    "date": ["2024-02-29", "2024-05-22Z", "2024-05-22+02:00"],
    "dateTime": ["2024-05-22T10:00:00", "2024-05-22T24:00:00Z", "2024-05-22T10:00:00.5-05:00"],
    "dateTimeStamp": ["2024-05-22T10:00:00Z", "2024-05-22T10:00:00+02:00"],
    "time": ["10:00:00", "23:59:59.9Z"],
    "duration": ["P5Y", "-P1Y2M3DT4H5M6.7S", "PT1M"],
    "anyURI": ["https://example.org/", "../é"],
    "language": ["fr", "de-AT"],
    "hexBinary": ["", "0aFF"],
    "base64Binary": ["", "YQ==", "YWI=", "YWJj"],
    "integer": ["0", "-12", "+007"],
    "nonNegativeInteger": ["0", "12"],
    "positiveInteger": ["1"],
    "nonPositiveInteger": ["0", "-1"],
    "negativeInteger": ["-1"],
    "byte": ["-128", "127"],
    "unsignedByte": ["0", "255"],
}
BAD = {
    "boolean": ["True", "yes", ""],
    "decimal": ["1e3", "", ".", "1,5"],
    "double": ["1e", "inf", ""],
    "date": ["2024-13-01", "2023-02-29", "22.05.2024", "2024-5-22", "2024", "2024-05-22T10:00:00"],
    "dateTime": ["2024-05-22", "2024-05-22T25:00:00", "2024-05-32T10:00:00"],
    "dateTimeStamp": ["2024-05-22T10:00:00"],
    "time": ["10:00", "24:30:00"],
    "duration": ["P", "PT", "5Y", "P1S", "P1YT"],
    "anyURI": ["a b", "<a>"],
    "language": ["", "fr_FR", "toolongtag"],
    "hexBinary": ["0", "0g"],
    "base64Binary": ["a", "a==="],
    "integer": ["1.0", "", "- 1", "1" * 41],
    "nonNegativeInteger": ["-1"],
    "positiveInteger": ["0"],
    "byte": ["128", "-129"],
    "unsignedByte": ["256", "-1"],
}


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, ts in GOOD.items() for t in ts])
def test_a_value_is_recognised(name: str, text: str) -> None:
    assert is_valid(text, PREFIXES["xsd"] + name)


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, ts in BAD.items() for t in ts])
def test_what_is_no_value_is_refused(name: str, text: str) -> None:
    assert not is_valid(text, PREFIXES["xsd"] + name)


def test_other_datatypes_are_taken_as_they_are() -> None:
    assert is_valid("POINT(6 48)", PREFIXES["geo"] + "wktLiteral")
