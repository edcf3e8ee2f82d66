"""A briefing for agents, /llms.txt: what this is, where to ask, what it answers, how to cite it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, Final

from enact_graph import terms
from enact_graph.formats import RDF_FORMATS, RESULT_FORMATS
from enact_graph.graph.entity import Entity, local_name, pick
from enact_graph.present.frame import Frame
from enact_graph.release.questions import Question
from enact_graph.settings import Settings
from enact_graph.topics.guides.read import Dataset

_PREFIXES: Final = ("enact", "g", "id", "org", "schema", "skos", "src", "v")


def write(
    frame: Frame,
    dataset: Dataset,
    example: Entity,
    questions: Sequence[Question],
    served: tuple[str, Settings, Collection[str]],
) -> str:
    """Return the briefing in English, as Markdown.

    `served` are the origin that addresses begin with, the settings, and the paths there are.
    """
    origin, settings, paths = served
    manifest, voice = frame.site.manifest, frame.voice("en")
    title, about = pick(dataset.titles, "en"), pick(dataset.descriptions, "en")
    topics: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for question in questions:
        topics[voice.text(f"sparql.topic.{question.topic}")].append(_told(question, paths))
    return frame.environment.get_template("harvest/llms.md").render(
        title=title.text if title else frame.site.title,
        about=about.text if about else "",
        base=terms.BASE,
        manifest=manifest,
        counts=defaultdict(int, manifest.counts),
        origin=origin,
        slug=local_name(example.iri),
        suffixes=", ".join(f"`.{f.extension}`" for f in RDF_FORMATS),
        results=", ".join(f"`{f.media_type}`" for f in RESULT_FORMATS),
        rdf=", ".join(f"`{f.media_type}`" for f in RDF_FORMATS),
        paths=paths,
        settings=settings,
        prefixes=[(prefix, terms.PREFIXES[prefix]) for prefix in _PREFIXES],
        topics=topics.items(),
        licence=dataset.licence,
    )


def _told(question: Question, paths: Collection[str]) -> dict[str, Any]:
    is_served = any(path.startswith("/queries/{") for path in paths)
    taken = [f"`{p.name}` ({p.kind})" for p in question.parameters if p.kind != "language"]
    return {
        "titles": question.titles,
        "href": f"/queries/{question.name}.csv" if is_served else "/download/queries.json",
        "takes": ", ".join(taken),
    }
