"""What is wrong with a text that is not SPARQL, and where, in words.

The engine's own position cannot be used as it is: it takes as many characters as a keyword has
before it compares them, so it reports a place up to a keyword's length behind the fault. Asked
again with wide gaps between the tokens, it ends inside the gap after the token at fault.
"""

import re
import time
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, islice, pairwise
from typing import Final

from enact_graph.errors import QuerySyntax
from enact_graph.sparql.constructs import Constructs
from enact_graph.sparql.spellings import QUOTED, SCHEMES, Guess, Spellings, first_foreign, foreign
from enact_graph.sparql.tokens import Kind, Token, edited, moved, place, scan
from enact_graph.terms import PREFIXES

SAID: Final = {
    "as": "AS is missing before {found}; write (… AS {found})",
    "back-reference": "{found} refers back to a group, which the engine cannot do; compare parts of"
    " the text with SUBSTR, STRBEFORE or STRAFTER instead",
    "bare": "an expression in SELECT stands in brackets, with a name; write {instead}",
    "bare-iri": "an IRI stands between < and >; write <{found}>",
    "behind": "{found} stands before what it sorts by; write {instead}",
    "blank": "{code} {name} is no blank of SPARQL; write a plain space",
    "block": "{found} names a block of Unicode, which the engine does not know; write the range of"
    " its characters, or a category such as \\p{{L}}",
    "bound": "{found} has a value already where this {clause} gives it one; take another name",
    "brackets": "a variable stands in no brackets here; write {found}",
    "closing": "“{found}” closes nothing; take it out, or look for the bracket it should close",
    "colon": "a colon is missing after the prefix; write {found}:",
    "condition": "the condition of {clause} stands in brackets; write {clause}(…)",
    "empty-match": "“{found}” finds the empty text, too, which REPLACE must not; write + for *, or"
    " name what is at least there",
    "flags": "“{found}” are no flags of a pattern; there are s, m, i, x and q",
    "foreign": "{code} {name} is no sign of SPARQL; take it out",
    "iri": "“{found}” may not stand in an IRI; write {instead}",
    "letter": "{code} {name} is no letter of a keyword; keywords are written with A to Z",
    "longest": "{found} is one IRI, since the longest token counts; put a space behind <",
    "lookalike": "{code} {name} is no sign of SPARQL; write {instead}",
    "missing": "“{found}” is missing before {other}",
    "nameless": "the expression has no name; write (… AS ?name)",
    "needless": "“{found}” does not belong here; take it out",
    "no-term": '“{found}” is no term; write ?{found} for a variable or "{found}" for a text',
    "open-iri": "the IRI that starts here never ends; write > behind it",
    "order": "{found} goes before {other}; change their order",
    "pattern": "“{found}” is no pattern that the engine can read; XPath has no look-around, each"
    " bracket is closed, and counts must not multiply beyond measure",
    "row": "this row has values for {found} of {other} variables; write UNDEF where there is none",
    "sign": "“{found}” is not written so in SPARQL; write {instead}",
    "starred": "SELECT * cannot stand over groups; name the variables",
    "subject": "“{found}” cannot be the subject of a triple term in an expression; write an IRI or"
    " a variable",
    "turtle": "{found} is Turtle; write {instead} and no full stop at the end",
    "unclosed": "the “{found}” in line {opened_line}, column {opened_column} is open; close it",
    "ungrouped": "{found} is neither in GROUP BY nor in an aggregate; add it to GROUP BY, or write"
    " (SAMPLE({found}) AS ?name)",
    "unseen": "{code} {name} is a character that nobody sees; take it out",
    "word": "“{found}” is no word of SPARQL; write {instead}",
}


#: Parses a text, and returns the engine's message when it is not SPARQL.
Parse = Callable[[str], str | None]

_MESSAGE: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
#: One thing the engine expected: a quoted sign, a class of characters, or words.
_ITEM: Final = re.compile(
    r"""(?P<sign>"(?:[^"\\]|\\.)*+")|(?P<chars>\[(?:[^\]']|'[^']*')*\])|(?P<words>[^,"\[]+)"""
)
#: Longer than any keyword of SPARQL.
_GAP: Final = " " * 24
_KINDS: Final = {"?": "a variable", "<": "an IRI", ":": "a prefixed name", '"': "a literal"}
_SIGNS: Final = frozenset("{}()[]=.,;")
_SHOWN: Final = 5
#: Guesses that are put to the engine, each at the cost of two readings of the text.
_TRIED: Final = 40
#: Beyond so many, the engine takes long to plan what was set right.
_VARIABLES: Final = 400
#: Processor time that they may take together.
_SECONDS: Final = 0.5
#: Said wherever a name or IRI was tried, so their place says nothing.
_VAGUE: Final = frozenset({"Prefix not found", "IRI parsing failed"})


def explain(query: str, message: str, parse: Parse) -> QuerySyntax:
    """Return the error for a query that the engine refused.

    `line` and `column` count from 1, `offset` from 0, in characters. Its further members say the
    same for who speaks another language: `fault` is a key of `SAID`, with the parts of its
    sentence; without one, `found` is the token that does not belong there, null at the end, and
    `expected` what may stand there, as far as known; `prefix` and `namespace` are told where a
    prefix is not declared.
    """
    match = _MESSAGE.search(message)
    if not match:
        return QuerySyntax(f"The query cannot be read: {message}")
    tokens = list(scan(query))
    index = _index_of_fault(tokens, parse)
    end = len(query.rstrip())
    offset = tokens[index].start if index < len(tokens) else end
    prefix = None if first_foreign(tokens, index) else _undeclared(tokens, index)
    guess = None
    # An address without < and > looks like a name whose prefix is its scheme.
    if not prefix or prefix in SCHEMES:
        guess = _confirmed(query, tokens, index, parse)
    if guess:
        told = SAID[guess.fault].format(**guess.parts)
        return _error(query, guess.offset, told, {"fault": guess.fault, **guess.parts})
    if prefix:
        namespace = PREFIXES.get(prefix)
        told = f"the prefix {prefix}: is not declared; add PREFIX {prefix}: <{namespace or '…'}>"
        return _error(query, offset, told, {"prefix": prefix, "namespace": namespace})
    sentences = [i["words"].strip() for i in _ITEM.finditer(match[3]) if i["words"]]
    sentences = [text for text in sentences if " " in text and text not in _VAGUE]
    if sentences:
        offset = _offset(query, match)
        return _error(query, offset, sentences[0][0].lower() + sentences[0][1:], {})
    expected = _expected(query[:offset], parse)
    found = tokens[index].text[:QUOTED] if index < len(tokens) else None
    problem = f"“{found}” does not belong here" if found else "the query ends too early"
    if expected:
        named = (_KINDS.get(sign, f"“{sign}”") for sign in expected)
        problem += f"; expected here: {' or '.join(named)}"
    return _error(query, offset, problem, {"found": found, "expected": expected})


def _error(query: str, offset: int, problem: str, more: Mapping[str, object]) -> QuerySyntax:
    line, column = place(query, offset)
    told = f"Line {line}, column {column}: {problem}."
    return QuerySyntax(told, line=line, column=column, offset=offset, **more)


def _offset(text: str, match: re.Match[str]) -> int:
    """The offset of the engine's place; a string of several lines keeps its line breaks."""
    lines = text.split("\n")[: int(match[1]) - 1]
    return min(sum(len(line) + 1 for line in lines) + int(match[2]) - 1, len(text))


def _confirmed(query: str, tokens: Sequence[Token], index: int, parse: Parse) -> Guess | None:
    """The first guess whose cure helps: the text is SPARQL then, or its fault lies farther on."""
    before = tokens[index].start if index < len(tokens) else len(query)
    until = time.process_time() + _SECONDS
    is_large = sum(token.kind is Kind.VARIABLE for token in tokens) > _VARIABLES
    guesses = (kind(query, tokens, index).all() for kind in (Spellings, Constructs))
    for guess in islice(chain.from_iterable(guesses), _TRIED):
        if not guess.edits:
            return guess
        if is_large or time.process_time() > until:
            continue  # one that needs no confirmation may follow
        cured = edited(query, guess.edits)
        if parse(cured) is None:
            return guess
        again = list(scan(cured))
        place_ = _index_of_fault(again, parse)
        if index < len(tokens) and (
            place_ == len(again) or again[place_].start > moved(before, guess.edits)
        ):
            return guess
    return None


def _index_of_fault(tokens: Sequence[Token], parse: Parse) -> int:
    """Return the index of the token at fault; the number of tokens when the text ends early."""
    padded, starts = "", []
    for token, following in pairwise((*tokens, None)):
        assert token is not None
        starts.append(len(padded))
        padded += token.text
        is_glued = following and following.start == token.start + len(token.text)
        is_bracket = token.kind in (Kind.OPEN, Kind.CLOSE)
        if following and (foreign(token) or foreign(following)):
            is_glued = False
        if not is_glued or (is_bracket and following and following.kind is not Kind.SIGN):
            padded += _GAP
    match = _MESSAGE.search(parse(padded) or "")
    if not match:
        return len(tokens)
    offset = _offset(padded, match)
    return len(tokens) if offset >= len(padded) else max(0, bisect_right(starts, offset) - 1)


def _expected(before: str, parse: Parse) -> list[str]:
    """The signs that begin what may stand at the end of a text, as far as the engine says so.

    `?`, `<`, `:` and `"` stand for a variable, an IRI, a prefixed name and a literal.
    """
    match = _MESSAGE.search(parse(f"{before.rstrip()} ") or "")
    if not match:
        return []
    signs = [i["sign"][1:-1].replace("\\", "") for i in _ITEM.finditer(match[3]) if i["sign"]]
    wanted = [sign for sign in _KINDS if sign in signs]
    wanted += [sign for sign in signs if sign in _SIGNS]
    return wanted if len(wanted) <= _SHOWN else []


def _undeclared(tokens: Sequence[Token], index: int) -> str | None:
    """The prefix that is not declared, when that is what is wrong with the token."""
    declared, used = set[str](), set[str]()
    for before, token in pairwise(tokens[: index + 1]):
        if token.kind is Kind.NAME:
            names = declared if before.ends("PREFIX") else used
            names.add(token.text.partition(":")[0])
    # The fault lies at the name itself or, where the name could end early, right behind it.
    for token in reversed(tokens[max(0, index - 1) : index + 1]):
        prefix = token.text.partition(":")[0]
        if token.kind is Kind.NAME and prefix in used - declared:
            return prefix
    return None
