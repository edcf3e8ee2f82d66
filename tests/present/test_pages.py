"""Pages: well-formed, escaped, sourced, in three languages, from authored data and from hostile."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enact_graph import terms
from enact_graph.errors import NotFound, QuerySyntax, family
from enact_graph.formats import Format
from enact_graph.present.pages.pages import Pages
from enact_graph.present.pages.table import Example, Outcome, read
from enact_graph.query.entity import Entity, Source, Statement
from enact_graph.query.reader import Reader
from enact_graph.release import Release, current

LANGUAGES = terms.LANGUAGES
QUERY = "SELECT ?s ?n WHERE { ?s a <https://w3id.org/enact-graph/ontology#Institution> ; ?p ?n }"
EXAMPLE = Example("first", {"fr": "Qui ?", "en": "Who?", "de": "Wer?"}, QUERY)


@dataclass(frozen=True)
class Answer:
    body: bytes


@dataclass(frozen=True)
class Runner:
    """Runs the queries of the pages on a store in this process."""

    store: ox.Store

    async def run(
        self,
        query: str,
        *,
        results: Format | None,
        graph: Format | None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        found = self.store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        assert body is not None
        return Answer(body)


@dataclass
class Outline(HTMLParser):
    """What a browser would build: balanced elements, headings, links, text with its notes."""

    headings: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    elements: list[tuple[str, Mapping[str, str | None]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    VOID = frozenset({"meta", "link", "br", "input", "hr"})

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.elements.append((tag, named))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if tag == "a":
            self.links.append(str(named["href"]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, self.open


def outline(page: str) -> Outline:
    parser = Outline()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser


@dataclass(frozen=True)
class Real:
    """The release of this repository, read in this process."""

    release: Release
    pages: Pages
    reader: Reader
    store: ox.Store

    def look_up(self, slug: str, parts: Sequence[str] | None = None) -> Entity:
        entity = asyncio.run(self.reader.look_up(terms.BASE + slug, parts))
        assert entity is not None
        return entity

    def look_into(self, slug: str) -> Entity:
        entity = asyncio.run(self.reader.look_into(terms.BASE + slug))
        assert entity is not None
        return entity

    def subjects(self, pattern: str) -> list[str]:
        found = self.store.query(f"SELECT DISTINCT ?s WHERE {{ {pattern} }} ORDER BY ?s")
        assert isinstance(found, ox.QuerySolutions)
        return [row["s"].value for row in found]

    def every(self, lang: str) -> Iterator[tuple[str, str]]:
        """Each kind of page, by name."""
        pages = self.pages
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
        yield "vocab", pages.vocabulary([self.look_up("vocab/role", concepts)], lang)
        shapes = json.loads(self.release.file("shapes.json").read_text())
        yield "shapes", pages.shapes(shapes, lang)
        yield "download", pages.download(lang)
        answer = self.store.query(QUERY)
        assert isinstance(answer, ox.QuerySolutions)
        body = answer.serialize(format=ox.QueryResultsFormat.JSON)
        assert body is not None
        outcome = read(body, [("CSV", "/sparql?format=csv")])
        assert outcome.table is not None
        yield "home", pages.home(self.look_up("id/enact"), lang, EXAMPLE, outcome.table)
        yield "sparql", pages.sparql(lang, [EXAMPLE], QUERY, outcome)
        yield "sparql, empty", pages.sparql(lang, [EXAMPLE])
        wrong = Outcome(problem=QuerySyntax("line 1: a word is missing"))
        yield "sparql, wrong", pages.sparql(lang, [EXAMPLE], "SELEC", wrong)
        yield "404", pages.problem(NotFound("There is nothing."), "/id/<b>", lang)


@pytest.fixture(scope="module")
def real(real_public: Path) -> Real:
    release = current(real_public)
    store = ox.Store()
    store.bulk_load(path=release.file("enact-graph.nq"), format=ox.RdfFormat.N_QUADS)
    for quad in list(store):
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return Real(release, Pages.of(release), Reader(Runner(store)), store)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_well_formed_and_outlined(real: Real, lang: str) -> None:
    for name, page in real.every(lang):
        seen = outline(page)
        assert page.startswith(f'<!doctype html>\n<html lang="{lang}">'), name
        assert seen.headings.count(1) == 1, name
        steps = zip(seen.headings, seen.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), (name, seen.headings)
        assert len(seen.ids) == len(set(seen.ids)), (name, seen.ids)
        anchors = {href[1:] for href in seen.links if href.startswith("#")}
        assert anchors <= set(seen.ids), (name, anchors - set(seen.ids))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_runs_under_a_strict_policy(real: Real, lang: str) -> None:
    for name, page in real.every(lang):
        for tag, attributes in outline(page).elements:
            assert tag not in {"script", "style", "iframe", "img", "object"}, name
            assert not any(key == "style" or key.startswith("on") for key in attributes), name
            for address in (attributes.get("href"), attributes.get("action")):
                if address is not None:
                    assert re.match(r"(?:https?://|[/#?])", address), (name, address)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_offers_its_other_languages_and_keeps_its_own(real: Real, lang: str) -> None:
    for name, page in real.every(lang):
        seen = outline(page)
        offered = {
            (a["hreflang"], a["href"])
            for tag, a in seen.elements
            if tag == "link" and a.get("hreflang")
        }
        assert {tag for tag, _ in offered} == set(LANGUAGES), name
        inner = [h for h in seen.links if re.match(r"/(doc|source|vocab|ontology)[^.]*$", h)]
        assert all(f"lang={lang}" in href for href in inner), (name, inner)


def test_the_three_languages_differ_everywhere(real: Real) -> None:
    for told in zip(*(real.every(lang) for lang in LANGUAGES), strict=True):
        assert len({page for _, page in told}) == 3, told[0][0]


@pytest.mark.parametrize("slug", ["id/enact", "id/inria", "id/france-2030", "id/pui-alsace"])
def test_every_row_has_a_note_and_every_stated_note_a_passage(real: Real, slug: str) -> None:
    for lang in LANGUAGES:
        page = real.pages.thing(real.look_up(slug), lang)
        facts = re.findall(r'<div class="fact.*?</dd></div>', page, re.DOTALL)
        goals = re.findall(r'<li class="goal".*?</div></li>', page, re.DOTALL)
        assert facts
        for row in (*facts, *goals):
            assert row.count('<details class="note">') == 1, row
        for mark in re.findall(r'<details class="note">.*?</details>', page, re.DOTALL):
            if '"mark stated"' in mark:
                assert re.search(r'href="/source/[a-z0-9-]+\?lang=', mark), mark
            else:
                assert re.search(r"<code>g:[a-z-]+</code>", mark), mark


def test_every_statement_of_an_entity_is_on_its_page(real: Real) -> None:
    """Values in the reader's language; names and bookkeeping are in the head or the data."""
    entity = real.look_up("id/enact-initiative-responsible-research-framework")
    page = real.pages.thing(entity, "en")
    for statement in entity.statements:
        target = statement.target or ""
        if target.startswith((terms.ID, terms.VOCAB)):
            assert entity.name(target, "en").text in page


def test_hedges_open_lists_and_gaps_are_visible_words(real: Real) -> None:
    page = real.pages.thing(real.look_up("id/enact"), "en")
    assert re.search(r'<span class="tag hedge">nearly</span> €67\u00a0million', page)
    assert '<span class="tag open">open list</span>' in page
    assert re.search(r'<span class="tag open">not stated: [a-z ]+</span>', page)
    assert "37" not in re.sub(r"<[^>]*>", "", page), "no difference of two figures is told"


def test_home_answers_from_the_graph(real: Real) -> None:
    told = dict(real.every("fr"))["home"]
    assert "7 institutions" in told
    assert "30\u00a0M€" in told
    assert f">{real.release.manifest.counts['passages']}<" in told


def test_a_name_in_another_language_is_marked(real: Real) -> None:
    page = real.pages.thing(real.look_up("id/enact"), "de")
    assert 'lang="fr">Centre Européen en Intelligence Artificielle' in page


def test_the_shapes_page_tells_every_rule(real: Real) -> None:
    shapes = json.loads(real.release.file("shapes.json").read_text())
    page = real.pages.shapes(shapes, "de")
    told = {s["messages"]["de"] for s in shapes if s["messages"] and not s["descriptions"]}
    words = re.sub(r"\s+", " ", page.replace("\u00a0", " ").replace("\u202f", " "))
    missing = [m for m in told if _escaped(m) not in words]
    assert not missing


def _escaped(text: str) -> str:
    from markupsafe import escape

    written = str(escape(text)).replace("\u00a0", " ").replace("\u202f", " ")
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w)&#39;(?=\w)", "’", written))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_problem_has_a_page(real: Real, lang: str) -> None:
    for kind in family().values():
        page = real.pages.problem(kind("Something <b>bold</b>."), "/x?<script>", lang)
        outline(page)
        assert "<script>" not in page
        assert "<b>bold" not in page


def test_assets_are_named_by_their_content(real: Real) -> None:
    page = real.pages.download("fr")
    for name in re.findall(r'href="/static/([^"]+)"', page):
        asset = real.pages.asset(name)
        assert asset is not None
        assert asset.content
    assert real.pages.asset("style.css") is None


def test_every_class_of_the_style_sheet_is_used(real: Real) -> None:
    style = next(
        a.content.decode() for a in real.pages.frame.site.assets.values() if "css" in a.name
    )
    style = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", style, flags=re.DOTALL)
    ruled = set(re.findall(r"\.([a-z][a-z0-9-]*)(?=[\s.,:>+~{)\[])", style))
    folder = Path(__file__).parents[2] / "src/enact_graph/present/pages"
    text = "".join(p.read_text() for p in (*folder.rglob("*.html"), *folder.glob("*.py")))
    written = set(re.findall(r"[a-z][a-z0-9-]*", text))
    icons = {name for name in ruled if name.startswith("i-") and name[2:] in written}
    assert ruled - written - icons == set()


_PIECES = (*"<>&\"'{}%a ", "<script>", "</p>", "&lt;", "{{ x }}", "\u2028")
HOSTILE = st.lists(st.sampled_from(_PIECES), min_size=1).map("".join).filter(str.strip)
IRI = terms.ID + "hostile"
GRAPH = terms.GRAPH + "hostile"


@settings(max_examples=60, deadline=None)
@given(HOSTILE, st.sampled_from(LANGUAGES), st.sampled_from([None, "fr", "de"]))
def test_no_data_is_ever_markup(text: str, lang: str, tagged: str | None) -> None:
    literal = ox.Literal(text, language=tagged) if tagged else ox.Literal(text)
    skos, schema = terms.PREFIXES["skos"], terms.PREFIXES["schema"]
    said = [
        Statement(IRI, skos + "prefLabel", literal, (GRAPH,)),
        Statement(IRI, skos + "altLabel", ox.Literal(text + "long"), (GRAPH,)),
        Statement(IRI, schema + "description", literal, (GRAPH,)),
        Statement(IRI, schema + "url", ox.NamedNode("javascript:alert(1)"), (GRAPH,)),
        Statement(IRI, schema + "keywords", literal, (GRAPH,)),
    ]
    names = {tagged or "": text}
    source = Source(GRAPH, "stated", GRAPH, GRAPH, {}, {skos + "prefLabel": (literal,)})
    entity = Entity(
        IRI, tuple(said), (), 0, {}, {IRI: names, schema + "keywords": names}, {GRAPH: source}
    )
    page = PLAIN.thing(entity, lang)
    seen = outline(page)
    assert "javascript:" not in "".join(seen.links)
    assert [tag for tag, _ in seen.elements] == [
        tag for tag, _ in outline(PLAIN.thing(_calm(entity, text), lang)).elements
    ]


def _calm(entity: Entity, text: str) -> Entity:
    """The same entity with letters in the place of the hostile text."""

    def calm(term: ox.NamedNode | ox.Literal) -> ox.NamedNode | ox.Literal:
        if isinstance(term, ox.NamedNode) or not term.value.startswith(text):
            return term
        value = "x" * len(text) + term.value[len(text) :]
        return ox.Literal(value, language=term.language) if term.language else ox.Literal(value)

    said = tuple(
        Statement(s.subject, s.predicate, calm(s.object), s.graphs) for s in entity.statements
    )
    labels = {i: {t: "x" * len(text) for t in names} for i, names in entity.labels.items()}
    return Entity(IRI, said, (), 0, {}, labels, entity.sources)


def _plain() -> Pages:
    from enact_graph.release import Manifest

    manifest = Manifest("0.0.0", "0" * 64, "2024-05-22", "test", {}, ())
    return Pages.of(Release(Path("nowhere"), "test", manifest))


PLAIN = _plain()
