"""The release of this repository read in this process, and every kind of page of it."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import pytest

from enact_graph import terms
from enact_graph.engine.local import InProcess
from enact_graph.errors import NotFound, QuerySyntax
from enact_graph.graph.cluster import names
from enact_graph.graph.entity import Entity
from enact_graph.graph.reader import Reader
from enact_graph.present.frame import Frame, problem_page
from enact_graph.present.table import Example, Outcome, read
from enact_graph.release.store import Release, current
from enact_graph.settings import Settings
from enact_graph.site import parse
from enact_graph.topics.downloads import address as downloads
from enact_graph.topics.home import page as home_page
from enact_graph.topics.home import read as portal
from enact_graph.topics.home.page import LISTS, Home
from enact_graph.topics.lists.kinds import KINDS, Kind
from enact_graph.topics.lists.page import Listing
from enact_graph.topics.lists.read import Choice, Shelf
from enact_graph.topics.lists.read import read as read_shelf
from enact_graph.topics.quality import page as quality
from enact_graph.topics.schema import page as schema
from enact_graph.topics.sparql.page import Bench
from enact_graph.topics.thing.page import Things
from tests.conftest import ROOT

QUERY = "SELECT ?s ?n WHERE { ?s a <https://w3id.org/enact-graph/ontology#Institution> ; ?p ?n }"
ORIGIN = "http://127.0.0.1:8000"
SITE = parse((ROOT / "data/site.toml").read_bytes())
EXAMPLE = Example("first", {"fr": "Qui ?", "en": "Who?", "de": "Wer?"}, QUERY)


@dataclass(frozen=True)
class Real:
    """The release of this repository, read in this process."""

    release: Release
    frame: Frame
    reader: Reader
    store: ox.Store
    shelves: dict[str, Shelf] = field(default_factory=dict)

    def look_up(self, slug: str, parts: Sequence[str] | None = None) -> Entity:
        entity = asyncio.run(self.reader.look_up(terms.BASE + slug, parts))
        assert entity is not None
        return entity

    def look_into(self, slug: str) -> Entity:
        entity = asyncio.run(self.reader.look_into(terms.BASE + slug))
        assert entity is not None
        return entity

    def whole(self, entity: Entity, lang: str) -> str:
        """All pages of a thing, one after the other."""
        told: list[str] = []
        while True:
            number = len(told) + 1
            try:
                told.append(Things(self.frame).thing(entity, lang, None, (number, number)))
            except NotFound:
                return "".join(told)

    def shelf(self, kind: Kind) -> Shelf:
        found = self.shelves.get(kind.key)
        if found is None:
            found = self.shelves[kind.key] = asyncio.run(read_shelf(self.reader, kind))
        return found

    def subjects(self, pattern: str) -> list[str]:
        found = self.store.query(f"SELECT DISTINCT ?s WHERE {{ {pattern} }} ORDER BY ?s")
        assert isinstance(found, ox.QuerySolutions)
        return [row["s"].value for row in found]

    def every(self, lang: str) -> Iterator[tuple[str, str]]:
        """Each kind of page, by name."""
        frame = self.frame
        pages = Things(frame)
        document = "source/press-release-2024-05-22"
        passages = self.subjects(f"?s a <{terms.ENACT}Passage>")
        for slug in ("id/enact", "id/inria", "id/emmanuel-vincent", "id/enact-target-startups"):
            yield slug, pages.thing(self.look_up(slug), lang)
        yield "vocab/role-member", pages.thing(self.look_up("vocab/role-member"), lang)
        yield document, pages.thing(self.look_up(document, passages), lang)
        said = self.look_into("graph/press-release-2024-05-22-p05")
        yield "passage", pages.thing(self.look_up(document + "-p05"), lang, said)
        inferred = self.look_into("graph/inferred-member")
        yield "graph", pages.thing(inferred, lang)
        named = self.subjects(f"?s a ?c FILTER(STRSTARTS(STR(?s), '{terms.ENACT}'))")
        yield "ontology", pages.thing(self.look_up("ontology", named), lang)
        concepts = self.subjects(f"?s <{terms.PREFIXES['skos']}inScheme> <{terms.VOCAB}role>")
        yield "vocab", schema.vocabulary(frame, [self.look_up("vocab/role", concepts)], lang)
        shapes = json.loads(self.release.file("shapes.json").read_text())
        yield "shapes", schema.shapes(frame, shapes, lang)
        report = json.loads(self.release.file("quality.json").read_text())
        yield "quality", quality.page(frame, report, lang)
        yield "download", downloads.page(frame, lang)
        yield "shapes, in words", schema.shapes(frame, shapes, lang, "Target")
        answer = self.store.query(QUERY)
        assert isinstance(answer, ox.QuerySolutions)
        body = answer.serialize(format=ox.QueryResultsFormat.JSON)
        assert body is not None
        outcome = read(body, [("CSV", "/sparql?format=csv")])
        asked = asyncio.run(portal.ask(self.reader, terms.ID + "enact", SITE.map))
        shelves = {k.key: self.shelf(k) for k in KINDS if k.key in LISTS}
        home = Home(self.look_up("id/enact"), ORIGIN, asked, shelves, SITE.examples.searches)
        yield "home", home_page.page(frame, home, lang)
        bench = Bench(frame, [EXAMPLE], Settings(), ORIGIN)
        yield "sparql", bench.page(lang, QUERY, outcome)
        yield "sparql, empty", bench.page(lang)
        yield "lists", Listing(frame).overview(shelves, lang)
        yield "list", Listing(frame).page(shelves["organisations"], Choice(), lang)
        wrong = Outcome(problem=QuerySyntax("line 1: a word is missing"))
        yield "sparql, wrong", bench.page(lang, "SELEC", wrong)
        yield "404", problem_page(frame, NotFound("There is nothing."), "/id/<b>", lang)


@pytest.fixture(scope="session")
def real(real_public: Path, real_store: ox.Store) -> Real:
    release = current(real_public)
    reader = Reader(InProcess(real_store))
    frame = Frame.of(release.manifest, told=SITE, names=asyncio.run(names(reader, SITE)))
    return Real(release, frame, reader, real_store)
