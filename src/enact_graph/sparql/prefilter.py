"""A look at a query's text before any process sees it: what it has none of, and what is refused.

A scan by tokens costs more than many a query, so most questions here are answered by one search in
C, which errs on one side only: where it says "none", the scan would find none either. There is no
grammar. The limits of the query processes are the barrier; what is refused here is refused to say
clearly what is not done, and to keep texts away that would only cost a process.
"""

import re
from typing import TYPE_CHECKING, Final, NoReturn

from enact_graph.errors import (
    QueryMissing,
    QueryRefused,
    QuerySyntax,
    QueryTooDeep,
    QueryTooLong,
)
from enact_graph.sparql.service import clauses
from enact_graph.sparql.tokens import Kind, Token, place, scan

if TYPE_CHECKING:  # query processes read words, too, and need none of the settings
    from enact_graph.settings import Settings

#: Characters from which on a scan takes so long that it is left to the query processes, which have
#: limits of time; the HTTP process has all others to answer meanwhile.
LONG: Final = 32_768
#: Letters without which none of the words below is there; a plain search for each is quickest.
_SUSPECT: Final = (
    *("SERVICE", "ADD", "CLEAR", "COPY", "CREATE", "DELETE"),
    *("DROP", "INSERT", "LOAD", "MOVE", "WITH"),
)
#: An update's operation as a word of its own; SERVICE anywhere, since the engine needs no blank.
_REFUSED: Final = re.compile(
    "SERVICE|(?<![a-z_])(?:ADD|CLEAR|COPY|CREATE|DELETE|DROP|INSERT|LOAD|MOVE|WITH)(?![a-z_0-9])",
    re.IGNORECASE,
)
#: Words of SPARQL 1.1 that make an answer another one each time.
_CHANGING: Final = ("NOW", "RAND", "UUID", "BNODE", "SERVICE")
#: A star or question mark right behind a name or bracket, which ends a path.
_STILL: Final = re.compile(r"[*?](?<=[^\s({,;.][*?])(?:(?<=\*)|(?!\w))")
_FROM: Final = re.compile("(?<![a-z_])FROM(?![a-z_0-9])", re.IGNORECASE)
#: A prologue as people write it, and the form after it.
_FORM: Final = re.compile(
    r"""(?:\s++|\#[^\n\r]*+|PREFIX\s++[\w.-]*+:\s*+<[^\x00-\x20<>"'{}|^`\\]*+>
    |BASE\s*+<[^\x00-\x20<>"'{}|^`\\]*+>)*+(SELECT|ASK|CONSTRUCT|DESCRIBE)""",
    re.IGNORECASE | re.VERBOSE,
)
#: Strings in plain double quotes, IRIs, comments, and between them nothing that opens a string.
_CLOSED: Final = re.compile(
    r"""(?:[^"'#<\\]++|<[^\x00-\x20<>"'{}|^`\\]*+>|<|\#[^\n\r]*+|"(?!"")[^"'\\\n\r]*+")*+"""
)


def is_harmless(query: str, depth: int) -> bool:
    """Whether a text asks for nothing refused, nests no deeper, and closes each string."""
    if query.count("(") + query.count("{") + query.count("[") > depth:
        return False
    if _has(query, _SUSPECT) and _REFUSED.search(query):
        return False
    return _CLOSED.fullmatch(query) is not None


def is_steady(query: str) -> bool:
    """Whether a text names nothing that answers differently each time."""
    return not _has(query, _CHANGING)


def changes(query: str) -> bool:
    """Whether a query may answer differently each time it is asked of the same data.

    So it is with NOW, RAND, UUID, STRUUID and BNODE, and with SERVICE; a variable, a string or a
    name like these does no harm. Blank nodes of a CONSTRUCT template are named by their content,
    always the same. In a long text the letters are enough, since its words take long to read.
    """
    if is_steady(query):
        return False
    return len(query) > LONG or any(token.ends(*_CHANGING) for token in scan(query))


def _has(query: str, words: tuple[str, ...]) -> bool:
    text = query.upper()
    return any(word in text for word in words)


def may_differ(query: str) -> bool:
    """Whether a text may have what the engine reads otherwise than SPARQL says.

    These are functions that it computes otherwise, and signs in tokens that it takes for others.
    """
    # Every query is asked this in its process, and written out it takes a third of the time.
    text = query.upper()
    is_function = "GROUP_CONCAT" in text or "REGEX" in text or "REPLACE" in text
    return is_function or "<<(" in text or "&&?" in text or "&&$" in text


def may_stand_still(query: str) -> bool:
    """Whether a text may have a path that may have no step, its sign right behind it as usual."""
    return _STILL.search(query) is not None


def may_name_graphs(query: str) -> bool:
    """Whether FROM may be among the words of a text."""
    return _FROM.search(query) is not None


def form(query: str) -> str | None:
    """The form of a query in lower case, where its prologue is a plain one."""
    found = _FORM.match(query)
    return found[1].lower() if found else None


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
