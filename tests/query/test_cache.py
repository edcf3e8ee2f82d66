"""What the byte cache keeps, and which queries must not be kept at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.engine.cache import ByteCache
from enact_graph.sparql.prefilter import changes


def test_what_was_used_longest_ago_goes_first() -> None:
    cache: ByteCache[str] = ByteCache(10_000)
    for name in "abcd":
        cache.put(name, name, 1_900)
    assert cache.get("a") == "a"
    cache.put("e", "e", 1_900)
    assert [n for n in "abcde" if cache.get(n)] == ["a", "c", "d", "e"]


def test_a_value_that_would_push_out_many_others_is_not_kept() -> None:
    cache: ByteCache[str] = ByteCache(10_000)
    cache.put("a", "a", 100)
    cache.put("big", "big", 5_000)
    assert cache.get("big") is None
    assert cache.get("a") == "a"


def test_a_new_value_takes_the_place_of_the_old_one() -> None:
    cache: ByteCache[str] = ByteCache(10_000)
    cache.put("a", "old", 1_000)
    cache.put("a", "new", 10)
    assert cache.get("a") == "new"
    assert len(cache) == 1
    assert cache.held < 1_000


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3_000)), max_size=60))
def test_the_capacity_is_never_exceeded(puts: list[tuple[int, int]]) -> None:
    cache: ByteCache[int] = ByteCache(8_000)
    for key, size in puts:
        cache.put(key, size, size)
        assert cache.held <= 8_000
        assert cache.get(key) in (None, size)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT (NOW() AS ?t) {}", True),
        ("select (rand() as ?x) {}", True),
        ("SELECT (STRUUID() AS ?x) {}", True),
        ("ASK { BIND(uuid() AS ?x) }", True),
        ("ASK { BIND(BNODE() AS ?x) }", True),
        ("ASK { ?now ?rand 'NOW()' } # UUID()", False),
        ("CONSTRUCT { ?s ?p _:b } WHERE { ?s ?p [] }", False),
        ("SELECT * { [] ?p _:b }", False),
    ],
)
def test_a_query_changes_its_answer(query: str, expected: bool) -> None:
    assert changes(query) is expected
