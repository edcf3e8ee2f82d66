"""The quality report of a release: what was checked, what is covered, disputed, and from when."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pyoxigraph as ox

from enact_graph.authoring.findings import Finding
from enact_graph.authoring.metadata import About
from enact_graph.publishing.quality import agreement, coverage
from enact_graph.publishing.quality.evidence import Evidence
from enact_graph.publishing.quality.freshness import freshness
from enact_graph.rdf import jsonld


def measure(
    store: ox.Store, about: About, findings: Sequence[Finding], rules: int
) -> dict[str, Any]:
    """Return the report on the dataset in `store` as JSON has it; equal data, equal report.

    `findings` are what validation objected to, `rules` is the number of shapes it applied.
    """
    evidence = Evidence(store)
    found = Counter(finding.severity for finding in findings)
    return {
        "dataset": about.iri.value,
        "version": about.version,
        "issued": about.issued,
        "verdict": {
            "rules": rules,
            "violations": found["violation"],
            "warnings": found["warning"],
            "remarks": found["info"],
        },
        "names": coverage.languages(evidence),
        "identifiers": coverage.identifiers(evidence),
        "sources": coverage.sources(evidence),
        "statements": agreement.statements(evidence),
        "things": agreement.things(evidence),
        "dates": coverage.dates(evidence),
        "disagreements": agreement.disagreements(evidence),
        "freshness": freshness(evidence),
    }


def write(report: dict[str, Any]) -> bytes:
    """Return the report as JSON, UTF-8."""
    return jsonld.encode(report)
