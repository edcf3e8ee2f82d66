"""The inventory: what is described is found by address or name, and nothing else is."""

import shutil
from pathlib import Path

import pytest

from enact_graph.authoring.new.inventory import ORGANIZATION, PERSON, Inventory
from enact_graph.errors import SourceError
from enact_graph.terms import ENACT, GRAPH, GRAPH_CURATION, ID, PREFIXES, SOURCE, VOCAB
from tests.build.sample import ROOT, TINY, real_inventory

DOCUMENT = SOURCE + "press-release-2024-05-22"


@pytest.fixture(scope="module")
def real() -> Inventory:
    return real_inventory()


def test_classes_reach_up_through_ontology_and_reused_terms(real: Inventory) -> None:
    assert real.is_a(ID + "inria", ORGANIZATION)
    assert real.is_a(ID + "emmanuel-vincent", PERSON)
    assert not real.is_a(ID + "emmanuel-vincent", ORGANIZATION)
    assert ENACT + "UniversityAlliance" in real.classes(ID + "unigr")


def test_the_graphs_of_a_document_are_known_by_paragraph(real: Inventory) -> None:
    graphs = real.graphs(DOCUMENT)
    assert graphs["5"] == GRAPH + "press-release-2024-05-22-p05"
    assert "15" not in graphs
    assert real.file_of(graphs["5"]) == "data/documents/press-release-2024-05-22.trig"


def test_the_shapes_say_which_roles_a_membership_may_have(real: Inventory) -> None:
    assert VOCAB + "role-lead" in real.roles(ENACT + "ConsortiumMembership")
    assert VOCAB + "role-coordinating-member" in real.roles(ENACT + "AllianceMembership")
    assert real.roles(PREFIXES["org"] + "Membership") == []


def test_a_shelf_is_where_most_of_its_kind_stand(real: Inventory) -> None:
    kind = PREFIXES["org"] + "classification"
    assert real.shelf(kind, VOCAB + "kind-publisher").startswith("data/curation/publishers")
    assert real.shelf(kind, VOCAB + "kind-of-nothing") == "data/curation.trig"
    assert real.precedent(VOCAB + "kind-university") == ENACT + "Institution"
    assert real.precedent(VOCAB + "kind-of-nothing") is None
    file = real.curation_file(ID + "inria")
    assert file is not None
    assert f"GRAPH {GRAPH_CURATION.replace(GRAPH, 'g:')} " in (ROOT / file).read_text("utf-8")


def test_a_repository_with_faults_has_no_inventory(tmp_path: Path) -> None:
    root = Path(shutil.copytree(TINY, tmp_path / "tiny"))
    path = root / "data/curation.trig"
    path.write_text(path.read_text("utf-8").replace('"Inria"@fr ;', '"Inria"@fr'), "utf-8")
    with pytest.raises(SourceError, match=r"data/curation\.trig"):
        Inventory.of(root)
