"""Guesses on single characters, signs, words and addresses that are written otherwise in SPARQL."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from enact_graph.sparql.characters import first_foreign
from enact_graph.sparql.keywords import SIGNS, meant
from enact_graph.sparql.suspect import QUOTED, Guess, Suspect
from enact_graph.sparql.text import Edit
from enact_graph.sparql.tokens import Kind

#: What an IRI may not hold (IRIREF, rule 139).
_FORBIDDEN: Final = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_MEANT_AS_IRI: Final = re.compile(r"<([A-Za-z][\w+.-]*:[^<>\n]*|[^<>\s]*)>")
_OPEN_IRI: Final = re.compile(r"<[A-Za-z][\w+.-]*:[^<>\s]*(?=[\s;,)}]|$)")
#: How the addresses begin that people write without < and >.
SCHEMES: Final = ("http", "https", "urn", "mailto", "ftp")
_BARE: Final = re.compile(rf"(?:{'|'.join(SCHEMES)}):[^\s<>\"{{}}|^`\\)]+")
#: Tokens that an address in pieces may consist of.
_FAR: Final = 16
_UNDERSCORED: Final = re.compile(r"@[A-Za-z]+(?:_[A-Za-z0-9]+)+")


class Spellings(Suspect):
    """What may be wrong with the text, seen by single tokens."""

    def all(self) -> Iterator[Guess]:
        """Every guess, those that say most first."""
        yield from self._iris()
        yield from self._characters()
        yield from self._signs()
        yield from self._words()
        yield from self._prologue()

    def _characters(self) -> Iterator[Guess]:
        """A character that the grammar knows nowhere needs no confirmation."""
        if found := first_foreign(self.tokens, self.index):
            parts = {"code": found.code, "name": found.name}
            if found.instead:
                parts["instead"] = found.instead
            yield Guess(found.fault, found.offset, (), parts)

    def _iris(self) -> Iterator[Guess]:
        for at in self.near(_FAR, 1):
            token = self.tokens[at]
            if token.text == "<":
                if match := _MEANT_AS_IRI.match(self.query, token.start):
                    inside = match[1]
                    if wrong := _FORBIDDEN.search(inside):
                        parts = {"found": wrong[0], "instead": f"%{ord(wrong[0]):02X}"}
                        mended = Edit(match.start(1), match.end(1), _FORBIDDEN.sub("_", inside))
                        yield Guess("iri", match.start(1) + wrong.start(), (mended,), parts)
                elif match := _OPEN_IRI.match(self.query, token.start):
                    yield Guess("open-iri", token.start, (Edit(match.end(), match.end(), ">"),))
            if token.kind is Kind.NAME and (match := _BARE.match(self.query, token.start)):
                edit = Edit(match.start(), match.end(), "<urn:x>")
                yield Guess("bare-iri", token.start, (edit,), {"found": match[0][:QUOTED]})

    def _signs(self) -> Iterator[Guess]:
        for at in self.near(3):
            token = self.tokens[at]
            start = token.start
            if token.kind is Kind.SIGN or token.text == "<>":
                for length in (3, 2, 1):
                    sign = self.query[start : start + length]
                    if instead := SIGNS.get(sign):
                        yield _otherwise(start, sign, instead)
            if token.kind is Kind.SIGN and token.text in (",", ";", "."):
                yield Guess("needless", start, (self.instead(at, " "),), {"found": token.text})
            if match := _UNDERSCORED.match(self.query, start):
                yield _otherwise(start, match[0], match[0].replace("_", "-"))

    def _words(self) -> Iterator[Guess]:
        for at in self.near(2):
            token, word = self.tokens[at], self.word(at)
            for keyword in meant(word) if word else ():
                guess = _otherwise(token.start, token.text, keyword)
                yield replace(guess, fault="word") if keyword[0].isalpha() else guess
            before = self.tokens[at - 1] if at else token
            if word in ("ASC", "DESC") and before.kind is Kind.VARIABLE:
                edit = Edit(before.start, self.end(at), f"{word}({before.text})")
                parts = {"found": word, "instead": edit.text}
                yield Guess("behind", token.start, (edit,), parts)

    def _prologue(self) -> Iterator[Guess]:
        for at in self.near(5, 1):
            token = self.tokens[at]
            if token.text.lower() in ("@prefix", "@base"):
                plain = token.text[1:].upper()
                edits: tuple[Edit, ...] = (self.instead(at, plain),)
                stops = (i for i in range(at, at + 4) if self.text(i) == ".")
                edits += tuple(self.instead(i, "") for i in stops)
                yield Guess("turtle", token.start, edits, {"found": token.text, "instead": plain})
            if self.word(at - 1) == "PREFIX" and token.kind is Kind.WORD:
                edit = Edit(self.end(at), self.end(at), ":")
                yield Guess("colon", token.start, (edit,), {"found": token.text[:QUOTED]})


def _otherwise(start: int, found: str, instead: str) -> Guess:
    """That something is written otherwise in SPARQL."""
    edit = Edit(start, start + len(found), instead)
    return Guess("sign", start, (edit,), {"found": found[:QUOTED], "instead": instead})
