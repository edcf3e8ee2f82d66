"""Answers of a person: taken as meant, or refused with a reason."""

from collections.abc import Callable

import pytest

from enact_graph.authoring.new import fields
from enact_graph.authoring.new.fields import PartialDate, Refusal
from enact_graph.authoring.new.inventory import Inventory
from enact_graph.terms import GRAPH, ID, SOURCE
from tests.build.sample import TINY


def code(read: Callable[[str], object], said: str) -> str:
    """The code of the refusal; empty where the answer is taken."""
    try:
        read(said)
    except Refusal as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize("said", ["https://anr.fr/", "http://a.example.org/b?c=d&e=%20#f"])
def test_a_web_address_is_taken_as_it_is(said: str) -> None:
    assert fields.url(said) == said


@pytest.mark.parametrize("said", ["anr.fr", "ftp://anr.fr/", "https://", "https://a b.org", "<a>"])
def test_anything_else_is_no_web_address(said: str) -> None:
    assert code(fields.url, said) == "bad-url"


def test_a_line_is_taken_composed_and_without_what_nobody_sees() -> None:
    assert fields.line("Universite\u0301 de Lor\u00adraine\u200b") == "Université de Lorraine"


def test_languages_days_and_lines() -> None:
    assert [code(fields.language, said) for said in ("fr", "ja", "pt-BR", "French", "")] == [
        "",
        "",
        "",
        "bad-language",
        "bad-language",
    ]
    assert [code(fields.day, said) for said in ("2024-05-22", "2024-05", "May")] == [
        "",
        "not-a-day",
        "bad-date",
    ]
    assert [code(fields.line, said) for said in ("One line", "a  b", "a\nb", " a")] == [
        "",
        "untidy",
        "untidy",
        "untidy",
    ]


def test_dates_are_in_order_as_long_as_they_may_be() -> None:
    year, day = PartialDate("2024"), PartialDate("2024-05-22")
    fields.in_order(day, year)
    fields.in_order(year, day)
    fields.in_order(None, day)
    with pytest.raises(Refusal):
        fields.in_order(PartialDate("2025"), day)


def test_a_slug_is_well_formed_and_free_in_every_namespace() -> None:
    inventory = Inventory.of(TINY)
    read = fields.free_slug(inventory, (ID,))
    assert read("new-thing") == "new-thing"
    assert code(read, "New Thing") == "bad-slug"
    assert code(read, "inria") == "taken"
    both = fields.free_slug(inventory, (SOURCE, GRAPH))
    assert code(both, "press-release-2024-05-22") == "taken"
    with pytest.raises(Refusal) as refused:
        read("Été")
    assert refused.value.details["near"] == "ete"
