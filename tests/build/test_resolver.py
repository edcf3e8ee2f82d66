"""The resolver: an answer means what the search of the portal finds for sure, and nothing else."""

import shutil
from pathlib import Path

import pytest

from enact_graph.authoring.new.inventory import AGENT, ORGANIZATION, Inventory
from enact_graph.authoring.new.refusal import Refusal
from enact_graph.authoring.new.resolver import Resolver
from enact_graph.terms import ID, SOURCE, VOCAB
from tests.build.sample import TINY, real_inventory


@pytest.fixture(scope="module")
def real() -> Resolver:
    return Resolver(real_inventory())


@pytest.mark.parametrize(
    "said",
    [
        *("inria", "id:inria", ID + "inria", " Inria ", "INRIA", "universite-de-lorraine"),
        *("Universite de Lorraine", "l'Université de Lorraine", "UL", "/doc/inria.html"),
        *("https://ror.org/04vfs2w97", "ROR 04vfs2w97", "http://127.0.0.1:8000/doc/inria?lang=fr"),
        *("https://w3id.org/enact-graph/doc/inria.html", "https://www.inria.fr/"),
    ],
)
def test_a_thing_is_found_by_address_or_name(said: str, real: Resolver) -> None:
    found = real.find(said, real.inventory.things(ID, ORGANIZATION))
    assert found in {ID + "inria", ID + "universite-de-lorraine"}


def test_a_concept_is_found_without_what_its_scheme_repeats(real: Resolver) -> None:
    roles, types = real.inventory.concepts("role"), real.inventory.concepts("document-type")
    assert real.find("member", roles) == VOCAB + "role-member"
    assert real.find("Mitglied", roles) == VOCAB + "role-member"
    assert real.find("web-page", types) == VOCAB + "document-web-page"


def test_what_is_unknown_is_answered_with_the_nearest(real: Resolver) -> None:
    with pytest.raises(Refusal) as refused:
        real.find("Inira", real.inventory.things(ID, ORGANIZATION))
    assert refused.value.code == "unknown"
    assert "id:inria" in refused.value.details["near"]
    with pytest.raises(Refusal) as refused:
        real.find("zzzzzzzz", [ID + "inria"])
    assert refused.value.details["near"] == "–"


def test_a_name_of_two_things_is_ambiguous(tmp_path: Path) -> None:
    root = Path(shutil.copytree(TINY, tmp_path / "tiny"))
    path = root / "data/curation.trig"
    path.write_text(path.read_text("utf-8").replace('"University of Lorraine"', '"Inria"'), "utf-8")
    resolver = Resolver(Inventory.of(root))
    with pytest.raises(Refusal) as refused:
        resolver.find("inRIA", [ID + "enact", ID + "universite-de-lorraine", ID + "inria"])
    assert refused.value.code == "ambiguous"
    assert refused.value.details["near"] == ("id:inria (Inria), id:universite-de-lorraine (Inria)")


@pytest.mark.parametrize("said", ["Nancy", "Universite", "University of", "Inrai"])
def test_a_part_of_a_name_or_a_slip_is_never_taken_for_it(said: str, real: Resolver) -> None:
    with pytest.raises(Refusal) as refused:
        real.find(said, real.inventory.things(ID, AGENT))
    assert refused.value.code == "unknown"
    assert refused.value.details["near"] != "–"


def test_the_nearest_are_told_in_the_reader_s_language(real: Resolver) -> None:
    german = Resolver(real.inventory, "de")
    with pytest.raises(Refusal) as refused:
        german.find("Universität", german.inventory.things(ID, ORGANIZATION))
    near = refused.value.details["near"]
    assert near.startswith("id:")
    assert "(Universität" in near


def test_a_body_is_known_by_each_of_its_names_and_its_address(real: Resolver) -> None:
    lorraine, inria = ID + "universite-de-lorraine", ID + "inria"
    for name in ("Universite de Lorraine", "University of Lorraine", "UL", "Univ. de Lorraine"):
        known = real.same({"fr": name})
        assert known == ((lorraine,) if "." not in name else ()), name
    assert real.same({"fr": "Rien"}, "http://inria.fr") == (inria,)
    assert real.same({"fr": "Université d’Ailleurs"}) == ()


def test_documents_are_known_by_the_address_they_were_read_at(real: Resolver) -> None:
    (document,) = real.documents("http://www.aniti.univ-toulouse.fr")
    assert document == SOURCE + "aniti-undated-home-page"
    for other in ("https://aniti.univ-toulouse.fr/?page=2", "https://[aniti.fr/", ""):
        assert real.documents(other) == ()


@pytest.mark.parametrize("said", ["http://[x.y/", "/doc/", "?", "id:", "'", "\u200b", "a" * 5000])
def test_what_is_no_address_and_no_name_is_only_unknown(said: str, real: Resolver) -> None:
    with pytest.raises(Refusal, match="unknown"):
        real.find(said, real.inventory.things(ID, AGENT))
