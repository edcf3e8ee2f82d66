"""Which university is in which alliance, since and until when: every membership of an alliance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from enact_graph import terms
from enact_graph.graph.entity import Labels, Source, Statement, mentioned
from enact_graph.graph.provenance import by_subject, facts, first
from enact_graph.graph.reader import Reader
from enact_graph.graph.relations import END, START
from enact_graph.vocabulary import ENACT, ORG, RDF

_ASSOCIATED: Final = terms.VOCAB + "role-associated-member"


@dataclass(frozen=True)
class Membership:
    """One membership: who, of which alliance, in which roles, from and until when, as xsd:date."""

    node: str
    member: str
    alliance: str
    roles: tuple[str, ...]
    start: str = ""
    end: str = ""

    @property
    def is_full(self) -> bool:
        """Whether it makes a member, not an associated one alone."""
        return self.roles != (_ASSOCIATED,)

    def holds_on(self, day: str) -> bool:
        """Whether it holds on a day, as far as its dates are known."""
        return (not self.start or self.start <= day) and (not self.end or self.end >= day)


@dataclass(frozen=True)
class Alliances:
    """All memberships and what is said of them; `at_home` are members of the `cluster` as well."""

    memberships: tuple[Membership, ...]
    cluster: str
    at_home: tuple[str, ...]
    said: Mapping[str, tuple[Statement, ...]]
    sources: Mapping[str, Source]
    labels: Mapping[str, Labels]

    @property
    def members(self) -> tuple[str, ...]:
        """Everyone who is or was in an alliance."""
        return tuple(sorted({m.member for m in self.memberships}))

    @property
    def alliances(self) -> tuple[str, ...]:
        """The alliances."""
        return tuple(sorted({m.alliance for m in self.memberships}))

    def on(self, day: str) -> dict[str, dict[str, Membership]]:
        """Who is in which alliance on a day: member, alliance, membership."""
        found: dict[str, dict[str, Membership]] = {}
        for m in self.memberships:
            if m.holds_on(day):
                found.setdefault(m.member, {})[m.alliance] = m
        return found


async def read(reader: Reader) -> Alliances:
    """Read them; empty where the graph knows no alliance."""
    nodes = await reader.subjects(RDF.type, ENACT.AllianceMembership)
    said = await reader.about(nodes)
    told = facts(said)
    found = []
    for node in nodes:
        of = told.get(node, {})
        member, alliance = (first(of, end) for end in (ORG.member, ORG.organization))
        if member and alliance:
            roles = tuple(sorted(o.value for o in of.get(ORG.role, ())))
            start, end = (first(of, p) or "" for p in (START, END))
            found.append(Membership(node, member, alliance, roles, start, end))
    rows = await reader.select(
        f"SELECT DISTINCT ?c ?m WHERE {{ ?c <{ENACT.hasMember}> ?m ."
        f" ?n a <{ENACT.AllianceMembership}> ; <{ORG.member}> ?m ."
        f" {{ SELECT ?c WHERE {{ ?c a <{ENACT.Cluster}> . ?s ?p ?c }}"
        " GROUP BY ?c ORDER BY DESC(COUNT(*)) ?c LIMIT 1 } } ORDER BY ?m"
    )
    sources = await reader.sources({g for s in said for g in s.graphs})
    cited = {iri for s in sources.values() for iri in s.mentions}
    found.sort(key=lambda m: (m.alliance, m.start, m.member, m.node))
    return Alliances(
        tuple(found),
        rows[0]["c"].value if rows else "",
        tuple(row["m"].value for row in rows),
        by_subject(said),
        sources,
        await reader.labels({*mentioned(said), *cited, *(row["c"].value for row in rows)}),
    )
