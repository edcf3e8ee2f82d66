"""The lists: what there is of each kind, chosen by facets; every state of a list is an address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from enact_graph.graph.entity import Name, local_name, pick
from enact_graph.present import collation
from enact_graph.present.frame import Frame, Heading
from enact_graph.present.view import Part, address
from enact_graph.present.words import Voice
from enact_graph.topics.lists.facets import Facet
from enact_graph.topics.lists.read import Choice, Entry, Figure, Shelf

#: Entries on one page.
PAGE: Final = 50
#: Names told of each kind in the overview, the most spoken of.
_NAMES: Final = 4
#: Values of a facet that stand open, and facets that do.
_VALUES: Final = 8
_FACETS: Final = 3
#: The kinds, as the overview groups them.
GROUPS: Final = (
    ("who", ("organisations", "alliances", "clusters", "people")),
    ("what", ("promises", "figures", "axes", "chairs")),
    ("money", ("fundings", "programmes", "strategies")),
    ("where", ("places", "events")),
    ("said", ("documents", "publishers", "concepts")),
)


#: The pictures that the overview leads to, each with an icon.
PICTURES: Final = (
    ("map", "place"),
    ("alliances", "alliance"),
    ("timeline", "event"),
    ("funding", "money"),
    ("path", "cluster"),
)


@dataclass(frozen=True)
class Value:
    """One value of a facet: its form in an address, its name, how many entries it would show."""

    key: str
    name: Name
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """A facet with the values that stand open and those folded away."""

    key: str
    title: str
    values: tuple[Value, ...]
    more: tuple[Value, ...]
    is_open: bool


@dataclass(frozen=True)
class Applied:
    """A value that is chosen, and the address without it."""

    facet: str
    name: Name
    href: str


@dataclass(frozen=True)
class Line:
    """An entry: its name, a sentence about it, and what else is known in a few words."""

    name: Part
    gist: Name | None
    known: tuple[Name, ...]


@dataclass(frozen=True)
class Card:
    """A kind in the overview."""

    key: str
    icon: str
    total: int
    names: tuple[Part, ...]


def slug(value: str) -> str:
    """A value of a facet as it stands in addresses: the last part of an IRI, else itself."""
    return local_name(value) if ":" in value else value


@dataclass(frozen=True)
class Listing:
    """Renders the lists of one release."""

    frame: Frame

    def overview(self, shelves: Mapping[str, Shelf], lang: str) -> str:
        """All kinds there are, with how many of each."""
        voice = self.frame.voice(lang)
        groups = [
            (key, [card(shelves[k], lang) for k in kinds if k in shelves and shelves[k].entries])
            for key, kinds in GROUPS
        ]
        return self.frame.render(
            "lists/overview.html",
            lang,
            Heading(
                voice.text("list.title"), voice.text("list.description"), "explore", path="/list"
            ),
            groups=[(key, cards) for key, cards in groups if cards],
            pictures=[
                (k, icon, voice.text(f"list.picture.{k}"), voice.text(f"list.picture.{k}.what"))
                for k, icon in PICTURES
            ],
        )

    def page(self, shelf: Shelf, choice: Choice, lang: str, number: int = 1) -> str:
        """One page of a list, and the facets beside it."""
        voice = self.frame.voice(lang)
        told = Told(shelf, voice)
        chosen = told.sorted(choice)
        key = shelf.kind.key
        last = pages(len(chosen))
        title = voice.text(f"list.{key}")
        pairs = [(f, slug(v)) for f, v in choice.pairs()]
        return self.frame.render(
            "lists/page.html",
            lang,
            Heading(title, voice.text(f"list.{key}.what"), "explore", path=f"/list/{key}"),
            kept=pairs + ([("page", str(number))] if number > 1 else []),
            crumbs=[Part(Name(voice.text("list.title"), lang), "/list")],
            crumb_here=title,
            key=key,
            icon=shelf.kind.icon,
            total=len(shelf.entries),
            found=len(chosen),
            start=(number - 1) * PAGE,
            lines=[told.line(e) for e in chosen[(number - 1) * PAGE : number * PAGE]],
            facets=told.groups(choice),
            applied=told.applied(choice),
            clear=f"/list/{key}",
            here_part=number,
            last=last,
            previous=href(key, choice, number - 1) if number > 1 else None,
            following=href(key, choice, number + 1) if number < last else None,
            files=[(f.upper(), href(f"{key}.{f}", choice, lang=lang)) for f in ("csv", "json")],
        )


@dataclass(frozen=True)
class Told:
    """A list in one language."""

    shelf: Shelf
    voice: Voice

    def sorted(self, choice: Choice) -> list[Entry]:
        """The chosen entries by name."""
        return sorted(choice.entries(self.shelf), key=lambda e: collation.key(self.name(e).text))

    def name(self, entry: Entry) -> Name:
        """The name of an entry."""
        return pick(entry.names, self.voice.lang) or Name(local_name(entry.iri), "")

    def named(self, value: str, facet: str = "") -> Name:
        """The name of a value of a facet."""
        if facet == "language":
            return Name(self.voice.language(value), self.voice.lang)
        return pick(self.shelf.labels.get(value, {}), self.voice.lang) or Name(slug(value), "")

    def line(self, entry: Entry) -> Line:
        """An entry in words."""
        lang, count = self.voice.lang, self.shelf.kind.count.key
        known = [self.named(v) for v in entry.values.get("kind", ())]
        known += [Name(self.figure(f), lang) for f in entry.figures if f.currency]
        known += [self.named(v) for v in entry.values.get("publisher", ())]
        where = self._where(entry)
        known += [Name(", ".join(where), lang)] if where else []
        if when := self.when(entry):
            known.append(Name(when, lang))
        if entry.count:
            known.append(Name(self.voice.count(f"list.counted.{count}", entry.count), lang))
        return Line(
            Part(self.name(entry), address(entry.iri)),
            pick(entry.gists, lang),
            tuple(known),
        )

    def _where(self, entry: Entry) -> list[str]:
        """The city of the seat, and the country or the countries."""
        cities = [self.named(v).text for v in entry.places]
        countries = [self.named(v).text for v in entry.values.get("country", ())]
        if cities and len(countries) > 1:
            return cities
        return [*cities, *sorted(countries, key=collation.key)]

    def figure(self, figure: Figure) -> str:
        """A number, as money where it is some, with what limits it."""
        number = Decimal(figure.value)
        written = (
            self.voice.money(number, figure.currency)
            if figure.currency
            else self.voice.number(number)
        )
        return f"{self.named(figure.qualifier).text} {written}" if figure.qualifier else written

    def when(self, entry: Entry) -> str:
        """The day of an entry, no more precise than it is known; "" where there is none."""
        if entry.when is None:
            return self.voice.text("date.undated") if self.shelf.kind.key == "documents" else ""
        written = self.voice.date(date.fromisoformat(entry.when.day), entry.when.precision)
        # Where there is a number, "about" limits that.
        if entry.when.is_about and not entry.figures:
            written = self.voice.text("date.about", date=written)
        due = self.shelf.kind.key == "promises"
        return self.voice.text("list.due", date=written) if due else written

    def groups(self, choice: Choice) -> list[Group]:
        """The facets that still divide the list, each with its values."""
        found = [g for f in self.shelf.kind.facets if (g := self._group(f, choice))]
        return [replace(g, is_open=g.is_open or n < _FACETS) for n, g in enumerate(found)]

    def applied(self, choice: Choice) -> list[Applied]:
        """What is chosen, each with the address of the list without it."""
        return [
            Applied(
                self.voice.text(f"list.facet.{facet}"),
                self.named(value, facet),
                href(self.shelf.kind.key, choice.without(facet, value)),
            )
            for facet, value in choice.pairs()
        ]

    def values(self, facet: Facet, choice: Choice) -> list[Value]:
        """The values of a facet that would show something, and those chosen, in their order."""
        chosen = choice.values.get(facet.key, frozenset())
        counts = choice.counts(self.shelf, facet.key)
        found = [
            Value(slug(v), self.named(v, facet.key), counts[v], v in chosen)
            for v in {*counts, *chosen}
        ]
        if facet.is_ordered:
            return sorted(found, key=lambda v: v.key, reverse=True)
        return sorted(found, key=lambda v: (-v.count, collation.key(v.name.text)))

    def _group(self, facet: Facet, choice: Choice) -> Group | None:
        values = self.values(facet, choice)
        chosen = [v for v in values if v.is_chosen]
        left = sum(1 for e in self.shelf.entries if choice.meets(e, but=facet.key))
        # One value that all have divides nothing.
        if not chosen and (not values or (len(values) == 1 and values[0].count == left)):
            return None
        shown = values[:_VALUES] if len(values) > _VALUES + 2 else values
        shown += [v for v in values[len(shown) :] if v.is_chosen]
        more = [v for v in values if v not in shown]
        title = self.voice.text(f"list.facet.{facet.key}")
        return Group(facet.key, title, tuple(shown), tuple(more), bool(chosen))


def href(key: str, choice: Choice, number: int = 1, *, lang: str | None = None) -> str:
    """The address of a list with a choice and a page."""
    pairs = [(f, slug(v)) for f, v in choice.pairs()]
    pairs += [("page", str(number))] if number > 1 else []
    pairs += [("lang", lang)] if lang else []
    return f"/list/{key}" + (f"?{urlencode(pairs)}" if pairs else "")


def pages(entries: int) -> int:
    """How many pages so many entries take; an empty list is on one."""
    return max(1, -(-entries // PAGE))


def card(shelf: Shelf, lang: str, names: int | None = None) -> Card:
    """A kind in the overview, with the most spoken of by name."""
    known = sorted(shelf.entries, key=lambda e: (-e.count, e.iri))[: names or _NAMES]
    return Card(
        shelf.kind.key,
        shelf.kind.icon,
        len(shelf.entries),
        tuple(
            Part(pick(e.names, lang) or Name(local_name(e.iri), ""), address(e.iri)) for e in known
        ),
    )
