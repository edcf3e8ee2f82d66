"""Records of registers: what a register does not hold is refused in its graphs, at its line."""

import shutil
from pathlib import Path

import pytest

from enact_graph.authoring.checks.consistency import check
from enact_graph.authoring.sources import load
from enact_graph.terms import LANGUAGES, PREFIXES
from tests.build.sample import TINY

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
REGISTER = """
GRAPH g:curation {
 id:register-codes a enact:Register ;
  enact:recordClass dcterms:Location ; enact:recordProperty rdf:type, skos:notation ;
  void:uriSpace "https://w3id.org/enact-graph/source/codes-" .
 id:land a dcterms:Location .
 enact:Land rdfs:subClassOf dcterms:Location .
}
GRAPH g:provenance {
 src:codes-1 a enact:SourceDocument ; dcterms:type v:document-registry-record .
 g:codes-1 prov:wasDerivedFrom src:codes-1 .
}
"""
CODES = {"record-property", "record-class", "record-register"}


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def found(root: Path, said: str) -> list[tuple[str, int, str]]:
    before = HEAD + REGISTER
    (root / "data/extra.trig").write_text(before + said, encoding="utf-8")
    return [
        (f.code, f.place.line - before.count("\n"), f.message("en"))
        for f in check(load(root))
        if f.code in CODES and f.place is not None
    ]


def test_what_its_records_hold_may_be_said_of_what_they_describe(tiny: Path) -> None:
    assert found(tiny, 'GRAPH g:codes-1 { id:land skos:notation "1" . }') == []


def test_a_region_that_others_describe_needs_no_class(tiny: Path) -> None:
    said = 'GRAPH g:codes-1 { <http://data.europa.eu/nuts/code/FRF> skos:notation "FRF" . }'
    assert found(tiny, said) == []


def test_a_class_below_is_of_the_class(tiny: Path) -> None:
    said = 'GRAPH g:codes-1 { id:wood a enact:Land ; skos:notation "2" . }'
    assert found(tiny, said) == []


def test_a_property_that_no_record_gives_is_refused_at_its_line(tiny: Path) -> None:
    said = 'GRAPH g:codes-1 {\n id:land skos:notation "1" ;\n  dcterms:spatial id:enact .\n}'
    ((code, line, message),) = found(tiny, said)
    assert (code, line) == ("record-property", 3)
    assert message.startswith("a record of id:register-codes does not give dcterms:spatial")


def test_a_thing_of_another_class_is_refused(tiny: Path) -> None:
    said = 'GRAPH g:codes-1 {\n id:inria\n  skos:notation "1" .\n}'
    ((code, line, message),) = found(tiny, said)
    assert (code, line) == ("record-class", 2)
    assert "says nothing of id:inria" in message


def test_the_longest_beginning_of_an_address_names_the_register(tiny: Path) -> None:
    said = """
GRAPH g:curation {
 id:register-codes-more a enact:Register ;
  enact:recordClass enact:Institution ; enact:recordProperty skos:notation ;
  void:uriSpace "https://w3id.org/enact-graph/source/codes-more-" .
}
GRAPH g:provenance {
 src:codes-more-1 a enact:SourceDocument ; dcterms:type v:document-registry-record .
 g:codes-more-1 prov:wasDerivedFrom src:codes-more-1 .
}
GRAPH g:codes-more-1 { id:inria skos:notation "1" . }
"""
    assert found(tiny, said) == []


def test_a_record_of_no_register_is_told(tiny: Path) -> None:
    said = (
        "GRAPH g:provenance {\n src:lost-1 a enact:SourceDocument ;\n"
        "  dcterms:type v:document-registry-record .\n}"
    )
    assert [(code, line) for code, line, _ in found(tiny, said)] == [("record-register", 2)]


def test_other_documents_may_say_anything(tiny: Path) -> None:
    said = (
        "GRAPH g:provenance { src:page a enact:SourceDocument ; dcterms:type v:document-web-page ."
        " g:page prov:wasDerivedFrom src:page . }\n"
        "GRAPH g:page { id:inria dcterms:spatial id:land . }"
    )
    assert found(tiny, said) == []


def test_a_register_in_each_language(tiny: Path) -> None:
    (tiny / "data/extra.trig").write_text(
        HEAD + REGISTER + "GRAPH g:codes-1 { id:land dcterms:spatial id:enact . }", "utf-8"
    )
    (only,) = [f for f in check(load(tiny)) if f.code in CODES]
    assert len({only.message(language) for language in LANGUAGES}) == 3
    assert all("id:register-codes" in only.cure[language] for language in LANGUAGES)
