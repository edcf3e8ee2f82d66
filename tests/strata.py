"""Which of what is very much alike a run looks at: some; `make test-all` looks at all of it."""

import os
import random
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

#: Whether everything is looked at, however long it takes.
EVERY: Final = bool(os.environ.get("ENACT_GRAPH_EVERY"))
T = TypeVar("T")


@cache
def _commit() -> str:
    """The commit that is tested, so that a run can be repeated; nothing outside of git."""
    head = ["git", "rev-parse", "HEAD"]
    folder = Path(__file__).parent
    return subprocess.run(head, cwd=folder, capture_output=True, text=True, check=False).stdout


def some(alike: Iterable[T], share: float) -> list[T]:
    """This share of what is alike, at least one, in the order given; all of it with EVERY."""
    every = list(alike)
    if EVERY or not every:
        return every
    count = max(1, round(len(every) * share))
    chosen = random.Random(_commit()).sample(range(len(every)), count)
    return [every[place] for place in sorted(chosen)]


def turn(alike: Iterable[T], place: int) -> list[T]:
    """The one of what is alike whose turn it is at a place in this run; all of it with EVERY."""
    every = list(alike)
    first = random.Random(_commit()).randrange(len(every))
    return every if EVERY else [every[(first + place) % len(every)]]
