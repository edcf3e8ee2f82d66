"""The terms of a file: IRIs, prefixed names, blank nodes and literals made of tokens."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Final, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from enact_graph.rdf.characters import BadEscape, unescape, unescape_name
from enact_graph.rdf.cursor import Cursor
from enact_graph.rdf.lexer import Kind, Token
from enact_graph.terms import PREFIXES

_PARTS: Final = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?://(?P<authority>[^/?#]*))?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)


class _Parts(NamedTuple):
    scheme: str | None
    authority: str | None
    path: str
    query: str | None
    fragment: str | None


def is_absolute(iri: str) -> bool:
    """Does the IRI begin with a scheme?"""
    return _split(iri).scheme is not None


def resolve(reference: str, base: str) -> str:
    """Return the IRI that a reference means where `base` is in force (RFC 3986, 5.2).

    One with a scheme of its own stays as it is written, whether there is a base or not: Turtle
    resolves references and normalises no IRI (section 6.3).
    """
    ref, start = _split(reference), _split(base)
    if ref.scheme is not None:
        return reference
    if ref.authority is not None:
        parts = ref._replace(scheme=start.scheme, path=_without_dots(ref.path))
    elif not ref.path:
        query = ref.query if ref.query is not None else start.query
        parts = start._replace(query=query, fragment=ref.fragment)
    else:
        path = ref.path if ref.path.startswith("/") else _merge(start, ref.path)
        parts = start._replace(path=_without_dots(path), query=ref.query, fragment=ref.fragment)
    return _join(parts)


def _split(iri: str) -> _Parts:
    match = _PARTS.fullmatch(iri)
    assert match is not None  # every part is optional
    return _Parts(
        match["scheme"], match["authority"], match["path"], match["query"], match["fragment"]
    )


def _join(parts: _Parts) -> str:
    text = f"{parts.scheme}:" if parts.scheme is not None else ""
    if parts.authority is not None:
        text += f"//{parts.authority}"
    text += parts.path
    if parts.query is not None:
        text += f"?{parts.query}"
    if parts.fragment is not None:
        text += f"#{parts.fragment}"
    return text


def _merge(base: _Parts, path: str) -> str:
    if base.authority is not None and not base.path:
        return f"/{path}"
    return base.path[: base.path.rfind("/") + 1] + path


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1 or (kept and kept[0]):
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


_XSD: Final = PREFIXES["xsd"]
_NUMBERS: Final = {
    Kind.INTEGER: NamedNode(_XSD + "integer"),
    Kind.DECIMAL: NamedNode(_XSD + "decimal"),
    Kind.DOUBLE: NamedNode(_XSD + "double"),
}
_BOOLEAN: Final = NamedNode(_XSD + "boolean")
#: What stands right behind a text that a quotation mark of its own has ended too early.
_INSIDE: Final = (Kind.WORD, Kind.NAME, Kind.STRING, Kind.BAD, *_NUMBERS)
#: Datatypes that a language tag implies and nobody may write.
_IMPLIED: Final = tuple(NamedNode(PREFIXES["rdf"] + x) for x in ("langString", "dirLangString"))


class Terms:
    """Makes terms of tokens with the prefixes and the base in force; a fault yields None."""

    def __init__(self, cursor: Cursor, assumed: Mapping[str, str]) -> None:
        self.cursor = cursor
        self.base: str | None = None
        self.declared: dict[str, str] = {}
        self._assumed = assumed
        self._file_key = sha256(cursor.file.encode()).hexdigest()[:8]
        self._labels: set[str] = set()
        self._written = {t.text[2:] for t in cursor.tokens if t.kind is Kind.BLANK}
        self._made: dict[str, NamedNode] = {}

    def iri(self, token: Token) -> NamedNode | None:
        """Return the IRI of an IRI or name token."""
        if token.text in self._made:
            return self._made[token.text]
        iri = self._name(token) if token.kind is Kind.NAME else self._absolute(token)
        node = self._node(iri, token)
        if node is not None:
            self._made[token.text] = node
        return node

    def address(self, token: Token) -> str | None:
        """Return what the IRI token of a declaration says, made absolute."""
        node = self._node(self._absolute(token), token)
        return None if node is None else node.value

    def _absolute(self, token: Token) -> str | None:
        try:
            iri = unescape(token.text[1:-1])
        except BadEscape as bad:
            self.cursor.fault("bad-escape", token, found=bad.text)
            return None
        if self.base is not None:
            return resolve(iri, self.base)
        if not is_absolute(iri):
            self.cursor.fault("relative-iri", token)
            return None
        return iri

    def _node(self, iri: str | None, token: Token) -> NamedNode | None:
        if iri is None:
            return None
        try:
            return NamedNode(iri)
        except ValueError:
            self.cursor.fault("bad-iri", token)
            return None

    def declare(self, prefix: str, namespace: str, at: Token) -> None:
        """Bind a prefix from here on; names made so far keep their meaning.

        A prefix of the project means one namespace: after the fault it is taken for that one.
        """
        due = PREFIXES.get(prefix, namespace)
        known = self.declared.setdefault(prefix, due)
        if namespace != due:
            self.cursor.fault("prefix-namespace", at, prefix=prefix, expected=due, found=namespace)
        elif known != due:
            self.cursor.fault("prefix-redefined", at, prefix=prefix, expected=known, found=due)
        self.declared[prefix] = due
        self._made.clear()

    def set_base(self, base: str) -> None:
        """Set the base of relative IRIs from here on."""
        self.base = base
        self._made.clear()

    def blank(self, token: Token) -> BlankNode:
        """Return the blank node of a label; its first use is a fault."""
        label = token.text[2:]
        if label not in self._labels:
            self._labels.add(label)
            self.cursor.fault("blank-node", token)
        return BlankNode(label)

    def fresh(self, token: Token, number: int = 0) -> BlankNode:
        """Return a blank node without label, named after its place so that two reads agree."""
        label = f"b{self._file_key}x{token.start}x{number}"
        while label in self._written:
            label += "x"
        return BlankNode(label)

    def literal(self) -> Literal | None:
        """Read a string with its language tag or type; the cursor stands on the string."""
        cursor = self.cursor
        token = cursor.advance()
        if cursor.token.start == token.end and cursor.token.kind in _INSIDE:
            cursor.refuse_rest("inner-quote", token)
            return None
        size = 3 if token.text[:3] in ('"""', "'''") else 1
        value: str | None = None
        try:
            value = unescape(token.text[size:-size])
        except BadEscape as bad:
            at = Token(Kind.BAD, bad.text, token.start + size + bad.at)
            cursor.fault("bad-escape", at)
        if cursor.token.kind is Kind.TAG:
            return self._tagged(value, cursor.advance())
        if cursor.accept("^^"):
            datatype = self._datatype()
            return None if datatype is None or value is None else Literal(value, datatype=datatype)
        return None if value is None else Literal(value)

    def shorthand(self, token: Token) -> Literal:
        """Return the literal of a bare number or of true and false."""
        return Literal(token.text, datatype=_NUMBERS.get(token.kind, _BOOLEAN))

    def _datatype(self) -> NamedNode | None:
        cursor = self.cursor
        if cursor.token.kind not in (Kind.IRI, Kind.NAME):
            cursor.fault("bad-literal", cursor.previous)
            return None
        datatype = self.iri(cursor.advance())
        if datatype in _IMPLIED:
            cursor.fault("bad-literal", cursor.previous)
            return None
        return datatype

    def _tagged(self, value: str | None, token: Token) -> Literal | None:
        tag = token.text[1:]
        if "--" in tag:
            self.cursor.fault("rdf-1-2", token)
            return None
        try:
            literal = Literal(value or "", language=tag)
        except ValueError:
            self.cursor.fault("bad-language", token, found=tag)
            return None
        if tag != tag.lower():
            self.cursor.fault("language-case", token, found=tag, lower=tag.lower())
        return None if value is None else literal

    def _name(self, token: Token) -> str | None:
        prefix, _, local = token.text.partition(":")
        namespace = self.declared.get(prefix, self._assumed.get(prefix))
        if namespace is None:
            known = PREFIXES.get(prefix, "…")
            self.cursor.fault("undeclared-prefix", token, prefix=prefix, namespace=known)
            return None
        return namespace + unescape_name(local)
