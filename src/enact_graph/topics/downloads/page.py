"""The list of the files of a release."""

from enact_graph.present.frame import Frame, Heading


def page(frame: Frame, lang: str) -> str:
    """The files of the release with size, media type and SHA-256."""
    voice = frame.voice(lang)
    return frame.render(
        "downloads/page.html",
        lang,
        Heading(
            voice.text("download.title"),
            voice.text("download.description"),
            "download",
            path="/download/",
        ),
        manifest=frame.site.manifest,
    )
