"""The quality report in DQV: every measurement has a metric, every metric words, nothing blank."""

from decimal import Decimal

import pyoxigraph as ox
import pytest

from enact_graph.publishing.quality.measurements import ADDRESS, measurements, turtle
from enact_graph.terms import ID, LANGUAGES, PREFIXES
from tests.build.test_quality import measured

DQV = PREFIXES["dqv"]
SKOS = PREFIXES["skos"]


@pytest.fixture(scope="module")
def held() -> ox.Store:
    found = ox.Store()
    found.extend(ox.parse(turtle(measured(), {}), format=ox.RdfFormat.TURTLE))
    return found


def rows(held: ox.Store, query: str) -> list[list[str]]:
    prefixes = "".join(f"PREFIX {p}: <{ns}>\n" for p, ns in PREFIXES.items())
    found = held.query(prefixes + query)
    assert isinstance(found, ox.QuerySolutions)
    return [[str(value.value) for value in row] for row in found]


def test_there_is_no_blank_node(held: ox.Store) -> None:
    assert not [q for q in held if isinstance(q.subject, ox.BlankNode)]
    assert not [q for q in held if isinstance(q.object, ox.BlankNode)]


def test_every_measurement_is_of_one_metric_on_the_dataset(held: ox.Store) -> None:
    whole = rows(held, "SELECT ?m WHERE { ?m a dqv:QualityMeasurement }")
    complete = rows(
        held,
        f"""SELECT ?m WHERE {{
            ?m a dqv:QualityMeasurement ; dqv:isMeasurementOf ?metric ; dqv:value ?value ;
                dqv:computedOn <{ID}enact-graph> ; dcterms:date "2026-01-31"^^xsd:date .
            <{ID}enact-graph> dqv:hasQualityMeasurement ?m .
            ?metric a dqv:Metric ; dqv:expectedDataType ?type FILTER(DATATYPE(?value) = ?type)
        }} GROUP BY ?m HAVING(COUNT(*) = 1)""",
    )
    assert sorted(whole) == sorted(complete)
    assert len(whole) > 20


def test_every_metric_and_dimension_is_explained_in_three_languages(held: ox.Store) -> None:
    kinds = "VALUES ?kind { dqv:Metric dqv:Dimension } ?node a ?kind"
    nodes = {row[0] for row in rows(held, f"SELECT ?node WHERE {{ {kinds} }}")}
    for predicate in ("skos:prefLabel", "skos:definition"):
        said = rows(
            held, f"SELECT ?node (LANG(?w) AS ?l) WHERE {{ {kinds} . ?node {predicate} ?w }}"
        )
        assert sorted(map(tuple, said)) == sorted((n, tag) for n in nodes for tag in LANGUAGES)
    placed = rows(held, "SELECT ?m WHERE { ?m dqv:inDimension ?d . ?d a dqv:Dimension }")
    assert len(placed) == len(rows(held, "SELECT ?m WHERE { ?m a dqv:Metric }"))


def test_every_metric_has_been_measured(held: ox.Store) -> None:
    unused = rows(
        held,
        "SELECT ?m WHERE { ?m a dqv:Metric FILTER NOT EXISTS { ?x dqv:isMeasurementOf ?m } }",
    )
    assert unused == []


def test_a_part_says_what_it_is_a_part_of(held: ox.Store) -> None:
    (row,) = rows(
        held,
        f"SELECT ?value ?of WHERE {{ <{ADDRESS}#identifiers-scheme-ror> dqv:value ?value ;"
        " dcterms:subject ?of }",
    )
    assert row == ["1", PREFIXES["v"] + "scheme-ror"]


def test_shares_are_rounded_and_need_a_base() -> None:
    report = measured()
    shares = {m.metric: m.value for m in measurements(report) if isinstance(m.value, Decimal)}
    assert shares["identified"] == Decimal("0.3333")
    assert shares["undated"] == Decimal("0.6667")
    report["identifiers"] |= {"agents": 0, "identified_agents": 0}
    assert "identified" not in {m.metric for m in measurements(report)}


def test_the_names_of_measurements_are_unique() -> None:
    found = [(m.metric, m.key) for m in measurements(measured())]
    assert len(found) == len(set(found))
