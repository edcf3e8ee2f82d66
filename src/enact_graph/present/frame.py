"""The frame of every page: head, sections, foot, and the words templates may call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from enact_graph import site as authored
from enact_graph import terms
from enact_graph.errors import EnactGraphError
from enact_graph.graph.entity import Labels as Labelled
from enact_graph.graph.entity import pick
from enact_graph.present.assets import Site
from enact_graph.present.typography import typeset
from enact_graph.present.view import keep_language
from enact_graph.present.words import NO_NAMES, Labels, Voice
from enact_graph.release.store import Manifest


@dataclass(frozen=True)
class Heading:
    """The title of a page, a sentence about it, the section it belongs to, and its widgets.

    `widgets` are names of what frontend/ builds: "map" loads map.js and map.css where there are.
    `path` is where the page is, "/list": by it others may share and cite the page. A page without
    a lasting address, such as that of a problem, has none.
    """

    title: str
    description: str
    section: str | None = None
    widgets: tuple[str, ...] = ()
    path: str = ""


@dataclass(frozen=True)
class Frame:
    """Renders a template inside the frame that all pages share."""

    site: Site
    labels: Labels
    environment: Environment
    sections: Sequence[tuple[str, str]] = ()

    @classmethod
    def of(
        cls,
        manifest: Manifest,
        sections: Sequence[tuple[str, str]] = (),
        told: authored.Site = authored.NOTHING_SAID,
        names: Mapping[str, Labelled] = NO_NAMES,
    ) -> Self:
        """Load templates, texts and style sheet for one release.

        `sections` stand in the head of each page: the keys of their words, and their addresses.
        `told` is what the site says of itself, `names` are those of what it names.
        """
        environment = Environment(
            loader=ChoiceLoader(
                [PackageLoader("enact_graph.present"), PackageLoader("enact_graph", "topics")]
            ),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        return cls(Site.of(manifest, told), Labels.load(told, names), environment, sections)

    def voice(self, lang: str) -> Voice:
        """The texts of one language."""
        return Voice(self.labels, lang)

    @property
    def today(self) -> date:
        """The day of the release: what is over by then is told as past."""
        return date.fromisoformat(self.site.issued)

    def render(
        self,
        template: str,
        lang: str,
        heading: Heading,
        *,
        kept: Sequence[tuple[str, str]] = (),
        **values: Any,
    ) -> str:
        """Fill a template and put the typography of the language on it.

        `kept` are the fields of the address that a change of language keeps.
        """
        voice = self.voice(lang)
        address = terms.BASE + heading.path[1:] if heading.path else ""

        def here(tag: str) -> str:
            return address + "?" + urlencode([*kept, ("lang", tag)])

        shared = {
            "lang": lang,
            "languages": terms.LANGUAGES,
            "current": heading.section,
            "title": heading.title,
            "description": heading.description,
            "site": self.site,
            "scripts": self._built(("search", *heading.widgets), "js"),
            "styles": self._built(("fonts", *heading.widgets), "css"),
            "sections": [{"key": k, "href": h} for k, h in self.sections],
            "crumbs": [],
            "crumb_here": "",
            "data_links": (),
            "t": voice.text,
            "count": voice.count,
            "number": voice.number,
            "size": voice.size,
            "tongue": voice.language,
            "date": lambda day: voice.date(date.fromisoformat(day)),
            "pick": lambda names: pick(names, lang),
            "switch": lambda tag: "?" + urlencode([*kept, ("lang", tag)]),
            "here": here,
            "anywhere": address and address + ("?" + urlencode(kept) if kept else ""),
            "is_home": heading.path == "/",
            "locale": voice.locale,
            "shorten": terms.shorten,
        }
        html = self.environment.get_template(template).render(shared | values)
        return keep_language(typeset(html, lang), lang)

    def picture(self, template: str, lang: str, **values: Any) -> str:
        """Fill the template of a picture that is a file of its own."""
        voice = self.voice(lang)
        shared = {
            "lang": lang,
            "t": voice.text,
            "count": voice.count,
            "number": voice.number,
            "home": terms.BASE.partition("://")[2].rstrip("/"),
        }
        return typeset(self.environment.get_template(template).render(shared | values), lang)

    def _built(self, widgets: Sequence[str], kind: str) -> list[str]:
        names = (self.site.built.get(f"{widget}.{kind}") for widget in widgets)
        return [name for name in names if name]


def problem_page(frame: Frame, error: EnactGraphError, asked: str, lang: str) -> str:
    """What went wrong at an address, and the ways on; `error.extra` may name the nearest."""
    voice = frame.voice(lang)
    title = title_of(error, voice)
    return frame.render(
        "problem.html",
        lang,
        Heading(title, title),
        error=error,
        asked=asked,
        nearest=error.extra.get("nearest", ()),
    )


def title_of(problem: EnactGraphError | None, voice: Voice) -> str:
    """What is wrong, in a few words of the language."""
    key = f"problem.{problem.slug}" if problem else ""
    return voice.text(key if voice.has(key) else "problem.any")


def verdict(frame: Frame, voice: Voice) -> str:
    """Whether the data hold to their rules, and how many findings there are."""
    counts = frame.site.manifest.counts
    broken, doubtful = counts.get("violations", 0), counts.get("warnings", 0)
    if broken:
        return voice.count("shapes.broken", broken)
    return voice.count("shapes.doubtful", doubtful) if doubtful else voice.text("shapes.sound")
