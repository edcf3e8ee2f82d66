import pytest

from enact_graph.engine.cache import Ended
from enact_graph.errors import QueryTimeout
from enact_graph.sparql.ask import Ask


def test_an_ended_query_is_refused_until_its_time_is_over() -> None:
    now = [100.0]
    ended = Ended(60, clock=lambda: now[0])
    key = Ended.key(Ask("ASK {}"))
    ended.add(key, QueryTimeout("It ran for 10 s.", limit=10))
    now[0] = 130.5
    with pytest.raises(
        QueryTimeout, match=r"It ran for 10 s\. .* before 30 s have passed"
    ) as caught:
        ended.check(key)
    assert caught.value.extra == {"limit": 10, "retry_after": 30}
    now[0] = 160.0
    ended.check(key)


def test_another_query_or_dataset_is_not_refused() -> None:
    ended = Ended(60)
    ended.add(Ended.key(Ask("ASK {}", default_graphs=["urn:a"])), QueryTimeout("It ran for 10 s."))
    ended.check(Ended.key(Ask("ASK { }", default_graphs=["urn:a"])))
    ended.check(Ended.key(Ask("ASK {}", named_graphs=["urn:a"])))
    with pytest.raises(QueryTimeout):
        ended.check(Ended.key(Ask("ASK {}", default_graphs=["urn:a"])))


def test_only_the_latest_queries_are_kept() -> None:
    ended = Ended(60)
    keys = [Ended.key(Ask(f"ASK {{}} # {i}")) for i in range(1100)]
    for key in keys:
        ended.add(key, QueryTimeout("It ran for 10 s."))
    ended.check(keys[0])
    with pytest.raises(QueryTimeout):
        ended.check(keys[-1])
