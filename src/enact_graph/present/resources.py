"""The files that belong to pages: those that all share, and those of each topic in its folder."""

from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.resources import files
from importlib.resources.abc import Traversable


def shared(*path: str) -> Traversable:
    """A file that all pages share, or a folder of such."""
    return files("enact_graph.present").joinpath(*path)


def of_topic(topic: str, file: str) -> Traversable:
    """A file of one topic."""
    return files("enact_graph").joinpath("topics", topic, file)


def of_topics(pattern: str) -> Iterator[Traversable]:
    """The files of all topics with such a name, in the order of the topics."""
    for topic in sorted(files("enact_graph").joinpath("topics").iterdir(), key=str):
        if topic.is_dir():
            yield from (f for f in sorted(topic.iterdir(), key=str) if fnmatch(f.name, pattern))
