"""How long tests wait for what has to come: a net under what hangs, never a judgement of speed.

A busy machine may take its time. What is promised of time is said in the order of events or in
time of the processor, or it is measured in `benchmarks/`.
"""

import inspect
import time
from collections.abc import Callable
from typing import Final

import httpx

#: Seconds; only what hangs takes as long.
PATIENCE: Final = 180.0
_PAUSE: Final = 0.05


def until(holds: Callable[[], object], said: object = "it never came to be") -> None:
    """Wait for a condition; fail with these words when it does not come to hold."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, said() if callable(said) else said
        time.sleep(_PAUSE)


def make_httpx_patient() -> None:
    """Let requests that name no time wait as long: httpx would give up after five seconds."""
    default = inspect.signature(httpx.get).parameters["timeout"].default
    assert isinstance(default, httpx.Timeout)
    default.connect = default.read = default.write = default.pool = PATIENCE
