"""The canonical form: what it looks like, that it keeps the meaning, that it settles at once."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

from enact_graph.errors import SourceError
from enact_graph.rdf.reader import read
from enact_graph.rdf.writer import canonical, typeset, write, write_parsed
from enact_graph.terms import PREFIXES
from tests.trig.documents import datasets, trig_texts

ROOT = Path(__file__).parents[2]


def dataset_of(quads: object) -> Dataset:
    dataset = Dataset(quads)  # type: ignore[arg-type]
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return dataset


@settings(max_examples=100, deadline=None)
@given(datasets, st.sampled_from(["", "# Title", "# Title\n\n# More"]))
def test_writing_keeps_every_quad_and_settles(quads: list[Quad], header: str) -> None:
    text = write(quads, PREFIXES, header)
    assert dataset_of(parse(text.encode(), format=RdfFormat.TRIG)) == dataset_of(quads)
    again = read(text, "a.trig")
    assert dataset_of(statement.quad for statement in again.statements) == dataset_of(quads)
    typed = write(map(typeset, quads), PREFIXES, header)
    assert write_parsed(again, is_mended=False) == typed
    mended = write_parsed(again)
    assert write_parsed(read(mended, "a.trig")) == mended
    assert {fault.code for fault in again.faults} <= {"blank-node"}


@settings(max_examples=60, deadline=None)
@given(trig_texts)
def test_what_people_write_keeps_its_meaning(text: str) -> None:
    written = write_parsed(read(text, "a.trig"))
    meant = map(typeset, parse(text.encode(), format=RdfFormat.TRIG))
    assert dataset_of(parse(written.encode(), format=RdfFormat.TRIG)) == dataset_of(meant)
    assert write_parsed(read(written, "a.trig")) == written


@given(datasets, st.randoms(use_true_random=False))
def test_the_order_of_a_graph_is_not_the_order_of_its_quads(
    quads: list[Quad], random: object
) -> None:
    one_graph = [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
    mixed = list(one_graph)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert write(mixed, PREFIXES) == write(one_graph, PREFIXES)


def authored() -> list[Path]:
    folders = ("data", "ontology", "shapes", "vocab", "tests/tiny")
    return sorted(path for name in folders for path in (ROOT / name).rglob("*.t[rt]*"))


@pytest.mark.parametrize("path", authored(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_an_authored_file_keeps_its_meaning(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    written = canonical(text, path.name)
    assert dataset_of(parse(written.encode(), format=RdfFormat.TRIG)) == dataset_of(
        parse(text.encode(), format=RdfFormat.TRIG)
    )
    assert canonical(written, path.name) == written


BEFORE_AFTER = {
    "one line, one triple": (
        "@prefix id: <https://w3id.org/enact-graph/id/> . id:a id:p id:y, id:x; id:b 1 .",
        """\
@prefix id: <https://w3id.org/enact-graph/id/> .

id:a
    id:b 1 ;
    id:p id:x ;
    id:p id:y ;
    .
""",
    ),
    "the type, then names, then the rest; languages fr, en, de, then others": (
        """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix id: <https://w3id.org/enact-graph/id/> .
id:a id:b 1 ; skos:altLabel "A"@ja ; skos:prefLabel "c"@de, "b"@en, "a"@fr, "d"@aa ; a id:C .
""",
        """\
@prefix id: <https://w3id.org/enact-graph/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

id:a
    a id:C ;
    skos:prefLabel "a"@fr ;
    skos:prefLabel "b"@en ;
    skos:prefLabel "c"@de ;
    skos:prefLabel "d"@aa ;
    skos:altLabel "A"@ja ;
    id:b 1 ;
    .
""",
    ),
    "numbers by value": (
        "@prefix id: <https://w3id.org/enact-graph/id/> . id:a id:p 10, 9, -1, 2.5, 1e3 .",
        """\
@prefix id: <https://w3id.org/enact-graph/id/> .

id:a
    id:p -1 ;
    id:p 2.5 ;
    id:p 9 ;
    id:p 10 ;
    id:p 1e3 ;
    .
""",
    ),
    "numbers that are none, or beyond all others": (
        'id:a id:p "x"^^xsd:integer, "NaN"^^xsd:double, "INF"^^xsd:double, "-INF"^^xsd:float, 1 .',
        """\
@prefix id: <https://w3id.org/enact-graph/id/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

id:a
    id:p "-INF"^^xsd:float ;
    id:p 1 ;
    id:p "INF"^^xsd:double ;
    id:p "NaN"^^xsd:double ;
    id:p "x"^^xsd:integer ;
    .
""",
    ),
    "graphs keep their order, the subject named like the graph comes first": (
        """@prefix g: <https://w3id.org/enact-graph/graph/> .
@prefix id: <https://w3id.org/enact-graph/id/> .
GRAPH g:z { id:a id:p 1 . id:z id:p 1 }
g:a { id:b id:p 1 . id:a id:p 1 . id:a id:p 1 }
""",
        """\
@prefix g: <https://w3id.org/enact-graph/graph/> .
@prefix id: <https://w3id.org/enact-graph/id/> .

GRAPH g:z {
    id:z
        id:p 1 ;
        .

    id:a
        id:p 1 ;
        .
}

GRAPH g:a {
    id:a
        id:p 1 ;
        .

    id:b
        id:p 1 ;
        .
}
""",
    ),
    "the scheme comes before its concepts": (
        """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix v: <https://w3id.org/enact-graph/vocab/> .
v:a a skos:Concept . v:z a skos:ConceptScheme .
""",
        """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix v: <https://w3id.org/enact-graph/vocab/> .

v:z
    a skos:ConceptScheme ;
    .

v:a
    a skos:Concept ;
    .
""",
    ),
    "lists stay inline, queries alone take several lines": (
        '''@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/enact-graph/shapes#> .
shape:A sh:in ( 1 ( 2 3 ) "x"@fr ) ; sh:select """
SELECT "a" {
}"""; sh:order "1\\n2" ; sh:or () .
''',
        '''\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/enact-graph/shapes#> .

shape:A
    sh:in ( 1 ( 2 3 ) "x"@fr ) ;
    sh:or () ;
    sh:order "1\\n2" ;
    sh:select """
SELECT "a" {
}""" ;
    .
''',
    ),
    "the header stays, tags become lower case, literals short, prefixes the project's": (
        """# Title
#
# More

@prefix s: <https://schema.org/> .
@prefix id: <https://w3id.org/enact-graph/id/> .
@prefix unused: <http://example.org/> .
id:a s:value "1"^^<http://www.w3.org/2001/XMLSchema#integer> ; s:name "x"@FR ;
    s:ok "true"^^<http://www.w3.org/2001/XMLSchema#boolean> ;
    s:url <https://schema.org/a/b>, <https://schema.org/> .
""",
        """\
# Title
#
# More

@prefix id: <https://w3id.org/enact-graph/id/> .
@prefix schema: <https://schema.org/> .

id:a
    schema:name "x"@fr ;
    schema:ok true ;
    schema:url <https://schema.org/> ;
    schema:url <https://schema.org/a/b> ;
    schema:value 1 ;
    .
""",
    ),
    "an own prefix stays": (
        """@prefix ex: <http://example.org/> .
ex:a ex:p ex:b .
""",
        """\
@prefix ex: <http://example.org/> .

ex:a
    ex:p ex:b ;
    .
""",
    ),
    "texts are composed, and what nobody sees goes": (
        '<http://a/b> skos:prefLabel "Universite\u0301\u200b de Lor\u00adraine"@fr .',
        """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<http://a/b>
    skos:prefLabel "Université de Lorraine"@fr ;
    .
""",
    ),
    "a pattern may name any sign": (
        '<http://a/b> sh:pattern "^[^\u00ad]+$" .',
        """\
@prefix sh: <http://www.w3.org/ns/shacl#> .

<http://a/b>
    sh:pattern "^[^\u00ad]+$" ;
    .
""",
    ),
    "a known prefix needs no declaration": (
        "id:a a org:Organization .",
        """\
@prefix id: <https://w3id.org/enact-graph/id/> .
@prefix org: <http://www.w3.org/ns/org#> .

id:a
    a org:Organization ;
    .
""",
    ),
    "what cannot be seen is escaped, what people type is not": (
        'id:a id:p "a\u00a0b\u2028c\\u200Bd\\t«é»\\\\" .',
        "@prefix id: <https://w3id.org/enact-graph/id/> .\n\nid:a\n"
        '    id:p "a\u00a0b\\u2028cd\\t«é»\\\\" ;\n    .\n',
    ),
    "nothing stays nothing": ("", ""),
    "a header alone stays": ("# Title\n\n\n", "# Title\n"),
}


@pytest.mark.parametrize("case", BEFORE_AFTER)
def test_the_form(case: str) -> None:
    before, after = BEFORE_AFTER[case]
    assert canonical(before, "a.trig") == after
    assert canonical(after, "a.trig") == after


def test_a_comment_elsewhere_is_refused_and_not_lost() -> None:
    with pytest.raises(SourceError, match=r"^a\.trig:2:21: a comment may stand only at the top"):
        canonical("# Title\nid:a a org:Person . # why\n", "a.trig")


def test_all_faults_are_in_the_refusal() -> None:
    with pytest.raises(SourceError) as raised:
        canonical("id:a a x:y ;\n  id:p _:b .\n", "a.trig")
    assert [fault.code for fault in raised.value.extra["faults"]] == [
        "undeclared-prefix",
        "blank-node",
    ]


def test_rdf_1_2_is_refused() -> None:
    quads = parse(
        "<http://a/s> <http://a/p> <<( <http://a/s> <http://a/p> <http://a/o> )>> .",
        format=RdfFormat.TURTLE,
    )
    with pytest.raises(SourceError, match="RDF 1"):
        write(quads, PREFIXES)
