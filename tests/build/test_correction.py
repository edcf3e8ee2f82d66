"""Corrections: each kind of change touches the lines it should, and says what it cannot use."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from enact_graph.authoring import archive
from enact_graph.authoring.correction.correction import correct
from enact_graph.authoring.correction.process import diff
from enact_graph.authoring.correction.proof import Unusable
from enact_graph.authoring.form import Change
from enact_graph.authoring.new.inventory import Inventory
from enact_graph.proposal import CHANGES, Evidence, Outcome, Proposal
from enact_graph.rdf.writer import canonical
from enact_graph.terms import ENACT, GRAPH, ID, PREFIXES, VOCAB
from tests.conftest import ROOT

SKOS, ORG, SCHEMA = (PREFIXES[p] for p in ("skos", "org", "schema"))
XSD_DATE = f"^^<{PREFIXES['xsd']}date>"
P16 = GRAPH + "press-release-2024-05-22-p16"
PRESS = "data/documents/press-release-2024-05-22.trig"
NAME = (ID + "inria", SKOS + "prefLabel", '"Inria"@en', GRAPH + "curation")
ROLE = (ID + "enact-membership-inria", ORG + "role", f"<{VOCAB}role-member>", P16)
FUNDING = ID + "enact-funding-france-2030"
START = (FUNDING, SCHEMA + "startDate", f'"2024-01-01"{XSD_DATE}', P16)
AMOUNT = (
    FUNDING + "-amount",
    SCHEMA + "value",
    f'"30000000"^^<{PREFIXES["xsd"]}integer>',
    P16,
)
NEW = Evidence("https://new.example/page", "", "A page", "Some House", "2025", "en", "2026-11-20")


@cache
def inventory() -> Inventory:
    return Inventory.of(ROOT)


def propose(said: tuple[str, str, str, str], change: str, **given: object) -> tuple[Change, ...]:
    return correct(inventory(), Proposal(change, *said, **given))  # type: ignore[arg-type]


def lines(changes: tuple[Change, ...], file: str | None = None) -> list[str]:
    """The lines that come and go, in the file of a name or in the first."""
    chosen = [c for c in changes if c.name == (file or changes[0].name)]
    told = [x for x in diff(chosen).split("\n") if x[:1] in "+-" and x[:3] not in ("+++", "---")]
    return [x[0] + x[1:].strip() for x in told if x[1:].strip()]


def refused(said: tuple[str, str, str, str], change: str, **given: object) -> tuple[str, str]:
    with pytest.raises(Unusable) as error:
        propose(said, change, **given)
    return error.value.field, error.value.refusal.code


def test_another_text_stands_in_the_place_of_the_old() -> None:
    changes = propose(NAME, "value", value="Inria Centre")
    assert [c.name for c in changes] == ["data/curation.trig"]
    assert lines(changes) == [
        '-skos:prefLabel "Inria"@en ;',
        '+skos:prefLabel "Inria Centre"@en ;',
    ]


def test_what_comes_out_is_in_canonical_form() -> None:
    for change in (
        *propose(NAME, "value", value="Inria Centre"),
        *propose(ROLE, "ended", value="2025", evidence=NEW),
    ):
        if change.name.endswith(".trig"):
            text = change.after.decode()
            assert canonical(text, change.name) == text


def test_a_concept_and_a_number_are_replaced() -> None:
    assert lines(propose(ROLE, "value", target=VOCAB + "role-lead")) == [
        "-org:role v:role-member ;",
        "+org:role v:role-lead ;",
    ]
    for said in ("31000000", "31 000 000", "31\u202f000\u202f000"):
        assert lines(propose(AMOUNT, "value", value=said)) == [
            "-schema:value 30000000 ;",
            "+schema:value 31000000 ;",
        ]


def test_a_date_is_replaced_with_its_precision() -> None:
    assert lines(propose(START, "value", value="2024-05-22")) == [
        "-enact:startPrecision v:precision-year ;",
        "+enact:startPrecision v:precision-day ;",
        '-schema:startDate "2024-01-01"^^xsd:date ;',
        '+schema:startDate "2024-05-22"^^xsd:date ;',
    ]
    assert lines(propose(START, "value", value="2025")) == [
        '-schema:startDate "2024-01-01"^^xsd:date ;',
        '+schema:startDate "2025-01-01"^^xsd:date ;',
    ]


def test_an_end_known_to_the_year_is_its_last_day() -> None:
    changes = propose(ROLE, "ended", value="2025", evidence=NEW)
    file = "data/documents/some-house-2025-page.trig"
    assert {c.name for c in changes} >= {file, "data/iris.txt"}
    told = lines(changes, file)
    assert '+schema:endDate "2025-12-31"^^xsd:date ;' in told
    assert "+enact:endPrecision v:precision-year ;" in told
    assert "+schema:url <https://new.example/page> ;" in told
    assert "+g:some-house-2025-page" in lines(changes, "data/iris.txt")


def test_a_known_document_gets_the_line_in_its_own_block() -> None:
    document = next(
        iri
        for iri in inventory().things(PREFIXES["src"], ENACT + "SourceDocument")
        if inventory().values(iri, SCHEMA + "url") and set(inventory().graphs(iri)) == {""}
    )
    url = inventory().values(document, SCHEMA + "url")[0]
    graph = inventory().graphs(document)[""]
    for written in (url, url.rstrip("/") + "/", url.replace("https://", "http://") + "#top"):
        changes = propose(ROLE, "ended", value="2025", evidence=Evidence(written))
        assert [c.name for c in changes] == [inventory().file_of(graph)]


def test_a_document_of_many_paragraphs_wants_its_number(tmp_path: Path) -> None:
    """The press release as if it were on the web: one block a paragraph."""
    url = "https://press.example/release"
    root = tmp_path / "files"
    archive.unpack(_archive(tmp_path), root)
    file = root / PRESS
    mark = "src:press-release-2024-05-22\n        a enact:SourceDocument ;\n"
    text = file.read_text("utf-8")
    assert mark in text
    on_the_web = text.replace(mark, f"{mark}        schema:url <{url}> ;\n")
    file.write_text(canonical(on_the_web, PRESS), "utf-8")
    paragraphs = Inventory.of(root)
    proposal = Proposal("missing", *NAME, value="Inria (institute)", evidence=Evidence(url))
    with pytest.raises(Unusable) as error:
        correct(paragraphs, proposal)
    assert (error.value.field, error.value.refusal.code) == ("paragraph", "no-paragraph")
    assert "5, 6" in error.value.refusal.details["near"]
    (change,) = correct(paragraphs, replace(proposal, evidence=Evidence(url, "5")))
    assert change.name == PRESS
    assert lines((change,)) == ["+id:inria", '+skos:prefLabel "Inria (institute)"@en ;', "+."]
    # What the same document says stays in the paragraph that says it.
    (change,) = correct(paragraphs, Proposal("ended", *ROLE, value="2025", evidence=Evidence(url)))
    assert len(lines((change,))) == 2


def _archive(folder: Path) -> Path:
    file = folder / "sources.tar.gz"
    file.write_bytes(archive.pack(inventory().sources))
    return file


def test_a_further_value_goes_where_the_evidence_is() -> None:
    changes = propose(NAME, "missing", value="Inria (institute)", evidence=NEW)
    told = lines(changes, "data/documents/some-house-2025-page.trig")
    assert '+skos:prefLabel "Inria (institute)"@en ;' in told
    assert all(c.name != "data/curation.trig" for c in changes)


def test_a_statement_moves_to_the_thing_that_is_meant() -> None:
    assert sorted(lines(propose(NAME, "thing", target=ID + "ihu-strasbourg"))) == [
        '+skos:prefLabel "Inria"@en ;',
        '-skos:prefLabel "Inria"@en ;',
    ]
    # Where that thing has the line already, it only goes.
    assert lines(propose(ROLE, "thing", target=ID + "enact-membership-inserm")) == [
        "-org:role v:role-member ;"
    ]
    assert refused(ROLE, "thing", target=ROLE[0]) == ("thing", "same-value")
    assert refused(ROLE, "thing") == ("thing", "empty")


def test_what_a_source_does_not_say_goes_and_may_come_elsewhere() -> None:
    assert lines(propose(ROLE, "source")) == ["-org:role v:role-member ;"]
    changes = propose(ROLE, "source", evidence=NEW)
    assert changes[0].name == PRESS
    assert lines(changes) == ["-org:role v:role-member ;"]
    assert "+org:role v:role-member ;" in lines(changes, "data/documents/some-house-2025-page.trig")


def test_a_concept_and_a_term_are_corrected_in_files_that_name_no_graph() -> None:
    concept = next(
        s
        for s in inventory().sources.statements
        if s.place.file == "vocab/qualifier.ttl" and str(s.quad.object).endswith('"@de')
    )
    term = next(
        s
        for s in inventory().sources.statements
        if s.place.file == "ontology/enact.ttl" and str(s.quad.object).endswith('"@de')
    )
    for s in (concept, term):
        quad = s.quad
        said = (
            str(quad.subject)[1:-1],
            quad.predicate.value,
            str(quad.object),
            str(quad.graph_name)[1:-1],
        )
        changes = propose(said, "value", value="Ein anderes Wort")
        assert [c.name for c in changes] == [s.place.file]
        assert [x[:1] for x in lines(changes)] == ["-", "+"]
        assert '"Ein anderes Wort"@de' in lines(changes)[1]


def test_a_link_is_rejected_and_another_asserted() -> None:
    link = next(s for s in inventory().sources.statements if s.place.file.endswith(".sssom.tsv"))
    said = (
        str(link.quad.subject)[1:-1],
        link.quad.predicate.value,
        str(link.quad.object),
        GRAPH + "links",
    )
    told = lines(propose(said, "source", evidence=Evidence("https://a.example/x")))
    assert [x[:1] for x in told] == ["-", "+"]
    assert "\tNot\t" in told[1]
    assert told[1].endswith("(https://a.example/x)")
    other = str(link.quad.object)[1:-1] + "0"
    told = lines(propose(said, "value", value=other))
    assert sorted(x[:1] for x in told) == ["+", "+", "-"]
    assert refused(said, "missing", value=other) == ("", "link-change")
    assert refused(said, "value", value="https://elsewhere.example/1") == ("value", "no-prefix")
    assert refused(said, "value", value="no address") == ("value", "bad-url")
    assert refused(said, "value", value=str(link.quad.object)[1:-1]) == ("value", "same-value")


@pytest.mark.parametrize(
    ("said", "change", "given", "answer"),
    [
        (NAME, "value", {"value": "Inria"}, ("value", "same-value")),
        (NAME, "value", {}, ("value", "empty")),
        (NAME, "value", {"value": "two  spaces"}, ("value", "untidy")),
        (AMOUNT, "value", {"value": "thirty"}, ("value", "bad-value")),
        (START, "value", {"value": "22 May 2024"}, ("value", "bad-date")),
        (START, "value", {"value": "2024"}, ("value", "same-value")),
        (ROLE, "value", {"value": "member"}, ("value", "bad-url")),
        (NAME, "ended", {"value": "2025", "evidence": NEW}, ("", "not-dated")),
        (ROLE, "ended", {"value": "soon", "evidence": NEW}, ("value", "bad-date")),
        (ROLE, "ended", {"value": "2025"}, ("url", "bad-url")),
        (
            ROLE,
            "ended",
            {"value": "2025", "evidence": Evidence("https://new.example/page")},
            ("title", "new-document"),
        ),
        (
            ROLE,
            "ended",
            {
                "value": "2025",
                "evidence": Evidence(NEW.url, "", "T", "H", "2026-12", "en", "2026-11-20"),
            },
            ("read", "order"),
        ),
        ((*ROLE[:3], GRAPH + "inferred-member"), "source", {}, ("", "not-authored")),
    ],
)
def test_what_cannot_be_used_is_named(
    said: tuple[str, str, str, str],
    change: str,
    given: dict[str, object],
    answer: tuple[str, str],
) -> None:
    assert refused(said, change, **given) == answer


def test_proposals_and_outcomes_survive_their_journey() -> None:
    for change in CHANGES:
        proposal = Proposal(change, *NAME, value="é", evidence=NEW)
        assert Proposal.from_json(proposal.to_json()) == proposal
    assert Outcome.from_json(Outcome("x", "f", 1, ("f",)).to_json()) == Outcome("x", "f", 1, ("f",))
    assert len({Proposal(change, *NAME).key for change in CHANGES}) == len(CHANGES)
