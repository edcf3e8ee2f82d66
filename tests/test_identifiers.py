"""Identifiers: form, check digits, one thing each, and none but those seen in a source."""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from enact_graph.terms import GRAPH, ID, PREFIXES, VOCAB, shorten
from tests.authored import ROOT, Quads, iri, objects, read_quads

#: The tables of attested facts, where somebody has put them beside the checkout.
FACTS: Final = ROOT.parent / "shared" / "facts"
TABLES: Final = ("alliances", "enact", "french-ecosystem", "more", "names-and-ids")
KEYS: Final = ROOT / "tests/facts_keys.csv"
SCHEMES: Final = VOCAB + "scheme-"
NUTS: Final = "http://data.europa.eu/nuts/code/"
ADMS: Final = PREFIXES["adms"]
ENACT: Final = PREFIXES["enact"]
SKOS: Final = PREFIXES["skos"]
DCTERMS: Final = PREFIXES["dcterms"]
CROCKFORD: Final = "0123456789abcdefghjkmnpqrstvwxyz"
UAI_LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"

#: The properties of the tables that hold an identifier, with its scheme.
PROPERTIES: Final = {
    "cnrs_unit": "cnrs-unit",
    "cordis_pic": "cordis-pic",
    "crossref_funder": "crossref-funder",
    "crossref_funder_other": "crossref-funder",
    "eche_number": "eche",
    "erasmus_code": "erasmus-code",
    "eter": "eter",
    "eu_oid": "eu-oid",
    "finess": "finess",
    "geonames": "geonames",
    "geonames_region": "geonames",
    "grant_number": "anr-grant",
    "grid": "grid",
    "hal_portal": "hal-portal",
    "hal_struct": "hal-structure",
    "idref": "idref",
    "insee_commune": "insee-commune",
    "insee_former_region": "insee-region",
    "insee_region": "insee-region",
    "isni": "isni",
    "isni_other": "isni",
    "iso3166_1": "iso-3166-1",
    "openalex": "openalex",
    "orcid": "orcid",
    "paysage": "paysage",
    "ringgold": "ringgold",
    "ror": "ror",
    "siren": "siren",
    "siret": "siret",
    "uai": "uai",
    "wikidata": "wikidata",
    "wikidata_other": "wikidata",
}
#: Codes of a place that the tables give on the body that has its seat there.
OF_THE_PLACE: Final = {"geonames", "insee-commune", "insee-region", "iso-3166-1"}
#: Schemes whose value is the end of an address in the tables.
ADDRESSES: Final = {"crossref-funder", "geonames", "openalex", "orcid", "ror", "wikidata"}


def _base32(value: str) -> int:
    number = 0
    for character in value:
        number = number * 32 + CROCKFORD.index(character)
    return number


def is_mod_97_10(value: str) -> bool:
    """ROR: the last two digits make number and digits together leave 1 modulo 97."""
    return (_base32(value[:-2]) * 100 + int(value[-2:])) % 97 == 1


def is_mod_11_2(value: str) -> bool:
    """ISNI and ORCID: ISO/IEC 7064, MOD 11-2."""
    digits = value.replace("-", "")
    rest = 0
    for character in digits[:-1]:
        rest = (rest + int(character)) * 2 % 11
    return "0123456789X"[(12 - rest) % 11] == digits[-1]


def is_luhn(value: str) -> bool:
    """SIREN and SIRET: the digits, each second one from the right doubled, add up to tens."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(value))]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def is_idref(value: str) -> bool:
    """IdRef: the digits weighted from 9 down to 1 add up to a multiple of 11."""
    digits = [*map(int, value[:-1]), 10 if value[-1] == "X" else int(value[-1])]
    return (
        sum(weight * digit for weight, digit in zip(range(9, 0, -1), digits, strict=True)) % 11 == 0
    )


def is_uai(value: str) -> bool:
    """UAI: the letter is the remainder of the number modulo 23."""
    return UAI_LETTERS[int(value[:-1]) % 23] == value[-1]


CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "check-idref": is_idref,
    "check-luhn": is_luhn,
    "check-mod-11-2": is_mod_11_2,
    "check-mod-97-10": is_mod_97_10,
    "check-none": lambda value: True,
    "check-uai": is_uai,
}


@dataclass(frozen=True)
class Identifier:
    """One adms:Identifier: its value, scheme and address, and what it stands for."""

    node: str
    value: str
    scheme: str
    url: str | None
    subjects: frozenset[str]


@dataclass(frozen=True)
class Row:
    """One row of the tables that gives an identifier."""

    subject: str
    scheme: str
    value: str
    status: str

    @property
    def claim(self) -> tuple[str, str]:
        return self.scheme, self.value


@pytest.fixture(scope="module")
def quads() -> Quads:
    return read_quads()


@pytest.fixture(scope="module")
def identifiers(quads: Quads) -> list[Identifier]:
    values, schemes = objects(quads, SKOS + "notation"), objects(quads, DCTERMS + "conformsTo")
    urls = objects(quads, PREFIXES["schema"] + "url")
    subjects: dict[str, set[str]] = defaultdict(set)
    for subject, nodes in objects(quads, ADMS + "identifier").items():
        for node in nodes:
            subjects[node].add(subject)
    nodes = {
        iri(quad.subject)
        for quad in quads
        if quad.object == ox.NamedNode(ADMS + "Identifier")
        and quad.predicate.value == PREFIXES["rdf"] + "type"
        and iri(quad.subject).startswith(ID)
    }
    found = []
    for node in sorted(nodes):
        assert len(values[node]) == 1, f"{shorten(node)} has one skos:notation"
        assert len(schemes[node]) == 1, f"{shorten(node)} has one dcterms:conformsTo"
        assert len(urls.get(node, ())) <= 1, f"{shorten(node)} has one schema:url at most"
        (value,), (scheme,) = values[node], schemes[node]
        url = next(iter(urls.get(node, ())), None)
        found.append(
            Identifier(node, value, scheme.removeprefix(SCHEMES), url, frozenset(subjects[node]))
        )
    return found


def scheme_property(quads: Quads, name: str) -> dict[str, str]:
    """The value of a property of each identifier scheme, by its short name."""
    values = objects(quads, ENACT + name)
    return {
        scheme.removeprefix(SCHEMES): next(iter(value))
        for scheme, value in values.items()
        if scheme.startswith(SCHEMES)
    }


def test_the_data_identify_many_things(identifiers: list[Identifier]) -> None:
    assert len(identifiers) > 500
    assert len({identifier.scheme for identifier in identifiers}) > 20


def test_each_identifier_has_the_form_of_its_scheme(
    quads: Quads, identifiers: list[Identifier]
) -> None:
    patterns = scheme_property(quads, "valuePattern")
    assert {identifier.scheme for identifier in identifiers} <= patterns.keys()
    wrong = [i for i in identifiers if not re.search(patterns[i.scheme], i.value)]
    assert not wrong


def test_each_identifier_has_the_address_of_its_scheme(
    quads: Quads, identifiers: list[Identifier]
) -> None:
    templates = scheme_property(quads, "urlTemplate")
    for identifier in identifiers:
        if identifier.url is not None:
            template = templates.get(identifier.scheme)
            assert template, f"{shorten(identifier.node)}: its scheme has no address"
            assert identifier.url == template.replace("{value}", identifier.value)


def test_registers_give_each_identifier_the_address_that_its_scheme_has(
    quads: Quads, identifiers: list[Identifier]
) -> None:
    templates = scheme_property(quads, "urlTemplate")
    in_registers = {
        iri(quad.subject)
        for path in (ROOT / "data/registries").glob("*.trig")
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TRIG)
    }
    bare = [
        shorten(i.node)
        for i in identifiers
        if i.url is None
        and i.node in in_registers
        and templates.get(i.scheme, "{value}") != "{value}"
    ]
    assert not bare


def test_each_identifier_has_the_check_digits_of_its_scheme(
    quads: Quads, identifiers: list[Identifier]
) -> None:
    algorithms = scheme_property(quads, "checkAlgorithm")
    checked: dict[str, int] = defaultdict(int)
    for identifier in identifiers:
        name = algorithms[identifier.scheme].removeprefix(VOCAB)
        assert CHECKS[name](identifier.value), f"{shorten(identifier.node)}: {identifier.value}"
        checked[name] += 1
    assert all(checked[name] for name in CHECKS), dict(checked)


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (is_mod_97_10, "04vfs2w97"),
        (is_mod_11_2, "0000000121946418"),
        (is_luhn, "130015506"),
        (is_luhn, "13001550600012"),
        (is_idref, "26693823X"),
        (is_uai, "0353074B"),
    ],
)
def test_a_check_refuses_each_changed_digit(check: Callable[[str], bool], value: str) -> None:
    assert check(value)
    for place, character in enumerate(value):
        if character.isdigit():
            changed = value[:place] + str((int(character) + 1) % 10) + value[place + 1 :]
            assert not check(changed), changed


def test_an_identifier_stands_for_one_thing(identifiers: list[Identifier]) -> None:
    by_value: dict[tuple[str, str], list[Identifier]] = defaultdict(list)
    for identifier in identifiers:
        assert len(identifier.subjects) == 1, f"{shorten(identifier.node)}: {identifier.subjects}"
        by_value[identifier.scheme, identifier.value].append(identifier)
    assert not {key: found for key, found in by_value.items() if len(found) > 1}


def test_an_identifier_is_named_after_its_thing_and_scheme(identifiers: list[Identifier]) -> None:
    for identifier in identifiers:
        (subject,) = identifier.subjects
        stem = shorten(subject).split(":")[1]
        name = re.escape(f"{stem}-{identifier.scheme}") + r"(-[2-9])?"
        name = f"{name}|un-{name}" if subject.startswith(VOCAB) else name
        assert re.fullmatch(name, identifier.node.removeprefix(ID)), shorten(identifier.node)


def test_a_second_identifier_is_an_alternative_or_contradicts_the_first(
    quads: Quads, identifiers: list[Identifier]
) -> None:
    alternative = VOCAB + "status-alternative"
    statuses, differs = objects(quads, ADMS + "status"), objects(quads, ENACT + "differsFrom")
    doubtful = {node for one, others in differs.items() for node in (one, *others)}
    usual: dict[tuple[str, str], list[str]] = defaultdict(list)
    for identifier in identifiers:
        (subject,) = identifier.subjects
        if alternative not in statuses.get(identifier.node, ()):
            usual[subject, identifier.scheme].append(identifier.node)
    several = [node for nodes in usual.values() if len(nodes) > 1 for node in nodes]
    assert not [shorten(node) for node in several if node not in doubtful]


# From here on, the graph is held against the tables of attested facts.


def _iri(curie: str) -> str:
    prefix, local = curie.split(":")
    return PREFIXES[prefix] + local


def _keys() -> dict[str, str]:
    with KEYS.open(encoding="utf-8", newline="") as lines:
        return {row["key"]: _iri(row["iri"]) for row in csv.DictReader(lines)}


def _lines(folder: Path) -> Iterator[dict[str, str]]:
    for table in TABLES:
        head, *body = (folder / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
        columns = head.split("\t")
        for line in body:
            yield dict(zip(columns, line.split("\t"), strict=True))


def _value(scheme: str, text: str) -> str:
    """The value as the graph writes it: without address, spaces of a display form or remark."""
    plain = re.sub(r" \(.*\)$", "", text)
    if scheme == "isni":
        return plain.replace(" ", "")
    if scheme == "crossref-funder":
        return "10.13039/" + plain.rsplit("/", 1)[-1]
    return plain.rstrip("/").rsplit("/", 1)[-1] if scheme in ADDRESSES else plain


def _identifier_rows(folder: Path, keys: dict[str, str]) -> Iterator[Row]:
    for line in _lines(folder):
        subject, status = keys[line["subject_key"]], line["status"]
        noted = re.match(r"further (wikidata|isni) listed by ROR: (.*)$", line["value"])
        if noted and line["property"] == "note":
            yield Row(subject, noted[1], _value(noted[1], noted[2]), status)
        elif line["property"] in PROPERTIES:
            scheme = PROPERTIES[line["property"]]
            yield Row(subject, scheme, _value(scheme, line["value"]), status)


@pytest.fixture(scope="module")
def facts() -> Path:
    if not FACTS.is_dir():
        pytest.skip("no tables of attested facts beside the checkout (../shared/facts)")
    return FACTS


@pytest.fixture(scope="module")
def rows(facts: Path) -> list[Row]:
    return list(_identifier_rows(facts, _keys()))


def test_every_key_of_the_tables_has_its_name_in_the_graph(facts: Path) -> None:
    assert set(_keys()) == {line["subject_key"] for line in _lines(facts)}


def test_every_verified_identifier_is_in_the_graph(
    rows: list[Row], identifiers: list[Identifier]
) -> None:
    subjects = {(i.scheme, i.value): i.subjects for i in identifiers}
    verified = [row for row in rows if row.status == "verified"]
    assert len(verified) > 700
    for row in verified:
        assert row.claim in subjects, row
        assert row.scheme in OF_THE_PLACE or row.subject in subjects[row.claim], row


def test_both_sides_of_a_conflict_are_in_the_graph(
    rows: list[Row], identifiers: list[Identifier]
) -> None:
    values = {(i.scheme, i.value) for i in identifiers}
    assert not [row for row in rows if row.status == "conflict" and row.claim not in values]


def test_no_identifier_is_in_the_graph_without_a_citable_source(
    rows: list[Row], identifiers: list[Identifier]
) -> None:
    attested = {row.claim for row in rows if row.status in ("verified", "conflict")}
    refused = {row.claim for row in rows if row.status in ("unverified", "uncitable")} - attested
    assert refused
    published = {(i.scheme, i.value) for i in identifiers}
    assert not refused & published


def test_an_item_shared_by_council_and_territory_stays_on_the_territory(
    identifiers: list[Identifier],
) -> None:
    owners = [i.subjects for i in identifiers if (i.scheme, i.value) == ("wikidata", "Q18677983")]
    assert owners == [{ID + "grand-est"}]


def _sites(quads: Quads) -> dict[str, set[str]]:
    """The seats of each body."""
    sites: dict[str, set[str]] = defaultdict(set)
    for name in ("hasPrimarySite", "hasSite"):
        for body, found in objects(quads, PREFIXES["org"] + name).items():
            sites[body] |= found
    return sites


def test_every_verified_statistical_region_is_in_the_graph(
    facts: Path, quads: Quads, identifiers: list[Identifier]
) -> None:
    keys, spatial = _keys(), objects(quads, DCTERMS + "spatial")
    sites, part_of = _sites(quads), objects(quads, DCTERMS + "isPartOf")
    own = {next(iter(i.subjects)): NUTS + i.value for i in identifiers if i.scheme == "nuts"}
    checked = 0
    for line in _lines(facts):
        if line["property"] != "nuts" or line["status"] not in ("verified", "conflict"):
            continue
        subject = keys[line["subject_key"]]
        places = {subject, *sites.get(subject, ())}
        places |= {place for each in places for place in spatial.get(each, ())}
        while wider := {w for place in places for w in part_of.get(place, ())} - places:
            places |= wider
        regions = {own.get(place) for place in places}
        regions |= {region for place in places for region in spatial.get(place, ())}
        assert NUTS + line["value"] in regions, line
        checked += 1
    assert checked > 50


def test_no_unverified_statistical_region_is_stated(facts: Path, quads: Quads) -> None:
    keys, spatial, sites = _keys(), objects(quads, DCTERMS + "spatial"), _sites(quads)
    lines = [x for x in _lines(facts) if x["property"] == "nuts" and x["status"] == "unverified"]
    assert lines
    for line in lines:
        subject = keys[line["subject_key"]]
        places = {subject, *sites.get(subject, ())}
        places |= {place for each in places for place in spatial.get(each, ())}
        assert not any(NUTS + line["value"] in spatial.get(place, ()) for place in places), line


def test_every_verified_subdivision_is_in_the_graph(facts: Path, quads: Quads) -> None:
    keys, values = _keys(), objects(quads, SKOS + "notation")
    schemes = objects(quads, DCTERMS + "conformsTo")
    place_of = {
        next(iter(values[node])): subject
        for subject, nodes in objects(quads, ADMS + "identifier").items()
        for node in nodes
        if SCHEMES + "iso-3166-2" in schemes[node]
    }
    within = objects(quads, DCTERMS + "spatial"), objects(quads, DCTERMS + "isPartOf")
    sites = _sites(quads)
    for line in _lines(facts):
        if line["property"] == "iso3166_2" and line["status"] == "verified":
            subject = keys[line["subject_key"]]
            around = {subject, *sites.get(subject, ())}
            while wider := {o for i in around for r in within for o in r.get(i, ())} - around:
                around |= wider
            assert place_of[line["value"]] in around, line


def test_every_graph_of_a_register_is_one_record() -> None:
    for path in (ROOT / "data/registries").glob("*.trig"):
        read = list(ox.parse(path=str(path), format=ox.RdfFormat.TRIG))
        graphs = {iri(quad.graph_name) for quad in read} - {GRAPH + "provenance"}
        sources = objects(read, PREFIXES["prov"] + "wasDerivedFrom")
        assert graphs == sources.keys(), path.name
        documents = [next(iter(found)) for found in sources.values()]
        assert len(set(documents)) == len(documents), path.name
        for document in documents:
            for name in (DCTERMS + "date", DCTERMS + "type", PREFIXES["schema"] + "url"):
                assert objects(read, name)[document], f"{shorten(document)} has {shorten(name)}"
