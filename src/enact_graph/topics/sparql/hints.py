"""What a query seems to have meant where its answer is silent: empty cells, no rows.

A hint is given only where the text has the pattern and the answer shows the silence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from enact_graph.present.table import Table
from enact_graph.present.words import Voice
from enact_graph.sparql.scope import Selects
from enact_graph.sparql.tokens import PAIRS

#: What ends the conditions of HAVING.
_AFTER: Final = ("ORDER", "LIMIT", "OFFSET", "VALUES")
_SHOWN: Final = 60


@dataclass(frozen=True)
class Hint:
    """One hint: the key of its text under `sparql.hint`, what was found, what to write instead."""

    key: str
    found: str
    instead: str = ""

    def told(self, voice: Voice) -> str:
        """The hint in words."""
        return voice.text(f"sparql.hint.{self.key}", found=self.found, instead=self.instead)


def hints(query: str, table: Table | None, unknown: Sequence[str] = ()) -> list[Hint]:
    """The hints on a query and the table that answers it; `unknown` functions failed in it."""
    found = [Hint("function", iri) for iri in unknown]
    if table:
        clauses = Selects.of(query)
        found += [*_concatenated(clauses, table), *_having(clauses, table)]
    return list(dict.fromkeys(found))


def _concatenated(clauses: Selects, table: Table) -> Iterator[Hint]:
    """A GROUP_CONCAT that has no value, since one of its group has no text."""
    silent = {c for i, c in enumerate(table.columns) if any(row[i] is None for row in table.rows)}
    for _, alias, first, last in _named(clauses):
        at = next((i for i in range(first, last) if clauses.word(i) == "GROUP_CONCAT"), None)
        if at is None or alias not in silent:
            continue
        start = at + 3 if clauses.word(at + 2) == "DISTINCT" else at + 2
        stop = clauses.closing(at + 1)
        stop = next((i for i in range(start, stop) if clauses.text(i) == ";"), stop)
        yield Hint("concat", f"?{alias}", f'COALESCE(STR({_written(clauses, start, stop)}), "")')


def _having(clauses: Selects, table: Table) -> Iterator[Hint]:
    """A HAVING that asks for a name that SELECT gives, which has no value there yet."""
    if table.rows:
        return
    meant = {(at, alias): (first, last) for at, alias, first, last in _named(clauses)}
    for at in {at for at, _ in meant}:
        for name in _asked_by_having(clauses, at):
            if item := meant.get((at, name)):
                yield Hint("having", f"?{name}", _written(clauses, item[0] + 1, item[1] - 2))


def _named(clauses: Selects) -> Iterator[tuple[int, str, int, int]]:
    """Each name that a SELECT gives: that SELECT, the name, and the item that gives it."""
    for at in range(len(clauses.tokens)):
        for first, last in clauses.items(at) if clauses.word(at) == "SELECT" else ():
            if alias := clauses.alias(first, last):
                yield at, alias.text[1:], first, last


def _asked_by_having(clauses: Selects, at: int) -> Iterator[str]:
    """The variables in the HAVING that belongs to a SELECT."""
    is_having = False
    while at < len(clauses.tokens) and clauses.text(at) != "}":
        word = clauses.word(at)
        is_having = word == "HAVING" or (is_having and word not in _AFTER)
        end = clauses.closing(at) if clauses.text(at) in PAIRS else at
        if is_having:
            yield from (t.text[1:] for t in clauses.outside_aggregates(at, end + 1))
        at = end + 1


def _written(clauses: Selects, first: int, stop: int) -> str:
    """The tokens from one index up to another, as the query has them."""
    if not first < stop <= len(clauses.tokens):
        return "…"
    written = clauses.query[clauses.tokens[first].start : clauses.end(stop - 1)]
    return " ".join(written.split())[:_SHOWN]
