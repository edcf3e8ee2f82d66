"""A glance at a query's text: what most texts have none of, and need not be searched for.

A scan by tokens costs more than many a query. Each question here is answered by one search in C,
which errs on one side only: where it says "none", the scan would find none either.
"""

import re
from typing import Final

from enact_graph.sparql.tokens import scan

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
