"""Identifiers are found however they are written, and nothing that only looks like one."""

import pytest

from enact_graph.lookup.index import Index
from enact_graph.terms import ID


def found(index: Index, text: str) -> list[str]:
    return [index.entries[f.entry].iri.removeprefix(ID) for f in index.codes.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "00pg6eq24",
        "00PG6EQ24",
        "ROR 00pg6eq24",
        "ror:00pg6eq24",
        "ROR ID : 00pg6eq24",
        "https://ror.org/00pg6eq24/about",
        "0000 0001 2157 9291",
        "0000-0001-2157-9291",
        "ISNI 0000 0001 2157 9291",
        "http://www.isni.org/isni/0000000121579291",
        "https://isni.org/page/0000000121579291/",
        "Q157575",
        "wd:Q157575",
        "wikidata: Q157575",
        "https://www.wikidata.org/wiki/Q157575",
        "http://www.wikidata.org/entity/Q157575",
        "www.wikidata.org/wiki/Q157575",
        "https://m.wikidata.org/wiki/Q157575?uselang=fr",
        "<http://www.wikidata.org/entity/Q157575>",
        "SIREN n° 130 005 457",
        "413221",
        "https://aurehal.archives-ouvertes.fr/structure/read/id/413221",
        "HAL structure 413221",
        "www.unistra.fr/",
        "http://unistra.fr",
        "id:universite",
        "https://w3id.org/enact-graph/id/universite",
        "http://w3id.org/enact-graph/doc/universite.ttl",
        "https://w3id.org/enact-graph/doc/universite?lang=fr",
    ],
)
def test_an_identifier_is_found_in_every_form(small: Index, text: str) -> None:
    assert found(small, text) == ["universite"]


def test_a_number_in_two_schemes_is_both_unless_the_scheme_is_named(small: Index) -> None:
    assert found(small, "130005457") == ["sarre", "universite"]
    assert found(small, "SIREN 130005457") == ["universite"]
    assert found(small, "PIC 130005457") == ["sarre"]
    assert found(small, "ROR 130005457") == []


def test_an_address_that_two_things_have_leads_to_both(small: Index) -> None:
    assert found(small, "https://ror.org/00pg6eq24") == ["record", "universite"]


def test_the_address_of_what_is_near_is_told_apart(small: Index) -> None:
    (near,) = small.codes.find("http://nuts.example/FRF1")
    assert not near.code.is_same


@pytest.mark.parametrize(
    "text",
    [
        "",
        "00pg6eq2",
        "https://example.org/413221",
        "https://ror.example/Q157575",
        "salon 413221",
        "id:nobody",
        "http://[",
        "https://w3id.org/enact-graph/",
        "////",
    ],
)
def test_what_only_looks_like_one_is_none(small: Index, text: str) -> None:
    assert found(small, text) == []


def test_every_identifier_of_the_release_finds_its_thing(real_index: Index) -> None:
    pairs = [(e.iri, c) for e in real_index.entries for c in e.codes]
    assert len(pairs) > 1000
    for iri, code in pairs:
        for text in {code.value, code.url or code.value}:
            iris = {real_index.entries[f.entry].iri for f in real_index.codes.find(text)}
            assert iri in iris, (text, iri)


def test_every_iri_of_the_release_finds_its_thing(real_index: Index) -> None:
    for entry in real_index.entries:
        (own,) = real_index.codes.find(entry.iri)
        assert real_index.entries[own.entry] is entry
