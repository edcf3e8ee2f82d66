"""The quality report in the Data Quality Vocabulary (W3C DQV): metrics, and what they measured."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from importlib.resources import files
from typing import Any, Final

import pyoxigraph as ox

from enact_graph.authoring.dataset import Document, term, typed
from enact_graph.terms import BASE, LANGUAGES

ADDRESS: Final = BASE + "quality"

_TABLE: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = tomllib.loads(
    files("enact_graph.publishing.quality").joinpath("metrics.toml").read_text(encoding="utf-8")
)
_TITLE: Final = {
    "fr": "Qualité des données",
    "en": "Quality of the data",
    "de": "Qualität der Daten",
}
_PLACES: Final = Decimal("0.0001")


@dataclass(frozen=True)
class Measurement:
    """What a metric measured, of the whole or of the part that `key` and `about` name."""

    metric: str
    value: int | Decimal
    key: str = ""
    about: ox.NamedNode | ox.Literal | None = None


def turtle(report: Mapping[str, Any], titles: Mapping[str, str]) -> bytes:
    """Return the report as Turtle: every measurement and metric has an IRI, blank nodes none."""
    document = Document()
    whole, dataset = ox.NamedNode(ADDRESS), ox.NamedNode(report["dataset"])
    day = typed(report["issued"], "xsd:date")
    document.say(whole, "rdf:type", term("dqv:QualityMetadata"), term("foaf:Document"))
    document.say_in_words(whole, "dcterms:title", titles or _TITLE)
    document.say(whole, "dcterms:issued", day)
    document.say(whole, "foaf:primaryTopic", dataset)
    document.say(dataset, "dqv:hasQualityMetadata", whole)
    for part, kind in (("dimension", "dqv:Dimension"), ("metric", "dqv:Metric")):
        for name, row in _TABLE[part].items():
            node = _node(f"{part}-{name}")
            document.say(node, "rdf:type", term(kind))
            document.say_in_words(node, "skos:prefLabel", row)
            words = {tag: row[f"definition-{tag}"] for tag in LANGUAGES}
            document.say_in_words(node, "skos:definition", words)
            if part == "metric":
                document.say(node, "dqv:inDimension", _node(f"dimension-{row['dimension']}"))
                document.say(node, "dqv:expectedDataType", term(_datatype(name)))
    for measured in measurements(report):
        end = f"-{measured.key}" if measured.key else ""
        node = _node(measured.metric + end)
        document.say(dataset, "dqv:hasQualityMeasurement", node)
        document.say(node, "rdf:type", term("dqv:QualityMeasurement"))
        document.say(node, "dqv:isMeasurementOf", _node(f"metric-{measured.metric}"))
        document.say(node, "dqv:computedOn", dataset)
        document.say(node, "dqv:value", typed(str(measured.value), _datatype(measured.metric)))
        document.say(node, "dcterms:date", day)
        if measured.about is not None:
            document.say(node, "dcterms:subject", measured.about)
    return document.turtle()


def measurements(report: Mapping[str, Any]) -> Iterator[Measurement]:
    """Yield every measurement of a report; a share whose base is nought is left out."""
    names, known = report["names"], report["identifiers"]
    said, things = report["statements"], report["things"]
    dates, fresh = report["dates"], report["freshness"]
    yield Measurement("violations", report["verdict"]["violations"])
    yield Measurement("warnings", report["verdict"]["warnings"])
    yield Measurement("disagreements", len(report["disagreements"]))
    yield Measurement("statements", said["statements"])
    for row in names["languages"]:
        tag = row["language"]
        metrics = ("names", "descriptions") if tag in LANGUAGES else ()
        for metric in (*metrics, "official-names"):
            yield Measurement(metric, row[metric.replace("-", "_")], tag, ox.Literal(tag))
    for metric, rows, member, count in (
        ("identifiers", known["schemes"], "scheme", "agents"),
        ("documents-of-type", report["sources"]["types"], "type", "documents"),
        ("documents-of-publisher", report["sources"]["publishers"], "publisher", "documents"),
    ):
        for row in rows:
            about = ox.NamedNode(row[member])
            yield Measurement(metric, row[count], about.value.rpartition("/")[2], about)
    for row in fresh["by_year_of_issue"]:
        year = typed(row["year"], "xsd:gYear")
        yield Measurement("newest-in-year", row["things"], row["year"], year)
    several = sum(row["statements"] for row in said["by_documents"] if row["documents"] > 1)
    for metric, part, base in (
        ("identified", known["identified_agents"], known["agents"]),
        ("dated", dates["dated_ties"], dates["ties"]),
        ("corroborated", several, said["statements"]),
        ("project-only", things["project_only"], things["things"]),
        ("undated", fresh["undated"], fresh["things"]),
    ):
        if base:
            share = (Decimal(part) / base).quantize(_PLACES, ROUND_HALF_UP)
            yield Measurement(metric, share)


def _datatype(metric: str) -> str:
    return _TABLE["metric"][metric].get("datatype", "xsd:integer")


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{ADDRESS}#{name}")
