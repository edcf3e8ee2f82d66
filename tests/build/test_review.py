"""The review joins what reading, names, rules and shapes object to, and writes nothing."""

import shutil
from pathlib import Path

import pytest

from enact_graph.authoring.review import review
from tests.build.sample import TINY
from tests.cli.commands import RELEASE, edit


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def test_files_that_hold_are_read_whole_and_left_alone(tiny: Path) -> None:
    before = {path: path.read_bytes() for path in tiny.rglob("*") if path.is_file()}
    reviewed = review(tiny)
    assert (reviewed.findings, reviewed.is_whole) == ((), True)
    assert before == {path: path.read_bytes() for path in tiny.rglob("*") if path.is_file()}


def test_names_and_shapes_are_judged_together(tiny: Path) -> None:
    edit(tiny, RELEASE, "org:role v:role-member", "org:role v:role-membr")
    edit(tiny, RELEASE, "org:member id:inria", "skos:related id:no ;\n        org:member id:inria")
    found = [finding.code for finding in review(tiny).findings]
    # That nothing describes the role says less than which roles there are, and is not repeated.
    assert sorted(set(found) & {"In", "dangling-iri"}) == ["In", "dangling-iri"]
    assert found.count("dangling-iri") == 1


def test_shapes_wait_until_every_triple_is_read(tiny: Path) -> None:
    edit(tiny, RELEASE, "org:role v:role-member", "org:role role-member")
    reviewed = review(tiny)
    assert [finding.code for finding in reviewed.findings] == ["bare-word"]
    assert not reviewed.is_whole


def test_what_rules_and_shapes_need_is_named_beside_the_rest(tiny: Path) -> None:
    edit(tiny, "data/catalog.ttl", '    dcat:version "0.1.0" ;\n', "")
    edit(tiny, "vocab/role.ttl", '"Lead"@en', '"Lead"')
    reviewed = review(tiny)
    assert {finding.code for finding in reviewed.findings} >= {"unusable", "language-missing"}
    assert not reviewed.is_whole
