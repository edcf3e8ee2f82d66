"""A listing is written one way and read back whole."""

import pytest

from enact_graph.classes import CLASSES
from enact_graph.errors import CorruptRelease
from enact_graph.lookup.groups import KINDS, kind_of, tier
from enact_graph.lookup.index import Index
from enact_graph.lookup.listing import Listing, Naming, in_order
from enact_graph.lookup.search import nearest_address
from enact_graph.terms import ENACT, ID, PREFIXES


def test_a_listing_is_read_as_it_was_written(small: Index) -> None:
    written = small.listing.to_json()
    assert Listing.from_json(written) == small.listing
    backwards = Listing(small.entries[::-1], dict(list(small.listing.schemes.items())[::-1]))
    assert backwards.to_json() == written


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"entries": [{}], "schemes": {}}'])
def test_what_is_no_listing_is_a_damaged_release(content: bytes) -> None:
    with pytest.raises(CorruptRelease, match=r"search\.json: this is no list"):
        Listing.from_json(content)


def test_a_name_is_kept_in_its_best_role() -> None:
    label, again = Naming("ENACT", "fr", "label"), Naming("ENACT", "fr", "hidden")
    acronym = Naming("ENACT", "", "acronym")
    assert in_order([again, acronym, label]) == (label, acronym)


def test_a_label_is_in_the_language_or_the_nearest(small: Index) -> None:
    sarre = small.entry(ID + "sarre")
    assert sarre is not None
    assert [sarre.label(tag).language for tag in ("fr", "en", "de")] == ["fr", "fr", "de"]
    assert small.entry(ID + "nobody") is None


def test_the_first_kind_that_fits_is_that_of_the_thing() -> None:
    assert kind_of({PREFIXES["org"] + "Organization", ENACT + "Cluster"}) == "cluster"
    assert kind_of({PREFIXES["org"] + "Organization"}) == "organisation"
    assert kind_of({PREFIXES["adms"] + "Identifier"}) is None
    assert kind_of({"urn:x"}) is None
    assert {place.kind for place in CLASSES if place.kind} == set(KINDS)
    assert tier("organisation") < tier("concept") < tier("document") < tier("tie")


def test_a_mistyped_address_leads_to_the_nearest(small: Index) -> None:
    for path in ("/doc/strasburg.html", "/vocab/strasburg"):
        assert nearest_address(small, path)[0].iri == ID + "strasbourg"
    assert nearest_address(small, "/") == ()
