from typing import Any

import pyoxigraph as ox
import pytest

from enact_graph.engine.worker import reply_to

HEADER: dict[str, Any] = {
    "results": "csv",
    "graph": "ntriples",
    "default_graphs": [],
    "named_graphs": [],
    "limits": {"size": 4096},
}


def test_an_answer_becomes_a_frame_with_form_and_format() -> None:
    reply, body = reply_to(ox.Store(), HEADER, b"ASK {}")
    assert (reply, body) == ({"form": "ask", "format": "csv"}, b"true")


@pytest.mark.parametrize(
    ("changed", "query", "slug"),
    [
        ({}, b"ASK {", "query-syntax"),
        ({"results": None}, b"ASK {}", "not-acceptable"),
        ({"limits": {"size": 1}}, b"ASK {}", "answer-too-large"),
        ({"default_graphs": ["x"]}, b"ASK {}", "bad-parameter"),
    ],
)
def test_an_error_becomes_a_frame_with_its_slug(
    changed: dict[str, Any], query: bytes, slug: str
) -> None:
    reply, body = reply_to(ox.Store(), HEADER | changed, query)
    assert (reply["error"], body) == (slug, b"")
    assert reply["detail"]
