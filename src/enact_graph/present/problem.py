"""The page of a problem: what went wrong at an address, and the ways on."""

from enact_graph.errors import EnactGraphError
from enact_graph.present.frame import Frame, Heading
from enact_graph.present.words import Voice


def page(frame: Frame, error: EnactGraphError, asked: str, lang: str) -> str:
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
