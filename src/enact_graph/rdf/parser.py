"""The statements of Turtle: a subject, its properties and their values, up to the full stop."""

from typing import Final, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from enact_graph.rdf.cursor import Cursor
from enact_graph.rdf.lexer import Kind, Token
from enact_graph.rdf.nodes import Terms
from enact_graph.rdf.statement import Statement
from enact_graph.vocabulary import RDF

Node: TypeAlias = NamedNode | BlankNode
Value: TypeAlias = NamedNode | BlankNode | Literal
Graph: TypeAlias = NamedNode | BlankNode | DefaultGraph

_TYPE: Final = NamedNode(RDF.type)
_FIRST: Final = NamedNode(RDF.first)
_REST: Final = NamedNode(RDF.rest)
_NIL: Final = NamedNode(RDF.nil)
_NAMES: Final = (Kind.IRI, Kind.NAME)
_NUMBERS: Final = (Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE)
#: Brackets may nest this deep: far more than a person writes, far less than Python's stack.
_DEPTH: Final = 64


class _Skip(Exception):
    """A fault was reported; go on behind it."""


class Triples:
    """Reads statements at a cursor into `found`; `graph` is theirs, None if misnamed."""

    def __init__(self, cursor: Cursor, terms: Terms) -> None:
        self.cursor = cursor
        self.terms = terms
        self.graph: Graph | None = DefaultGraph()
        self.in_block = False
        self.found: list[Statement] = []
        self._depth = 0
        self._opener = cursor.token

    def read(self) -> None:
        """Read a subject with what is said of it, up to the full stop."""
        cursor = self.cursor
        self._depth = 0
        self._opener = cursor.token
        is_whole = False
        try:
            is_whole = cursor.token.is_mark("[") and not cursor.following.is_mark("]")
            subject = self._subject()
        except _Skip:
            cursor.skip(None)
            subject = None
            if cursor.token.kind is Kind.END:
                return
            cursor.accept(";")
            is_whole = True
        is_ended = self._properties(subject, None, is_optional=is_whole)
        if is_ended or cursor.accept("."):
            return
        if cursor.token.kind is Kind.END:
            cursor.fault("unexpected-end", cursor.previous)
        elif not (cursor.token.is_mark("}") and self.in_block):
            cursor.fault("missing-stop", cursor.token)

    def _subject(self) -> Node | None:
        cursor = self.cursor
        token = cursor.token
        if token.kind in _NAMES:
            return self.terms.iri(cursor.advance())
        if token.kind is Kind.BLANK:
            return self.terms.blank(cursor.advance())
        if token.is_mark("["):
            return self._anonymous()
        if token.is_mark("("):
            return self._collection()
        self._refuse("expected-subject")
        raise _Skip

    def _properties(self, subject: Node | None, closer: str | None, is_optional: bool) -> bool:
        """Read `property value, value ; …`; true if the next statement was found to begin."""
        cursor = self.cursor
        is_first = True
        while True:
            token = cursor.token
            if self._is_stop(closer):
                if is_first and not is_optional:
                    self._refuse("expected-predicate")
                return False
            if not is_first and cursor.accept(";"):
                continue
            is_first = False
            try:
                if self._property(subject, closer):
                    return True
            except _Skip:
                cursor.skip(closer)
            if cursor.token.is_mark(";") or self._is_stop(closer):
                continue
            cursor.fault("missing-semicolon", cursor.previous)
            token = cursor.token
            if token.kind not in _NAMES and not (token.kind is Kind.WORD and token.text == "a"):
                cursor.skip(closer)

    def _is_stop(self, closer: str | None) -> bool:
        cursor = self.cursor
        return (
            cursor.token.is_mark(".", "}")
            or cursor.token.kind is Kind.END
            or (closer is not None and cursor.token.is_mark(closer))
            or cursor.at_block()
        )

    def _property(self, subject: Node | None, closer: str | None) -> bool:
        """Read one property and its values; true if it was the start of the next statement."""
        cursor = self.cursor
        start = cursor.index
        verb = cursor.token
        is_type = verb.kind is Kind.WORD and verb.text == "a"
        if verb.kind not in _NAMES and not is_type:
            self._refuse("expected-predicate")
            raise _Skip
        cursor.advance()
        predicate = _TYPE if is_type else None
        is_type_next = cursor.token.kind is Kind.WORD and cursor.token.text == "a"
        if is_type_next and not is_type and closer is None:
            # `id:next a …` where a property was due: the statement above lacks its full stop.
            cursor.fault("missing-stop", verb)
            cursor.index = start
            return True
        if not is_type:
            predicate = self.terms.iri(verb)
        while True:
            token = cursor.token
            if cursor.skip_grouped_number():
                return False
            value = self._value()
            if subject is not None and predicate is not None and value is not None:
                self._add(subject, predicate, value, token)
            if not cursor.accept(","):
                return False

    def _value(self) -> Value | None:
        cursor = self.cursor
        token = cursor.token
        if token.kind in _NAMES:
            return self.terms.iri(cursor.advance())
        if token.kind is Kind.STRING:
            return self.terms.literal()
        if token.kind in _NUMBERS or (token.kind is Kind.WORD and token.text in ("true", "false")):
            return self.terms.shorthand(cursor.advance())
        if token.kind is Kind.BLANK:
            return self.terms.blank(cursor.advance())
        if token.is_mark("["):
            return self._anonymous()
        if token.is_mark("("):
            return self._collection()
        self._refuse("expected-object")
        raise _Skip

    def _refuse(self, code: str) -> None:
        """Report a token that does not fit; broken tokens are reported already."""
        cursor = self.cursor
        token = cursor.token
        if token.kind is Kind.BAD:
            cursor.advance()
        elif token.kind is Kind.END:
            cursor.fault("unexpected-end", cursor.previous)
        elif token.is_mark("<<", ">>", "{|", "|}"):
            cursor.fault("rdf-1-2", token)
        elif token.kind is Kind.WORD and token.text != "a":
            cursor.fault("bare-word", token)
        else:
            cursor.fault(code, token)

    def _anonymous(self) -> BlankNode:
        """Read `[ … ]`."""
        cursor = self.cursor
        opener = cursor.advance()
        cursor.fault("blank-node", opener)
        node = self.terms.fresh(opener)
        self._enter(opener)
        self._properties(node, "]", is_optional=True)
        self._leave(opener, "]")
        return node

    def _collection(self) -> Node:
        """Read `( … )` as a chain of rdf:first and rdf:rest."""
        cursor = self.cursor
        opener = cursor.advance()
        self._enter(opener)
        values: list[tuple[Value | None, Token]] = []
        while not cursor.token.is_mark(")", ".", ";", "}") and cursor.token.kind is not Kind.END:
            token = cursor.token
            values.append((self._value(), token))
        self._leave(opener, ")")
        nodes = [self.terms.fresh(opener, number + 1) for number in range(len(values))]
        chain: list[Node] = [*nodes, _NIL]
        for node, rest, (value, token) in zip(nodes, chain[1:], values, strict=True):
            if value is not None:
                self._add(node, _FIRST, value, token)
            self._add(node, _REST, rest, token)
        return chain[0]

    def _enter(self, opener: Token) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            self.cursor.fault("too-deep", opener)
            raise _Skip

    def _leave(self, opener: Token, closer: str) -> None:
        self._depth -= 1
        if not self.cursor.accept(closer):
            self.cursor.fault("unclosed-bracket", opener, close=closer)
            raise _Skip

    def _add(self, subject: Node, predicate: NamedNode, value: Value, at: Token) -> None:
        if self.graph is not None:
            quad = Quad(subject, predicate, value, self.graph)
            places = (self.cursor.place(token.start) for token in (at, self._opener))
            self.found.append(Statement(quad, *places))
