"""Regular expressions of XPath (Functions and Operators 3.1, section 5.6) in the engine's syntax.

The engine hands patterns to a library that knows no XPath: it reads some signs otherwise, without
a word, and fails on others. Only what differs is written anew.
"""

import re
from typing import Final

from enact_graph.sparql.tokens import LETTERS, NAMED

#: What begins a name of XML and what may follow: \i and \c.
_INITIAL: Final = f":_{LETTERS}"
_NAME: Final = f":.\\-{NAMED}"
_NAMES: Final = {
    "i": f"[{_INITIAL}]",
    "I": f"[^{_INITIAL}]",
    "c": f"[{_NAME}]",
    "C": f"[^{_NAME}]",
}
_BLOCK: Final = re.compile(r"\\[pP]\{Is[^}]*\}")
_REFERENCE: Final = re.compile(r"\\[1-9][0-9]*|\\0|\$([0-9]+)|\\?\$|\\\\")


class Unsupported(Exception):
    """A construct that the engine has nothing for; `fault` is a key of `diagnostics.SAID`."""

    def __init__(self, fault: str, construct: str) -> None:
        super().__init__(construct)
        self.fault = fault
        self.construct = construct


class _Strange(Exception):
    """The pattern is none of XPath; what the engine makes of it is its own affair."""


def pattern(text: str) -> str:
    """The same pattern for the engine; Unsupported for back-references and Unicode blocks.

    What is no pattern of XPath comes back as it is.
    """
    try:
        return _sequence(text)
    except (_Strange, RecursionError):
        return text


def replacement(text: str, pattern_: str, *, is_plain: bool = False) -> str:
    r"""The same replacement for the engine: `$1`, `\$` and `\\` are written otherwise there.

    A number of more digits than there are groups ends where it still names one (section 5.6.4).
    With `is_plain`, the flag q, nothing in it has a meaning.
    """
    if is_plain:
        return text.replace("$", "$$")
    groups = _groups(pattern_)

    def written(match: re.Match[str]) -> str:
        if match[0].startswith("\\"):
            return {"\\$": "$$", "\\\\": "\\"}.get(match[0], match[0])
        if not match[1]:
            return "$$"
        digits = match[1]
        while len(digits) > 1 and int(digits) > groups:
            digits = digits[:-1]
        return f"${{{digits}}}{match[1][len(digits) :]}"

    return _REFERENCE.sub(written, text)


def _groups(text: str) -> int:
    """How many groups a pattern captures."""
    outside = re.sub(r"\\.|\[(?:[^\]\\]|\\.)*\]", "", text, flags=re.DOTALL)
    return len(re.findall(r"\((?!\?)", outside))


def _sequence(text: str) -> str:
    out, at = "", 0
    while at < len(text):
        if text[at] == "\\":
            piece = _escape(text, at)
            out, at = out + _NAMES.get(piece[1:], piece), at + len(piece)
        elif text[at] == "[":
            piece, at = _class(text, at)
            out += piece
        else:
            out, at = out + text[at], at + 1
    return out


def _escape(text: str, at: int) -> str:
    """The escape at an offset, as it is written."""
    piece = text[at : at + 2]
    if piece[1:].isdecimal():
        raise Unsupported("back-reference", piece)
    if block := _BLOCK.match(text, at):
        raise Unsupported("block", block[0])
    return piece


def _class(text: str, at: int) -> tuple[str, int]:
    """The class of characters that opens at an offset, and the offset behind it."""
    at += 1
    negation = "^" if text[at : at + 1] == "^" else ""
    at += len(negation)
    out, before = "", ""
    while text[at : at + 1] != "]" or not out:
        if at >= len(text):
            raise _Strange
        if text[at : at + 2] == "-[":
            inner, end = _class(text, at + 1)
            if text[end : end + 1] != "]":
                raise _Strange
            return f"[[{negation}{out}]--{inner}]", end + 1
        if text[at] in "[]":
            raise _Strange
        if text[at] == "\\":
            piece = _escape(text, at)
            out += _NAMES.get(piece[1:], piece)
            before, at = "", at + len(piece)
            continue
        # Two of these signs are an operator of the engine.
        is_double = text[at] == before and before in "&~-"
        out += ("\\" if is_double else "") + text[at]
        before, at = text[at], at + 1
    return f"[{negation}{out}]", at + 1
