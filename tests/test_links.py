"""The links of the graph: where they lead, that identifiers bear them out, what was rejected."""

import re
from collections import Counter, defaultdict
from functools import cache

import pyoxigraph as ox
import pytest

from enact_graph.authoring import links, linksets, sssom
from enact_graph.authoring.links import Link
from enact_graph.terms import BASE, ENACT, ID, PREFIXES, VOCAB, shorten
from tests.authored import ROOT, iri, objects, read_quads, read_sources

WIKIDATA = "http://www.wikidata.org/entity/"
ROR = "https://ror.org/"
#: The schemes whose values name the entities of an RDF dataset, with the start of their addresses.
SCHEMES = {"scheme-ror": ROR, "scheme-wikidata": WIKIDATA}
SAME = PREFIXES["owl"] + "sameAs"


@cache
def table() -> tuple[Link, ...]:
    return linksets.table(read_sources())


def pairs(is_rejected: bool) -> set[tuple[str, str]]:
    """The subject and object of each identity that is asserted, or rejected."""
    chosen = (link for link in table() if link.is_rejected is is_rejected)
    return {(n.subject.value, n.object.value) for n in chosen if n.predicate.value == SAME}


@cache
def identifiers() -> dict[tuple[str, str], bool]:
    """The things and the entities that identifiers name; is the value preferred and undisputed?"""
    quads = read_quads()
    schemes = objects(quads, PREFIXES["dcterms"] + "conformsTo")
    notations = objects(quads, PREFIXES["skos"] + "notation")
    statuses = objects(quads, PREFIXES["adms"] + "status")
    disputed: set[str] = set()
    for quad in quads:
        if quad.predicate.value == ENACT + "differsFrom":
            disputed |= {iri(quad.subject), iri(quad.object)}
    found = {}
    for quad in quads:
        node = iri(quad.object)
        if quad.predicate.value != PREFIXES["adms"] + "identifier":
            continue
        for scheme in {s.removeprefix(VOCAB) for s in schemes[node]} & SCHEMES.keys():
            (value,) = notations[node]
            is_sure = not statuses.get(node) and node not in disputed
            found[(iri(quad.subject), SCHEMES[scheme] + value)] = is_sure
    return found


def test_the_table_has_no_fault_and_is_in_form() -> None:
    text = (ROOT / links.FILE).read_text("utf-8")
    assert links.read(text).faults == ()
    assert links.canonical(text) == text
    assert list(linksets.check(read_sources())) == []


def test_identity_leads_to_two_datasets_of_entities() -> None:
    assert {iri.rpartition("/")[0] + "/" for _, iri in pairs(is_rejected=False)} == {ROR, WIKIDATA}


def test_an_asserted_identity_is_an_identifier_of_the_thing() -> None:
    sure = {pair for pair, is_sure in identifiers().items() if is_sure}
    assert pairs(is_rejected=False) - sure == set()


def test_every_sure_identifier_of_a_thing_is_linked() -> None:
    sure = {pair for pair, is_sure in identifiers().items() if is_sure and pair[0].startswith(ID)}
    assert sure - pairs(is_rejected=False) == set()


def test_what_is_disputed_or_second_best_is_rejected_with_its_reason() -> None:
    unsure = {pair for pair, is_sure in identifiers().items() if not is_sure}
    assert unsure
    assert unsure - pairs(is_rejected=True) == set()


@pytest.mark.parametrize(
    ("subject", "target"),
    [
        ("region-grand-est", WIKIDATA + "Q18677983"),
        ("etat-francais", ROR + "0172v8z89"),
        ("universite-cote-dazur", WIKIDATA + "Q19370961"),
        ("universite-cote-dazur", WIKIDATA + "Q80186910"),
        ("universite-de-rennes", WIKIDATA + "Q126050081"),
        ("universite-de-rennes", WIKIDATA + "Q1987282"),
        ("universite-de-toulouse", ROR + "004raaa70"),
        ("universite-de-toulouse", ROR + "03xabhe73"),
        ("ihu-strasbourg", WIKIDATA + "Q16508358"),
    ],
)
def test_a_known_confusion_is_kept_as_rejected(subject: str, target: str) -> None:
    assert (ID + subject, target) in pairs(is_rejected=True)
    same = (ox.NamedNode(ID + subject), ox.NamedNode(SAME), ox.NamedNode(target))
    assert not any((q.subject, q.predicate, q.object) == same for q in read_sources().links)


def test_the_council_is_not_the_region_it_governs() -> None:
    region = WIKIDATA + "Q18677983"
    assert {s for s, o in pairs(is_rejected=False) if o == region} == {ID + "grand-est"}


def matches() -> list[Link]:
    return [n for n in table() if n.predicate.value.endswith("Match") and not n.is_rejected]


def test_matches_lead_outside_and_say_one_thing_of_a_pair() -> None:
    said: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for link in matches():
        assert not link.object.value.startswith(BASE), link
        said[(link.subject.value, link.object.value)].add(shorten(link.predicate.value))
    assert said
    assert {pair: names for pair, names in said.items() if len(names) > 1} == {}
    twins = Counter(n.object.value for n in matches() if n.predicate.value.endswith("exactMatch"))
    assert [other for other, times in twins.items() if times > 1] == []


def test_the_vocabularies_leave_their_matches_to_the_table() -> None:
    kinds = ("exact", "close", "broad", "narrow", "related")
    names = {SAME, *(f"{PREFIXES['skos']}{kind}Match" for kind in kinds)}
    elsewhere = [
        str(s.place)
        for s in read_sources().statements
        if s.quad.predicate.value in names and s.place.file != links.FILE
    ]
    assert elsewhere == []


@pytest.mark.parametrize(
    ("concept", "predicate", "target"),
    [
        ("sdg-12", "skos:exactMatch", "http://metadata.un.org/sdg/12"),
        ("sdg-5", "skos:exactMatch", "http://metadata.un.org/sdg/5"),
        ("level-master", "skos:closeMatch", "http://data.europa.eu/snb/eqf/7"),
        ("discipline-law", "skos:exactMatch", "http://data.europa.eu/snb/isced-f/0421"),
        ("kind-university", "skos:exactMatch", WIKIDATA + "Q3918"),
        ("kind-university", "rdfs:seeAlso", "https://schema.org/CollegeOrUniversity"),
    ],
)
def test_concepts_lead_to_their_like(concept: str, predicate: str, target: str) -> None:
    said = {(n.subject.value, shorten(n.predicate.value), n.object.value) for n in table()}
    assert (VOCAB + concept, predicate, target) in said


def test_linksets_count_every_asserted_link_once() -> None:
    found = linksets.linksets(read_sources())
    assert len({(s.target.iri, s.predicate) for s in found}) == len(found)
    assert sum(len(s.links) for s in found) == len(list(read_sources().links))
    assert {s.target.iri.value for s in found} == described_datasets()


def described_datasets() -> set[str]:
    kind, type_ = ox.NamedNode(PREFIXES["void"] + "Dataset"), PREFIXES["rdf"] + "type"
    return {iri(q.subject) for q in read_quads() if q.object == kind and q.predicate.value == type_}


PAGE = (ROOT / "docs/linking.md").read_text("utf-8")


def test_the_page_on_linking_names_every_column_and_relation() -> None:
    first_cells = re.findall(r"^\| (`[^|]*) \|", PAGE, re.MULTILINE)
    named = [name for cell in first_cells for name in re.findall(r"`([^`]+)`", cell)]
    assert [name for name in named if ":" not in name] == list(sssom.COLUMNS)
    assert {name for name in named if ":" in name} == set(links.PREDICATES)


def test_the_query_of_the_page_on_linking_finds_what_it_says() -> None:
    (query,) = re.findall(r"```sparql\n(.*?)```", PAGE, re.DOTALL)
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in read_quads())
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    assert [str(row["thing"]) for row in found] == [f"<{ID}inria>"]
