"""The table of links: what it yields, what is refused at which line, what a build makes of it."""

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import DCTERMS, FOAF, RDF, VOID

from enact_graph.authoring import links, sssom
from enact_graph.authoring.form import plan
from enact_graph.authoring.review import review
from enact_graph.publishing.describe.void import ADDRESS, TABLE
from enact_graph.publishing.pipeline import build
from enact_graph.release.store import Release
from enact_graph.terms import BASE, GRAPH_INFERRED, GRAPH_LINKS, ID, PREFIXES, VOCAB
from tests.build.sample import TINY

HEAD = """\
#mapping_set_id: https://example.org/links
#license: https://creativecommons.org/licenses/by/4.0/
#curie_map:
#  id: https://w3id.org/enact-graph/id/
#  v: https://w3id.org/enact-graph/vocab/
#  wikidata: http://www.wikidata.org/entity/
"""
COLUMNS = "\t".join(sssom.COLUMNS) + "\n"
FIRST = 8  # the line of the first row
LINKS = ox.NamedNode(GRAPH_LINKS)
WIKIDATA = "http://www.wikidata.org/entity/"


def row(
    subject: str = "id:inria",
    predicate: str = "owl:sameAs",
    modifier: str = "",
    target: str = "wikidata:Q1146208",
    justification: str = "semapv:ManualMappingCuration",
    reviewer: str = "id:curation-1",
    date: str = "2024-06-01",
    comment: str = "",
) -> str:
    cells = (
        subject, predicate, modifier, target, "a label", justification, reviewer, date, comment
    )  # fmt: skip
    return "\t".join(cells) + "\n"


def table(*rows: str) -> str:
    return HEAD + COLUMNS + "".join(rows)


def faults(text: str) -> list[tuple[int, str]]:
    return [(fault.place.line, fault.code) for fault in links.read(text).faults]


def test_a_line_is_a_triple_and_knows_its_place() -> None:
    read = links.read(table(row()))
    assert read.faults == ()
    (statement,) = read.parsed.statements
    assert str(statement.quad.triple) == (
        f"<{ID}inria> <{PREFIXES['owl']}sameAs> <{WIKIDATA}Q1146208>"
    )
    assert (statement.place.file, statement.place.line) == (links.FILE, FIRST)


def test_a_rejected_candidate_is_read_and_no_triple() -> None:
    read = links.read(table(row(), row(modifier="Not", target="wikidata:Q1", comment="a page")))
    assert [link.is_rejected for link in read.links] == [False, True]
    assert len(read.parsed.statements) == 1
    assert read.faults == ()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("id:inria\towl:sameAs\n", "links-cells"),
        (row(subject="inria"), "links-name"),
        (row(subject="id:"), "links-name"),
        (row(target="isni:0000000121919284"), "links-name"),
        (row(target=f"{WIKIDATA}Q1"), "links-name"),
        (row(target="wikidata:Q 1"), "links-name"),
        (row(reviewer=""), "links-name"),
        (row(predicate="owl:equivalentClass"), "links-predicate"),
        (row(predicate="skos:exactMatch"), "links-subject"),
        (row(subject="v:role-lead"), "links-subject"),
        (row(modifier="not"), "links-modifier"),
        (row(justification="skos:exactMatch"), "links-justification"),
        (row(date="2024"), "links-date"),
        (row(date="20240601"), "links-date"),
        (row(date=""), "links-date"),
        (row(modifier="Not"), "links-reason"),
    ],
)
def test_a_faulty_line_is_named_and_the_others_are_read(wrong: str, code: str) -> None:
    good = row("id:cnrs", target="wikidata:Q280413")
    text = table(good, wrong, row("id:enact", target="wikidata:Q1"))
    assert code in {found for _, found in faults(text)}
    assert {line for line, _ in faults(text)} == {FIRST + 1}
    assert len(links.read(text).links) == 2


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (row(), "links-repeated"),
        (row(comment="again"), "links-repeated"),
        (row(modifier="Not", comment="another body"), "links-contradicted"),
        (row("id:cnrs"), "links-shared"),
    ],
)
def test_two_lines_may_not_repeat_or_deny_each_other(second: str, code: str) -> None:
    assert faults(table(row(), second)) == [(FIRST + 1, code)]
    (fault,) = links.read(table(row(), second)).faults
    assert f"{links.FILE}:{FIRST}" in fault.message


def test_a_rejected_identity_may_be_that_of_another_thing() -> None:
    assert faults(table(row(), row("id:cnrs", modifier="Not", comment="it is Inria"))) == []


def test_the_columns_must_stand_in_their_order() -> None:
    text = HEAD + COLUMNS.replace("comment", "remark") + row()
    assert faults(text) == [(FIRST - 1, "links-columns")]
    assert faults(HEAD) == [(FIRST - 1, "links-columns")]
    assert faults("") == [(1, "links-columns")]


def test_a_prefix_of_this_graph_means_one_thing() -> None:
    text = table(row()).replace("https://w3id.org/enact-graph/id/", "https://example.org/")
    assert faults(text) == [(4, "links-prefix")]
    assert str(links.read(text).links[0].subject) == f"<{ID}inria>"


def test_only_the_curie_map_declares_prefixes() -> None:
    text = table(row()).replace("#curie_map:", "#curie_map:\n#  x: http://example.org/\n#other:")
    assert {code for _, code in faults(text)} == {"links-name"}


def test_a_header_that_is_lost_is_one_fault_whatever_the_length() -> None:
    body = COLUMNS + "".join(row(f"id:a{n}", target=f"wikidata:Q{n}") for n in range(1, 9))
    for text in (body, "#license: https://example.org/\n" + body):
        assert faults(text) == [(1, "links-header")]
    assert links.read(body).links == ()


#: The table as sssom-py 0.4 writes it: a space behind each sign, no empty columns, what holds for
#: every line in the header, cells in quotation marks where they hold one.
FOREIGN = """\
# mapping_set_id: https://example.org/links
# license: https://creativecommons.org/licenses/by/4.0/
# mapping_date: '2024-06-01'
# curie_map:
#   id: https://w3id.org/enact-graph/id/
#   v: https://w3id.org/enact-graph/vocab/
#   wikidata: http://www.wikidata.org/entity/
subject_id\tobject_label\tpredicate_id\tobject_id\tmapping_justification\treviewer_id
id:inria\t"the ""a"" label"\towl:sameAs\twikidata:Q1146208\tsemapv:ManualMappingCuration\t\
id:curation-1
"""


def test_a_table_that_another_tool_has_written_is_read_and_put_into_form() -> None:
    assert faults(FOREIGN) == []
    (link,) = links.read(FOREIGN).links
    assert link.date == "2024-06-01"
    assert str(link.object) == f"<{WIKIDATA}Q1146208>"
    due = HEAD + COLUMNS + row().replace("a label", 'the "a" label')
    assert links.canonical(FOREIGN) == due


def test_tabs_that_an_editor_has_trimmed_come_back() -> None:
    trimmed = "".join(f"{line.rstrip()}\n" for line in table(row()).splitlines())
    assert faults(trimmed) == []
    assert links.canonical(trimmed) == table(row())
    assert faults(table("id:inria\towl:sameAs\n")) == [(FIRST, "links-cells")]


def test_a_column_of_others_is_told_and_kept() -> None:
    text = HEAD + COLUMNS.replace("comment", "comment\tconfidence") + row().rstrip("\n") + "\t0.9\n"
    assert faults(text) == [(FIRST - 1, "links-columns")]
    assert "0.9" in links.canonical(text)


cells = st.text(st.characters(exclude_characters="\t\n\r", exclude_categories=["Cs"]), max_size=6)


@settings(deadline=None)
@given(st.lists(cells, min_size=9, max_size=9))
def test_the_form_of_any_line_is_its_own_form(line: list[str]) -> None:
    form = links.canonical(HEAD + COLUMNS + "\t".join(line) + "\n")
    assert links.canonical(form) == form


ROWS = [row("id:a"), row("id:b"), row("id:b", modifier="Not", comment="x"), row("v:c")]


@given(st.lists(st.sampled_from(ROWS)))
def test_the_form_is_one_whatever_the_order(rows: list[str]) -> None:
    form = links.canonical(table(*rows))
    assert form == links.canonical(table(*reversed(rows)))
    assert form == links.canonical(form)
    assert form == HEAD + COLUMNS + "".join(sorted(set(rows)))


def test_the_form_drops_what_is_invisible() -> None:
    loose = table(row("id:b"), "\n", row("id:a").replace("\t", " \t ")).rstrip("\n")
    assert links.canonical(loose) == table(row("id:a"), row("id:b"))


# ---- What a build makes of the table.

DESCRIBED = """
@prefix enact: <https://w3id.org/enact-graph/ontology#> .
@prefix g: <https://w3id.org/enact-graph/graph/> .
@prefix id: <https://w3id.org/enact-graph/id/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix void: <http://rdfs.org/ns/void#> .

GRAPH g:provenance {
    g:links a enact:AssertionGraph ; prov:wasGeneratedBy id:curation-1 .
}

GRAPH g:curation {
    id:dataset-wikidata a void:Dataset ;
        skos:prefLabel "Wikidata"@fr , "Wikidata"@en , "Wikidata"@de ;
        void:uriSpace "http://www.wikidata.org/entity/" .
}
"""
ROLE = row("v:role-lead", "skos:closeMatch", "", "wikidata:Q1056396", date="2024-05-02")
GIVEN = (
    row("id:inria", date="2024-05-03"),
    row("id:inria", modifier="Not", target="wikidata:Q2", comment="a building"),
    row("id:universite-de-lorraine", target="wikidata:Q4173330"),
    ROLE,
)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a copy of the tiny repository with a table of links, in form."""
    root = Path(shutil.copytree(TINY, tmp_path / "repository"))
    (root / "data/links.trig").write_text(DESCRIBED, "utf-8")
    (root / links.FILE).write_text(table(*GIVEN), "utf-8")
    _put_into_form(root)
    return root


def _put_into_form(root: Path) -> None:
    for change in plan(root).changes:
        (root / change.name).write_bytes(change.after)


@pytest.fixture
def release(repository: Path, tmp_path: Path) -> Release:
    return build(repository, tmp_path / "public").release


def test_asserted_links_are_published_in_their_graph(release: Release) -> None:
    held = ox.Store.read_only(str(release.store))
    found = {str(q.triple) for q in held.quads_for_pattern(None, None, None, LINKS)}
    assert found == {
        f"<{ID}inria> <{PREFIXES['owl']}sameAs> <{WIKIDATA}Q1146208>",
        f"<{ID}universite-de-lorraine> <{PREFIXES['owl']}sameAs> <{WIKIDATA}Q4173330>",
        f"<{VOCAB}role-lead> <{PREFIXES['skos']}closeMatch> <{WIKIDATA}Q1056396>",
    }
    assert release.manifest.counts["links"] == 3
    assert f"{WIKIDATA}Q2>" not in release.file("enact-graph.nq").read_text("utf-8")


def test_each_kind_of_link_to_a_dataset_is_a_linkset(release: Release) -> None:
    described = rdflib.Graph().parse(release.file("void.ttl"), format="turtle")
    dump = rdflib.Graph().parse(release.file("enact-graph.nt"), format="nt")
    found = {}
    for linkset in described.subjects(RDF.type, VOID.Linkset):
        source = described.value(linkset, VOID.subjectsTarget)
        assert (source, VOID.subset, linkset) in described
        assert (rdflib.URIRef(ADDRESS), FOAF.primaryTopic, source) in described
        target = described.value(linkset, VOID.objectsTarget)
        space = str(described.value(target, VOID.uriSpace))
        predicate = described.value(linkset, VOID.linkPredicate)
        count = sum(str(o).startswith(space) for o in dump.objects(None, predicate))
        assert int(str(described.value(linkset, VOID.triples))) == count
        assert str(described.value(linkset, DCTERMS.source)) == f"{BASE}download/{TABLE}"
        for words in (DCTERMS.title, DCTERMS.description):
            assert {t.language for t in described.objects(linkset, words)} == {"fr", "en", "de"}  # type: ignore[attr-defined]
        found[str(linkset).rpartition("#")[2]] = str(described.value(linkset, DCTERMS.modified))
    assert found == {
        "linkset-wikidata-sameas": "2024-06-01",
        "linkset-wikidata-closematch": "2024-05-02",
    }


def test_the_table_lies_beside_the_dumps(release: Release, repository: Path) -> None:
    assert release.file(TABLE).read_bytes() == (repository / links.FILE).read_bytes()


def test_no_rule_sees_a_link(repository: Path, tmp_path: Path) -> None:
    path = repository / "ontology/enact.ttl"
    axiom = "\n<http://www.w3.org/2002/07/owl#sameAs> a owl:SymmetricProperty ; .\n"
    path.write_text(path.read_text("utf-8") + axiom, "utf-8")
    _put_into_form(repository)
    release = build(repository, tmp_path / "public").release
    quads = release.file("enact-graph.nq").read_text("utf-8").splitlines()
    inferred = [line for line in quads if GRAPH_INFERRED in line]
    assert inferred
    assert [line for line in inferred if "owl#sameAs" in line or WIKIDATA in line] == []


def test_a_repository_without_a_table_has_no_linkset(tmp_path: Path) -> None:
    release = build(TINY, tmp_path).release
    assert "void:Linkset" not in release.file("void.ttl").read_text("utf-8")
    assert TABLE not in {file.name for file in release.manifest.files}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (row("id:unheard-of", target="wikidata:Q3"), "untyped"),
        (row("id:unheard-of", modifier="Not", target="wikidata:Q3", comment="x"), "link-subject"),
        (row("id:enact", target="page:Q3"), "link-target"),
        (row("id:enact", target="wikidata:Q3", date="2099-01-01"), "link-future"),
        (row("id:enact", modifier="Not", target="page:Q3", comment="x"), "link-target"),
    ],
)
def test_both_ends_of_a_link_must_be_known(repository: Path, line: str, code: str) -> None:
    text = table(*GIVEN, line)
    text = text.replace("#curie_map:\n", "#curie_map:\n#  page: https://example.org/\n")
    (repository / links.FILE).write_text(links.canonical(text), "utf-8")
    found = [f for f in review(repository).findings if f.severity == "violation"]
    number = next(n for n, t in enumerate(links.canonical(text).splitlines(), 1) if "Q3" in t)
    assert [(f.code, f.place and (f.place.file, f.place.line)) for f in found] == [
        (code, (links.FILE, number))
    ]


def test_an_unsorted_table_is_not_in_form_until_it_is_sorted(repository: Path) -> None:
    path = repository / links.FILE
    path.write_text(table(*reversed(GIVEN)), "utf-8")
    (found,) = review(repository).findings
    assert (found.code, found.severity) == ("not-canonical", "warning")
    assert found.place is not None
    assert (found.place.file, found.place.line) == (links.FILE, FIRST)
    (change,) = plan(repository).changes
    assert (change.name, change.after.decode()) == (links.FILE, table(*sorted(GIVEN)))


def test_a_table_with_a_fault_is_left_alone(repository: Path) -> None:
    (repository / links.FILE).write_text(table(*GIVEN, row(date="June")), "utf-8")
    planned = plan(repository)
    assert planned.changes == ()
    assert [f.code for f in planned.refused] == ["links-date"]
