"""The list of what may be looked for: names, identifiers and weights as the data have them."""

import json
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from enact_graph.authoring import searchable
from enact_graph.lookup.listing import Code, Entry, Listing, Naming
from enact_graph.release.store import SEARCH, current
from enact_graph.terms import BASE, ID, LANGUAGES, PREFIXES

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
DATA = """
id:ul a enact:Institution, org:Organization ;
    skos:prefLabel "Université de Lorraine"@fr, "University of Lorraine"@en ;
    rdfs:label "Université de Lorraine"@fr ;
    skos:altLabel "UL"@fr ; skos:hiddenLabel "Univ. Lorraine"@fr ;
    enact:acronym "UL" ; schema:legalName "UNIVERSITE DE LORRAINE" ;
    enact:officialName "Universidade da Lorena"@pt ;
    dcterms:description "Autre description."@fr ;
    schema:description "Université publique."@fr ;
    adms:identifier id:ul-ror ; owl:sameAs <https://ror.org/04vfs2w97>, <http://other.example/1> ;
    skos:closeMatch <http://near.example/2> ; schema:url <https://www.univ-lorraine.fr> .
id:ul-ror a adms:Identifier ; skos:notation "04vfs2w97" ;
    dcterms:conformsTo v:scheme-ror ; schema:url <https://ror.org/04vfs2w97> .
v:scheme-ror a skos:Concept ; skos:prefLabel "ROR"@fr, "ROR"@en .
id:nancy-2 a org:Organization ; skos:prefLabel "Université Nancy-II"@fr .
id:change a org:ChangeEvent ; skos:prefLabel "Fusion"@fr ;
    org:originalOrganization id:nancy-2 ; org:resultingOrganization id:ul .
g:said a enact:AssertionGraph ; skos:prefLabel "Dit"@fr .
foaf:Agent a owl:Class ; rdfs:label "Agent"@en .
id:nameless a org:Organization .
"""


def listed(turtle: str) -> Listing:
    quads: Iterable[ox.Quad] = ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE)
    return searchable.listing(q.triple for q in quads)


def by_slug(listing: Listing) -> dict[str, Entry]:
    return {e.iri.removeprefix(BASE): e for e in listing.entries}


def test_things_with_a_name_are_listed_and_values_are_not() -> None:
    assert sorted(by_slug(listed(DATA))) == ["id/change", "id/nancy-2", "id/ul", "vocab/scheme-ror"]


def test_every_name_is_there_once_a_language_in_its_best_role() -> None:
    names = by_slug(listed(DATA))["id/ul"].names
    assert names == (
        Naming("University of Lorraine", "en", "label"),
        Naming("Université de Lorraine", "fr", "label"),
        Naming("Universidade da Lorena", "pt", "official"),
        Naming("UNIVERSITE DE LORRAINE", "", "legal"),
        Naming("UL", "", "acronym"),
        Naming("UL", "fr", "further"),
        Naming("Univ. Lorraine", "fr", "hidden"),
        Naming("Université Nancy-II", "fr", "former"),
    )


def test_identifiers_have_scheme_value_and_address_and_none_is_there_twice() -> None:
    listing = listed(DATA)
    assert by_slug(listing)["id/ul"].codes == (
        Code("scheme-ror", "04vfs2w97", "https://ror.org/04vfs2w97"),
        Code("web", "http://near.example/2", "http://near.example/2", is_same=False),
        Code("web", "http://other.example/1", "http://other.example/1"),
        Code("web", "https://www.univ-lorraine.fr", "https://www.univ-lorraine.fr"),
    )
    assert listing.schemes == {"scheme-ror": {"en": "ROR", "fr": "ROR"}}


def test_a_thing_has_a_line_and_the_weight_of_what_is_said_of_it() -> None:
    ul = by_slug(listed(DATA))["id/ul"]
    assert ul.gists == {"fr": "Université publique."}
    # Nineteen statements about it, and the change that leads to it.
    assert ul.weight == sum(
        "id/ul>" in f"{t.subject} {t.object}"
        for t in (q.triple for q in ox.parse(HEAD + DATA, format=ox.RdfFormat.TURTLE))
    )


def test_the_order_of_the_triples_does_not_matter() -> None:
    triples = [q.triple for q in ox.parse(HEAD + DATA, format=ox.RdfFormat.TURTLE)]
    one, other = searchable.listing(triples), searchable.listing(reversed(triples))
    assert one.to_json() == other.to_json()


def test_the_release_carries_the_list(real_public: Path) -> None:
    release = current(real_public)
    content = release.file(SEARCH).read_bytes()
    listing = Listing.from_json(content)
    assert listing.to_json() == content
    assert json.loads(content)["entries"][0]["iri"].startswith(BASE)
    enact = by_slug(listing)["id/enact"]
    assert {n.language for n in enact.names if n.role == "label"} == set(LANGUAGES)
    things = [e for e in listing.entries if e.iri.startswith(ID)]
    assert len(things) > 1000
    assert all(e.weight > 0 and e.names for e in listing.entries)
