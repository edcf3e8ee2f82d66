"""The engine, asked so that it understands: queries in its dialect, functions that it lacks."""

import re
from typing import Final

import pyoxigraph as ox

from enact_graph.engine.dataset import Dataset, Result, run
from enact_graph.engine.zero_length import resolved
from enact_graph.sparql.dialect import level, rendered, unfolded

_UNKNOWN: Final = re.compile(r"The custom function <([^>]*)> is not supported")
#: Unknown functions of one query: each is found by asking again.
_MOST: Final = 16


def ask(store: ox.Store, query: str, dataset: Dataset | None) -> tuple[Result, tuple[str, ...]]:
    """The result of a query, and the IRIs of the functions in it that nobody here knows.

    A call of such a function is an error of its expression, and no more (SPARQL 1.1 Query, section
    17.6). SyntaxError for what is not SPARQL; QueryError for what the engine has nothing for.
    """
    plain, unknown = rendered(query), list[str]()
    text = resolved(store, plain, dataset)
    while True:
        try:
            return run(store, text, dataset, unknown), tuple(unknown)
        except SyntaxError:
            again = level(plain)
            again = again if again != plain else unfolded(plain) or plain
            if again == plain:
                raise
            plain = again
            text = resolved(store, plain, dataset)
        except RuntimeError as error:
            found = _UNKNOWN.search(str(error))
            if not found or found[1] in unknown or len(unknown) == _MOST:
                raise
            unknown.append(found[1])


def fault(query: str) -> str | None:
    """The engine's message on a text that is not SPARQL, with places in this text; None if it is.

    What the engine cannot do is no fault of the form.
    """
    text = level(query)
    message = _message(text)
    again = unfolded(text) if message else None
    return None if again and _message(again) is None else message


def _message(text: str) -> str | None:
    try:
        run(ox.Store(), text, None)
    except SyntaxError as error:
        return str(error)
    except (OSError, RuntimeError):
        pass
    return None
