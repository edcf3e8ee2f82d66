"""Gaps: what could be read is checked, and what could not be is not held against it."""

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from enact_graph.authoring.checks.unread import names, torn
from enact_graph.authoring.review import review
from enact_graph.authoring.sources import load
from enact_graph.rdf.statement import Fault, Place
from enact_graph.terms import ENACT, ID, VOCAB, shorten
from tests.build.sample import TINY

RELEASE = "data/documents/press-release-2024-05-22.trig"
CURATION = "data/curation.trig"
ROLE = "vocab/role.ttl"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def edit(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text, old
    (root / file).write_text(text.replace(old, new, 1), "utf-8")


def found(root: Path) -> set[tuple[str, str]]:
    """The code of each finding, with the name it is about."""
    return {(f.code, shorten(f.value or f.focus or "")) for f in review(root).findings}


def codes(root: Path) -> set[str]:
    return {code for code, _ in found(root)}


def test_whole_files_have_no_gaps() -> None:
    assert names(load(TINY)) == frozenset()


def test_a_fault_in_one_file_hides_no_mistake_in_another(tiny: Path) -> None:
    edit(tiny, ROLE, '"Lead"@en ;', '"Lead"@en')
    edit(tiny, RELEASE, "org:member id:inria ;", "org:member id:inrai ;")
    edit(tiny, CURATION, "a enact:Cluster ;", "a enact:Clutser ;")
    edit(tiny, CURATION, '"Initial curation"@en', '"Initial curation"')
    reviewed = review(tiny)
    assert not reviewed.is_whole
    assert {f.code for f in reviewed.findings} >= {
        "missing-semicolon",
        "dangling-iri",
        "unknown-term",
        "language-missing",
    }


def test_a_fault_hides_no_mistake_in_the_rest_of_its_file(tiny: Path) -> None:
    edit(tiny, CURATION, '"Inria"@fr ;', '"Inria"@fr')
    edit(tiny, CURATION, "prov:wasGeneratedBy id:curation-1 ;", "prov:wasGeneratedBy id:c-1 ;")
    assert codes(tiny) == {"missing-semicolon", "dangling-iri"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param("a enact:Institution ;", "a Institution ;", "bare-word", id="lost type"),
        pytest.param("id:inria\n", "id:inria;\n", "", id="lost predicate"),
        pytest.param("id:inria\n", "di:inria\n", "undeclared-prefix", id="misspelt prefix"),
        pytest.param("id:inria\n", "id:inria\n :\n", "undeclared-prefix", id="lost subject"),
        pytest.param("GRAPH g:curation {", "GRAPH gg:curation {", "undeclared-prefix", id="graph"),
        pytest.param("GRAPH g:curation {", "GRAPH {", "bad-graph", id="graph without a name"),
        pytest.param(
            "id:inria\n", 'id:x skos:note """ \n id:inria\n', "unclosed-string", id="long text"
        ),
        pytest.param(
            "@prefix id: <https://w3id.org/enact-graph/id/> .\n",
            "",
            "undeclared-prefix",
            id="no prefix",
        ),
    ],
)
def test_what_a_fault_loses_is_not_called_unknown(
    old: str, new: str, code: str, tiny: Path
) -> None:
    edit(tiny, CURATION, old, new)
    seen = codes(tiny)
    assert code in seen or not code
    assert not seen & {"dangling-iri", "untyped", "unknown-term"}


def test_a_missing_full_stop_costs_neither_of_two_statements_its_name(tiny: Path) -> None:
    text = (tiny / CURATION).read_text("utf-8")
    at = text.index("        .\n\n    id:inria")
    (tiny / CURATION).write_text(text[:at] + text[at:].replace("        .\n", "", 1), "utf-8")
    assert codes(tiny) == {"missing-stop"}


def test_a_lost_term_or_concept_is_not_called_unknown(tiny: Path) -> None:
    edit(tiny, "ontology/enact.ttl", "enact:Cluster\n    a owl:Class ;", "enact:Cluster\n    a x ;")
    edit(tiny, ROLE, "a skos:Concept ;", "a Concept ;")
    doubtful = names(load(tiny))
    assert ENACT + "Cluster" in doubtful
    assert any(name.startswith(VOCAB) for name in doubtful)
    assert not codes(tiny) & {"dangling-iri", "untyped", "unknown-term"}


def test_of_a_file_in_another_encoding_the_subjects_are_seen(tiny: Path) -> None:
    path = tiny / CURATION
    path.write_bytes(path.read_text("utf-8").encode("latin-1", "replace"))
    edit(tiny, RELEASE, "org:member id:inria ;", "org:member id:inrai ;")
    assert ID + "inria" in names(load(tiny))
    assert codes(tiny) == {"not-utf-8", "dangling-iri"}


def test_a_file_that_is_missing_may_describe_any_registered_name(tiny: Path) -> None:
    (tiny / "ontology/enact.ttl").unlink()
    edit(tiny, RELEASE, "org:member id:inria ;", "org:member id:inrai ;")
    assert codes(tiny) == {"unreadable", "dangling-iri"}


def one_line_of_json(items: int) -> str:
    things = [
        {"@id": f"https://exemple.fr/{n}", "name": f"Université n° {n}"} for n in range(items)
    ]
    return "x " + json.dumps(things, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        one_line_of_json,
        lambda size: "“" * 30 * size,
        lambda size: "w" * 30 * size,
        lambda size: "id:a\n" * 3 * size,
        lambda size: "id:a skos:prefLabel “x” ;\n" * size,
    ],
    ids=["json", "bad characters", "a long word", "bare names", "bad lines"],
)
def test_twice_the_text_takes_twice_the_work(text: Callable[[int], str], tiny: Path) -> None:
    """Of the processor, not by the clock: the least of three, so that others do not count."""

    def work(size: int) -> float:
        (tiny / "data/extra.trig").write_text(text(size), "utf-8")
        taken = []
        for _ in range(3):
            before = time.process_time()
            names(load(tiny))
            taken.append(time.process_time() - before)
        return min(taken)

    idle = work(0)
    assert work(1600) - idle < 3.2 * max(work(800) - idle, 0.02)


def test_a_name_is_torn_where_a_fault_stands_behind_it_in_its_line() -> None:
    is_torn = torn([Fault(Place("a", 2, 9), "bad-iri"), Fault(Place("a", 3, 9), "comment")])
    assert is_torn(Place("a", 2, 8))
    for place in (Place("a", 2, 9), Place("a", 3, 1), Place("b", 2, 1), Place("a", 1, 1)):
        assert not is_torn(place)
