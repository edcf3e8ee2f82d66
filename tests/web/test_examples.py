"""The example queries as the pages offer them."""

from pathlib import Path

import pytest

from enact_graph.errors import SourceError
from enact_graph.web.examples import FIRST, read_examples
from tests.conftest import ROOT, TINY, Site


@pytest.mark.parametrize("folder", [ROOT / "queries", TINY / "queries"], ids=["real", "tiny"])
def test_every_query_has_a_title_in_each_language_and_a_text(folder: Path) -> None:
    examples = read_examples(folder)
    assert [e.slug for e in examples] == sorted(p.stem for p in folder.glob("*.rq"))
    for example in examples:
        assert set(example.titles) == {"fr", "en", "de"}
        assert not example.text.startswith("#")


def test_a_query_without_a_title_is_named_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_text("# title@fr: Quoi ?\nASK {}\n")
    with pytest.raises(SourceError, match=r"a\.rq: there is no title in en, de.*# title@en:"):
        read_examples(tmp_path)


def test_the_example_for_want_of_others_answers(site: Site) -> None:
    answer = site.client.post("/sparql", data={"query": FIRST.text})
    assert answer.json()["results"]["bindings"]
