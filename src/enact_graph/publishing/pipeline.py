"""The build: authored files in, a release out; anything that does not hold stops it."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import ClassVar, Final

import pyoxigraph as ox

from enact_graph import formats, site
from enact_graph.authoring import (
    archive,
    dataset,
    links,
    linksets,
    metadata,
    questions,
    reporters,
    searchable,
)
from enact_graph.authoring.archive import twin
from enact_graph.authoring.checks import consistency
from enact_graph.authoring.findings import Finding, Places, is_clean, ordered
from enact_graph.authoring.inference import infer, rules
from enact_graph.authoring.metadata import About
from enact_graph.authoring.reporters import block
from enact_graph.authoring.shacl import shapes
from enact_graph.authoring.shacl.validate import validate
from enact_graph.authoring.sources import Sources, load
from enact_graph.errors import SourceError
from enact_graph.publishing.describe import catalogue, report, void
from enact_graph.publishing.describe.catalogue import Dump
from enact_graph.publishing.dumps import dumps, lines, zstd_twin
from enact_graph.publishing.quality import measurements
from enact_graph.publishing.quality import report as quality
from enact_graph.publishing.staging import Staging, staging
from enact_graph.rdf import jsonld
from enact_graph.rdf.writer import write
from enact_graph.release import questions as question
from enact_graph.release.store import OUTLINES, QUERIES, SEARCH, SITE, SOURCES, Release
from enact_graph.terms import GRAPH_ONTOLOGY, PREFIXES

_GZIP: Final = "application/gzip"
_ZSTD: Final = "application/zstd"
_JSON: Final = "application/json"
#: What the server reads as it was authored: the file, its name in the release, its media type.
_TAKEN_OVER: Final = (
    (site.FILE, SITE, "application/toml"),
    (site.OUTLINES, OUTLINES, _JSON),
)


@dataclass(frozen=True)
class Contents:
    """What the files of a release are made from."""

    #: How many names `fill` yields: the dumps, six Turtle files, the context and the store.
    STEPS: ClassVar[int] = len(formats.RDF_FORMATS) + 6 + 2

    sources: Sources
    store: ox.Store
    about: About
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]

    @property
    def digest(self) -> str:
        """The SHA-256 of the canonical N-Quads (RDFC-1.0) of the dataset."""
        return sha256(lines(dataset.named(self.store))).hexdigest()

    def fill(self, stage: Staging) -> Iterator[str]:
        """Write each file of the release but the manifest; yield its name when it is there."""
        triples = dataset.merge(self.store)
        context = jsonld.Context.of(triples)
        made: list[Dump] = []
        for name, form, content in dumps(self.store, context):
            plain = stage.write(name, form.media_type, content)
            made.append(Dump(form, plain, stage.write(f"{name}.gz", _GZIP, twin(content))))
            stage.write(f"{name}.zst", _ZSTD, zstd_twin(content))
            yield name
        files = [dump.plain for dump in made] + [dump.packed for dump in made]
        rules = shapes.count(self.sources.shapes)
        measured = quality.measure(self.store, self.about, self.findings, rules)
        titles = self.sources.site.titles
        turtles = {
            "catalog.ttl": catalogue.describe(self.about, triples, made, titles.catalogue),
            "void.ttl": void.describe(
                self.about, self.counts, triples, files, linksets.linksets(self.sources)
            ),
            "ontology.ttl": self._ontology(),
            "shapes.ttl": shapes.turtle(self.sources.shapes),
            "report.ttl": reporters.turtle(self.findings, "en").encode(),
            "quality.ttl": measurements.turtle(measured, titles.quality),
        }
        for name, content in turtles.items():
            stage.write(name, formats.TURTLE.media_type, content)
            yield name
        for file in self.sources.files:
            if file.name == links.FILE:
                stage.write(void.TABLE, formats.RESULTS_TSV.media_type, file.text.encode())
        further = self.sources.further
        for source, name, media_type in _TAKEN_OVER:
            if isinstance(taken := further.get(source), bytes):
                stage.write(name, media_type, taken)
        stage.write(SOURCES, _GZIP, archive.pack(self.sources))
        listed = shapes.listing(self.sources.shapes)
        stage.write("shapes.json", _JSON, listed)
        stage.write(QUERIES, _JSON, question.write(questions.of(further)))
        stage.write(SEARCH, _JSON, searchable.listing(triples).to_json())
        stage.write("quality.json", _JSON, quality.write(measured))
        page = report.page(self.findings, rules)
        stage.write("report.html", formats.HTML.media_type, page)
        published = jsonld.encode(context.to_json())
        stage.write("context.jsonld", formats.JSON_LD.media_type, published)
        yield "context.jsonld"
        stage.write_store(self.store)
        yield "store"

    def _ontology(self) -> bytes:
        graph = ox.NamedNode(GRAPH_ONTOLOGY)
        quads = self.store.quads_for_pattern(None, None, None, graph)
        return write(
            dataset.as_quads(sorted((q.triple for q in quads), key=str)), PREFIXES
        ).encode()


#: Called once a step, with its name.
Progress = Callable[[str], None]
#: How many steps there are: load, infer, validate and the files.
STEPS: Final = 3 + Contents.STEPS


@dataclass(frozen=True)
class Built:
    """A published release, its warnings, and its `fate`: new, kept, replaced or overtaken."""

    release: Release
    fate: str
    findings: tuple[Finding, ...]


def build(root: Path, public: Path, progress: Progress = lambda _: None) -> Built:
    """Publish the authored files under `root` as a release in `public` and make it current.

    It does not become current where another build has published that began later. Each file is
    read once: what is edited meanwhile is of the next release.

    SourceError with all findings in `extra["findings"]` where a file does not hold; ReleaseError
    where `public` cannot be written. Equal files give the same release, byte for byte.
    """
    begun = time.time_ns()
    progress("load")
    sources = load(root)
    consistent = consistency.check(sources)
    if not consistency.is_whole(sources):
        _stop(consistent)
    store = dataset.collect(sources.facts)
    about = metadata.about(store)
    progress("infer")
    inferred = infer(store, rules(), about.issued)
    dataset.extend(store, sources.links)
    progress("validate")
    findings = validate(store, shapes.graph(sources.shapes), Places(sources.statements))
    _stop((*consistent, *findings))
    counts = metadata.count(store, inferred, len(findings))
    contents = Contents(sources, store, about, findings, counts)
    with staging(public, begun) as stage:
        for name in contents.fill(stage):
            progress(name)
        software = f"enact-graph {version('enact-graph')}"
        published = stage.publish(about.version, contents.digest, about.issued, software, counts)
    return Built(published.release, published.fate, ordered((*consistent, *findings)))


def _stop(findings: Iterable[Finding]) -> None:
    found = ordered(findings)
    if not is_clean(found):
        text = "\n".join(block(f, "en")[0] for f in found if f.severity == "violation")
        raise SourceError(text, findings=found)
