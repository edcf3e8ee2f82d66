"""The texts of the authored files: three languages, no personal details, no words of the source."""

import hashlib
import re
from collections import Counter, defaultdict
from typing import Final, TypeAlias

import pytest

from enact_graph.terms import (
    BASE,
    ENACT,
    GRAPH,
    GRAPH_CURATION,
    ID,
    LANGUAGES,
    PREFIXES,
    SOURCE,
    VOCAB,
)
from tests.authored import (
    DOCUMENT,
    LAST_PUBLIC,
    ROOT,
    TEXT,
    Quads,
    iri,
    literals,
    objects,
    passages,
    read_quads,
    runs,
    withdrawn,
)
from tests.authored import types as types_of

#: Official names, which no paraphrase may replace.
NAMES: Final = (
    "Centre Européen en Intelligence Artificielle Par l'Innovation",
    "IA Cluster : pôles de recherche et de formation de rang mondial en intelligence artificielle",
    "IA pour l'ingénierie et la découverte scientifique",
    "objectifs de développement durable de l'ONU",
)
#: Values of something else: a page shows them there, so they need no name.
VALUES: Final = frozenset(
    PREFIXES[prefix] + name
    for prefix, name in (
        ("adms", "Identifier"),
        ("geo", "Geometry"),
        ("oa", "TextPositionSelector"),
        ("schema", "MonetaryAmount"),
        ("schema", "QuantitativeValue"),
    )
)
TYPE: Final = PREFIXES["rdf"] + "type"
LABEL: Final = PREFIXES["skos"] + "prefLabel"
TITLE: Final = PREFIXES["dcterms"] + "title"
#: Works that catalogues list have a title, where things have a name.
TITLED: Final = (PREFIXES["dcat"], PREFIXES["skos"] + "ConceptScheme")
MAIL: Final = re.compile(r"mailto:|[\w.+-]+@[\w-]+\.\w", re.IGNORECASE)
PHONE: Final = re.compile(
    r"\btel:|(?<![\w.])(?:\+|00)\d{2}[ .-]?\d|(?<![\w.])0[1-9](?:[ .-]?\d\d){4}(?!\d)"
)

#: Words that only English has.
ENGLISH: Final = re.compile(r"\b(?:of|and|the|for|University|Institute|Government|Ministry)\b")
#: Names that are English wherever they are borne.
PROPER: Final = {
    "Agency of Industrial Science and Technology",
    "Geometry of Neural Networks and Tensors in Nancy",
    "Osaka Metropolitan University",
    "Quest for change",
    "UniGR-Center for Border Studies",
}

Kinds: TypeAlias = dict[str, set[str]]


@pytest.fixture(scope="module")
def quads() -> Quads:
    return read_quads()


@pytest.fixture(scope="module")
def kinds(quads: Quads) -> Kinds:
    return types_of(quads)


def by_language(quads: Quads) -> dict[str, dict[str, str]]:
    """The names of each thing, one a language."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for quad, value in literals(quads):
        if quad.predicate.value == LABEL and value.language:
            names[iri(quad.subject)][value.language] = value.value
    return names


@pytest.fixture(scope="module")
def text() -> str:
    if not TEXT.is_file():
        pytest.skip(f"no copy of the document ({TEXT.name}) beside this checkout")
    return TEXT.read_bytes().decode("utf-8")


def test_texts_are_in_french_english_or_german(quads: Quads) -> None:
    other = {
        quad.predicate.value
        for quad, value in literals(quads)
        if value.language is not None and value.language not in LANGUAGES
    }
    assert other <= {ENACT + "officialName"}
    assert {value.language for _, value in literals(quads)} >= set(LANGUAGES)


def test_everything_has_one_name_in_each_language(quads: Quads, kinds: Kinds) -> None:
    names: dict[str, Counter[str | None]] = defaultdict(Counter)
    for quad, value in literals(quads):
        has_title = any(kind.startswith(TITLED) for kind in kinds[iri(quad.subject)])
        if quad.predicate.value == (TITLE if has_title else LABEL):
            names[iri(quad.subject)][value.language] += 1
    named = {
        name
        for name, own in kinds.items()
        if name.startswith((ID, VOCAB, SOURCE, GRAPH)) and not own & VALUES
    } - withdrawn(quads)
    assert sorted(n for n in named if names[n] != Counter(LANGUAGES)) == []
    assert sorted(n for n in kinds if kinds[n] & VALUES and names[n]) == []


@pytest.mark.parametrize("prefixed", ["dcterms:description", "schema:description"])
def test_a_description_is_in_each_language_or_in_none(quads: Quads, prefixed: str) -> None:
    prefix, _, local = prefixed.partition(":")
    told: dict[tuple[str, str], Counter[str | None]] = defaultdict(Counter)
    for quad, value in literals(quads):
        if quad.predicate.value == PREFIXES[prefix] + local:
            told[iri(quad.graph_name), iri(quad.subject)][value.language] += 1
    assert told
    assert sorted(key for key, tags in told.items() if tags != Counter(LANGUAGES)) == []


def test_an_alternative_name_is_not_the_preferred_one_again(quads: Quads) -> None:
    naming = [PREFIXES["skos"] + k for k in ("prefLabel", "altLabel", "hiddenLabel")]
    # Several sources may give the same name, as long as it plays the same part.
    told = {
        (iri(quad.subject), value, quad.predicate.value)
        for quad, value in literals(quads)
        if quad.predicate.value in naming
    }
    seen = Counter((subject, value) for subject, value, _ in told)
    assert [key for key, times in seen.items() if times > 1] == []


def test_every_entity_of_the_curation_has_a_line_that_says_what_it_is(
    quads: Quads,
) -> None:
    own = [quad for quad in quads if iri(quad.graph_name) == GRAPH_CURATION]
    typed = {iri(quad.subject) for quad in own if quad.predicate.value == TYPE}
    described = {
        iri(q.subject) for q in own if q.predicate.value == PREFIXES["schema"] + "description"
    }
    assert typed == described


def test_there_is_no_phone_number_and_no_mail_address(quads: Quads) -> None:
    # Digests and public identifiers are numbers of another kind, as are addresses made of them.
    numbers = {ENACT + "sha256", PREFIXES["skos"] + "notation"}
    texts = [value.value for quad, value in literals(quads) if quad.predicate.value not in numbers]
    public = {v.value for q, v in literals(quads) if q.predicate.value in numbers}
    addresses = {iri(term) for quad in quads for term in (quad.subject, quad.object)}
    foreign = {address for address in addresses if not address.startswith(BASE)}
    texts += [address for address in foreign if public.isdisjoint(address.split("/"))]
    assert [t for t in texts if MAIL.search(t) or PHONE.search(t)] == []


@pytest.mark.parametrize(
    "value", ["a.b@example.org", "mailto:a@b.c", "tel:0372740000", "03 72 74 00 00", "+33 3 72"]
)
def test_a_phone_number_or_mail_address_would_be_seen(value: str) -> None:
    assert MAIL.search(value) or PHONE.search(value)


def test_every_person_is_in_a_published_function(quads: Quads, kinds: Kinds) -> None:
    people = {name for name, own in kinds.items() if PREFIXES["foaf"] + "Person" in own}
    roles = objects(quads, PREFIXES["org"] + "role")
    members = objects(quads, PREFIXES["org"] + "member")
    assert ID + "emmanuel-vincent" in people
    assert people <= {who for node, found in members.items() if roles[node] for who in found}


def test_of_a_person_only_name_function_and_identifiers_are_told(
    quads: Quads, kinds: Kinds
) -> None:
    people = {name for name, own in kinds.items() if PREFIXES["foaf"] + "Person" in own}
    told = {quad.predicate.value for quad in quads if iri(quad.subject) in people}
    naming = {PREFIXES["skos"] + "altLabel", PREFIXES["schema"] + "description"}
    assert told <= {TYPE, LABEL, PREFIXES["adms"] + "identifier"} | naming


def test_personal_details_of_the_source_are_nowhere(text: str) -> None:
    private = [line.strip() for line in text[LAST_PUBLIC:].splitlines()]
    private = [part.strip() for line in private for part in re.split(r"[|\[\]()]", line)]
    private = [part for part in private if len(part) > 5 and part != "Espace presse"]
    assert len(private) == 3
    files = [path for path in (ROOT / "data").rglob("*") if path.is_file()]
    content = "\n".join(path.read_text(encoding="utf-8") for path in files).lower()
    assert [number for number, part in enumerate(private) if part.lower() in content] == []


def test_no_text_takes_eight_words_in_a_row_from_the_source(quads: Quads, text: str) -> None:
    source = runs(text)
    assert len(source) > 500
    texts = {value.value for _, value in literals(quads)}
    assert [t for t in texts if runs(t, NAMES) & source] == []


def test_a_sentence_of_the_source_would_be_seen(text: str) -> None:
    copied = f"Le projet : {text[250:400]}"
    assert runs(copied, NAMES) & runs(text)


def test_the_names_that_are_excepted_are_in_the_source(text: str) -> None:
    assert [name for name in NAMES if name.lower() not in text.lower()] == []


def test_offsets_and_hashes_are_those_of_the_document(quads: Quads, text: str) -> None:
    hashes = objects(quads, ENACT + "sha256")
    assert hashes[DOCUMENT] == {hashlib.sha256(text.encode()).hexdigest()}
    blocks = [block.span() for block in re.finditer(r"\S(?:.|\n(?!\s*(?:\n|\Z)))*", text)]
    for passage, (start, end), number in passages(quads):
        assert blocks[number - 1][0] == start, passage
        assert text[start:end] == text[slice(*blocks[number - 1])].strip(), passage
        assert hashes[passage] == {hashlib.sha256(text[start:end].encode()).hexdigest()}, passage


def test_no_french_or_german_name_is_left_in_english(quads: Quads) -> None:
    names = by_language(quads)
    untranslated = {
        own["en"]
        for own in names.values()
        if ENGLISH.search(own["en"]) and own["en"] in (own["fr"], own["de"])
    }
    assert untranslated == PROPER


def test_a_seat_and_a_founding_bear_the_name_of_their_body(quads: Quads) -> None:
    names = by_language(quads)
    bodies = {
        node: body
        for predicate in ("hasPrimarySite", "hasSite")
        for body, nodes in objects(quads, PREFIXES["org"] + predicate).items()
        for node in nodes
    }
    for node, found in objects(quads, PREFIXES["org"] + "resultingOrganization").items():
        bodies[node] = min(found)
    heads = re.compile(r"(?:Siège|Seat|Sitz|Fondation|Founding|Gründung)\s?: (.+)")
    seen = 0
    for node, body in bodies.items():
        for lang, name in names[node].items():
            if told := heads.fullmatch(name):
                seen += 1
                assert told[1].startswith(names[body][lang]), name
    assert seen > 100


def test_the_annual_day_is_no_anniversary(quads: Quads) -> None:
    german = [value.value for _, value in literals(quads) if value.language == "de"]
    assert any("Jahrestagung" in text for text in german)
    assert [text for text in german if re.search(r"Jahrestags?\b", text)] == []
