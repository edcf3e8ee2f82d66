"""Reader of Turtle and TriG that gives each triple its place and reports every fault at once.

The grammar is that of the W3C recommendations of 25 February 2014. After a fault the reader goes on
with the next property, statement or block, so one run shows all there is to mend.
"""

from collections.abc import Mapping
from typing import Final

from pyoxigraph import DefaultGraph

from enact_graph.rdf.cursor import Cursor
from enact_graph.rdf.lexer import Kind, Token
from enact_graph.rdf.nodes import Terms
from enact_graph.rdf.parser import Graph, Triples
from enact_graph.rdf.statement import Parsed

_NAMES: Final = (Kind.IRI, Kind.NAME)


def read(text: str, file: str, assumed: Mapping[str, str] | None = None) -> Parsed:
    """Read a text; `assumed` are prefixes that need no declaration."""
    return _Reader(text, file, assumed or {}).read()


class _Reader:
    def __init__(self, text: str, file: str, assumed: Mapping[str, str]) -> None:
        self.cursor = Cursor(text, file)
        self.terms = Terms(self.cursor, assumed)
        self.triples = Triples(self.cursor, self.terms)
        self.is_turtle = file.endswith(".ttl")

    def read(self) -> Parsed:
        cursor = self.cursor
        while cursor.token.kind is not Kind.END:
            if not self._directive() and not self._block():
                self._statement()
        header = self._header()
        return Parsed(
            tuple(self.triples.found), cursor.sorted_faults(), self.terms.declared, header
        )

    def _header(self) -> str:
        """Return the comments before the first token; each later comment is a fault."""
        cursor = self.cursor
        first = cursor.tokens[0].start
        lines: list[str] = []
        last = 0
        for comment in cursor.comments:
            if comment.start > first:
                cursor.fault("comment", comment)
                continue
            line = cursor.place(comment.start).line
            if lines and line > last + 1:
                lines.append("")
            lines.append(comment.text.rstrip())
            last = line
        return "\n".join(lines)

    def _directive(self) -> bool:
        """Read a declaration of a prefix or of the base, in the form of Turtle or of SPARQL."""
        cursor = self.cursor
        if not cursor.at_block() or cursor.token.text.upper() == "GRAPH":
            return False
        token = cursor.advance()
        word = token.text.removeprefix("@").upper()
        name = cursor.advance() if word == "PREFIX" and cursor.token.kind is Kind.NAME else None
        is_named = word == "BASE" or (
            name is not None and name.text.find(":") == len(name.text) - 1
        )
        if not is_named or cursor.token.kind is not Kind.IRI:
            cursor.fault("bad-prefix", token)
            cursor.skip_line(token)
            return True
        address = self.terms.address(cursor.advance())
        if address is not None and name is not None:
            self.terms.declare(name.text[:-1], address, name)
        elif address is not None:
            self.terms.set_base(address)
        if token.kind is Kind.DIRECTIVE and not cursor.accept("."):
            cursor.fault("bad-prefix", token)
        return True

    def _block(self) -> bool:
        """Read a graph block, `GRAPH name { … }` or `name { … }` or `{ … }`."""
        cursor = self.cursor
        opener = cursor.token
        if opener.kind is Kind.WORD and opener.text.upper() == "GRAPH":
            cursor.advance()
            label = cursor.token
            if label.is_mark("{"):
                cursor.fault("bad-graph", label)
                self.triples.graph = None
            else:
                self.triples.graph = self._label()
        elif opener.is_mark("{"):
            self.triples.graph = DefaultGraph()
        elif self._is_label():
            self.triples.graph = self._label()
        else:
            return False
        if not cursor.accept("{"):
            cursor.fault("bad-graph", cursor.token)
            cursor.skip_line(opener)
            cursor.accept("{")
        if self.is_turtle:
            cursor.fault("graph-in-turtle", opener)
        self.triples.in_block = True
        self._statements(opener)
        self.triples.in_block = False
        self.triples.graph = DefaultGraph()
        return True

    def _is_label(self) -> bool:
        cursor = self.cursor
        if cursor.token.kind in (*_NAMES, Kind.BLANK):
            return cursor.following.is_mark("{")
        ahead = cursor.tokens[cursor.index : cursor.index + 3]
        return [token.text for token in ahead] == ["[", "]", "{"]

    def _label(self) -> Graph | None:
        cursor = self.cursor
        token = cursor.token
        if token.kind in _NAMES:
            return self.terms.iri(cursor.advance())
        if token.kind is Kind.BLANK:
            return self.terms.blank(cursor.advance())
        if token.is_mark("[") and cursor.following.is_mark("]"):
            cursor.fault("blank-node", token)
            cursor.index += 2
            return self.terms.fresh(token)
        cursor.fault("bad-graph", token)
        cursor.advance()
        return None

    def _statements(self, opener: Token) -> None:
        """Read the statements of a block up to its closing brace."""
        cursor = self.cursor
        while not cursor.accept("}"):
            is_end = cursor.token.kind is Kind.END or cursor.at_block() or self._is_label()
            if is_end:
                cursor.fault("unclosed-graph", opener)
                return
            self._statement()

    def _statement(self) -> None:
        """Read a statement; a stray brace, which none can contain, is stepped over."""
        start = self.cursor.index
        self.triples.read()
        if self.cursor.index == start:
            self.cursor.advance()
