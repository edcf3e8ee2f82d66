"""The pages as functions from what was read to HTML text; nothing here asks, stores or waits.

pages = Pages.of(release)
pages.thing(entity, "fr")
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from enact_graph import terms
from enact_graph.errors import EnactGraphError, NotFound
from enact_graph.formats import JSON_LD, N_QUADS, TRIG, TURTLE
from enact_graph.present.labels import Voice
from enact_graph.present.map.outlines import Outlines
from enact_graph.present.pages import rules
from enact_graph.present.pages.bench import Bench, title_of
from enact_graph.present.pages.catalogue import Catalogue
from enact_graph.present.pages.frame import Frame, Heading
from enact_graph.present.pages.front import Front
from enact_graph.present.pages.home import Home
from enact_graph.present.pages.map import Maps
from enact_graph.present.pages.quality import Quality
from enact_graph.present.pages.site import Asset
from enact_graph.present.pages.table import Example
from enact_graph.present.pages.things import Things
from enact_graph.present.pages.tree import Planter
from enact_graph.present.pages.view import File, Part, address
from enact_graph.query.entity import Entity, Name
from enact_graph.release import Release
from enact_graph.settings import Settings

#: The header the pages are made for: style, scripts and fonts of ours alone, nothing inline.
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

#: Where the data are once the permanent address leads to a server.
_ORIGIN: Final = terms.BASE.rstrip("/")
_DUMPS: Final = (TURTLE, JSON_LD, TRIG, N_QUADS)


@dataclass(frozen=True)
class Pages:
    """Renders every page in any of the three languages."""

    frame: Frame
    maps: Maps

    @classmethod
    def of(cls, release: Release) -> Self:
        """Load templates, texts, style sheet and outlines for one release."""
        frame = Frame.of(release.manifest)
        return cls(frame, Maps(frame, Outlines.load()))

    def asset(self, name: str) -> Asset | None:
        """The file of /static/{name}; its content never changes under this name."""
        return self.frame.site.assets.get(name)

    def thing(
        self,
        entity: Entity,
        lang: str,
        said: Entity | None = None,
        parts: tuple[int, int] | None = None,
    ) -> str:
        """The page of any IRI of ours; see `Things.thing`."""
        return Things(self.frame).thing(entity, lang, said, parts)

    def home(self, home: Home, lang: str) -> str:
        """The home page, from what is said of the cluster, what was asked beside it, and lists."""
        voice = self.frame.voice(lang)
        return self.frame.render(
            "home.html",
            lang,
            Heading(voice.text("home.title"), voice.text("home.description"), path="/"),
            home=home,
            answers=Front(home.cluster, home.asked, voice, self.frame.today).answers(),
            tree=Planter(home.cluster, voice, self.frame.today).tree(),
            cards=home.cards(voice),
            counted=home.counted(voice),
            cluster_href=address(home.cluster.iri),
            counts=self.frame.site.manifest.counts,
            verdict=self._verdict(voice),
            files=[
                File(f.title, f"/download/enact-graph.{f.extension}", f.media_type) for f in _DUMPS
            ],
            data_links=[
                File(f.title, f"/catalog.{f.extension}", f.media_type) for f in (TURTLE, JSON_LD)
            ],
        )

    def vocabulary(self, schemes: Sequence[Entity], lang: str) -> str:
        """All concept schemes with their concepts."""
        voice = self.frame.voice(lang)
        told = [Catalogue(s, voice).scheme() for s in schemes]
        return self.frame.render(
            "vocabulary.html",
            lang,
            Heading(
                voice.text("vocabulary.title"),
                voice.text("vocabulary.description"),
                "vocabulary",
                path="/vocab",
            ),
            schemes=told,
            entries=[(s.term.anchor, s.term.name.text) for s in told],
        )

    def shapes(self, shapes: Sequence[dict[str, Any]], lang: str, of: str = "") -> str:
        """The rules by name, from the shapes.json of the release; or those `of` a group in words.

        NotFound where there is no such group.
        """
        voice = self.frame.voice(lang)
        groups = rules.read(shapes, lang)
        group = next((g for g in groups if g.key == of), None)
        if of and group is None:
            raise NotFound(f"/shapes has no group {of[:80]!r}; the page names all.")
        title = group.name.text if group else voice.text("shapes.title")
        return self.frame.render(
            "shapes.html",
            lang,
            Heading(title, voice.text("shapes.description"), "shapes", path="/shapes"),
            kept=[("of", of)] if of else [],
            crumbs=[Part(Name(voice.text("shapes.title"), lang), "/shapes")] if group else [],
            crumb_here=title,
            group=group,
            groups=groups,
            rules=[r for g in groups for r in g.rules],
            entries=[
                *((g.anchor, g.name.text) for g in groups),
                ("data", voice.text("entity.data")),
            ],
            verdict=self._verdict(voice),
            files=[File("Turtle", "/shapes.ttl", TURTLE.media_type)],
        )

    def quality(self, report: Mapping[str, Any], lang: str) -> str:
        """The quality report, from the quality.json of the release."""
        voice = self.frame.voice(lang)
        page = Quality(report, voice)
        sections = ("support", "names", "identifiers", "documents", "freshness", "disagreements")
        return self.frame.render(
            "quality.html",
            lang,
            Heading(
                voice.text("quality.title"),
                voice.text("quality.description"),
                "quality",
                path="/quality",
            ),
            page=page,
            report=report,
            disagreements=page.disagreements(),
            entries=[
                *((key, voice.text(f"quality.{key}")) for key in sections),
                ("data", voice.text("entity.data")),
            ],
            percent=page.percent,
            verdict=self._verdict(voice),
            files=[
                File("Turtle", "/quality.ttl", TURTLE.media_type),
                File("JSON", "/quality.json", "application/json"),
            ],
        )

    def download(self, lang: str) -> str:
        """The files of the release with size, media type and SHA-256."""
        voice = self.frame.voice(lang)
        return self.frame.render(
            "download.html",
            lang,
            Heading(
                voice.text("download.title"),
                voice.text("download.description"),
                "download",
                path="/download/",
            ),
            manifest=self.frame.site.manifest,
        )

    def bench(
        self, examples: Sequence[Example], settings: Settings, origin: str = _ORIGIN
    ) -> Bench:
        """The page to ask in SPARQL; `origin` is where the reader is, `settings` the limits."""
        return Bench(self.frame, examples, settings, origin)

    def problem(
        self,
        error: EnactGraphError,
        asked: str,
        lang: str,
    ) -> str:
        """What went wrong at an address, and the ways on; `error.extra` may name the nearest."""
        voice = self.frame.voice(lang)
        title = title_of(error, voice)
        return self.frame.render(
            "problem.html",
            lang,
            Heading(title, title),
            error=error,
            asked=asked,
            nearest=error.extra.get("nearest", ()),
        )

    def _verdict(self, voice: Voice) -> str:
        counts = self.frame.site.manifest.counts
        broken, doubtful = counts.get("violations", 0), counts.get("warnings", 0)
        if broken:
            return voice.count("shapes.broken", broken)
        return voice.count("shapes.doubtful", doubtful) if doubtful else voice.text("shapes.sound")
