"""Searching: the surest hit first, each thing once, and told why."""

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enact_graph.lookup.hit import Hit, How
from enact_graph.lookup.index import Index
from enact_graph.lookup.normalise import fold
from enact_graph.lookup.search import identified, lookup, nearest, search, suggest
from enact_graph.terms import ID

SURE = (How.IDENTIFIER, How.LABEL, How.ACRONYM)


def told(hits: tuple[Hit, ...]) -> list[tuple[str, str]]:
    return [(hit.entry.iri.removeprefix(ID), hit.how.name.lower()) for hit in hits]


def test_a_name_goes_before_words_and_descriptions(small: Index) -> None:
    assert told(search(small, "strasbourg", "fr").hits) == [
        ("strasbourg", "label"),
        ("universite", "words"),
        ("record", "words"),
    ]
    assert told(search(small, "Alsace", "fr").hits) == [("universite", "description")]


@pytest.mark.parametrize(
    "text", ["Straßburg", "strassburg", "STRASSBURG", "strasbourg", " Strasbourg "]
)
def test_every_way_to_write_a_town_finds_it(small: Index, text: str) -> None:
    assert told(search(small, text).hits)[0] == ("strasbourg", "label")


@pytest.mark.parametrize(
    "text", ["saarbruecken", "Saarbrücken", "saarbrucken", "Univ. Sarre", "univ saarlandes"]
)
def test_a_part_of_a_name_finds_it(small: Index, text: str) -> None:
    assert told(search(small, text).hits) == [("sarre", "words")]


@pytest.mark.parametrize(
    ("text", "name", "how"),
    [
        ("unistra", "UNISTRA", How.ACRONYM),
        ("Louis-Pasteur", "Université Louis Pasteur", How.WORDS),
        ("université louis pasteur", "Université Louis Pasteur", How.LABEL),
        ("univer strasb", "Université de Strasbourg", How.WORDS),
        ("universitedestrasbourg", "Université de Strasbourg", How.LABEL),
        ("univresité de strasbuorg", "Université de Strasbourg", How.TYPO),
    ],
)
def test_the_name_that_was_found_is_told(small: Index, text: str, name: str, how: How) -> None:
    hit = search(small, text, "fr").hits[0]
    assert hit.naming is not None
    assert (hit.entry.iri, hit.naming.text, hit.how) == (ID + "universite", name, how)


def test_of_equal_names_the_reader_s_own_is_told(small: Index) -> None:
    for language in ("fr", "en"):
        naming = search(small, "strasbourg", language).hits[0].naming
        assert naming is not None
        assert naming.language == language


def test_hits_are_counted_by_kind_and_chosen(small: Index) -> None:
    result = search(small, "strasbourg")
    assert result.kinds == {"organisation": 1, "place": 1, "document": 1}
    assert told(result.of(["place"]).hits) == [("strasbourg", "label")]
    assert result.of([]) is result


def test_slips_are_looked_for_only_where_nothing_is_right(small: Index) -> None:
    assert {hit.how for hit in search(small, "strasbourg").hits} == {How.LABEL, How.WORDS}
    assert told(search(small, "starsbourg").hits)[0] == ("strasbourg", "typo")
    assert search(small, "xyzzy").hits == ()
    assert search(small, "2024").hits == ()


def test_a_short_number_is_taken_at_its_word(real_index: Index) -> None:
    hits = search(real_index, "paragraphe 1").hits
    passages = [hit for hit in hits if hit.entry.kind == "passage"]
    assert [hit.naming and hit.naming.text.split()[-1] for hit in passages] == ["1"]


def test_what_nothing_was_found_for_leads_to_the_nearest(small: Index) -> None:
    assert search(small, "préfecture de strasbourg").hits == ()
    assert told(nearest(small, "préfecture de strasbourg"))[0] == ("strasbourg", "label")


@pytest.mark.parametrize(
    "text", ["", " ", "…", "'", "\0", "%", "(", "*", "\ud800", "a" * 5000, "a " * 5000]
)
def test_whatever_is_asked_is_answered(small: Index, text: str) -> None:
    search(small, text)
    nearest(small, text)
    lookup(small, text)
    assert len(suggest(small, text, "", 1000)) <= 20


@given(st.text(max_size=60))
@settings(deadline=None)
def test_each_thing_is_found_once_and_in_order(small: Index, text: str) -> None:
    hits = search(small, text).hits
    assert len({hit.entry.iri for hit in hits}) == len(hits)
    assert [hit.rank() for hit in hits] == sorted(hit.rank() for hit in hits)
    assert hits == search(small, text.casefold()).hits or ":" in text


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("https://ror.org/00pg6eq24", "universite"),
        ("00pg6eq24", "universite"),
        ("https://www.unistra.fr", "universite"),
        ("https://unistra.fr/", "universite"),
        ("id:strasbourg", "strasbourg"),
        ("130005457", None),
        ("Strasbourg", None),
        ("http://nuts.example/FRF1", None),
        ("nothing", None),
    ],
)
def test_an_identifier_of_one_thing_is_told_from_the_rest(
    small: Index, text: str, slug: str | None
) -> None:
    hit = identified(small, text)
    assert (hit and hit.entry.iri) == (slug and ID + slug)


def test_looking_up_is_exact(small: Index) -> None:
    assert told(lookup(small, "universite strasbourg")) == [("universite", "label")]
    assert lookup(small, "universite strasbour") == ()


def test_suggestions_begin_with_what_is_typed(small: Index) -> None:
    assert told(suggest(small, "u")) == [("universite", "prefix"), ("sarre", "prefix")]
    assert told(suggest(small, "stra", "fr"))[0] == ("strasbourg", "prefix")
    assert told(suggest(small, "fiche")) == [("record", "prefix")]
    assert told(suggest(small, "univrsite de stra"))[0] == ("universite", "typo")
    assert len(suggest(small, "s", count=1)) == 1


def test_sources_come_after_things(small: Index) -> None:
    assert [slug for slug, _ in told(suggest(small, "ror 00pg"))] == []
    assert told(suggest(small, "strasbourg"))[-1] == ("record", "words")


def test_every_label_of_the_release_finds_its_thing_among_the_sure_hits(real_index: Index) -> None:
    labels = {(e.iri, n.text) for e in real_index.entries for n in e.names if n.role == "label"}
    assert len(labels) > 4000
    for iri, text in sorted(labels):
        sure = [hit.entry.iri for hit in search(real_index, text).hits if hit.how in SURE]
        assert iri in sure, (text, iri)


def test_every_other_name_of_the_release_finds_its_thing(real_index: Index) -> None:
    for entry in real_index.entries:
        for name in entry.names:
            if fold(name.text):
                assert entry in [hit.entry for hit in lookup(real_index, name.text)], name


def test_a_label_with_a_slip_finds_its_thing_among_the_first_five(real_index: Index) -> None:
    choose = random.Random(2024)
    labels = sorted(
        {(e.iri, n.text) for e in real_index.entries for n in e.names if n.role == "label"}
    )
    long = [pair for pair in labels if len(pair[1]) >= 6]
    sample = choose.sample(long, 500)
    found = sum(
        iri in [hit.entry.iri for hit in search(real_index, mistype(text, choose)).hits[:5]]
        for iri, text in sample
    )
    assert found / len(sample) >= 0.97


def mistype(text: str, choose: random.Random) -> str:
    """A text with one letter left out, put in, put for another, or two swapped."""
    while True:
        place, letter = choose.randrange(len(text)), choose.choice(string.ascii_lowercase)
        before, here, after = text[:place], text[place], text[place + 1 :]
        wrong = choose.choice(
            [
                before + after,
                before + letter + here + after,
                before + letter + after,
                before + after[:1] + here + after[1:],
            ]
        )
        if fold(wrong) != fold(text):
            return wrong


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Sarrebruck", "saarbruecken"),
        ("saarbruecken", "saarbruecken"),
        ("Saarbrücken", "saarbruecken"),
        ("HUS", "hopitaux-universitaires-de-strasbourg"),
        ("univ lorraine", "universite-de-lorraine"),
        ("nanci", "nancy"),
        ("eurecapro", "eureca-pro"),
        ("Straßburg", "strasbourg"),
    ],
)
def test_people_find_what_they_mean(real_index: Index, text: str, slug: str) -> None:
    assert search(real_index, text, "fr").hits[0].entry.iri == ID + slug
    assert suggest(real_index, text, "fr")[0].entry.iri == ID + slug
