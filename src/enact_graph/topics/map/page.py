"""The map as a page and as a picture of its own: finding, drawing, legend, table by distance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from enact_graph import terms
from enact_graph.graph.entity import Name, local_name, pick
from enact_graph.present.frame import Frame, Heading
from enact_graph.present.notes import Notary
from enact_graph.present.view import Note, Part, address
from enact_graph.present.words import Voice
from enact_graph.site import Map
from enact_graph.topics.map.atlas import GROUPS, Atlas, Body, written
from enact_graph.topics.map.draw import Chart
from enact_graph.topics.map.lettering import Speech
from enact_graph.topics.map.outlines import Outlines
from enact_graph.topics.map.selection import SHOWN, ZOOMS, Selection, Stop, Wish

#: So many sources of a place stand in its note; its page has the others.
_WITNESSES: Final = 2
_WIDGET: Final = ("stage", "in", "out", "whole", "wheel")


@dataclass(frozen=True)
class Row:
    """A place in the table."""

    anchor: str
    place: Part
    country: Part | None
    km: str
    bodies: tuple[tuple[Part, bool, bool], ...]
    note: Note


@dataclass(frozen=True)
class MapPage:
    """A selection in one language; `usual` is where the map of this site begins."""

    atlas: Atlas
    selection: Selection
    voice: Voice
    usual: Map

    @property
    def wish(self) -> Wish:
        """What is shown."""
        return self.selection.wish

    def part(self, iri: str) -> Part:
        """The name of a thing, linked to its page."""
        return Part(self.name(iri), address(iri))

    def name(self, iri: str) -> Name:
        """The name of a thing in the language of the page, else in another."""
        named = pick(self.atlas.labels.get(iri, {}), self.voice.lang)
        return named or Name(local_name(iri), "")

    def finding(self) -> str:
        """How many members have their seat within the radius, in words."""
        total, near = len(self.selection.members), len(self.selection.near)
        if not total:
            return self.voice.text("map.finding.unknown")
        words = {"total": self._word(total), "km": self.km, "of": self.of}
        if near == total and total > 1:
            return self._sentence("all", **words)
        if near < 2:
            return self._sentence("single" if near else "none", **words)
        return self._sentence("some", n=self._word(near), **words)

    def _sentence(self, key: str, **words: str) -> str:
        text = self.voice.text(f"map.finding.{key}", **words)
        return text[:1].upper() + text[1:]

    def _word(self, number: int) -> str:
        words = self.voice.text("map.words").split()
        return words[number] if number < len(words) else self.voice.number(number)

    @property
    def km(self) -> str:
        """The radius as the language writes it."""
        return self.voice.number(self.wish.km)

    @property
    def of(self) -> str:
        """The centre after "150 km": of Nancy."""
        return self.voice.of(self.name(self.wish.centre).text)

    def members(self) -> list[tuple[Part, str]]:
        """The members within the radius and their distances."""
        return [(self.part(h.body.iri), self.distance(h.km)) for h in self.selection.near]

    def distance(self, kilometres: float) -> str:
        """A distance in whole kilometres."""
        return self.voice.text("map.km", n=self.voice.number(written(kilometres)))

    def rows(self, near: bool) -> list[Row]:
        """The places within the radius, or those beyond."""
        stops = self.selection.stops
        return [self._row(s) for s in stops if (written(s.km) <= self.wish.km) == near]

    def _row(self, stop: Stop) -> Row:
        first = stop.bodies[0]
        graphs = {g for h in stop.bodies for g in h.spot.graphs}
        return Row(
            self._anchor(stop),
            self.part(stop.place or first.spot.site),
            self.part(first.spot.country) if first.spot.country else None,
            self.distance(stop.km),
            tuple(
                (self.part(h.body.iri), "members" in h.body.groups, not h.spot.is_seat)
                for h in stop.bodies
            ),
            self._note(graphs, stop),
        )

    def _note(self, graphs: set[str], stop: Stop) -> Note:
        """The sources of the seats and coordinates of a place, the first of them in full."""
        note = self._notary.note(graphs)
        if len(note.witnesses) <= _WITNESSES:
            return note
        more = Name(self.voice.text("map.table.more"), self.voice.lang)
        link = Part(more, address(stop.place or stop.bodies[0].body.iri))
        return replace(note, witnesses=note.witnesses[:_WITNESSES], links=(link,))

    @cached_property
    def _notary(self) -> Notary:
        return Notary(self.voice, self.atlas.sources, self.atlas.labels)

    def without(self) -> list[tuple[Part, str]]:
        """The bodies without coordinates, and what is known of their seat."""
        return [(self.part(b.iri), self._whereabouts(b)) for b in self.selection.without]

    def _whereabouts(self, body: Body) -> str:
        places = [self.name(s.place).text for s in body.spots if s.place]
        if places:
            text = self.voice.listed(list(dict.fromkeys(places)))
            return self.voice.text("map.table.without-place", place=text)
        return self.voice.text("map.table.without-seat")

    def chart(self, outlines: Outlines) -> Chart:
        """The drawing."""
        lands = {local_name(iri): iri for iri in self.atlas.labels if iri.startswith(terms.ID)}
        return Chart(
            outlines,
            self.selection,
            Speech(
                lambda iri: self.name(iri).text,
                lambda n: self.voice.count("map.picture.more", n),
                lambda km: self.voice.text("map.km", n=self.voice.number(km)),
                self.voice.text("value.colon"),
            ),
            lands,
            self.usual.window,
        )

    def stops(self, chart: Chart) -> list[dict[str, Any]]:
        """The places as the widget draws them: where, name, row in the table, kind, bodies."""
        numbers: dict[str, int] = {}
        return [
            {
                "x": round(x, 2),
                "y": round(y, 2),
                "name": chart.speech.stop(stop),
                "row": self._anchor(stop),
                "kind": stop.kind,
                "bodies": [numbers.setdefault(h.body.iri, len(numbers)) for h in stop.bodies],
            }
            for (x, y), stop in chart.points()
        ]

    def texts(self) -> dict[str, str]:
        """The words of the widget."""
        return {key: self.voice.text(f"map.widget.{key}") for key in _WIDGET} | {
            "km": self.voice.text("map.km", n="{n}")
        }

    @staticmethod
    def _anchor(stop: Stop) -> str:
        return "at-" + local_name(stop.place or stop.bodies[0].spot.site)

    def described(self) -> str:
        """The picture in words."""
        stops = self.selection.stops
        most = sorted(stops, key=lambda s: (-len(s.bodies), s.km))[:3]
        bodies = {h.body.iri for s in stops for h in s.bodies}
        return self.voice.text(
            "map.picture.desc",
            finding=self.finding(),
            places=self.voice.count("map.picture.places", len(stops)),
            bodies=self.voice.count("map.picture.bodies", len(bodies)),
            most=self.voice.listed(
                [f"{self.name(s.place).text} ({len(s.bodies)})" for s in most if s.place]
            ),
        )

    def fields(self, **changed: str) -> list[tuple[str, str]]:
        """The fields of the address of this selection, those changed instead; defaults left out."""
        wish = self.wish
        found: list[tuple[str, str]] = []
        if wish.show != SHOWN:
            found += [("show", group) for group in wish.show]
        single = {
            "alliance": local_name(wish.alliance) if wish.alliance else "",
            "country": local_name(wish.country) if wish.country else "",
            "near": "" if wish.centre == self.usual.centre else local_name(wish.centre),
            "km": "" if wish.km == self.usual.radius else str(wish.km),
            "zoom": "" if wish.zoom == Wish.zoom else wish.zoom,
        }
        found += [(key, value) for key, value in (single | changed).items() if value]
        return found

    def href(self, path: str, **changed: str) -> str:
        """An address with this selection."""
        fields = self.fields(**changed)
        return path + ("?" + urlencode(fields) if fields else "")

    def centres(self) -> list[str]:
        """The towns that have coordinates: suggestions for the centre."""
        return sorted(self.atlas.towns)

    def options(self, iris: Sequence[str]) -> list[tuple[str, Name]]:
        """Things to choose from, by name."""
        named = [(local_name(iri), self.name(iri)) for iri in iris]
        return sorted(named, key=lambda option: option[1].text.casefold())


@dataclass(frozen=True)
class Tiles:
    """Map tiles of another host: their address with {z}, {x} and {y}, and who made them."""

    address: str
    attribution: str = ""


@dataclass(frozen=True)
class Maps:
    """Renders the map as a page and as a file."""

    frame: Frame
    outlines: Outlines
    usual: Map

    def page(
        self, atlas: Atlas, selection: Selection | None, lang: str, tiles: Tiles | None = None
    ) -> str:
        """The page of /map; without a selection nothing has coordinates.

        `tiles` are those of another host, which only the widget fetches.
        """
        voice = self.frame.voice(lang)
        heading = Heading(
            voice.text("map.title"), voice.text("map.description"), "map", ("map",), "/map"
        )
        if selection is None:
            return self.frame.render("map/page.html", lang, heading, page=None)
        page = MapPage(atlas, selection, voice, self.usual)
        return self.frame.render(
            "map/page.html", lang, heading, kept=page.fields(), tiles=tiles, **self._values(page)
        )

    def svg(self, atlas: Atlas, selection: Selection, lang: str) -> str:
        """The picture of /map.svg, with a style of its own."""
        page = MapPage(atlas, selection, self.frame.voice(lang), self.usual)
        return self.frame.picture("map/picture.svg", lang, **self._values(page))

    def _values(self, page: MapPage) -> dict[str, Any]:
        chart = page.chart(self.outlines)
        wide, narrow = chart.drawings()
        zoom = page.voice.text(f"map.zoom.{page.wish.zoom}")
        return {
            "page": page,
            "groups": GROUPS,
            "zooms": ZOOMS,
            "stops": page.stops(chart),
            "ground": chart.ground(),
            "wide": wide,
            "narrow": narrow,
            "finding": page.finding(),
            "picture_title": page.voice.text("map.picture.title", zoom=zoom),
            "window": chart.window,
        }
