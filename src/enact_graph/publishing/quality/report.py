"""The quality report of a release: what was checked, what is covered, disputed, and from when."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pyoxigraph as ox

from enact_graph.authoring.dataset import term
from enact_graph.authoring.findings import Finding
from enact_graph.authoring.metadata import About
from enact_graph.publishing.quality import agreement
from enact_graph.publishing.quality.evidence import Evidence
from enact_graph.rdf import jsonld
from enact_graph.terms import LANGUAGES, VOCAB


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


_NAME: Final = term("skos:prefLabel")
_DESCRIPTION: Final = term("schema:description")
_OFFICIAL: Final = term("enact:officialName")
_IDENTIFIER: Final = term("adms:identifier")
_SCHEME: Final = term("dcterms:conformsTo")
_DATED: Final = ("org:Membership", "enact:Involvement", "enact:Funding", "org:ChangeEvent")
_DAYS: Final = tuple(
    term(f"{name}") for name in ("schema:startDate", "schema:endDate", "dcterms:date")
)


def languages(evidence: Evidence) -> dict[str, Any]:
    """Count named things, and the languages of their names, descriptions and official names.

    Official names are those that a source gives organisations; other names are ours.
    """
    named = [thing for thing in evidence.things if evidence.objects(thing, _NAME)]
    bodies = evidence.instances("org:Organization")
    names, told = _spoken(evidence, named, _NAME), _spoken(evidence, named, _DESCRIPTION)
    official = _spoken(evidence, bodies, _OFFICIAL)
    others = sorted(set(official) - set(LANGUAGES))
    return {
        "things": len(named),
        "organizations": len(bodies),
        "organizations_with_official_name": sum(
            bool(evidence.objects(body, _OFFICIAL)) for body in bodies
        ),
        "languages": [
            {
                "language": tag,
                "names": names[tag],
                "descriptions": told[tag],
                "official_names": official[tag],
            }
            for tag in (*LANGUAGES, *others)
        ],
    }


def identifiers(evidence: Evidence) -> dict[str, Any]:
    """Count, by scheme, the agents and all things that have an identifier of it."""
    agents = set(evidence.instances("foaf:Agent"))
    holders: dict[Any, set[Any]] = {}
    for scheme in evidence.subjects(
        term("skos:inScheme"), ox.NamedNode(VOCAB + "identifier-scheme")
    ):
        found = holders.setdefault(scheme, set())
        for identifier in evidence.subjects(_SCHEME, scheme):
            found.update(evidence.subjects(_IDENTIFIER, identifier))
    rows = [
        {
            "scheme": scheme.value,
            "names": evidence.names(scheme),
            "agents": len(found & agents),
            "things": len(found),
        }
        for scheme, found in holders.items()
        if found
    ]
    identified = agents & set().union(*holders.values())
    return {
        "agents": len(agents),
        "identified_agents": len(identified),
        "schemes": sorted(rows, key=lambda row: (-row["agents"], -row["things"], row["scheme"])),
    }


def sources(evidence: Evidence) -> dict[str, Any]:
    """Count the documents by type and by publisher."""
    return {
        "documents": len(evidence.documents),
        "types": _counted(evidence, evidence.documents, term("dcterms:type"), "type"),
        "publishers": _counted(
            evidence, evidence.documents, term("dcterms:publisher"), "publisher"
        ),
    }


def dates(evidence: Evidence) -> dict[str, int]:
    """Count the ties between things, and those that have a date."""
    ties = {tie for name in _DATED for tie in evidence.instances(name)}
    dated = [tie for tie in ties if any(evidence.objects(tie, day) for day in _DAYS)]
    return {"ties": len(ties), "dated_ties": len(dated)}


def _spoken(evidence: Evidence, nodes: Iterable[Any], predicate: ox.NamedNode) -> Counter[str]:
    """Count the nodes that have a text in each language."""
    counts: Counter[str] = Counter()
    for node in nodes:
        texts = evidence.objects(node, predicate)
        counts.update({t.language for t in texts if isinstance(t, ox.Literal) and t.language})
    return counts


def _counted(
    evidence: Evidence, nodes: Iterable[Any], predicate: ox.NamedNode, key: str
) -> list[dict[str, Any]]:
    """Count nodes by the value of a predicate, the most frequent first."""
    counts = Counter(value for node in nodes for value in evidence.objects(node, predicate))
    rows = [
        {key: value.value, "names": evidence.names(value), "documents": number}
        for value, number in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row["documents"], row[key]))


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
        "names": languages(evidence),
        "identifiers": identifiers(evidence),
        "sources": sources(evidence),
        "statements": agreement.statements(evidence),
        "things": agreement.things(evidence),
        "dates": dates(evidence),
        "disagreements": agreement.disagreements(evidence),
        "freshness": freshness(evidence),
    }


def write(report: dict[str, Any]) -> bytes:
    """Return the report as JSON, UTF-8."""
    return jsonld.encode(report)
