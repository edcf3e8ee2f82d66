"""The escapes of Turtle: undone when a file is read, made when it is written."""

import re
from typing import Final

_NAMED: Final = {
    "t": "\t",
    "b": "\b",
    "n": "\n",
    "r": "\r",
    "f": "\f",
    '"': '"',
    "'": "'",
    "\\": "\\",
}
_ESCAPE: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[\s\S])")
_NAME_ESCAPE: Final = re.compile(r"\\(.)")
#: What would break a line, or cannot be seen: controls, line and paragraph separators, bidi marks.
_HIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
#: A quotation mark that, with its neighbour, could be taken for the end of a long string.
_CLOSING_QUOTE: Final = re.compile(r'"(?="|\Z)')
_SHORT: Final = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f"}


class BadEscape(ValueError):
    """An escape that means no character; `text` is the escape, `at` its offset."""

    def __init__(self, text: str, at: int) -> None:
        super().__init__(text)
        self.text = text
        self.at = at


def unescape(text: str) -> str:
    """Return the text with its escapes replaced by the characters they stand for (BadEscape)."""
    if "\\" not in text:
        return text

    def replace(match: re.Match[str]) -> str:
        body = match[0][1:]
        if body in _NAMED:
            return _NAMED[body]
        if body[0] in "uU" and len(body) > 1:
            code = int(body[1:], 16)
            if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
                return chr(code)
        raise BadEscape(match[0], match.start())

    return _ESCAPE.sub(replace, text)


def unescape_name(local: str) -> str:
    """Return the local part of a prefixed name without its backslashes."""
    return _NAME_ESCAPE.sub(r"\1", local)


def quote(text: str) -> str:
    """Return a text as a Turtle string on one line, with what cannot be seen escaped."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_HIDDEN.sub(_escape_hidden, plain)}"'


def quote_long(text: str) -> str:
    """Return a text as a Turtle string of several lines, as a query reads best."""
    plain = _CLOSING_QUOTE.sub(r'\\"', text.replace("\\", "\\\\"))
    lines = (_HIDDEN.sub(_escape_hidden, line) for line in plain.split("\n"))
    return '"""' + "\n".join(lines) + '"""'


def _escape_hidden(match: re.Match[str]) -> str:
    char = match[0]
    return _SHORT.get(char, f"\\u{ord(char):04X}")
