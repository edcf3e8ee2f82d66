"""Freshness: from when the newest document is that speaks of each thing."""

from collections import Counter
from typing import Any

from enact_graph.publishing.quality.evidence import Evidence


def freshness(evidence: Evidence) -> dict[str, Any]:
    """Count the things documents describe by year of the newest issue and month of last reading.

    A thing of which only documents without a date speak counts as `undated`.
    """
    issued: Counter[str] = Counter()
    read: Counter[str] = Counter()
    undated = 0
    for thing in evidence.things:
        documents = evidence.describing.get(thing, set()) | evidence.mentioning.get(thing, set())
        if not documents:
            continue
        newest = max((d for d in map(evidence.issued, documents) if d), default=None)
        seen = max((d for d in map(evidence.read, documents) if d), default=newest)
        if newest:
            issued[newest[:4]] += 1
        else:
            undated += 1
        if seen:
            read[seen[:7]] += 1
    days = [day for d in evidence.documents if (day := evidence.issued(d))]
    return {
        "things": sum(issued.values()) + undated,
        "oldest_issue": min(days, default=None),
        "newest_issue": max(days, default=None),
        "by_year_of_issue": [{"year": y, "things": issued[y]} for y in sorted(issued)],
        "undated": undated,
        "by_month_of_reading": [{"month": m, "things": read[m]} for m in sorted(read)],
    }
