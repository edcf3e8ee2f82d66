"""Every fault speaks every language, and its text takes what the reader knows."""

import re

import pytest

from enact_graph.rdf.faults import CURES, LOSSLESS, MENDABLE, MESSAGES
from enact_graph.rdf.statement import Fault, Place
from enact_graph.terms import LANGUAGES

FIELDS = {
    "found",
    "prefix",
    "namespace",
    "close",
    "lower",
    "reason",
    "first",
    "expected",
    "column",
    "last",
}


@pytest.mark.parametrize("code", MESSAGES)
def test_a_fault_speaks_every_language(code: str) -> None:
    fault = Fault(Place("a.trig", 1), code, dict.fromkeys(FIELDS, "X"))
    for texts in (fault.messages(), fault.cures()):
        assert set(texts) == set(LANGUAGES)
        assert len(set(texts.values())) == len(LANGUAGES)


@pytest.mark.parametrize("code", MESSAGES)
def test_the_languages_name_the_same_things(code: str) -> None:
    for table in (MESSAGES, CURES):
        named = {tuple(sorted(re.findall(r"\{(\w+)\}", text))) for text in table[code].values()}
        assert len({frozenset(fields) for fields in named}) == 1


def test_what_mends_itself_loses_nothing() -> None:
    assert MENDABLE <= LOSSLESS <= set(MESSAGES)
