"""A cursor over the tokens of one file, which keeps the faults and knows line and column."""

import re
from bisect import bisect_right
from typing import Final

from enact_graph.rdf.lexer import Kind, Token, scan
from enact_graph.rdf.statement import Fault, Place

#: A number whose thousands are parted, unless it reads as a decimal: `30.000` is thirty.
_GROUPED: Final = re.compile(
    r"[+-]?(?P<whole>[0-9]{1,3}(?:(?:[ \u00a0\u202f,'’][0-9]{3})+|(?:\.[0-9]{3}){2,}))"
    r"(?P<rest>(?:[.,][0-9]{1,2})?)(?![0-9])"
)
_NUMBERS: Final = (Kind.INTEGER, Kind.DECIMAL)
_LINE_END: Final = re.compile(r"\.[ \t]*(?:[\r\n#]|\Z)")


class Cursor:
    """The tokens of a text from the first to the last, and what was found wrong on the way."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.faults: list[Fault] = []
        self._explained: list[tuple[Place, Place]] = []
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self.tokens, self.comments = scan(text, self._report)
        self.index = 0

    def place(self, offset: int) -> Place:
        """Return line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return Place(self.file, line, offset - self._starts[line - 1] + 1)

    def fault(self, code: str, at: Token, **details: str) -> None:
        """Note a fault at a token."""
        self.faults.append(Fault(self.place(at.start), code, {"found": at.text, **details}))

    def refuse_rest(self, code: str, at: Token) -> None:
        """Note a fault that explains whatever else is wrong in the rest of its line; step over."""
        self._explain(code, at, self._end_of_line(at))
        self.skip_line(at)
        if self.previous.is_mark(";", ".", ","):
            self.index -= 1

    def _explain(self, code: str, at: Token, end: int, **details: str) -> None:
        """Note a fault that stands for all others from there to an offset."""
        self._explained.append((self.place(at.start), self.place(end)))
        self.fault(code, at, **details)

    def sorted_faults(self) -> tuple[Fault, ...]:
        """Return the faults by place, without those that another one explains."""
        spans = [*self._explained, (Place(self.file, len(self._starts) + 2),) * 2]
        kept: list[Fault] = []
        number = 0
        for fault in sorted(self.faults, key=lambda fault: fault.place):
            while spans[number][1] <= fault.place:
                number += 1
            if not spans[number][0] < fault.place:
                kept.append(fault)
        return tuple(kept)

    def _end_of_line(self, at: Token) -> int:
        line = self.place(at.start).line
        return self._starts[line] if line < len(self._starts) else len(self.text) + 1

    @property
    def token(self) -> Token:
        """The token under the cursor."""
        return self.tokens[self.index]

    @property
    def following(self) -> Token:
        """The token after the one under the cursor."""
        return self.tokens[min(self.index + 1, len(self.tokens) - 1)]

    @property
    def previous(self) -> Token:
        """The token before the cursor."""
        return self.tokens[max(self.index - 1, 0)]

    def advance(self) -> Token:
        """Return the token under the cursor and step over it; the last one is never left."""
        token = self.token
        if token.kind is not Kind.END:
            self.index += 1
        return token

    def accept(self, *marks: str) -> bool:
        """Step over the token if it is one of these marks, and say so."""
        if self.token.is_mark(*marks):
            self.index += 1
            return True
        return False

    def at_block(self) -> bool:
        """Does a directive or a GRAPH block begin here, which no statement can contain?"""
        token = self.token
        if token.kind is Kind.DIRECTIVE:
            return True
        if token.kind is not Kind.WORD:
            return False
        word = token.text.upper()
        return word == "GRAPH" or (
            (word == "PREFIX" and self.following.kind is Kind.NAME)
            or (word == "BASE" and self.following.kind is Kind.IRI)
        )

    def skip(self, closer: str | None) -> None:
        """After a fault, step on to where the next property, statement or block begins."""
        depth = 0
        while self.token.kind is not Kind.END and not self.at_block():
            token = self.token
            if token.is_mark("}") or (
                token.is_mark(".") and _LINE_END.match(self.text, token.start)
            ):
                return
            if depth == 0 and (token.is_mark(";") or (closer and token.is_mark(closer))):
                return
            if token.is_mark("[", "("):
                depth += 1
            elif token.is_mark("]", ")"):
                depth = max(0, depth - 1)
            self.index += 1

    def skip_grouped_number(self) -> bool:
        """Step over `30 000 000`, `30,000,000` or `30.000.000`, one number to who wrote it."""
        first = self.token
        found = _GROUPED.match(self.text, first.start) if first.kind in _NUMBERS else None
        if found is None:
            return False
        plain = re.sub(r"\D", "", found["whole"]) + found["rest"].replace(",", ".")
        self._explain("grouped-number", first, found.end(), found=found[0], expected=plain)
        while self.token.start < found.end() and self.token.kind is not Kind.END:
            self.index += 1
        return True

    def skip_line(self, first: Token) -> None:
        """After a faulty directive, step over the rest of its line."""
        line = self.place(first.start).line
        while self.token.kind is not Kind.END and self.place(self.token.start).line == line:
            self.index += 1

    def _report(self, code: str, offset: int, found: str) -> None:
        self.faults.append(Fault(self.place(offset), code, {"found": found}))
