"""The pages of the vocabularies and of the rules."""

from collections.abc import Sequence
from typing import Any

from enact_graph.errors import NotFound
from enact_graph.formats import TURTLE
from enact_graph.graph.entity import Entity, Name
from enact_graph.present.frame import Frame, Heading, verdict
from enact_graph.present.view import File, Part
from enact_graph.topics.schema import rules
from enact_graph.topics.schema.catalogue import Catalogue


def vocabulary(frame: Frame, schemes: Sequence[Entity], lang: str) -> str:
    """All concept schemes with their concepts."""
    voice = frame.voice(lang)
    told = [Catalogue(s, voice).scheme() for s in schemes]
    return frame.render(
        "schema/vocabulary.html",
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


def shapes(frame: Frame, listed: Sequence[dict[str, Any]], lang: str, of: str = "") -> str:
    """The rules by name, from the shapes.json of the release; or those `of` a group in words.

    NotFound where there is no such group.
    """
    voice = frame.voice(lang)
    groups = rules.read(listed, lang)
    group = next((g for g in groups if g.key == of), None)
    if of and group is None:
        raise NotFound(f"/shapes has no group {of[:80]!r}; the page names all.")
    title = group.name.text if group else voice.text("shapes.title")
    return frame.render(
        "schema/shapes.html",
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
        verdict=verdict(frame, voice),
        files=[File("Turtle", "/shapes.ttl", TURTLE.media_type)],
    )
