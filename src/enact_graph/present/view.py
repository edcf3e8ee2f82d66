"""What a page shows, once the language is chosen: parts, items, rows, notes, for templates."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from enact_graph import terms
from enact_graph.graph.entity import Name
from enact_graph.terms import abbreviate

_WEB: Final = ("https://", "http://")


def address(iri: str) -> str | None:
    """The link to an IRI: host-relative for ours, itself on the web, None for anything else."""
    if iri.startswith(terms.ID):
        return "/doc/" + iri.removeprefix(terms.ID)
    if iri.startswith(terms.BASE):
        return "/" + iri.removeprefix(terms.BASE)
    return iri if iri.startswith(_WEB) else None


@dataclass(frozen=True)
class Part:
    """Some words of a line; `kind` is text, tag (with the style `hedge`, `open`…), code or iri."""

    name: Name
    href: str | None = None
    kind: str = "text"
    style: str = ""

    @property
    def length(self) -> int:
        """How many characters it takes."""
        return len(self.name.text)


@dataclass(frozen=True)
class Witness:
    """One source of a statement: where it is said, by whom, when, and our paraphrase of it.

    `page` leads to the document itself, where it is on the web.
    """

    title: Part
    publisher: Name | None = None
    day: str = ""
    when: str = ""
    where: str = ""
    gist: Name | None = None
    read: str = ""
    licence: Part | None = None
    page: Part | None = None


@dataclass(frozen=True)
class Note:
    """Who says so; `mark` is stated, curated, inferred or disputed, `plus` counts documents more.

    By `order` notes are sorted, the oldest source first; an undated one comes last.
    Of a disputed statement `what` says how many documents there are and how many differ. `report`
    is where an error in what it stands beside is reported.
    """

    mark: str
    what: str
    how: str
    order: str = "99"
    when: str = ""
    plus: int = 0
    remarks: tuple[str, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    links: tuple[Part, ...] = ()
    graphs: tuple[str, ...] = ()
    report: str = ""


@dataclass(frozen=True)
class Later:
    """What was counted after a promise: when, how much, what it counts, who says so.

    `share` is the part of the promise reached, in percent, where both count the same thing; `name`
    leads to the count itself.
    """

    when: str
    figure: tuple[Part, ...]
    what: Part
    gist: tuple[Part, ...]
    note: Note
    share: str | None = None
    name: Part | None = None


@dataclass(frozen=True)
class Item:
    """One value or one tie: what it is (`main`), words about it (`aside`), a sentence (`gist`).

    Of a promise, `aside` is its figure and `due` the day or delay, and what is not stated.
    """

    main: tuple[Part, ...]
    aside: tuple[Part, ...] = ()
    gist: tuple[Part, ...] = ()
    note: Note | None = None
    due: tuple[Part, ...] = ()
    anchor: str = ""
    when: str = ""
    later: tuple[Later, ...] = ()


@dataclass(frozen=True)
class Row:
    """A label and the items that share one note.

    `again` where the row above has the same label, `is_open` where the source says "and others".
    """

    label: Part
    items: tuple[Item, ...]
    note: Note
    again: bool = False
    is_open: bool = False

    @property
    def is_short(self) -> bool:
        """Whether each item is a few words, so that many of them read as one sentence."""
        return all(sum(p.length for p in i.main) < 60 for i in self.items)


@dataclass(frozen=True)
class Section:
    """A part of a page: an anchor, a heading, its rows; `form` chooses the way they are drawn.

    What is no rows is in `content`, of the type that the form draws. `goes_on` where it began on
    another page.
    """

    anchor: str
    title: str
    rows: tuple[Row, ...] = ()
    form: str = "facts"
    intro: str = ""
    content: object = None
    goes_on: bool = False


@dataclass(frozen=True)
class File:
    """A document to fetch: its format's title, address, media type."""

    title: str
    href: str
    media_type: str
    hint: str = ""


#: Links on this host; an empty path is the home page.
_LINK: Final = re.compile(r' href="(?P<path>/(?!/)[^"?#]*)(?P<query>\?[^"#]*)?(?P<anchor>#[^"]*)?"')
#: What has no language: files, other formats, and what machines read.
_PLAIN: Final = re.compile(
    r"\.(?:ttl|jsonld|nt|rdf|trig|nq|csv|tsv|json|geojson|xlsx|svg|html|xml|txt|gz|js|css)$"
    r"|^/(?:static|id|health)/|^/(?:metrics|graphs|catalog|void|\.well-known/void|docs)$"
)
_NAMED: Final = re.compile(r"[?;&](?:lang|format|output)=")


def keep_language(html: str, lang: str) -> str:
    """Return the page with `lang=` on every link to a page of ours that names none yet."""

    def with_language(link: re.Match[str]) -> str:
        path, query, anchor = link["path"], link["query"] or "", link["anchor"] or ""
        if _PLAIN.search(path) or _NAMED.search(query):
            return link.group()
        joint = "&amp;" if query else "?"
        return f' href="{path}{query}{joint}lang={lang}{anchor}"'

    return _LINK.sub(with_language, html)


def report(about: str, graph: str) -> str:
    """Where an error is reported in what a graph says of a thing; empty for what is not ours."""
    of, said = abbreviate(about), abbreviate(graph, "g")
    asked = {"s": of, "g": said} if of else {"g": said}
    return f"/correct?{urlencode(asked, safe=':')}" if said else ""
