"""Literals: which texts need a language of the graph, and which may be in any."""

from pathlib import Path

import pytest

from enact_graph.authoring.checks import consistency
from enact_graph.authoring.sources import load
from tests.build.sample import HEAD


def codes(folder: Path, statement: str) -> list[str]:
    """The codes of what is wrong with the value of one statement about a thing."""
    data = folder / "data"
    data.mkdir()
    text = f"{HEAD}\nGRAPH g:curation {{\n    id:thing\n        {statement} ;\n        .\n}}\n"
    (data / "curation.trig").write_text(text, encoding="utf-8")
    return [found.code for found in consistency.check_literals(load(folder))]


@pytest.mark.parametrize(
    "value", ['"Universidad de León"@es', '"人工知能研究センター"@ja', '"UL"@fr']
)
def test_an_official_name_may_be_in_any_language(value: str, tmp_path: Path) -> None:
    assert codes(tmp_path, f"enact:officialName {value}") == []


@pytest.mark.parametrize(
    "name", ["skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "skos:note", "enact:legalForm"]
)
def test_every_other_text_is_in_a_language_of_the_graph(name: str, tmp_path: Path) -> None:
    assert codes(tmp_path, f'{name} "Universidad de León"@es') == ["language-other"]


@pytest.mark.parametrize("name", ["enact:officialName", "enact:legalForm", "enact:legalBasis"])
def test_a_name_needs_a_language(name: str, tmp_path: Path) -> None:
    assert codes(tmp_path, f'{name} "Decreto"') == ["language-missing"]


def test_a_legal_basis_may_be_an_address(tmp_path: Path) -> None:
    assert codes(tmp_path, "enact:legalBasis <https://example.org/decree>") == []
