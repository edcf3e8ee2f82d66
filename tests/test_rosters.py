"""Rosters of the university alliances: who belongs to which, since when, until when, as what."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
import pytest

from enact_graph.terms import ID, PREFIXES
from tests.authored import ROOT, read_quads

#: The table of attested facts, where somebody has put it beside the checkout.
TABLE: Final = ROOT.parent / "shared/facts/alliances.tsv"
ALLIANCES: Final = ("epicur", "eucor", "eucor-confederation", "eureca-pro", "unigr")
#: The member since whose year the table gives, and the month in a note beside it.
FINER: Final = {("unigr", "htw-saar"): "2020-06"}
#: The member that the table dates from its predecessors, and the day it came to be.
LATER: Final = {("unigr", "universite-de-lorraine"): "2012-01-01"}
DIGITS: Final = {"precision-day": 10, "precision-month": 7, "precision-year": 4}
HEAD: Final = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())

MEMBERSHIPS: Final = (
    HEAD
    + """
SELECT DISTINCT ?node ?alliance ?member ?role ?start ?startPrecision ?end ?endPrecision WHERE {
    ?node a enact:AllianceMembership ;
        org:organization ?alliance ;
        org:member ?member ;
        org:role ?role .
    OPTIONAL { ?node schema:startDate ?start ; enact:startPrecision ?startPrecision }
    OPTIONAL { ?node schema:endDate ?end ; enact:endPrecision ?endPrecision }
}
"""
)
AS_OF: Final = (
    HEAD
    + """
SELECT DISTINCT ?member ?role WHERE {
    ?node a enact:AllianceMembership ;
        org:organization id:%(alliance)s ;
        org:member ?member ;
        org:role ?role ;
        schema:startDate ?start .
    FILTER(?role != v:role-coordinating-member)
    FILTER(?start <= "%(date)s"^^xsd:date)
    OPTIONAL { ?node schema:endDate ?end }
    FILTER(!BOUND(?end) || ?end >= "%(date)s"^^xsd:date)
}
"""
)
UNIGR: Final = {
    "htw-saar": "role-associated-member",
    "saarland-university": "role-member",
    "trier-university": "role-member",
    "universite-de-lorraine": "role-member",
    "university-of-liege": "role-member",
    "university-of-luxembourg": "role-member",
}
EURECA_PRO: Final = dict.fromkeys(
    (
        "hasselt-university",
        "hochschule-mittweida",
        "montanuniversitaet-leoben",
        "silesian-university-of-technology",
        "technical-university-of-crete",
        "tu-bergakademie-freiberg",
        "universidad-de-leon",
        "university-of-petrosani",
    ),
    "role-member",
)


@dataclass(frozen=True)
class Stay:
    """One member's time in an alliance; the dates as precise as the source gives them."""

    since: str
    until: str
    status: str


def load() -> ox.Store:
    store = ox.Store()
    store.extend(read_quads())
    return store


STORE: Final = load()


def select(query: str) -> list[dict[str, str]]:
    """The rows of a query over all graphs together; names without their namespace."""
    solutions = STORE.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [{n: short(solution[n]) for n in names if solution[n]} for solution in solutions]


def short(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value.removeprefix(ID).removeprefix(PREFIXES["v"])


def date(row: dict[str, str], which: str) -> str:
    return row[which][: DIGITS[row[which + "Precision"]]] if which in row else ""


def in_graph() -> dict[tuple[str, str], set[Stay]]:
    """Each stay the graph holds, by alliance and member."""
    roles: dict[str, set[str]] = defaultdict(set)
    seen: dict[str, dict[str, str]] = {}
    for row in select(MEMBERSHIPS):
        roles[row["node"]].add(row["role"])
        seen[row["node"]] = row
    found: dict[tuple[str, str], set[Stay]] = defaultdict(set)
    for node, row in seen.items():
        status = "associated" if "role-associated-member" in roles[node] else "full"
        stay = Stay(date(row, "start"), date(row, "end"), "former" if "end" in row else status)
        found[row["alliance"], row["member"]].add(stay)
    return dict(found)


def in_table() -> dict[tuple[str, str], set[Stay]]:
    """Each stay that was seen in a source."""
    if not TABLE.exists():
        pytest.skip("the table of attested facts is not beside this checkout")
    found: dict[tuple[str, str], set[Stay]] = defaultdict(set)
    with TABLE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["property"] == "membership" and row["status"] == "verified":
                cell = dict(part.split("=") for part in row["value"].split(";"))
                key = (cell["alliance"], row["subject_key"])
                since = FINER.get(key, cell["from"])
                assert since.startswith(cell["from"]), key
                since = LATER.get(key, since)
                found[key].add(Stay(since, cell["until"], cell["status"]))
    return dict(found)


def as_of(alliance: str, day: str) -> dict[str, str]:
    """The roster on one day: each member and its role."""
    rows = select(AS_OF % {"alliance": alliance, "date": day})
    roster = {row["member"]: row["role"] for row in rows}
    assert len(roster) == len(rows), "a member has two roles at once"
    return roster


@pytest.mark.parametrize("alliance", ALLIANCES)
def test_the_roster_is_the_attested_one(alliance: str) -> None:
    attested = {key: stays for key, stays in in_table().items() if key[0] == alliance}
    assert attested
    assert {key: stays for key, stays in in_graph().items() if key[0] == alliance} == attested


def test_no_other_alliance_has_members() -> None:
    assert sorted({alliance for alliance, _ in in_graph()}) == sorted(ALLIANCES)


def test_unigr_before_and_after_the_succession_in_kaiserslautern() -> None:
    assert as_of("unigr", "2022-06-30") == UNIGR | {"tu-kaiserslautern": "role-member"}
    assert as_of("unigr", "2023-06-30") == UNIGR | {"rptu-kaiserslautern-landau": "role-member"}


def test_eureca_pro_before_and_after_lorraine_joined() -> None:
    assert as_of("eureca-pro", "2022-04-25") == {
        member: role for member, role in EURECA_PRO.items() if member != "hasselt-university"
    }
    assert as_of("eureca-pro", "2022-06-30") == EURECA_PRO
    assert as_of("eureca-pro", "2023-06-30") == EURECA_PRO | {
        "universite-de-lorraine": "role-member"
    }


def test_nobody_belongs_before_there_is_anything_to_belong_to() -> None:
    assert as_of("epicur", "2019-10-31") == {}
    assert len(as_of("epicur", "2019-11-01")) == 8
    assert as_of("eucor", "2015-12-08") == {}
    assert len(as_of("eucor", "2015-12-09")) == 5


def test_the_successor_starts_on_the_day_after_the_predecessor_ends() -> None:
    rows = select(
        HEAD
        + """
SELECT DISTINCT ?end ?start ?date WHERE {
    ?change a enact:Founding ;
        org:originalOrganization id:tu-kaiserslautern ;
        org:resultingOrganization id:rptu-kaiserslautern-landau ;
        dcterms:date ?date .
    ?before a enact:AllianceMembership ;
        org:member id:tu-kaiserslautern ;
        schema:endDate ?end .
    ?after a enact:AllianceMembership ;
        org:member id:rptu-kaiserslautern-landau ;
        org:organization id:unigr ;
        schema:startDate ?start .
}
"""
    )
    assert rows == [{"end": "2022-12-31", "start": "2023-01-01", "date": "2023-01-01"}]


def test_every_stay_is_what_a_document_says() -> None:
    unsourced = select(
        HEAD
        + """
SELECT ?node WHERE {
    ?node a enact:AllianceMembership .
    FILTER NOT EXISTS {
        GRAPH ?graph { ?node a enact:AllianceMembership ; org:member ?member . }
        ?graph prov:wasDerivedFrom ?document .
        ?document a enact:SourceDocument ; dcterms:publisher ?publisher .
    }
}
"""
    )
    assert unsourced == []


def test_the_last_document_that_names_a_whole_roster_is_dated() -> None:
    rows = select(
        HEAD
        + """
SELECT ?alliance ?issued (COUNT(DISTINCT ?member) AS ?members) WHERE {
    GRAPH ?graph {
        ?node a enact:AllianceMembership ; org:member ?member ; org:organization ?alliance .
    }
    ?graph prov:wasDerivedFrom ?document .
    ?document dcterms:issued ?issued .
}
GROUP BY ?alliance ?document ?issued
"""
    )
    last = {(row["alliance"], row["issued"][:7]): row["members"] for row in rows}
    assert last["epicur", "2024-11"] == "9"
    assert last["eureca-pro", "2024-10"] == "9"
    assert last["unigr", "2023-01"] == "8"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("eucor-founding-2015-12-09", "eucor-founding-2016"),
        ("unigr-founding-asbl-2015", "unigr-founding-asbl-2016"),
        ("universite-de-strasbourg-founding-1538", "universite-de-strasbourg-founding-2009-01-01"),
    ],
)
def test_dates_that_disagree_stand_side_by_side_each_with_its_source(one: str, other: str) -> None:
    rows = select(
        HEAD
        + f"""
SELECT DISTINCT ?here ?there ?first ?second WHERE {{
    id:{one} enact:differsFrom|^enact:differsFrom id:{other} .
    GRAPH ?a {{ id:{one} dcterms:date ?first }}
    GRAPH ?b {{ id:{other} dcterms:date ?second }}
    ?a prov:wasDerivedFrom ?here .
    ?b prov:wasDerivedFrom ?there .
}}
"""
    )
    assert rows
    assert all(row["here"] != row["there"] and row["first"] != row["second"] for row in rows)


OFFICE: Final = (
    HEAD
    + """
SELECT DISTINCT ?person ?role WHERE {
    ?post org:organization id:%(body)s ;
        org:member ?person ;
        org:role ?role .
    ?person a foaf:Person .
    OPTIONAL { ?post schema:startDate ?start }
    OPTIONAL { ?post schema:endDate ?end }
    FILTER(!BOUND(?start) || ?start <= "%(date)s"^^xsd:date)
    FILTER(!BOUND(?end) || ?end > "%(date)s"^^xsd:date)
    FILTER NOT EXISTS { ?post enact:differsFrom ?other }
}
"""
)


@pytest.mark.parametrize(
    ("body", "date", "expected"),
    [
        ("unigr", "2017-06-30", {"pierre-mutzenhardt": "role-president"}),
        (
            "unigr",
            "2019-11-13",
            {"manfred-schmitt": "role-president", "stephane-pallage": "role-vice-president"},
        ),
        (
            "unigr",
            "2021-12-14",
            {"michael-jaeckel": "role-president", "stephane-pallage": "role-vice-president"},
        ),
        (
            "unigr",
            "2023-11-20",
            {"helene-boulanger": "role-president", "jens-kreisel": "role-vice-president"},
        ),
        (
            "unigr",
            "2026-11-30",
            {"helene-boulanger": "role-president", "ludger-santen": "role-vice-president"},
        ),
        (
            "eureca-pro-executive-board",
            "2026-02-05",
            {"cornelius-hagenmeier": "role-president", "marcin-gorski": "role-vice-president"},
        ),
    ],
)
def test_one_holder_follows_the_other_in_an_office(
    body: str, date: str, expected: dict[str, str]
) -> None:
    found = select(OFFICE % {"body": body, "date": date})
    assert {row["person"]: row["role"] for row in found} == expected
