"""The quality report: each number counted by hand on a few statements, and settled for good."""

import json
from typing import Any

import pyoxigraph as ox

from enact_graph.authoring import metadata
from enact_graph.authoring.dataset import collect
from enact_graph.authoring.findings import Finding
from enact_graph.authoring.inference import infer, rules
from enact_graph.authoring.shacl import shapes
from enact_graph.authoring.sources import load
from enact_graph.publishing.quality import report as quality
from tests.build.sample import TINY, store

ABOUT = """
GRAPH g:catalogue { id:enact-graph a dcat:Dataset ; dcat:version "1.0.0" ;
    dcterms:issued "2026-01-31"^^xsd:date . }
"""
#: Two documents, one of them with two paragraphs; what they say of two bodies; what we add.
FACTS = """
GRAPH g:provenance {
    src:a a enact:SourceDocument ; dcterms:type v:document-press-release ;
        skos:prefLabel "A"@en ; dcterms:publisher id:press ; dcterms:issued "2024-05-01"^^xsd:date ;
        enact:issuedPrecision v:precision-month .
    src:b a enact:SourceDocument ; dcterms:type v:document-web-page ;
        dcterms:publisher id:press ; dcterms:date "2025-11-22"^^xsd:date .
    src:a-p01 oa:hasSource src:a . src:a-p02 oa:hasSource src:a .
    g:a-p01 prov:wasDerivedFrom src:a-p01 . g:a-p02 prov:wasDerivedFrom src:a-p02 .
    g:b prov:wasDerivedFrom src:b .
}
GRAPH g:a-p01 {
    id:one org:classification v:kind-university ; enact:officialName "Eins"@de .
    id:one-founding-1900 a org:ChangeEvent ; dcterms:date "1900-01-01"^^xsd:date ;
        dcterms:description "x"@en ; org:resultingOrganization id:one .
}
GRAPH g:a-p02 { id:one org:classification v:kind-university . }
GRAPH g:b {
    id:one org:classification v:kind-university ; enact:officialName "イチ"@ja ;
        adms:identifier id:one-ror .
    id:one-ror a adms:Identifier ; skos:notation "0145rpw38" ; dcterms:conformsTo v:scheme-ror .
    id:one-founding-1901 a org:ChangeEvent ; dcterms:date "1901-01-01"^^xsd:date ;
        dcterms:description "y"@en ; org:resultingOrganization id:one .
    id:m a org:Membership ; org:member id:two ; org:organization id:one .
}
GRAPH g:curation {
    id:one a org:Organization, foaf:Agent ; skos:prefLabel "Un"@fr, "One"@en, "Eins"@de ;
        schema:description "…"@en .
    id:two a org:Organization, foaf:Agent ; skos:prefLabel "Deux"@fr, "Two"@en, "Zwei"@de .
    id:press a org:Organization, foaf:Agent ; skos:prefLabel "Presse"@fr, "Press"@en, "Presse"@de .
    id:one-founding-1900 skos:prefLabel "1900"@fr, "1900"@en, "1900"@de ;
        enact:differsFrom id:one-founding-1901 .
    id:one-founding-1901 enact:differsFrom id:one-founding-1900 .
}
GRAPH g:vocabulary { v:scheme-ror skos:inScheme v:identifier-scheme ; skos:prefLabel "ROR"@en . }
"""


def measured(*findings: Finding) -> dict[str, Any]:
    held = store(ABOUT + FACTS)
    return quality.measure(held, metadata.about(held), findings, 7)


def finding(severity: Any) -> Finding:
    return Finding(severity, "MinCount", None, None, None, None, None, {}, {})


def test_the_verdict_counts_what_validation_found() -> None:
    verdict = measured(finding("warning"), finding("warning"), finding("info"))["verdict"]
    assert verdict == {"rules": 7, "violations": 0, "warnings": 2, "remarks": 1}


def test_names_are_counted_by_language_and_official_ones_apart() -> None:
    names = measured()["names"]
    assert (names["things"], names["organizations"]) == (4, 3)
    assert names["organizations_with_official_name"] == 1
    rows = {row.pop("language"): row for row in names["languages"]}
    assert list(rows) == ["fr", "en", "de", "ja"]
    assert rows["fr"] == {"names": 4, "descriptions": 0, "official_names": 0}
    assert rows["en"] == {"names": 4, "descriptions": 1, "official_names": 0}
    assert rows["de"] == {"names": 4, "descriptions": 0, "official_names": 1}
    assert rows["ja"] == {"names": 0, "descriptions": 0, "official_names": 1}


def test_identifiers_are_counted_by_scheme_and_holder() -> None:
    known = measured()["identifiers"]
    assert (known["agents"], known["identified_agents"]) == (3, 1)
    (row,) = known["schemes"]
    assert row["scheme"].endswith("vocab/scheme-ror")
    assert (row["agents"], row["things"]) == (1, 1)


def test_documents_are_counted_by_type_and_publisher() -> None:
    found = measured()["sources"]
    assert found["documents"] == 2
    assert [row["documents"] for row in found["types"]] == [1, 1]
    (press,) = found["publishers"]
    assert (press["names"]["fr"], press["documents"]) == ("Presse", 2)


def test_two_paragraphs_of_one_document_support_a_statement_once() -> None:
    said = measured()["statements"]
    # The classification of id:one: three graphs, two documents; every other statement: one.
    assert said["by_documents"] == [
        {"documents": 1, "statements": said["statements"] - 1},
        {"documents": 2, "statements": 1},
    ]


def test_things_are_described_named_or_ours() -> None:
    things = measured()["things"]
    # Described: one, one-ror, m and both foundings; named: two; ours: press and the dataset.
    counted = {k: things[k] for k in ("things", "described", "named", "project_only")}
    assert counted == {"things": 8, "described": 5, "named": 1, "project_only": 2}
    classes = {row["class"]: row["things"] for row in things["project_only_by_class"]}
    assert classes["http://www.w3.org/ns/org#Organization"] == 1


def test_a_disagreement_is_told_once_with_both_sides_and_their_dates() -> None:
    (pair,) = measured()["disagreements"]
    old, new = pair["sides"]
    assert old["names"]["fr"] == "1900"
    assert [v["value"] for v in old["values"]] == ["1900-01-01"]
    assert [v["value"] for v in new["values"]] == ["1901-01-01"]
    (a,), (b,) = old["sources"], new["sources"]
    assert (a["issued"], a["precision"], a["read"]) == ("2024-05-01", "month", None)
    assert (b["issued"], b["precision"], b["read"]) == (None, "day", "2025-11-22")


def test_an_identifier_in_dispute_bears_the_name_of_its_holder() -> None:
    more = """
    GRAPH g:b { id:one adms:identifier id:one-ror-2 . id:one-ror-2 skos:notation "05x" . }
    GRAPH g:curation { id:one-ror enact:differsFrom id:one-ror-2 . }
    """
    held = store(ABOUT + FACTS + more)
    found = quality.measure(held, metadata.about(held), (), 0)["disagreements"]
    names = [side["names"].get("en") for pair in found for side in pair["sides"]]
    assert names[2:] == ["One (0145rpw38)", "One (05x)"]


def test_freshness_is_the_newest_document_of_each_thing() -> None:
    fresh = measured()["freshness"]
    assert fresh["newest_issue"] == fresh["oldest_issue"] == "2024-05-01"
    # one and its first founding: document a; the rest is said by document b alone, undated.
    assert fresh["by_year_of_issue"] == [{"year": "2024", "things": 2}]
    assert (fresh["undated"], fresh["things"]) == (4, 6)
    months = {row["month"]: row["things"] for row in fresh["by_month_of_reading"]}
    assert months == {"2024-05": 1, "2025-11": 5}


def test_ties_are_dated_or_not() -> None:
    assert measured()["dates"] == {"ties": 3, "dated_ties": 2}


def test_an_empty_graph_has_a_report() -> None:
    held = store(ABOUT)
    report = quality.measure(held, metadata.about(held), (), 0)
    assert report["statements"] == {"statements": 0, "by_documents": []}
    assert report["freshness"]["newest_issue"] is None


def test_equal_data_gives_an_equal_report_whatever_the_order() -> None:
    sources = load(TINY)
    quads = [statement.quad for statement in sources.statements]
    reports = []
    for order in (quads, quads[::-1]):
        held = collect(order)
        about = metadata.about(held)
        infer(held, rules(), about.issued)
        count = shapes.count(sources.shapes)
        reports.append(quality.write(quality.measure(held, about, (), count)))
    assert reports[0] == reports[1]
    assert json.loads(reports[0])["issued"] == metadata.about(held).issued
    assert ox.NamedNode(json.loads(reports[0])["dataset"]) == about.iri
