"""The authored files as a whole: form, names, provenance, dates and places."""

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import Final, TypeAlias

import pyoxigraph as ox
import pytest

from enact_graph.authoring import sources
from enact_graph.terms import (
    ENACT,
    GRAPH,
    GRAPH_CATALOGUE,
    GRAPH_CURATION,
    GRAPH_ONTOLOGY,
    GRAPH_PROVENANCE,
    GRAPH_VOCABULARY,
    ID,
    PREFIXES,
    SOURCE,
    VOCAB,
)
from tests.authored import (
    DOCUMENT,
    LAST_PUBLIC,
    ROOT,
    Quads,
    iri,
    literals,
    objects,
    passages,
    read_quads,
    read_sources,
    withdrawn,
)
from tests.authored import types as types_of

PASSAGES: Final = GRAPH + "press-release-2024-05-22-p"
#: Paragraph 15 is a page number; those from 18 on are personal contact details.
PARAGRAPHS: Final = (*range(1, 15), 16, 17)
TYPE: Final = PREFIXES["rdf"] + "type"
LABEL: Final = PREFIXES["skos"] + "prefLabel"

Kinds: TypeAlias = dict[str, set[str]]


@pytest.fixture(scope="module")
def quads() -> Quads:
    return read_quads()


@pytest.fixture(scope="module")
def kinds(quads: Quads) -> Kinds:
    return types_of(quads)


def test_there_is_no_blank_node(quads: Quads) -> None:
    terms = {term for quad in quads for term in (quad.subject, quad.object, quad.graph_name)}
    assert not [term for term in terms if isinstance(term, ox.BlankNode | ox.Triple)]


def test_every_triple_is_in_a_named_graph(quads: Quads) -> None:
    assert not [quad for quad in quads if not iri(quad.graph_name).startswith(GRAPH)]


def test_the_reader_with_places_finds_the_same_dataset(quads: Quads) -> None:
    found = read_sources()
    assert found.faults == ()
    assert {statement.quad for statement in found.statements} == quads


@pytest.mark.parametrize(
    "name",
    [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "data").rglob("*.trig"))],
)
def test_a_file_is_in_the_canonical_form(name: str) -> None:
    found = sources.load_file(ROOT, name)
    assert isinstance(found, sources.SourceFile)
    assert (ROOT / name).read_text(encoding="utf-8") == found.canonical


def test_every_name_that_is_used_is_described(quads: Quads, kinds: Kinds) -> None:
    spaces = (ID, VOCAB, SOURCE, GRAPH, ENACT)
    used = {
        name
        for quad in quads
        for name in map(iri, (quad.subject, quad.predicate, quad.object, quad.graph_name))
        if name.startswith(spaces)
    }
    assert sorted(used - kinds.keys() - withdrawn(quads)) == []


def test_the_registry_lists_every_thing_and_nothing_else(quads: Quads, kinds: Kinds) -> None:
    lines = (ROOT / "data/iris.txt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    listed = {ID + line.removeprefix("id:") for line in lines if line.startswith("id:")}
    described = {name for name in kinds if name.startswith(ID)} | withdrawn(quads)
    assert sorted(described ^ listed) == []


def test_names_are_readable_slugs(kinds: Kinds) -> None:
    slug = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
    names = [n for n in kinds if n.startswith((ID, VOCAB, SOURCE, GRAPH))]
    assert [n for n in names if not slug.fullmatch(n.rpartition("/")[2])] == []


def test_every_graph_leads_to_a_source_or_to_the_project(quads: Quads, kinds: Kinds) -> None:
    derived = objects(quads, PREFIXES["prov"] + "wasDerivedFrom")
    made_by = objects(quads, PREFIXES["prov"] + "wasGeneratedBy")
    agents = objects(quads, PREFIXES["prov"] + "wasAssociatedWith")
    own = {GRAPH_CURATION, GRAPH_PROVENANCE, GRAPH_VOCABULARY, GRAPH_ONTOLOGY, GRAPH_CATALOGUE}
    own |= {GRAPH + "reused", GRAPH + "links"}
    for graph in {iri(quad.graph_name) for quad in quads}:
        assert ENACT + "AssertionGraph" in kinds[graph], graph
        assert len(made_by[graph]) == 1, graph
        (activity,) = made_by[graph]
        assert PREFIXES["prov"] + "Activity" in kinds[activity], activity
        assert agents[activity] == {ID + "enact-graph-project"}, activity
        if graph in own:
            assert not derived[graph], graph
        else:
            (origin,) = derived[graph]
            assert kinds[origin] & {ENACT + "Passage", ENACT + "SourceDocument"}, origin
            assert origin.removeprefix(SOURCE) == graph.removeprefix(GRAPH)


def test_every_described_graph_holds_something(quads: Quads, kinds: Kinds) -> None:
    filled = {iri(quad.graph_name) for quad in quads}
    described = {name for name, own in kinds.items() if ENACT + "AssertionGraph" in own}
    assert sorted(described - filled) == []


def test_every_paragraph_with_content_has_a_graph(quads: Quads) -> None:
    graphs = {iri(q.graph_name) for q in quads if iri(q.graph_name).startswith(PASSAGES)}
    assert graphs == {f"{PASSAGES}{number:02}" for number in PARAGRAPHS}


def test_passages_follow_each_other_and_end_before_the_personal_details(
    quads: Quads,
) -> None:
    spans = [span for _, span, _ in passages(quads)]
    assert len(spans) == len(PARAGRAPHS)
    assert all(start < end for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    assert spans[-1][1] == LAST_PUBLIC


def test_documents_leave_types_and_names_to_the_project(quads: Quads, kinds: Kinds) -> None:
    """Types, names and one-line descriptions of things are the project's, never a document's."""
    own = {LABEL, PREFIXES["skos"] + "hiddenLabel", PREFIXES["schema"] + "description"}
    own.add(PREFIXES["org"] + "classification")
    stated = [q for q in quads if iri(q.graph_name).startswith(PASSAGES)]
    assert not [q for q in stated if q.predicate.value in own]
    own_kinds = {
        ENACT + k for k in ("Cluster", "Institution", "UniversityAlliance", "UnnamedGroup")
    }
    assert not [q for q in stated if q.predicate.value == TYPE and iri(q.object) in own_kinds]
    assert kinds[ID + "enact"] == {ENACT + "Cluster"}


def test_dates_are_days_with_a_precision_that_fits(quads: Quads) -> None:
    looks_like_time = re.compile(r"\d{4}(-\d\d){0,2}(T.*)?Z?")
    by_subject: dict[str, dict[str, str]] = defaultdict(dict)
    for quad, value in literals(quads):
        datatype = value.datatype.value.removeprefix(PREFIXES["xsd"])
        assert datatype not in {"gYear", "gYearMonth", "dateTime", "time"}, quad
        if datatype == "date":
            date.fromisoformat(value.value)
            by_subject[iri(quad.subject)][quad.predicate.value] = value.value
        elif datatype == "string" and "-" in value.value:
            assert not looks_like_time.fullmatch(value.value), quad
    pairs = {
        ENACT + "duePrecision": (ENACT + "dueBy", "-12-31"),
        ENACT + "startPrecision": (PREFIXES["schema"] + "startDate", "-01-01"),
        ENACT + "endPrecision": (PREFIXES["schema"] + "endDate", "-12-31"),
    }
    for precision, (dated, end) in pairs.items():
        found = objects(quads, precision)
        assert found.keys() == {s for s, days in by_subject.items() if dated in days}, precision
        for subject, values in found.items():
            if values == {VOCAB + "precision-year"}:
                assert by_subject[subject][dated].endswith(end), subject


def test_the_document_has_the_date_it_bears(quads: Quads) -> None:
    issued = objects(quads, PREFIXES["dcterms"] + "issued")
    assert issued[DOCUMENT] == {"2024-05-22"}


def test_places_are_points_on_earth_in_the_order_longitude_latitude(
    quads: Quads,
) -> None:
    found = objects(quads, PREFIXES["geo"] + "asWKT")
    assert found.keys() >= {ID + "nancy-geometry", ID + "strasbourg-geometry"}
    for name, values in found.items():
        (point,) = values
        match = re.fullmatch(r"POINT\((-?\d+\.\d+) (-?\d+\.\d+)\)", point)
        assert match, point
        longitude, latitude = map(float, match.groups())
        is_in_europe = -10 < longitude < 30 < 35 < latitude < 60
        is_in_japan = 128 < longitude < 146 and 30 < latitude < 46
        assert is_in_europe or is_in_japan, (name, point)
        if name in (ID + "nancy-geometry", ID + "strasbourg-geometry"):
            # Both cities lie between the Meuse and the Rhine.
            assert 5 < longitude < 8 < 48 < latitude < 50


def test_a_registry_identifier_is_the_one_of_its_record(quads: Quads) -> None:
    scheme_of = objects(quads, PREFIXES["dcterms"] + "conformsTo")
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for quad in quads:
        if quad.predicate.value == PREFIXES["skos"] + "notation" and iri(quad.subject) in scheme_of:
            (scheme,) = scheme_of[iri(quad.subject)]
            assert isinstance(quad.object, ox.Literal)
            told[iri(quad.graph_name), scheme].add(quad.object.value)
    for graph in {iri(quad.graph_name) for quad in quads}:
        if match := re.fullmatch(GRAPH + "(geonames|ror)-([0-9a-z]+)", graph):
            register, value = match.groups()
            # A record of ROR may say something of a place alone, and names related bodies too.
            said = told[graph, f"{VOCAB}scheme-{register}"] or {value}
            assert value in said, graph
            assert register == "ror" or said == {value}, graph
