"""The verdict on the data of a release, in a sentence: what its rules found."""

from enact_graph.present.frame import Frame
from enact_graph.present.words import Voice


def verdict(frame: Frame, voice: Voice) -> str:
    """Whether the data hold to their rules, and how many findings there are."""
    counts = frame.site.manifest.counts
    broken, doubtful = counts.get("violations", 0), counts.get("warnings", 0)
    if broken:
        return voice.count("shapes.broken", broken)
    return voice.count("shapes.doubtful", doubtful) if doubtful else voice.text("shapes.sound")
