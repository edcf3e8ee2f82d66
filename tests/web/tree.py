"""A page as a tree of elements, for the tests that read what it shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

VOID = frozenset({"meta", "link", "br", "input", "hr", "img", "path", "rect", "circle", "option"})


@dataclass(eq=False)
class Element:
    """An element, its attributes, and in order the texts and elements within it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def elements(self) -> list["Element"]:
        return [c for c in self.children if isinstance(c, Element)]

    def every(self, name: str | None = None, **attributes: str) -> Iterator["Element"]:
        """Each element below with a name and attributes; `class_` is one of its classes."""
        for child in self.elements:
            wanted = dict(attributes)
            class_ = wanted.pop("class_", None)
            if (
                name in (None, child.name)
                and (class_ is None or class_ in child.classes)
                and all(child.attributes.get(k) == v for k, v in wanted.items())
            ):
                yield child
            yield from child.every(name, **attributes)

    def first(self, name: str | None = None, **attributes: str) -> "Element | None":
        return next(self.every(name, **attributes), None)

    def without(self, *classes: str) -> "Element":
        """This element without those below it that have one of these classes."""
        kept: list[Element | str] = [
            c if isinstance(c, str) else c.without(*classes)
            for c in self.children
            if isinstance(c, str) or not c.classes & set(classes)
        ]
        return Element(self.name, self.attributes, kept)

    @property
    def text(self) -> str:
        """The text with plain spaces and apostrophes."""
        return plain(self._raw())

    @property
    def links(self) -> list[str]:
        """Where the links lead, without the language they keep."""
        return [target(a.attributes["href"]) for a in self.every("a")]

    def _raw(self) -> str:
        parts = []
        for child in self.children:
            parts.append(child if isinstance(child, str) else child._raw())
            if isinstance(child, Element) and child.name in (
                "li",
                "p",
                "dd",
                "dt",
                "td",
                "th",
                "div",
            ):
                parts.append(" ")
        return "".join(parts)


def plain(text: str) -> str:
    """A text with plain spaces and apostrophes."""
    for special in ("\u00a0", "\u202f", "\u2009"):
        text = text.replace(special, " ")
    return " ".join(text.replace("’", "'").split())


def target(href: str) -> str:
    """An address on this host without language and place in the page; any other as it is.

    A term of the ontology is a place in its page.
    """
    if not href.startswith("/") or href.startswith("//"):
        return href
    parts = urlsplit(href)
    is_term = parts.path == "/ontology" and parts.fragment
    return f"{parts.path}#{parts.fragment}" if is_term else parts.path


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {k: v or "" for k, v in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Element(tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(e.name == tag for e in self._open[1:]):
            while self._open.pop().name != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def tree(page: str) -> Element:
    """Read a page."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    return builder.root
