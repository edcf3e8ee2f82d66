"""The guard: what is refused by the look of a query's text, before any process sees it.

It knows no grammar. The limits of the query processes are the barrier; the guard is there to say
clearly what is not done here, and to keep texts away that would only cost a process.
"""

from typing import TYPE_CHECKING, Final, NoReturn

from enact_graph.errors import (
    QueryMissing,
    QueryRefused,
    QuerySyntax,
    QueryTooDeep,
    QueryTooLong,
)
from enact_graph.sparql.prefilter import LONG, is_harmless
from enact_graph.sparql.service import clauses
from enact_graph.sparql.tokens import Kind, Token, place, scan

if TYPE_CHECKING:  # query processes read words, too, and need none of the settings
    from enact_graph.settings import Settings

_UPDATES: Final = frozenset(
    "ADD CLEAR COPY CREATE DELETE DROP INSERT LOAD MOVE WITH".split()  # noqa: SIM905
)
_BEFORE_GRAPH_NAME: Final = ("GRAPH", "FROM", "NAMED", "DESCRIBE")


def check(query: str, settings: "Settings") -> bool:
    """Raise a QueryError unless the text may go to a query process.

    QueryMissing for a blank text; QueryTooLong and QueryTooDeep beyond the limits of the settings;
    QueryRefused for SPARQL Update, and for SERVICE but to the hosts of the settings; QuerySyntax
    for what is not text, or for a string that never ends. True where the text is too long to be
    read to its end here: a query process then begins with `check_words`.
    """
    if not query.strip():
        raise QueryMissing("The query is empty; send the text of one SPARQL query.")
    if len(query) > settings.query_chars:
        raise QueryTooLong(
            f"The query has {len(query)} characters, the limit is {settings.query_chars}; shorten"
            " it, or download the data and query it on your own machine.",
            limit=settings.query_chars,
        )
    try:
        query.encode()
    except UnicodeEncodeError as error:
        _fault(query, error.start, "there is half a surrogate pair, which is no character")
    if is_harmless(query, settings.query_depth):
        return False
    hosts = settings.service_hosts
    if len(query) > LONG:
        if hosts and "SERVICE" in query.upper():
            raise QueryTooLong(
                f"The query has {len(query)} characters, the limit is {LONG} where the word"
                " SERVICE occurs; shorten it, or ask the other server yourself.",
                limit=LONG,
            )
        return True
    check_words(query, settings.query_depth, may_ask=bool(hosts))
    if hosts:
        clauses(query, hosts)
    return False


def check_words(query: str, limit: int, *, may_ask: bool = False) -> None:
    """Raise a QueryError for what the words of a text tell; brackets nest to `limit` levels.

    `may_ask` lets SERVICE pass.
    """
    depth = 0
    before: Token | None = None
    last: Token | None = None
    for token in scan(query):
        if token.kind is Kind.OPEN:
            depth += 1
            if depth > limit:
                raise QueryTooDeep(
                    f"The brackets nest more than {limit} levels deep at {_at(query, token)};"
                    " take away the needless ones.",
                    limit=limit,
                )
            if token.text == "{" and last and _is_service(last, before):
                _refuse_service(query, last)
        elif token.kind is Kind.CLOSE:
            depth = max(0, depth - 1)
        elif token.kind is Kind.UNCLOSED:
            _fault(query, token.start, f"the string that starts with {token.text} never ends")
        elif token.kind is Kind.WORD:
            _check_word(query, token, depth, may_ask=may_ask)
        before, last = last, token


def _check_word(query: str, token: Token, depth: int, *, may_ask: bool) -> None:
    word = token.text.upper()
    if "SERVICE" in word and not may_ask:
        _refuse_service(query, token)
    if depth == 0 and word in _UPDATES:
        raise QueryRefused(
            f"{word} at {_at(query, token)} belongs to SPARQL Update; this endpoint only answers"
            " questions. Its data changes by releases.",
            keyword=word,
        )


def _is_service(name: Token, before: Token | None) -> bool:
    """Say whether a name like `SERVICEex:x` is read as SERVICE followed by `ex:x`.

    The engine needs no blank between them. Only the name of a graph stands before a brace else.
    """
    is_suspect = name.kind is Kind.NAME and "SERVICE" in name.text.partition(":")[0].upper()
    return is_suspect and not (before and before.ends(*_BEFORE_GRAPH_NAME))


def _refuse_service(query: str, token: Token) -> NoReturn:
    raise QueryRefused(
        f"SERVICE at {_at(query, token)} would send a request to another server. No query here"
        " reaches one: query processes have no network, so that nobody can use them to reach what"
        " only this machine can. Ask that server yourself and join the answers, or call this"
        " endpoint by SERVICE from an engine of your own.",
        keyword="SERVICE",
    )


def _fault(query: str, offset: int, problem: str) -> NoReturn:
    line, column = place(query, offset)
    raise QuerySyntax(f"Line {line}, column {column}: {problem}.", line=line, column=column)


def _at(query: str, token: Token) -> str:
    line, column = place(query, token.start)
    return f"line {line}, column {column}"
