"""What no shape can see: names, terms, languages, form and registry, judged on Turtle."""

import shutil
from pathlib import Path

import pytest

from enact_graph.authoring import registry
from enact_graph.authoring.checks import names as naming
from enact_graph.authoring.checks.consistency import check, is_whole
from enact_graph.authoring.checks.messages import CODES
from enact_graph.authoring.form import plan
from enact_graph.authoring.sources import load
from enact_graph.rdf.statement import Place
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


@pytest.mark.parametrize(
    ("said", "code", "near"),
    [
        ("id:enact <http://example.org/budgt> 12 .", "unknown-vocabulary", None),
        ("id:enact a <http://example.org/Clusterr> .", "unknown-vocabulary", "enact:Cluster"),
        (
            "id:enact <http://www.w3.org/2004/02/skos/core/prefLabel> 1 .",
            "unknown-vocabulary",
            None,
        ),
        ("id:inria <https://www.w3.org/ns/org#members> 1 .", "unknown-vocabulary", "org:member"),
        ("id:inria a foaf:Organization .", "unknown-reused-term", "org:Organization"),
        ("id:inria <http://www.w3.org/ns/shacl/path> 1 .", "unknown-vocabulary", "sh:path"),
        ('id:inria schema:value "1"^^<http://example.org/euro> .', "unknown-vocabulary", None),
    ],
)
def test_a_vocabulary_is_declared_before_it_is_used(
    said: str, code: str, near: str | None, tiny: Path
) -> None:
    (tiny / "data/extra.trig").write_text(HEAD + f"GRAPH g:curation {{\n {said}\n}}", "utf-8")
    (only,) = (f for f in check(load(tiny)) if f.code == code)
    assert only.place
    assert only.place.line - HEAD.count("\n") == 2
    assert (f"the nearest name is {near}" in only.remedy("en")) is (near is not None)


def test_a_shape_may_name_terms_of_known_vocabularies_to_bar_them(tiny: Path) -> None:
    path = tiny / "shapes/membership.ttl"
    shape = "a sh:NodeShape ; sh:targetSubjectsOf foaf:mbox, <http://example.org/x> ."
    text = path.read_text("utf-8") + f"shape:Extra {shape}"
    path.write_text(
        text.replace("@prefix", "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n@prefix", 1)
    )
    assert {f.code for f in check(load(tiny))} == {"unknown-vocabulary", "not-canonical"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('skos:note "06 12 34 56 78"@fr', "contact"),
        ('skos:note "Inria, x.y@example.org"@en', "contact"),
        ("skos:related <mailto:x@example.org>", "contact"),
        ("skos:related <tel:+33383000000>", "contact"),
        ('skos:notation "0612345678"', None),
        ('skos:note "In\\u00ADria"@en', "hidden-character"),
        ('skos:note "In\u200bria"@en', "hidden-character"),
        ('skos:note "Universite\u0301"@en', "not-composed"),
        ('skos:note "Universit\ufffd"@en', "unfit-character"),
        ('skos:note "a\\u202Eb"@en', "unfit-character"),
        ('skos:note "UniversitÃ©"@en', "garbled"),
    ],
)
def test_a_text_holds_no_contact_data_and_no_wrong_character(
    said: str, code: str | None, tiny: Path
) -> None:
    found_codes = [found for found, _ in codes(tiny, f"GRAPH g:curation {{ id:enact {said} . }}")]
    assert found_codes == ([code] if code else [])


def test_a_remark_at_the_head_of_a_file_holds_no_contact_data_either(tiny: Path) -> None:
    path = tiny / "vocab/role.ttl"
    path.write_text("# Ask x.y@example.org\n" + path.read_text("utf-8"), "utf-8")
    (only,) = check(load(tiny))
    assert (only.code, only.place) == ("contact", Place("vocab/role.ttl", 1))


def test_garbled_text_is_told_with_what_it_said(tiny: Path) -> None:
    (tiny / "data/extra.trig").write_text(
        HEAD + 'GRAPH g:curation { id:enact skos:note "UniversitÃ© dâ€™ailleurs"@fr . }', "utf-8"
    )
    (garbled,) = (f for f in check(load(tiny)) if f.code == "garbled")
    assert garbled.remedy("en") == "write: Université d’ailleurs"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("sh:targetClass", "sh:class", "idle-shape"),
        ("http://www.w3.org/ns/shacl#", "https://www.w3.org/ns/shacl#", "prefix-namespace"),
    ],
)
def test_rules_do_not_vanish_without_a_word(old: str, new: str, code: str, tiny: Path) -> None:
    path = tiny / "shapes/membership.ttl"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert code in {finding.code for finding in check(load(tiny))}
    assert is_whole(load(tiny))


def test_a_file_of_shapes_that_holds_none_is_told(tiny: Path) -> None:
    for name in ("empty", "other"):
        text = "" if name == "empty" else HEAD + "shape:x skos:note 1 ."
        (tiny / f"shapes/{name}.ttl").write_text(text)
    found = [(f.code, f.place.file) for f in check(load(tiny)) if f.place]
    assert {file for code, file in found if code == "no-shapes"} == {
        "shapes/empty.ttl",
        "shapes/other.ttl",
    }


def test_windows_line_ends_everywhere_are_one_finding(tiny: Path) -> None:
    for path in tiny.rglob("*.t*"):
        if path.suffix in (".ttl", ".trig", ".txt"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (only,) = check(load(tiny))
    assert (only.code, only.severity) == ("line-ends", "warning")
    assert "8" in only.message("en")


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


@pytest.mark.parametrize(
    "content",
    [
        "enact:X\nid:a\n".encode("utf-8-sig"),
        b"enact:X\r\nid:a\r\n",
        "enact:X\nid:a\n".encode("utf-16"),
        b"\xfe\xff" + "enact:X\nid:a\n".encode("utf-16-be"),
        b"<<<<<<< HEAD\nenact:X\n=======\nid:a\n>>>>>>> other\n",
    ],
    ids=["mark", "windows", "utf-16", "utf-16-be", "conflict"],
)
def test_a_registry_that_an_editor_or_a_merge_has_changed_keeps_its_names(
    content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / registry.FILE).write_bytes(content)
    known = registry.read(tmp_path)
    assert known.lines.keys() == {ENACT + "X", ID + "a"}
    assert (known.faulty, known.lost) == ({}, ())
    assert not known.is_canonical
    assert known.has_windows_ends is (content == b"enact:X\r\nid:a\r\n")


@pytest.mark.parametrize("content", [b"id:a\nid:\xe9\n", None], ids=["latin-1", "a folder"])
def test_a_registry_that_cannot_be_read_is_a_finding_and_is_left_alone(
    content: bytes | None, tiny: Path
) -> None:
    path = tiny / registry.FILE
    path.unlink()
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    code = "unreadable" if content is None else "not-utf-8"
    assert [f.code for f in check(load(tiny))] == [code]
    assert [f.code for f in plan(tiny).refused] == [code]
    assert plan(tiny).changes == ()


TOMBSTONE = "GRAPH g:curation {\n id:old owl:deprecated true ; dcterms:isReplacedBy id:inria .\n"


def test_a_withdrawn_name_needs_no_type(tiny: Path) -> None:
    assert codes(tiny, TOMBSTONE + "}") == []


def test_a_withdrawn_name_is_used_no_more(tiny: Path) -> None:
    said = TOMBSTONE + ' id:enact skos:related id:old .\n id:old skos:altLabel "Old"@en .\n}'
    assert codes(tiny, said) == [("withdrawn", 3), ("withdrawn", 4)]
    cures = {f.cure["en"] for f in check(load(tiny)) if f.code == "withdrawn"}
    assert cures == {"write the name that replaced it; the nearest name is id:inria"}
