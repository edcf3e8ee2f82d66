"""Every name and notion of the founding press release is found by search, in its own words."""

import csv
from pathlib import Path
from typing import Final

import pytest

from enact_graph.lookup.index import Index
from enact_graph.lookup.search import search
from enact_graph.terms import shorten

#: A text that a reader of the release may type, the language of the page, the thing it must find.
TABLE: Final = Path(__file__).with_name("notions.csv")
#: The place by which the thing stands among what is found.
WITHIN: Final = 5


def rows() -> list[tuple[str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(r["text"], r["lang"], r["thing"]) for r in csv.DictReader(file, strict=True)]


def found(index: Index, text: str, lang: str) -> list[str]:
    return [shorten(hit.entry.iri) for hit in search(index, text, lang).hits[:WITHIN]]


@pytest.mark.parametrize(("text", "lang", "thing"), rows())
def test_a_notion_finds_its_thing(real_index: Index, text: str, lang: str, thing: str) -> None:
    assert thing in found(real_index, text, lang)


@pytest.mark.parametrize("typed", ["'", "’", " "])
def test_an_apostrophe_may_be_typed_as_the_keyboard_has_it(real_index: Index, typed: str) -> None:
    for text, lang, thing in rows():
        if "'" in text or "’" in text:
            assert thing in found(real_index, text.replace("’", "'").replace("'", typed), lang)


def test_a_word_of_no_source_finds_nothing(real_index: Index) -> None:
    assert search(real_index, "xyzzyplugh", "fr").hits == ()
