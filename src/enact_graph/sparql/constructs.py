"""Guesses on how a query is built: brackets, names, the order of its parts, what is in scope."""

import re
from collections.abc import Iterator
from typing import Final

from enact_graph.sparql import scope
from enact_graph.sparql.spellings import QUOTED, TERMS, Guess, Suspect
from enact_graph.sparql.tokens import PAIRS, Edit, Kind, place

_BRACKETED: Final = ("FILTER", "HAVING")
#: Where the parts that follow WHERE stand, the first first.
_ORDER: Final = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
_CONDITION: Final = re.compile(r"[^{}\n]*")


class Constructs(Suspect):
    """What may be wrong with the text, seen by its parts."""

    def all(self) -> Iterator[Guess]:
        """Every guess, those that say most first."""
        yield from self._names()
        yield from self._unbracketed()
        yield from self._scope()
        yield from self._order()
        yield from self._conditions()
        yield from self._brackets()
        yield from self._missing()
        yield from self._rows()

    def _names(self) -> Iterator[Guess]:
        """Expressions without AS or without a name, variables in needless brackets."""
        fresh = f"?{self._fresh}"
        for at in self.near(3):
            token = self.tokens[at]
            if token.kind is Kind.VARIABLE and self.text(at + 1) == ")":
                start, found = token.start, {"found": token.text}
                yield Guess("as", start, (Edit(start, start, " AS "),), found)
                if self.text(at - 1) == "(":
                    edits = (self.instead(at - 1, " "), self.instead(at + 1, " "))
                    yield Guess("brackets", self.tokens[at - 1].start, edits, found)
            if self.word(at) == "AS" and self.text(at + 1):
                named = self.tokens[at + 1]
                if named.kind in (Kind.WORD, Kind.STRING):
                    name = "?" + named.text.strip("\"'")
                    parts = {"found": named.text[:QUOTED], "instead": name[:QUOTED]}
                    yield Guess("sign", named.start, (self.instead(at + 1, fresh),), parts)
        for at in self.near(3):
            if self.text(at) == ")":
                start = self.tokens[at].start
                yield Guess("nameless", start, (Edit(start, start, f" AS {fresh}"),))

    @property
    def _fresh(self) -> str:
        return next(scope.unused(self.tokens))

    def _unbracketed(self) -> Iterator[Guess]:
        """`COUNT(?x)` or `COUNT(?x) AS ?n` as an item of SELECT."""
        for at in self.near(8, 1):
            if not self.word(at) or self.text(at + 1) != "(" or self.text(at - 1) == "(":
                continue
            last = self.closing(at + 1)
            is_named = self.word(last + 1) == "AS" and self.text(last + 2)
            last += 2 if is_named else 0
            if last >= len(self.tokens):
                continue
            start, end = self.tokens[at].start, self.end(last)
            alias, shown = ("", "") if is_named else (f" AS ?{self._fresh}", " AS ?name")
            written = " ".join(self.query[start:end].split())[:QUOTED]
            edits = (Edit(start, start, "("), Edit(end, end, f"{alias})"))
            yield Guess("bare", start, edits, {"instead": f"({written}{shown})"})

    def _scope(self) -> Iterator[Guess]:
        try:
            misuses = scope.Scope(self.query, self.tokens).read()
        except RecursionError:  # the engine bears deeper nesting than this does
            return
        names = scope.unused(self.tokens)
        ungrouped = [m for m in misuses if m.fault == "ungrouped"]
        for misuse in misuses:
            token = misuse.token
            start, end = token.start, token.start + len(token.text)
            parts = {"found": token.text, "clause": misuse.clause}
            if misuse.fault == "bound":
                yield Guess("bound", start, (Edit(start, end, f"?{next(names)}"),), parts)
            elif misuse.fault == "starred":
                yield Guess("starred", start, (Edit(start, end, f"(1 AS ?{next(names)})"),))
        if ungrouped:
            edits = []
            for misuse in ungrouped:
                text = f"SAMPLE({misuse.token.text})"
                if misuse.is_alone:
                    text = f"({text} AS ?{next(names)})"
                start = misuse.token.start
                edits.append(Edit(start, start + len(misuse.token.text), text))
            first = ungrouped[0].token
            yield Guess("ungrouped", first.start, tuple(edits), {"found": first.text})

    def _order(self) -> Iterator[Guess]:
        """A part behind one that it goes before: LIMIT before ORDER BY."""
        word = self.word(self.index)
        if word not in _ORDER:
            return
        end = next(
            (i for i in range(self.index + 1, len(self.tokens)) if self.word(i) in _ORDER),
            len(self.tokens),
        )
        part = self.query[self.tokens[self.index].start : self.end(end - 1)]
        for at in range(self.index - 1, -1, -1):
            other = self.word(at)
            if self.text(at) == "}":
                return
            if other in _ORDER and _ORDER.index(other) > _ORDER.index(word):
                start = self.tokens[at].start
                own = self.tokens[self.index].start
                edits = (Edit(start, start, part + " "), Edit(own, self.end(end - 1), ""))
                yield Guess("order", own, edits, {"found": word, "other": other})

    def _conditions(self) -> Iterator[Guess]:
        """FILTER and HAVING whose condition stands in no brackets."""
        for at in self.near(3, 1):
            if self.word(at) in _BRACKETED and self.text(at + 1) != "(":
                start = self.end(at)
                rest = _CONDITION.match(self.query, start)
                assert rest
                stop = start + len(rest[0].rstrip(" .\t\r"))
                edits = (Edit(start, start, "("), Edit(stop, stop, ")"))
                parts = {"clause": self.word(at)}
                yield Guess("condition", self.tokens[at].start, edits, parts)

    def _brackets(self) -> Iterator[Guess]:
        """The bracket that is open at the fault and should be closed there."""
        opened = self.opened()
        if not opened:
            if self.text(self.index) in PAIRS.values():
                edits = (self.instead(self.index, ""),)
                start = self.tokens[self.index].start
                yield Guess("closing", start, edits, {"found": self.text(self.index)})
            return
        at_end = self.index >= len(self.tokens)
        end = len(self.query.rstrip()) if at_end else self.tokens[self.index].start
        missing = opened if at_end else opened[-1:]
        closing = "".join(PAIRS[t.text] for t in reversed(missing))
        line, column = place(self.query, missing[-1].start)
        parts = {"found": missing[-1].text, "opened_line": str(line), "opened_column": str(column)}
        yield Guess("unclosed", end, (Edit(end, end, "\n" + closing),), parts)

    def _missing(self) -> Iterator[Guess]:
        """A word or a sign that is missing before a token, and a word in the place of a term."""
        opened = self.opened()
        sign = "," if opened and opened[-1].text == "(" else "."
        for at in self.near(2):
            token = self.tokens[at]
            start, other = token.start, token.text[:QUOTED]
            if self.word(at - 1) in ("ORDER", "GROUP"):
                parts = {"found": "BY", "other": other}
                yield Guess("missing", start, (Edit(start, start, "BY "),), parts)
            if token.kind is Kind.WORD and not token.text.isupper():
                edit = self.instead(at, f"?{self._fresh}")
                yield Guess("no-term", start, (edit,), {"found": other})
            if at and token.kind in TERMS and self.tokens[at - 1].kind in TERMS:
                parts = {"found": sign, "other": other}
                yield Guess("missing", start, (Edit(start, start, sign + " "),), parts)

    def _rows(self) -> Iterator[Guess]:
        """The row of VALUES that has another number of values than there are variables."""
        begin = next((i for i in range(self.index - 1, -1, -1) if self.word(i) == "VALUES"), None)
        if begin is None or self.text(begin + 1) != "(":
            return
        wanted = self.closing(begin + 1) - begin - 2
        at = self.closing(begin + 1) + 2
        while self.text(at) == "(" and at < self.index:
            end = min(self.closing(at), len(self.tokens) - 1)
            values = [t for t in self.tokens[at + 1 : end] if t.kind in (*TERMS, Kind.WORD)]
            if len(values) != wanted:
                row = "(" + " UNDEF" * wanted + ")"
                start = self.tokens[at].start
                parts = {"found": str(len(values)), "other": str(wanted)}
                yield Guess("row", start, (Edit(start, self.end(end), row),), parts)
            at = end + 1
