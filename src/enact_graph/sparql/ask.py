"""A query and its answer, as they pass between all who ask and whatever engine answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from enact_graph.formats import RESULTS_JSON, TURTLE, Format


@dataclass
class Turn:
    """The stay of one query: whose it is, and how many seconds it waited and ran."""

    client: str = ""
    waited: float = 0.0
    ran: float = 0.0


@dataclass(frozen=True, slots=True)
class Ask:
    """A query and how to answer it.

    `results` is the format for SELECT and ASK, `graph` that for CONSTRUCT and DESCRIBE; None means
    that the client takes none: NotAcceptable. `turn` says whose it is, and is told its times.
    """

    query: str
    results: Format | None = RESULTS_JSON
    graph: Format | None = TURTLE
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()
    turn: Turn | None = None


@dataclass(frozen=True)
class Answer:
    """The bytes of an answer, their format, and the query's form: select, ask, construct …

    `unknown` are the functions in the query that nobody here knows: each call of them failed.
    """

    body: bytes
    format: Format
    form: str
    unknown: tuple[str, ...] = ()


class Runner(Protocol):
    """Whatever answers a query as a whole: an engine, or one in somebody's name."""

    async def run(self, ask: Ask) -> Answer:
        """Answer in one of the two formats, whichever fits the form of the query."""
