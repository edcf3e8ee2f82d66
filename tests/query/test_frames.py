import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enact_graph.engine.framing import pack, receive

JSON = st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text())


@given(st.lists(st.tuples(JSON, st.binary()), max_size=5))
def test_frames_arrive_as_they_were_sent_one_after_another(
    frames: list[tuple[dict[str, object], bytes]],
) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for header, body in frames:
            ours.sendall(pack(header, body))
        assert [receive(theirs) for _ in frames] == frames


def test_a_frame_cut_short_is_the_end() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        with ours:
            ours.sendall(pack({"a": 1}, b"body")[:-1])
        with pytest.raises(EOFError):
            receive(theirs)
