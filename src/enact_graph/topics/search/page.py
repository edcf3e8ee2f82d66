"""The page of a search: groups of hits by kind, each hit with a line and why it was found."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from enact_graph.graph.entity import Name
from enact_graph.lookup.groups import tier
from enact_graph.lookup.hit import Hit, How
from enact_graph.lookup.identifiers import OWN
from enact_graph.lookup.index import Index
from enact_graph.lookup.listing import Entry
from enact_graph.lookup.normalise import fold, key, variants
from enact_graph.lookup.search import Result
from enact_graph.present.frame import Frame, Heading
from enact_graph.present.view import address
from enact_graph.present.words import Voice

#: Hits of one kind on the page of all kinds, and hits on one page of some kinds.
SHOWN: Final = 5
PAGE: Final = 20
ICONS: Final[Mapping[str, str]] = {
    **{"cluster": "cluster", "alliance": "alliance", "person": "person", "group": "person"},
    **{"organisation": "organisation", "place": "place", "programme": "programme"},
    **{"framework": "programme", "axis": "concept", "promise": "target", "funding": "programme"},
    **{"event": "target", "figure": "target", "post": "person", "concept": "concept"},
    **{"term": "class", "document": "document", "passage": "document", "dataset": "document"},
    **{"tie": "alliance", "claim": "concept", "contact": "person"},
}
#: Kinds that a first-time reader is shown one of.
_FIRST: Final = ("cluster", "alliance", "organisation", "place", "person")
#: The register that is named beside a hit; the first in which it is.
_REGISTERS: Final = ("scheme-ror", "scheme-orcid", "scheme-geonames", "scheme-wikidata")
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Piece:
    """Some words, their language, and whether they are what was asked for."""

    text: str
    language: str = ""
    is_marked: bool = False
    is_code: bool = False


@dataclass(frozen=True)
class Card:
    """One hit: its kind, name, a line about it, why it was found, what else it is called."""

    href: str
    icon: str
    kind: str
    name: Sequence[Piece]
    language: str
    gist: Sequence[Piece]
    gist_language: str
    why: Sequence[Piece]


@dataclass(frozen=True)
class Group:
    """The hits of one kind; `more` leads to all of them where some are left out."""

    kind: str
    icon: str
    title: str
    count: int
    cards: Sequence[Card]
    more: str | None


@dataclass(frozen=True)
class Asked:
    """What was asked: the text, the kinds chosen, the page."""

    text: str
    kinds: tuple[str, ...] = ()
    page: int = 1

    def href(self, **changes: object) -> str:
        """The address of this search with changes: other `kinds`, another `page`."""
        kinds = changes.get("kinds", self.kinds)
        assert isinstance(kinds, tuple)
        fields = [("q", self.text), *(("kind", kind) for kind in kinds)]
        page = changes.get("page", 1)
        return "/search?" + urlencode([*fields, *([("page", page)] if page != 1 else [])])

    def without(self, kind: str) -> tuple[str, ...]:
        """The kinds chosen but one."""
        return tuple(k for k in self.kinds if k != kind)

    def data_href(self, extension: str) -> str:
        """The address of the same search for machines."""
        return self.href().replace("/search?", f"/search.{extension}?", 1)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The fields that a change of language keeps."""
        fields = [("q", self.text)] if self.text else []
        fields += [("kind", kind) for kind in self.kinds]
        return [*fields, *([("page", str(self.page))] if self.page > 1 else [])]


@dataclass(frozen=True)
class SearchPage:
    """Renders searches in one language."""

    frame: Frame
    index: Index
    voice: Voice

    def empty(self) -> str:
        """The page before anything is asked: what can be, and something to try."""
        heading = Heading(
            self.voice.text("search.title"),
            self.voice.text("search.description"),
            "explore",
            path="/search",
        )
        return self.frame.render(
            "search/page.html", self.voice.lang, heading, examples=self._examples(), asked=None
        )

    def found(self, asked: Asked, result: Result, nearest: Sequence[Hit] = ()) -> str:
        """The page of what was found; of nothing, with what is nearest."""
        voice, chosen = self.voice, result.of(asked.kinds)
        many = len(chosen.hits)
        count = voice.count("search.results", many) if many else voice.text("search.no-results")
        told = voice.text("search.for", count=count, q=asked.text)
        heading = Heading(told, voice.text("search.found", q=asked.text), "explore", path="/search")
        last = max(1, -(-len(chosen.hits) // PAGE)) if asked.kinds else 1
        first = (asked.page - 1) * PAGE
        kinds = by_kind(result.hits)
        return self.frame.render(
            "search/page.html",
            voice.lang,
            heading,
            kept=asked.kept,
            sought=asked.text,
            asked=asked,
            total=len(chosen.hits),
            kinds=[(k, title(k, voice), len(hits), k in asked.kinds) for k, hits in kinds],
            groups=[] if asked.kinds else [self._group(asked, k, hits) for k, hits in kinds],
            cards=[self.card(h, asked.text) for h in chosen.hits[first : first + PAGE]]
            if asked.kinds
            else [],
            nearest=[self.card(h, asked.text) for h in nearest],
            last=last,
            is_near=bool(result.hits) and all(h.how is How.TYPO for h in result.hits),
        )

    def card(self, hit: Hit, text: str) -> Card:
        """One hit, the words asked for marked."""
        label = hit.entry.label(self.voice.lang)
        gist, tongue = self._gist(hit)
        words = {w for form in variants(text) for w in key(form).split()}
        return Card(
            href=address(hit.entry.iri) or hit.entry.iri,
            icon=ICONS[hit.entry.kind],
            kind=self.voice.text(f"search.kind.{hit.entry.kind}"),
            name=marked(label.text, words),
            language=label.language,
            gist=marked(gist, words) if hit.how is How.DESCRIPTION else [Piece(gist)],
            gist_language=tongue,
            why=tuple(self._why(hit, label.text, words)),
        )

    def _group(self, asked: Asked, kind: str, hits: Sequence[Hit]) -> Group:
        cards = [self.card(hit, asked.text) for hit in hits[:SHOWN]]
        more = asked.href(kinds=(kind,)) if len(hits) > SHOWN else None
        return Group(kind, ICONS[kind], title(kind, self.voice), len(hits), cards, more)

    def _gist(self, hit: Hit) -> tuple[str, str]:
        if hit.gist is not None:
            return hit.entry.gists[hit.gist], hit.gist
        return hit.entry.gist(self.voice.lang) or ("", "")

    def _why(self, hit: Hit, shown: str, words: set[str]) -> Iterable[Piece]:
        text, lang = self.voice.text, self.voice.lang
        if hit.code is not None:
            yield from self._by_code(hit)
        elif hit.how is How.DESCRIPTION:
            is_own = hit.gist in (lang, "")
            told = "" if is_own else self.voice.language(hit.gist or "")
            key_ = "search.why.description" if is_own else "search.why.description-in"
            yield Piece(text(key_, language=told))
        elif hit.naming is not None:
            name = hit.naming
            if hit.how is How.TYPO and name.text == shown:
                yield Piece(text("search.why.typo"))
            elif hit.how is How.TYPO:
                yield Piece(text("search.why.typo-named") + " ")
                yield Piece(name.text, name.language)
            elif name.text == shown:
                yield Piece(text("search.why.label"))
            else:
                yield Piece(self._by_name(name.role, name.language) + " ")
                yield from marked(name.text, words, name.language)
        yield from self._also(hit, shown)

    def _by_name(self, role: str, language: str) -> str:
        if role in ("acronym", "former"):
            return self.voice.text(f"search.why.{role}")
        if language and language != self.voice.lang:
            told = self.voice.language(language)
            return self.voice.text("search.why.tongue", language=told)
        return self.voice.text("search.why.named")

    def _by_code(self, hit: Hit) -> Iterable[Piece]:
        code = hit.code
        assert code is not None
        if not code.is_same:
            yield Piece(self.voice.text("search.why.near") + " ")
            yield Piece(code.value, is_code=True)
        elif code.scheme in self.index.listing.schemes:
            yield Piece(self.voice.text("search.why.identifier") + " " + self.scheme(code.scheme))
            yield Piece(" ")
            yield Piece(code.value, is_code=True)
        else:
            yield Piece(self.voice.text("search.why.address") + " ")
            yield Piece((code.scheme == OWN and address(code.value)) or code.value, is_code=True)

    def _also(self, hit: Hit, shown: str) -> Iterable[Piece]:
        """An acronym and a register's number, where they are not what was found."""
        names = [n.text for n in hit.entry.names if n.role == "acronym"]
        matched = hit.naming.text if hit.naming else ""
        if names and fold(names[0]) not in (fold(shown), fold(matched)):
            yield Piece(" · ")
            yield Piece(self.voice.text("search.also", name=names[0]))
        codes = {c.scheme: c for c in hit.entry.codes}
        register = next((r for r in _REGISTERS if r in codes), None)
        if register and hit.code is None:
            yield Piece(f" · {self.scheme(register)} ")
            yield Piece(codes[register].value, is_code=True)

    def scheme(self, scheme: str) -> str:
        """The name of a scheme."""
        labels = self.index.listing.schemes[scheme]
        return labels.get(self.voice.lang) or next(iter(labels.values()), scheme)

    def _examples(self) -> list[tuple[Name, str]]:
        """Something to try: the best known of some kinds, and the number of one in a register."""
        lang, found = self.voice.lang, []
        heavy = sorted(self.index.entries, key=lambda e: (-e.weight, e.iri))
        first = [next((e for e in heavy if e.kind == kind), None) for kind in _FIRST]
        for entry in (e for e in first if e):
            name = entry.label(lang)
            found.append((Name(name.text, name.language), Asked(name.text).href()))
        for entry in (e for e in heavy if _number(e)):
            found.append((Name(_number(entry), ""), Asked(_number(entry)).href()))
            break
        return found


def by_kind(hits: Sequence[Hit]) -> list[tuple[str, list[Hit]]]:
    """The hits by kind: first the kinds with what bears the name, then those people mean."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.entry.kind, []).append(hit)
    # What has its best hit first comes first, since sorting keeps the order of equals.
    return sorted(found.items(), key=lambda g: (g[1][0].how > How.ACRONYM, tier(g[0])))


def title(kind: str, voice: Voice) -> str:
    """The heading over things of a kind."""
    text = voice.text(f"search.kinds.{kind}")
    return text[:1].upper() + text[1:]


def marked(text: str, words: set[str], language: str = "") -> list[Piece]:
    """Cut a text into pieces, those marked whose words begin with one that was asked for."""
    pieces: list[Piece] = []
    end = 0
    for word in _WORD.finditer(text):
        folded = {w for form in variants(word.group()) for w in fold(form).split()}
        if any(f.startswith(w) for f in folded for w in words):
            pieces += [Piece(text[end : word.start()], language)] if word.start() > end else []
            pieces.append(Piece(word.group(), language, is_marked=True))
            end = word.end()
    return pieces + ([Piece(text[end:], language)] if end < len(text) else [])


def _number(entry: Entry) -> str:
    return next((c.url or "" for c in entry.codes if c.scheme == "scheme-ror"), "")
