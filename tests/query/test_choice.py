"""Facets: what is chosen, and what each further choice would leave, whatever the list."""

from hypothesis import given
from hypothesis import strategies as st

from enact_graph.topics.lists.facets import Count, Facet
from enact_graph.topics.lists.kinds import Kind
from enact_graph.topics.lists.read import Choice, Entry, Shelf

FACETS = ("colour", "size", "place")
VALUES = ("one", "two", "three", "four")
KIND = Kind(
    "things", "class", "?thing a ?any", tuple(Facet(f, "") for f in FACETS), Count("documents", "")
)

values = st.dictionaries(
    st.sampled_from(FACETS), st.lists(st.sampled_from(VALUES), min_size=1, unique=True).map(tuple)
)
choices = st.lists(st.tuples(st.sampled_from(FACETS), st.sampled_from(VALUES))).map(Choice.of)


def _shelf(filed: list[dict[str, tuple[str, ...]]]) -> Shelf:
    entries = (Entry(f"thing:{n}", {}, {}, values, 0) for n, values in enumerate(filed))
    return Shelf(KIND, tuple(entries), {})


shelves = st.lists(values, max_size=12).map(_shelf)


@given(shelves, choices)
def test_any_value_of_a_facet_will_do_and_every_facet_must_be_met(
    shelf: Shelf, choice: Choice
) -> None:
    expected = [
        e
        for e in shelf.entries
        if all(
            any(v in e.values.get(facet, ()) for v in chosen)
            for facet, chosen in choice.values.items()
        )
    ]
    assert choice.entries(shelf) == expected


@given(shelves, choices, st.sampled_from(FACETS), st.sampled_from(VALUES))
def test_what_stands_beside_a_value_is_what_choosing_it_alone_in_its_facet_shows(
    shelf: Shelf, choice: Choice, facet: str, value: str
) -> None:
    others = [pair for pair in choice.pairs() if pair[0] != facet]
    alone = Choice.of([*others, (facet, value)])
    assert choice.counts(shelf, facet)[value] == len(alone.entries(shelf))


@given(shelves, choices, st.sampled_from(FACETS))
def test_no_value_without_entries_is_counted(shelf: Shelf, choice: Choice, facet: str) -> None:
    assert all(n > 0 for n in choice.counts(shelf, facet).values())


@given(choices, st.sampled_from(FACETS), st.sampled_from(VALUES))
def test_a_value_taken_away_is_no_longer_chosen_and_all_others_are(
    choice: Choice, facet: str, value: str
) -> None:
    left = choice.without(facet, value)
    assert set(left.pairs()) == set(choice.pairs()) - {(facet, value)}
    assert all(left.values.values()), "a facet without a value demands nothing"
