"""The order of names: as a reader of French, English or German looks for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.present import collation


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("École polytechnique", "Eucor"),
        ("9 chaires", "18 chaires"),
        ("Universität Basel", "Universite de Haute-Alsace"),
        ("Straßburg", "Strassen"),
        ("œuvre", "office"),
        ("inria", "INSERM"),
        ("«Zeit»", "Zoo"),
        ("Łódź", "Lyon"),
    ],
)
def test_names_stand_where_readers_look_for_them(first: str, then: str) -> None:
    assert sorted([then, first], key=collation.key) == [first, then]


@given(st.lists(st.text()).flatmap(lambda n: st.tuples(st.just(n), st.permutations(n))))
def test_the_order_is_the_same_from_wherever_one_begins(found: tuple[list[str], list[str]]) -> None:
    names, shuffled = found
    assert sorted(names, key=collation.key) == sorted(shuffled, key=collation.key)
