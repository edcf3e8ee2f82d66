"""The terms in use: each is defined, used as documented, and named if it is foreign."""

import re

import pyoxigraph as ox

from enact_graph import terms
from tests.definitions import (
    CATALOGUE,
    DATA,
    ENACT,
    EVERYTHING,
    LANGUAGE_OF_RDF,
    REUSED,
    ROOT,
    SHAPES,
    SUB_CLASS,
    SUB_PROPERTY,
    THREE,
    VOCAB,
    A,
    languages,
    minted,
    nodes,
    objects,
    only,
    quads,
    short,
    store,
    subjects,
    term,
    types,
)


def mentioned_in_queries() -> set[ox.NamedNode]:
    files = [*ROOT.glob("queries/*.rq"), *ROOT.glob("src/enact_graph/authoring/rules/*.rq")]
    assert files
    texts = (path.read_text("utf-8") for path in files)
    return {term(name) for text in texts for name in re.findall(r"\benact:\w+", text)}


def concluded() -> set[ox.NamedNode]:
    """The properties in the head of a rule."""
    found: set[ox.NamedNode] = set()
    for path in ROOT.glob("src/enact_graph/authoring/rules/*.rq"):
        head, _, _ = path.read_text("utf-8").partition("WHERE")
        found |= {term(name) for name in re.findall(r"\benact:\w+", head)}
    return found


def used_in(*patterns: str) -> set[ox.NamedNode]:
    found = {node for pattern in patterns for q in quads(pattern) for node in nodes(q)}
    return {node for node in found if node.value.startswith(terms.ENACT)}


def test_every_term_in_use_is_defined() -> None:
    used = used_in(VOCAB, DATA, CATALOGUE, SHAPES, REUSED) | mentioned_in_queries()
    assert short(used - set(minted())) == []


def test_every_defined_term_is_in_use_or_concluded_or_given_up() -> None:
    used = used_in(VOCAB, DATA) | concluded()
    above = {
        quad.object
        for predicate in (SUB_CLASS, SUB_PROPERTY)
        for quad in store(ENACT).quads_for_pattern(None, predicate, None)
    }
    rest = {
        quad.subject
        for predicate in (term("owl:inverseOf"), term("owl:deprecated"))
        for quad in store(ENACT).quads_for_pattern(None, predicate, None)
    }
    assert short(n for n in minted() if n not in used | above | rest) == []


def test_shortcuts_are_concluded_and_never_authored() -> None:
    noted = {q.subject for q in store(ENACT).quads_for_pattern(None, term("skos:scopeNote"), None)}
    authored = {q.predicate for q in quads(DATA)}
    assert concluded() == noted
    assert concluded() & authored == set()


def test_the_data_uses_each_property_as_documented() -> None:
    wrong: list[str] = []
    for quad in quads(DATA):
        if not quad.predicate.value.startswith(terms.ENACT):
            continue
        assert isinstance(quad.subject, ox.NamedNode)
        own = types(quad.subject) or {term("rdfs:Resource")}
        if not own & set(objects(ENACT, quad.predicate, "schema:domainIncludes")):
            wrong.append(f"subject: {quad}")
        value = quad.object
        kinds = {value.datatype} if isinstance(value, ox.Literal) else set[ox.NamedNode]()
        # What this graph does not describe, such as the text of a decree, is a resource at least.
        kinds |= (
            types(value) or {term("rdfs:Resource")} if isinstance(value, ox.NamedNode) else set()
        )
        if not kinds & set(objects(ENACT, quad.predicate, "schema:rangeIncludes")):
            wrong.append(f"object: {quad}")
    assert wrong == []


#: Terms the shapes name to keep them out: a reasoner draws wrong conclusions from the first six,
#: the last two hold personal data.
FORBIDDEN = {
    term("org:identifier"),
    term("org:memberOf"),
    term("org:headOf"),
    term("frapo:awards"),
    term("schema:FundingScheme"),
    term("schema:FundingAgency"),
    term("schema:email"),
    term("schema:telephone"),
}
NAMING = {
    A,
    SUB_CLASS,
    SUB_PROPERTY,
    term("schema:domainIncludes"),
    term("schema:rangeIncludes"),
}
SHAPING = {
    term(f"sh:{name}")
    for name in ("path", "class", "targetClass", "targetSubjectsOf", "targetObjectsOf")
}


def foreign() -> dict[ox.NamedNode, str]:
    """The terms of others in use as property, class, datatype or nearest term, with one place."""
    found: dict[ox.NamedNode, str] = {}
    for pattern in EVERYTHING:
        for quad in quads(pattern):
            found.setdefault(quad.predicate, pattern)
            if isinstance(quad.object, ox.Literal):
                found.setdefault(quad.object.datatype, pattern)
            is_near = pattern == ENACT and quad.predicate == term("rdfs:seeAlso")
            if (quad.predicate in NAMING or is_near) and isinstance(quad.object, ox.NamedNode):
                found.setdefault(quad.object, pattern)
    for quad in quads(SHAPES):
        if quad.predicate in SHAPING and isinstance(quad.object, ox.NamedNode):
            found.setdefault(quad.object, SHAPES)
    ours = (terms.ENACT, *LANGUAGE_OF_RDF)
    return {n: where for n, where in found.items() if not n.value.startswith(ours)}


def test_every_foreign_term_in_use_is_in_the_extract() -> None:
    known = {*subjects(REUSED), *FORBIDDEN}
    assert {terms.shorten(n.value): w for n, w in foreign().items() if n not in known} == {}


def test_the_extract_names_each_term_in_three_languages_and_says_whose_it_is() -> None:
    for node in subjects(REUSED):
        assert not node.value.startswith(terms.BASE), node
        assert languages(REUSED, node, "rdfs:label") == THREE, node
        assert node.value.startswith(only(REUSED, node, "rdfs:isDefinedBy")), node


def test_forbidden_terms_are_used_nowhere() -> None:
    patterns = (ENACT, VOCAB, DATA, CATALOGUE)
    used = {node for pattern in patterns for q in quads(pattern) for node in nodes(q)}
    assert short(used & FORBIDDEN) == []


def guide() -> str:
    return (ROOT / "docs/modelling.md").read_text("utf-8")


def test_the_guide_names_only_what_exists() -> None:
    known = {node for pattern in (ENACT, VOCAB) for node in subjects(pattern)}
    named = re.findall(r"\b(?:enact:\w+|v:[a-z0-9-]+)", guide())
    assert len(named) > 50
    assert sorted(name for name in set(named) if term(name) not in known) == []


def answers(query: str) -> list[tuple[str, ...]]:
    """The rows of a question of the guide, asked of the data and its merge."""
    graphs = ox.Store()
    graphs.extend(quads(DATA))
    graphs.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads(DATA))
    rows = graphs.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    return [tuple(map(str, row)) for row in rows]


def questions() -> list[str]:
    return re.findall(r"```sparql\n(.*?)```", guide(), re.DOTALL)


def test_the_questions_of_the_guide_have_answers() -> None:
    who_says, conflicts = map(answers, questions())
    inria = (str(term("id:inria")), str(term("src:press-release-2024-05-22-p16")))
    assert inria in who_says
    assert len({source for _, source, _, _ in conflicts}) > 5
    assert any(source != other for _, source, _, other in conflicts)
