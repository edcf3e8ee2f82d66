"""The reader yields what the grammar says, each triple with its place, and survives any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from enact_graph.rdf.reader import read
from enact_graph.terms import PREFIXES as NAMESPACES
from tests.trig.documents import HEAD, trig_texts

PREFIXES = """@prefix : <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def canonical(quads: object) -> Dataset:
    dataset = Dataset(quads)  # type: ignore[arg-type]
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def parsed(text: str) -> Dataset:
    return canonical(parse(text.encode(), format=RdfFormat.TRIG))


def found(text: str) -> Dataset:
    return canonical(statement.quad for statement in read(text, "a.trig").statements)


@settings(max_examples=100, deadline=None)
@given(trig_texts)
def test_it_finds_the_quads_that_the_engine_finds(text: str) -> None:
    assert found(text) == parsed(text)
    codes = {fault.code for fault in read(text, "a.trig").faults}
    assert codes <= {"blank-node", "comment", "language-case"}


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab:_<>\"'\\.;,[](){}@#^ \n1eGRAPHé"), max_size=60))
def test_any_text_ends_in_quads_and_faults(text: str) -> None:
    result = read(PREFIXES + text, "a.trig")
    lines = (PREFIXES + text).count("\n") + 1
    assert all(1 <= fault.place.line <= lines and str(fault) for fault in result.faults)


@settings(max_examples=60, deadline=None)
@given(trig_texts, st.data())
def test_a_text_that_the_engine_refuses_has_a_fault(text: str, data: st.DataObject) -> None:
    # A base that is no URL any more (http:./a) is resolved in more than one way.
    base = range(HEAD.index("@base"), len(HEAD))
    at = data.draw(st.integers(0, len(text)).filter(lambda offset: offset not in base))
    broken = (
        text[:at]
        + data.draw(st.sampled_from(["", '"', ">", "}", ";", ".", "\\", "]"]))
        + text[at + 1 :]
    )
    try:
        quads = parsed(broken)
    except SyntaxError:
        assert read(broken, "a.trig").faults
    else:
        codes = {fault.code for fault in read(broken, "a.trig").faults}
        if codes <= {"blank-node", "comment", "language-case"}:
            assert found(broken) == quads


VALID = [
    ":s :p :o .",
    ":s :p :o , :o2 ; :q 1 ; .",
    ":s a :C .",
    ":s :p 'x', \"y\", '''z''', \"\"\"w\nw\"\"\" .",
    r':s :p "\t\b\n\r\f\"\'\\\u00E9\U0001F600" .',
    ':s :p "chat"@fr, "cat"@en-gb .',
    ':s :p "chat" @fr, "cat" # spaced\n @en, "1" ^^ xsd:integer .',
    ':s :p "2024-05-22"^^xsd:date, "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    ":s :p 1, -1, +1, 1.5, .5, 1e3, 1.E3, -1.5e-3, true, false .",
    ":s :p () , (1) , (1 (2) [ :q 3 ]) .",
    "() :p :o .",
    "(1) :p :o .",
    "[] :p :o . [ :p :o ] . [ :p :o ] :q :r .",
    "_:a :p _:b . _:a.b :p _:0 .",
    r":a\~b :p :a%20b, :a.b, :a:b, :1 .",
    "PREFIX x: <http://example.org/x#> x:s x:p x:o .",
    "@prefix x: <http://example.org/x#> . x: x:p x:o .",
    "BASE <http://example.org/d/> <a> <../b> <#c> .",
    "@base <http://example.org/d/e?q> . <> <?r> <//h> , </p> , <./x/../y> .",
    "GRAPH :g { :s :p :o }",
    ":g { :s :p :o . :s :q :o . } { :s :p :o }",
    "GRAPH _:g { :s :p :o } [] { :s :p :o }",
    ":s :p <http://example.org/\\u00E9> .",
    ":s :p :o.\n:t :p 5.\n:u :p true.",
    "# comment\n:s :p :o . # more\n",
    "",
    ":true :false :a .",
    "@prefix e.f: <http://example.org/> . e.f:a :p :o .",
]


@pytest.mark.parametrize("text", VALID)
def test_it_reads_what_people_write(text: str) -> None:
    result = read(PREFIXES + text, "a.trig")
    assert {fault.code for fault in result.faults} <= {"blank-node", "comment"}
    assert found(PREFIXES + text) == parsed(PREFIXES + text)


BROKEN = [
    (":s :p ex:o .\n", "undeclared-prefix", 1),
    (":s :p\n <http://a b> .", "bad-iri", 2),
    (":s :p\n <http://ab .", "bad-iri", 2),
    (":s :p <a> .", "relative-iri", 1),
    ("@prefix x: <http:]//a> . :s :p :o .", "bad-iri", 1),
    ("@prefix x: <a> . :s :p :o .", "relative-iri", 1),
    (r':s :p "a\xb" .', "bad-escape", 1),
    (r":s :p <http://a/\uD800> .", "bad-escape", 1),
    (r':s :p "\uD800" .', "bad-escape", 1),
    (':s :p "abc ;\n :q 1 .', "unclosed-string", 1),
    (':s :p 1 ;\n :q """abc ;\n :r 1 .', "unclosed-string", 2),
    (":s :p 'abc\n .", "unclosed-string", 1),
    (":s :p inria .", "bare-word", 1),
    (":s :p 2024-05-22 .", "bare-date", 1),
    (":s :p :o\n :q :r .", "missing-semicolon", 1),
    (":s :p :o ;\n\n:t\n a :C ;\n .", "missing-stop", 3),
    (":s :p :o\n", "unexpected-end", 1),
    (":s :p", "unexpected-end", 1),
    (":s", "unexpected-end", 1),
    (":s :p ;\n :q 1 .", "expected-object", 1),
    (":s 1 :o .", "expected-predicate", 1),
    (":s ; :p :o .", "expected-predicate", 1),
    ("1 :p :o .", "expected-subject", 1),
    ('"x" :p :o .', "expected-subject", 1),
    ("} :s :p :o .", "expected-subject", 1),
    ("GRAPH :g {\n :s :p :o .\n", "unclosed-graph", 1),
    ("GRAPH :g {\n :s :p :o .\n\nGRAPH :h {\n :s :p :o .\n}", "unclosed-graph", 1),
    (":g {\n :s :p :o .\n\n:h {\n :s :p :o .\n}", "unclosed-graph", 1),
    ("GRAPH {\n :s :p :o .\n}", "bad-graph", 1),
    ("GRAPH", "unclosed-graph", 1),
    ("GRAPH 1 {\n :s :p :o .\n}", "bad-graph", 1),
    ("GRAPH :g\n :s :p :o .\n}", "bad-graph", 2),
    (":s :p ( 1 2 .", "unclosed-bracket", 1),
    (":s :p [ :q 1 .", "unclosed-bracket", 1),
    (':s :p "1"^^ .', "bad-literal", 1),
    (':s :p "1"^^x:y .', "undeclared-prefix", 1),
    (':s :p "1"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .', "bad-literal", 1),
    (':s :p "a"@he--rtl .', "rdf-1-2", 1),
    (':s :p "x"@toolongsubtag .', "bad-language", 1),
    (':s :p "x"@FR .', "language-case", 1),
    (":s :p _:b .", "blank-node", 1),
    (":s :p [] .", "blank-node", 1),
    (":s :p :o . # why\n", "comment", 1),
    ("@prefix x <http://example.org/> .", "bad-prefix", 1),
    ("@prefix x: <http://example.org/>\n:s :p :o .", "bad-prefix", 1),
    ("PREFIX x: :y\n:s :p :o .", "bad-prefix", 1),
    (":s :p << :a :b :c >> .", "rdf-1-2", 1),
    (":s :p :o {| :q 1 |} .", "missing-semicolon", 1),
    (":s :p % .", "bad-character", 1),
    (':s :p "a "b" c"@fr ;\n :q 1 .', "inner-quote", 1),
    (":s :p 'L'Est'@fr ;\n :q 1 .", "inner-quote", 1),
    (':s :p "a "b c"@fr ;\n :q 1 .', "inner-quote", 1),
    (":s :p 30 000 000 .", "grouped-number", 1),
    (":s :p 30,000,000 ;\n :q 1 .", "grouped-number", 1),
    (":s :p 30.000.000 .", "grouped-number", 1),
    (":s :p -30\u202f000,50 .", "grouped-number", 1),
    ("@prefix org: <http://www.w3.org/ns/org/> .", "prefix-namespace", 1),
    ("@prefix sh: <https://www.w3.org/ns/shacl#> .\n:s sh:path :o .", "prefix-namespace", 1),
    ("@prefix x: <http://a/> .\n@prefix x: <http://b/> .", "prefix-redefined", 2),
    (":s :p " + "(" * 100 + ")" * 100 + " .", "too-deep", 1),
]


@pytest.mark.parametrize(("text", "code", "line"), BROKEN)
def test_a_fault_has_its_code_and_line(text: str, code: str, line: int) -> None:
    faults = read(PREFIXES + text, "a.trig").faults
    assert [(f.code, f.place.line - 2) for f in faults if f.code != "blank-node" or code == f.code][
        :1
    ] == [(code, line)]


@pytest.mark.parametrize(
    "line",
    [
        'skos:prefLabel "Inria "Nancy"; Lab"@fr',
        "skos:prefLabel 'L'Est; 'x' y'@fr",
        "schema:value 30\u00a0000\u00a0000,5",
    ],
)
def test_one_slip_in_a_line_is_one_fault_and_the_next_line_is_read(line: str) -> None:
    result = read(PREFIXES + f":s\n {line} ;\n :q 1 .", "a.trig", assumed=NAMESPACES)
    assert len(result.faults) == 1
    assert [statement.place.line for statement in result.statements] == [5]


def test_a_number_with_parted_thousands_is_told_as_it_is_written() -> None:
    (fault,) = read(PREFIXES + ":s :p 1.234.567,89 .", "a.trig").faults
    assert fault.details["expected"] == "1234567.89"
    for text in (":s :p 30.000 .", ":s :p 1, 200 .", ":s :p 1,2000 .", ":s :p ( 1 200 ) ."):
        assert [f.code for f in read(PREFIXES + text, "a.trig").faults] == []


def test_a_prefix_of_the_project_keeps_its_meaning_after_the_fault() -> None:
    text = "@prefix sh: <https://www.w3.org/ns/shacl#> .\n<http://a/b> sh:path <http://a/c> ."
    result = read(text, "a.ttl")
    (fault,) = result.faults
    assert (fault.code, fault.place.line) == ("prefix-namespace", 1)
    assert NAMESPACES["sh"] in fault.message
    assert "https://www.w3.org/ns/shacl#" in fault.message
    assert result.statements[0].quad.predicate.value == NAMESPACES["sh"] + "path"


def test_every_fault_is_reported_in_one_run_and_the_rest_is_read() -> None:
    text = PREFIXES + (
        "GRAPH :g {\n"
        "    :a\n"
        "        a :C ;\n"
        "        :p nonsense ;\n"
        '        :p "open ;\n'
        "        :p x:y ;\n"
        "        :p 1\n"
        "        :p 2 ;\n"
        "        .\n"
        "\n"
        "    :b\n"
        "        :p 3 ;\n"
        "        .\n"
        "}\n"
    )
    result = read(text, "a.trig")
    assert [(fault.code, fault.place.line) for fault in result.faults] == [
        ("bare-word", 6),
        ("unclosed-string", 7),
        ("undeclared-prefix", 8),
        ("missing-semicolon", 9),
    ]
    assert [statement.place.line for statement in result.statements] == [5, 9, 10, 14]


def test_a_place_is_that_of_the_value() -> None:
    (first, second) = read(
        PREFIXES + ":s\n  :p é,\n  :o .".replace("é", ":ü"), "data/a.trig"
    ).statements
    assert str(first.place) == "data/a.trig:4:6"
    assert str(second.place) == "data/a.trig:5:3"


def test_only_the_comments_before_the_first_word_are_the_header() -> None:
    text = "# Title\n#\n\n\n# More\n" + PREFIXES + "# not here\n:s :p :o .\n"
    result = read(text, "a.ttl")
    assert result.header == "# Title\n#\n\n# More"
    assert [(fault.code, fault.place.line) for fault in result.faults] == [("comment", 8)]


def test_a_graph_in_turtle_is_a_fault() -> None:
    (fault,) = read(PREFIXES + "GRAPH :g { :s :p :o }", "vocab/a.ttl").faults
    assert (fault.code, fault.place.line) == ("graph-in-turtle", 3)


def test_assumed_prefixes_need_no_declaration() -> None:
    result = read("x:s x:p x:o .", "a.trig", assumed={"x": "http://example.org/"})
    assert not result.faults
    assert result.prefixes == {}


def test_the_cure_of_a_known_prefix_is_the_line_to_add() -> None:
    (fault,) = read("<http://a/> <http://b/> org:member .", "a.ttl").faults
    assert "@prefix org: <http://www.w3.org/ns/org#> ." in fault.cures()["en"]


def test_a_made_up_label_is_not_one_of_the_document() -> None:
    (first,) = read(PREFIXES + ":s :p [] .", "a.trig").statements
    text = PREFIXES + f":s :p [] . :t :p _:{first.quad.object.value} ."  # type: ignore[union-attr]
    one, other = read(text, "a.trig").statements
    assert one.quad.object != other.quad.object
    assert found(text) == parsed(text)
