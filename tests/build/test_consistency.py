"""What no shape can see: names, terms, languages, form and registry, judged on Turtle."""

import shutil
from pathlib import Path

import pytest

from enact_graph.build import naming, registry
from enact_graph.build.checks import CODES
from enact_graph.build.consistency import check, is_whole
from enact_graph.build.sources import load
from enact_graph.terms import ENACT, GRAPH, ID, LANGUAGES, PREFIXES, VOCAB
from tests.build.sample import TINY

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def found(root: Path, said: str) -> list[tuple[str, int, str]]:
    """The findings about a further file, without those of its form and of the registry."""
    (root / "data/extra.trig").write_text(HEAD + said, encoding="utf-8")
    return [
        (f.code, f.place.line - HEAD.count("\n"), f.message("en"))
        for f in check(load(root))
        if f.place is not None and f.place.file == "data/extra.trig" and f.code != "not-canonical"
    ]


def codes(root: Path, said: str) -> list[tuple[str, int]]:
    return [(code, line) for code, line, _ in found(root, said)]


def test_the_tiny_repository_holds(tiny: Path) -> None:
    assert check(load(tiny)) == ()


def test_a_name_is_told_at_every_line_that_uses_it(tiny: Path) -> None:
    said = (
        "GRAPH g:curation {\n id:enact skos:related id:lost .\n id:inria skos:related id:lost .\n}"
    )
    assert codes(tiny, said) == [("dangling-iri", 2), ("dangling-iri", 3)]


def test_a_subject_without_type_is_told_once_at_its_own_line(tiny: Path) -> None:
    said = (
        "GRAPH g:curation {\n id:new\n  skos:related id:enact, id:inria .\n"
        " id:enact skos:related id:new .\n}"
    )
    assert codes(tiny, said) == [("untyped", 2)]


def test_a_graph_that_nothing_describes_is_told_once(tiny: Path) -> None:
    said = "GRAPH g:new {\n id:enact skos:related id:inria .\n id:inria skos:related id:enact .\n}"
    assert codes(tiny, said) == [("dangling-iri", 2)]


def test_graphs_that_the_build_makes_may_be_spoken_of(tiny: Path) -> None:
    said = "GRAPH g:curation { id:enact skos:related g:inferred-members, g:links . }"
    assert codes(tiny, said) == []


def test_a_misformed_name_is_told_once_with_a_better_one(tiny: Path) -> None:
    said = "GRAPH g:curation {\n id:Été a enact:Institution .\n id:enact skos:related id:Été .\n}"
    ((code, line, message),) = found(tiny, said)
    assert (code, line) == ("bad-slug", 2)
    assert message.startswith("id:Été is not formed like a name")


def test_terms_of_the_own_ontology_must_be_defined_wherever_they_stand(tiny: Path) -> None:
    said = (
        "GRAPH g:curation {\n id:enact enact:foo 1 .\n id:inria a enact:Foo .\n"
        " id:enact skos:related enact:bar .\n}"
    )
    assert codes(tiny, said) == [("unknown-term", 2), ("unknown-term", 3), ("unknown-term", 4)]


@pytest.mark.parametrize("term", ["skos:prefLable", "rdfs:lable", "schema:nmae", "org:members"])
def test_a_term_that_a_known_vocabulary_lacks_is_told(term: str, tiny: Path) -> None:
    said = f"GRAPH g:curation {{ id:enact {term} 1 . }}"
    assert [code for code, _ in codes(tiny, said)] == ["unknown-reused-term"]


@pytest.mark.parametrize(
    "term", ["oa:start", "dcat:version", "skos:notation", "sh:class", "rdf:_1"]
)
def test_a_term_that_is_listed_or_standard_is_none(term: str, tiny: Path) -> None:
    assert codes(tiny, f"GRAPH g:curation {{ id:enact {term} 1 . }}") == []


def test_an_address_below_a_vocabulary_is_no_term_of_it(tiny: Path) -> None:
    values = "<https://schema.org/docs/a>, <https://schema.org/>"
    assert codes(tiny, f"GRAPH g:curation {{ id:enact skos:related {values} . }}") == []


def test_an_official_name_may_be_in_any_language(tiny: Path) -> None:
    said = 'id:enact enact:officialName "産総研"@ja .\n id:enact skos:note "a"@ja'
    said = f"GRAPH g:curation {{\n {said} }}"
    assert ("language-other", 3) in codes(tiny, said)
    assert ("language-other", 2) not in codes(tiny, said)


def test_a_list_in_a_shape_is_checked_too(tiny: Path) -> None:
    path = tiny / "shapes/membership.ttl"
    path.write_text(path.read_text().replace("v:role-lead v:", "v:role-led v:"))
    assert [finding.code for finding in check(load(tiny))] == ["dangling-iri"]


def test_faults_silence_only_the_names_they_hide(tiny: Path) -> None:
    said = "GRAPH g:curation { id:enact skos:related id:lost }"
    assert codes(tiny, said) == [("dangling-iri", 1)]
    assert codes(tiny, said + " # why") == [("dangling-iri", 1), ("comment", 1)]
    assert is_whole(load(tiny))
    assert codes(tiny, said + "\nnonsense") == [("dangling-iri", 1), ("bare-word", 2)]
    assert not is_whole(load(tiny))
    assert codes(tiny, said + "\nid:lost a nonsense .") == [("bare-word", 2)]


def test_every_check_speaks_every_language(tiny: Path) -> None:
    assert all(len(code.split()) == 1 for code in CODES)
    (tiny / "data/iris.txt").unlink()
    (finding,) = check(load(tiny))
    assert set(finding.messages) == set(finding.cure) == set(LANGUAGES)
    names = len((TINY / "data/iris.txt").read_text().splitlines())
    assert all(f"({names})" in message for message in finding.messages.values())


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Été", "ete"),
        ("Université de Lorraine", "universite-de-lorraine"),
        ("-a--b_", "a-b"),
        ("産", ""),
    ],
)
def test_a_slug_is_made_of_any_text(text: str, better: str) -> None:
    assert naming.slug(text) == better


def test_the_registry_knows_the_forms_of_names() -> None:
    assert registry.is_well_formed(ID + "a-b1")
    assert registry.is_well_formed(ENACT + "hasMember")
    for bad in (ID + "a_b", ID + "A", ID + "-a", ID, VOCAB + "a/b", ENACT + "a-b", "http://a/b"):
        assert not registry.is_well_formed(bad)
    assert registry.namespace_of(GRAPH + "x") == GRAPH


def test_the_registry_is_written_sorted_and_read_back(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    iris = [VOCAB + "b", ID + "a", ENACT + "X", ID + "a"]
    text = registry.write(iris)
    assert text == "enact:X\nid:a\nv:b\n"
    (tmp_path / registry.FILE).write_text(text + "\n  \n?\n")
    known = registry.read(tmp_path)
    assert known.lines == {ENACT + "X": 1, ID + "a": 2, VOCAB + "b": 3}
    assert known.faulty == {6: "?"}


TOMBSTONE = "GRAPH g:curation {\n id:old owl:deprecated true ; dcterms:isReplacedBy id:inria .\n"


def test_a_withdrawn_name_needs_no_type(tiny: Path) -> None:
    assert codes(tiny, TOMBSTONE + "}") == []


def test_a_withdrawn_name_is_used_no_more(tiny: Path) -> None:
    said = TOMBSTONE + ' id:enact skos:related id:old .\n id:old skos:altLabel "Old"@en .\n}'
    assert codes(tiny, said) == [("withdrawn", 3), ("withdrawn", 4)]
    cures = {f.cure["en"] for f in check(load(tiny)) if f.code == "withdrawn"}
    assert cures == {"write the name that replaced it; the nearest name is id:inria"}
