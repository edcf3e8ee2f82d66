"""Characters that no SPARQL text has outside strings, IRIs and comments: what they are called.

They come with a paste from a word processor or a web page, and most of them nobody sees. The
grammar's own signs and blanks are all ASCII (SPARQL 1.1 Query, section 19.8).
"""

import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from enact_graph.sparql.tokens import MARK, Kind, Token

#: The control characters that Unicode gives no name but by an alias.
_CONTROLS: Final = {
    "\0": "NULL",
    "\v": "LINE TABULATION",
    "\f": "FORM FEED",
    "\x1a": "SUBSTITUTE",
    "\x85": "NEXT LINE",
}
_BLANKS: Final = "\v\f\x85"
#: What is meant by signs that no compatible form leads to.
_MEANT: Final = {
    **dict.fromkeys("‘’‚‛′´`", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **{"≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "÷": "/", "⁄": "/", "∧": "&&", "∨": "||"},
    **{"¬": "!", "¿": "?", "…": "...", "·": ".", "•": "*", "⟨": "<", "⟩": ">", "‹": "<", "›": ">"},
}


class Foreign(NamedTuple):
    """A character that does not belong; `fault` is how it is told, `instead` what is meant."""

    fault: str
    offset: int
    code: str
    name: str
    instead: str = ""


def foreign(token: Token) -> Foreign | None:
    """The first character of a token that the grammar knows nowhere; None where there is none.

    Letters of other scripts stand in names of all kinds, but in no keyword.
    """
    if token.kind not in (Kind.SIGN, Kind.WORD):
        return None
    for index, character in enumerate(token.text):
        if not character.isascii() or not character.isprintable() or character == "`":
            return _told(character, token.start + index, token.kind)
    return None


def first_foreign(tokens: Sequence[Token], index: int) -> Foreign | None:
    """Such a character in the token at fault, before it, or in the one that touches it."""
    for token in tokens[: index + 1]:
        if found := foreign(token):
            return found
    after = tokens[index + 1 : index + 2]
    if after and after[0].start == tokens[index].start + len(tokens[index].text):
        return foreign(after[0])
    return None


def _told(character: str, offset: int, kind: Kind) -> Foreign:
    category = unicodedata.category(character)
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "") or _CONTROLS.get(character, "CONTROL CHARACTER")
    if character == MARK:
        name += " (byte order mark)"
    if category.startswith("Z") or character in _BLANKS:
        return Foreign("blank", offset, code, name)
    if category in ("Cc", "Cf"):
        return Foreign("unseen", offset, code, name)
    compatible = unicodedata.normalize("NFKC", character)
    instead = _MEANT.get(character) or (compatible if compatible.isascii() else "")
    if instead:
        return Foreign("lookalike", offset, code, name, instead)
    return Foreign("letter" if kind is Kind.WORD else "foreign", offset, code, name)
